import type { GapReason } from "../../src/model/snapshot.ts";
import type { ErrorFacts } from "../call.ts";
import { networkCodes } from "../network-codes.ts";

/** https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/common-deployment-errors and the REST reference of each provider. */
const codes: Readonly<Record<string, { readonly reason: GapReason; readonly retry: boolean }>> = {
  MissingSubscriptionRegistration: { reason: "unsupported", retry: false },
  SubscriptionNotRegistered: { reason: "unsupported", retry: false },
  NoRegisteredProviderFound: { reason: "unsupported", retry: false },
  InvalidResourceType: { reason: "unsupported", retry: false },
  InvalidApiVersionParameter: { reason: "unsupported", retry: false },
  InvalidAuthenticationToken: { reason: "denied", retry: false },
  ExpiredAuthenticationToken: { reason: "denied", retry: false },
};

const statuses: Readonly<Record<number, { readonly reason: GapReason; readonly retry: boolean }>> =
  {
    401: { reason: "denied", retry: false },
    403: { reason: "denied", retry: false },
    408: { reason: "timeout", retry: true },
    429: { reason: "throttled", retry: true },
  };

/** Of the network, and of the client that this SDK asks with. */
const lostCodes: ReadonlySet<string> = new Set([
  ...networkCodes,
  "REQUEST_SEND_ERROR",
  "PARSE_ERROR",
]);

/** What the login chain throws when no credential works. */
const loginErrors: ReadonlySet<string> = new Set([
  "AggregateAuthenticationError",
  "AuthenticationError",
  "AuthenticationRequiredError",
  "CredentialUnavailableError",
]);

/** What an error of the SDK means for the audit; undefined for what is no answer of Azure, such as our own abort. */
export function classify(error: unknown): ErrorFacts | undefined {
  if (!(error instanceof Error) || error.name === "AbortError") return undefined;
  const code = codeOf(error);
  const detail = `${code === "" ? error.name : code}: ${error.message}`;
  if (loginErrors.has(error.name)) return { reason: "denied", detail, retry: false };
  const status = statusOf(error);
  const known = codes[code] ?? statuses[status];
  const retryAfterMs = retryAfterOf(error);
  const after = retryAfterMs === undefined ? {} : { retryAfterMs };
  if (known) return { ...known, detail, ...after };
  const lost = lostCodes.has(code);
  if (!lost && status === 0) return undefined;
  return { reason: "unavailable", detail, retry: lost || status >= 500, ...after };
}

/** There is no such thing: an answer, not a failure. */
export function isMissing(error: unknown): boolean {
  return statusOf(error) === 404;
}

export function codeOf(error: unknown): string {
  const code = member(error, "code");
  return typeof code === "string" ? code : "";
}

/** 0 when nothing answered. */
export function statusOf(error: unknown): number {
  const status = member(error, "statusCode");
  return typeof status === "number" ? status : 0;
}

/** Whole seconds only; Resource Manager sends no dates. */
function retryAfterOf(error: unknown): number | undefined {
  const headers = member(member(error, "response"), "headers");
  const get = member(headers, "get");
  const value: unknown = typeof get === "function" ? get.call(headers, "retry-after") : undefined;
  return typeof value === "string" && /^\d{1,5}$/.test(value) ? Number(value) * 1000 : undefined;
}

function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
