import type { RawPage } from "../call.ts";

export interface Headers {
  get(name: string): string | undefined;
  set(name: string, value: string): void;
}

/** The part of a pipeline request that is used. */
export interface WireRequest {
  url: string;
  method: string;
  body?: unknown;
  abortSignal?: AbortSignal;
  allowInsecureConnection?: boolean;
  readonly headers: Headers;
}

export interface WireResponse {
  readonly status: number;
  readonly bodyAsText?: string | null;
  readonly headers: Headers;
}

export function pageOf(response: WireResponse | undefined): RawPage {
  const body: unknown = JSON.parse(response?.bodyAsText ?? "null");
  const next = memberOf(body, "nextLink") ?? memberOf(body, "@odata.nextLink");
  const { headers } = response ?? {};
  const requestId = headers?.get("x-ms-request-id") ?? headers?.get("request-id");
  return {
    body,
    ...(requestId !== undefined && { requestId }),
    ...(typeof next === "string" && next !== "" && { next }),
  };
}

/** What is wrong with an answer of Graph; something in between may answer in a form of its own. */
export function faultIn({
  status,
  bodyAsText,
}: WireResponse): { readonly code: string; readonly message: string } | undefined {
  const body = bodyAsText ?? "";
  if (status < 400) {
    return body.trimStart().startsWith("{")
      ? undefined
      : { code: "PARSE_ERROR", message: "the answer is no JSON" };
  }
  const [, code = ""] = /"code"\s*:\s*"(\w{1,80})"/.exec(body) ?? [];
  const [, message = "Microsoft Graph refused"] =
    /"message"\s*:\s*"([^"\\]{1,300})/.exec(body) ?? [];
  return { code, message };
}

export function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
