import type { GapReason } from "../../src/model/snapshot.ts";
import type { ErrorFacts } from "../call.ts";
import { networkCodes } from "../network-codes.ts";

/**
 * Reasons that say more than their HTTP status: quotas answer 403 too.
 * https://cloud.google.com/compute/docs/api/rate-quotas, https://cloud.google.com/resource-manager/docs/core_errors
 */
const reasons: Readonly<Record<string, GapReason>> = {
  rateLimitExceeded: "throttled",
  userRateLimitExceeded: "throttled",
  quotaExceeded: "throttled",
  dailyLimitExceeded: "throttled",
  RATE_LIMIT_EXCEEDED: "throttled",
  RESOURCE_EXHAUSTED: "throttled",
  accessNotConfigured: "unavailable",
  SERVICE_DISABLED: "unavailable",
};

const statuses: Readonly<Record<number, GapReason>> = {
  401: "denied",
  403: "denied",
  404: "unavailable",
  408: "timeout",
  429: "throttled",
  501: "unsupported",
  504: "timeout",
};

/** Of the network, and of the client that this SDK asks with. */
const lostCodes: ReadonlySet<string> = new Set([
  ...networkCodes,
  "ERR_STREAM_PREMATURE_CLOSE",
  "UND_ERR_SOCKET",
]);

/** What an error of the client means for the audit; undefined for what is no answer of Google, such as our own abort. */
export function classify(error: unknown): ErrorFacts | undefined {
  if (!(error instanceof Error) || error.name === "AbortError") return undefined;
  const status = numberOf(member(error, "status"));
  if (status > 0 && error.name === "GcpError") return answered(error, status);
  const code = codeOf(error);
  if (lostCodes.has(code) || /socket hang up|premature close/i.test(error.message))
    return { reason: "unavailable", detail: `${code} ${error.message}`.trim(), retry: true };
  if (isCredentialError(error)) return { reason: "denied", detail: error.message, retry: false };
  return undefined;
}

function answered(error: Error, status: number): ErrorFacts {
  const said = member(error, "reason");
  const word = typeof said === "string" ? said : "";
  const reason = reasons[word] ?? statuses[status] ?? "unavailable";
  const retryAfterMs = retryAfterOf(error);
  return {
    reason,
    detail: `HTTP ${status}${word === "" ? "" : ` ${word}`}: ${error.message}`,
    retry: reason === "throttled" || reason === "timeout" || (status >= 500 && status !== 501),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

/** What google-auth-library says when there is no credential, or one that is no longer good. */
export function isCredentialError(error: Error): boolean {
  return /default credentials|invalid_grant|invalid_rapt|refresh token|reauth|GOOGLE_APPLICATION_CREDENTIALS|private.?key|PEM/i.test(
    error.message,
  );
}

export function codeOf(error: unknown): string {
  const code = member(error, "code") ?? member(member(error, "cause"), "code");
  return typeof code === "string" ? code : "";
}

/** Seconds only. */
function retryAfterOf(error: Error): number | undefined {
  const header = member(error, "retryAfter");
  return typeof header === "string" && /^\d{1,5}$/.test(header) ? Number(header) * 1000 : undefined;
}

function numberOf(value: unknown): number {
  return typeof value === "number" ? value : 0;
}

function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
