import type { GapReason } from "../../src/model/snapshot.ts";
import type { ErrorFacts } from "../call.ts";
import { networkCodes } from "../network-codes.ts";

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html and the CommonErrors page of each service. */
const names: readonly { reason: GapReason; retry: boolean; names: readonly string[] }[] = [
  {
    reason: "denied",
    retry: false,
    names: [
      "AccessDenied",
      "AccessDeniedException",
      "AuthFailure",
      "Blocked",
      "CredentialsProviderError",
      "ExpiredToken",
      "ExpiredTokenException",
      "InvalidClientTokenId",
      "NotAuthorized",
      "RequestExpired",
      "SignatureDoesNotMatch",
      "UnauthorizedException",
      "UnauthorizedOperation",
      "UnrecognizedClientException",
    ],
  },
  {
    reason: "throttled",
    retry: true,
    names: [
      "BandwidthLimitExceeded",
      "DependencyThrottle",
      "EC2ThrottledException",
      "PriorRequestNotComplete",
      "RequestLimitExceeded",
      "RequestThrottled",
      "RequestThrottledException",
      "SlowDown",
      "ThrottledException",
      "Throttling",
      "ThrottlingException",
      "TooManyRequestsException",
    ],
  },
  {
    reason: "unsupported",
    retry: false,
    names: ["InvalidAction", "UnknownOperation", "UnknownOperationException"],
  },
  {
    reason: "timeout",
    retry: true,
    names: ["RequestTimeout", "RequestTimeoutException", "TimeoutError"],
  },
  {
    reason: "unavailable",
    retry: false,
    names: ["OptInRequired", "RegionDisabledException", "Unsupported", "UnsupportedOperation"],
  },
];

const lostCodes: ReadonlySet<string> = new Set(networkCodes);

/** What an error of the SDK means for the audit; undefined for what is no answer of AWS, such as our own abort. */
export function classify(error: unknown): ErrorFacts | undefined {
  if (!(error instanceof Error) || error.name === "AbortError") return undefined;
  const detail = `${error.name}: ${error.message}`;
  const retryAfterMs = retryAfterOf(error);
  const known = neverArrived(error)
    ? undefined
    : names.find((row) => row.names.includes(error.name));
  if (known) {
    const { reason, retry } = known;
    return { reason, detail, retry, ...(retryAfterMs !== undefined && { retryAfterMs }) };
  }
  return unlisted(error, detail, retryAfterMs);
}

/** Errors without a name of their own: told by the HTTP status, or by there being none. */
function unlisted(error: Error, detail: string, retryAfterMs?: number): ErrorFacts | undefined {
  const status = statusOf(error);
  const unparsable = error.message.includes("XML parse error");
  const lost = neverArrived(error) || (unparsable && status < 300);
  if (!lost && !unparsable && status === 0) return undefined;
  return {
    reason: status === 429 ? "throttled" : "unavailable",
    detail: unparsable ? `The answer is not AWS's XML (HTTP ${status})` : detail,
    retry: lost || status === 429 || status >= 500,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

export function neverArrived(error: unknown): boolean {
  return lostCodes.has(codeOf(error));
}

export function codeOf(error: unknown): string {
  const code = member(error, "code");
  return typeof code === "string" ? code : "";
}

/** 0 when nothing answered. */
function statusOf(error: unknown): number {
  const status =
    member(member(error, "$metadata"), "httpStatusCode") ??
    member(member(error, "$response"), "statusCode");
  return typeof status === "number" ? status : 0;
}

/** Whole seconds only; AWS sends no dates. */
function retryAfterOf(error: unknown): number | undefined {
  const header = member(member(member(error, "$response"), "headers"), "retry-after");
  return typeof header === "string" && /^\d{1,5}$/.test(header) ? Number(header) * 1000 : undefined;
}

function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
