import type { ErrorFacts } from "../call.ts";
import { networkCodes } from "../network-codes.ts";

/** Of the network, and of the client that this SDK asks with. */
const lostCodes: ReadonlySet<string> = new Set([
  ...networkCodes,
  "UND_ERR_CONNECT_TIMEOUT",
  "UND_ERR_SOCKET",
]);

/**
 * What an error means for the audit; undefined for what is no answer of OCI, such as our own abort.
 * https://docs.oracle.com/en-us/iaas/Content/API/References/apierrors.htm
 */
export function classify(error: unknown): ErrorFacts | undefined {
  if (!(error instanceof Error) || error.name === "AbortError") return undefined;
  if (error.name !== "OciFailure") return lost(error);
  const status = Number(member(error, "status"));
  const detail = `${String(member(error, "code"))}: ${error.message}`;
  const retryAfterMs = retryAfterOf(error);
  const after = retryAfterMs === undefined ? {} : { retryAfterMs };
  if (status === 429) return { reason: "throttled", detail, retry: true, ...after };
  if (status === 0 || status >= 500)
    return { reason: "unavailable", detail, retry: true, ...after };
  return { reason: refusal(status, String(member(error, "code"))), detail, retry: false };
}

/** OCI tells those who may not see a thing that it does not exist. */
function refusal(status: number, code: string): ErrorFacts["reason"] {
  if (status === 401 || status === 403 || code === "NotAuthorizedOrNotFound") return "denied";
  return status === 404 || status === 405 || status === 501 ? "unsupported" : "unavailable";
}

function lost(error: Error): ErrorFacts | undefined {
  const code = codeOf(error);
  if (!lostCodes.has(code)) return undefined;
  return { reason: "unavailable", detail: `${code}: ${error.message}`, retry: true };
}

/** `fetch` wraps what happened to the socket. */
export function codeOf(error: unknown): string {
  const code = member(error, "code") ?? member(member(error, "cause"), "code");
  return typeof code === "string" ? code : "";
}

/** Whole seconds only; OCI sends no dates. */
function retryAfterOf(error: unknown): number | undefined {
  const header = member(error, "retryAfter");
  return typeof header === "string" && /^\d{1,5}$/.test(header) ? Number(header) * 1000 : undefined;
}

function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
