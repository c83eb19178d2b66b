import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import type { Json } from "../../src/model/json.ts";
import { serve } from "../serve.ts";
import { answerOf } from "./answers.ts";
import { graphAnswerOf } from "./graph.ts";
import { failureOf, faultPicker, type Failure, type Fault } from "./faults.ts";
import type { AzureWorld } from "./world.ts";

export type { Fault } from "./faults.ts";
export type { AzureWorld } from "./world.ts";

export interface AzureRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
}

export interface AzureMock {
  readonly url: string;
  close(): Promise<void>;
  /** Every request, in the order of arrival. */
  readonly calls: readonly AzureRequest[];
}

/** Links to further pages name the real host, whatever address the request came to. */
const armHost = "https://management.azure.com";
const graphHost = "https://graph.microsoft.com";

function isGraph({ path }: AzureRequest): boolean {
  return path.startsWith("/v1.0/");
}

/** Serves a world on a free loopback port in the wire format of Azure Resource Manager. */
export async function startAzureMock(
  world: AzureWorld,
  options: { faults?: readonly Fault[]; pageSize?: number } = {},
): Promise<AzureMock> {
  const calls: AzureRequest[] = [];
  const pick = faultPicker(options.faults ?? []);
  // No idle timeout: a socket that closes just when a client takes it up again would be a fault nobody asked for.
  const server = createServer({ keepAliveTimeout: 0 }, (message, response) => {
    handle(message, response).catch((error: unknown) => {
      refuse(response, { status: 500, code: "InternalServerError", message: String(error) }, "");
    });
  });

  async function handle(message: IncomingMessage, response: ServerResponse): Promise<void> {
    await text(message);
    const url = new URL(message.url ?? "/", armHost);
    const query = Object.fromEntries(url.searchParams);
    const { method = "GET" } = message;
    const request = { method, path: decodeURIComponent(url.pathname), query };
    calls.push(request);
    const fault = pick(request.path);
    if (fault?.kind === "hang") return;
    if (fault?.kind === "reset") return void response.destroy();
    if (fault) return refuse(response, failureOf(fault), idOf(request));
    if (message.headers.authorization === undefined)
      return refuse(response, failureOf({ kind: "expired" }), idOf(request));
    if (query["api-version"] === undefined && !isGraph(request))
      return refuse(
        response,
        failureOf({ kind: "error", code: "MissingApiVersionParameter" }),
        idOf(request),
      );
    answer(response, request);
  }

  function answer(response: ServerResponse, request: AzureRequest): void {
    const graph = isGraph(request);
    const found = graph
      ? graphAnswerOf(world, request.path)
      : answerOf(world, request.path, request.query["$filter"]);
    if (found.kind === "missing")
      return refuse(
        response,
        { status: 404, code: "ResourceNotFound", message: "It was not found." },
        idOf(request),
      );
    if (found.kind === "object") return send(response, 200, found.body, idOf(request));
    const start = Number(request.query["$skiptoken"] ?? "0");
    const end = start + (options.pageSize ?? 100);
    const next = `${graph ? graphHost : armHost}${request.path}?${new URLSearchParams({ ...request.query, $skiptoken: String(end) }).toString()}`;
    const body = {
      value: found.items.slice(start, end),
      ...(end < found.items.length && { [graph ? "@odata.nextLink" : "nextLink"]: next }),
    };
    send(response, 200, body, idOf(request));
  }

  return { ...(await serve(server)), calls };
}

function refuse(
  response: ServerResponse,
  { status, code, message, retryAfter }: Failure,
  id: string,
): void {
  const body = { error: { code, message } };
  send(
    response,
    status,
    body,
    id,
    retryAfter === undefined ? {} : { "retry-after": String(retryAfter) },
  );
}

function send(
  response: ServerResponse,
  status: number,
  body: Json,
  id: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "x-ms-request-id": id,
    ...headers,
  });
  response.end(JSON.stringify(body));
}

/** The same for the same request, so that two runs record the same bytes. */
function idOf({ method, path, query }: AzureRequest): string {
  const facts = JSON.stringify([method, path, new URLSearchParams(query).toString()]);
  const hex = createHash("sha256").update(facts).digest("hex");
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20, 32),
  ].join("-");
}
