import type { Json } from "../../src/model/json.ts";

/** A failure to give instead of an answer, or a part to leave out of it. Unset fields match everything. */
export interface Fault {
  readonly kind:
    | "throttle"
    | "deny"
    | "expired"
    | "not-found"
    | "unavailable"
    | "hang"
    | "reset"
    | "partial";
  /** Method id: `compute.instances.aggregatedList`. */
  readonly operation?: string;
  /** Matches when the request carries all of these. */
  readonly params?: Readonly<Record<string, string>>;
  /** How many requests it hits before it is over; without it, all. */
  readonly times?: number;
  /** How many matching requests are answered before it begins. */
  readonly after?: number;
  /** For `partial`: the zone or region that does not answer, `zones/us-central1-a`. */
  readonly place?: string;
  /** Seconds in a Retry-After header. */
  readonly retryAfter?: number;
}

export interface GcpRequest {
  readonly operation: string;
  readonly params: Readonly<Record<string, string>>;
}

export interface Refusal {
  readonly status: number;
  readonly body: Json;
  readonly retryAfter?: number;
}

const failures: Readonly<
  Record<string, { status: number; reason: string; word: string; message: string }>
> = {
  // Quotas answer 403: https://cloud.google.com/compute/docs/api/rate-quotas
  throttle: {
    status: 403,
    reason: "rateLimitExceeded",
    word: "PERMISSION_DENIED",
    message: "Rate Limit Exceeded",
  },
  deny: {
    status: 403,
    reason: "forbidden",
    word: "PERMISSION_DENIED",
    message: "Required permission for the resource is missing",
  },
  expired: {
    status: 401,
    reason: "authError",
    word: "UNAUTHENTICATED",
    message: "Invalid Credentials",
  },
  "not-found": {
    status: 404,
    reason: "notFound",
    word: "NOT_FOUND",
    message: "The resource was not found",
  },
  unavailable: {
    status: 503,
    reason: "backendError",
    word: "UNAVAILABLE",
    message: "Backend Error",
  },
};

export function refusalOf(kind: string, retryAfter?: number): Refusal {
  const { status, reason, word, message } = failures[kind] ?? {
    status: 500,
    reason: "backendError",
    word: "INTERNAL",
    message: kind,
  };
  const errors = [{ message, domain: "global", reason }];
  const body = { error: { code: status, message, errors, status: word } };
  return { status, body, ...(retryAfter !== undefined && { retryAfter }) };
}

/** Picks the fault that hits a request, and counts it. */
export function faultPicker(faults: readonly Fault[]): (request: GcpRequest) => Fault | undefined {
  const seen = faults.map(() => 0);
  return (request) =>
    faults.find((fault, i) => {
      if (!matches(fault, request)) return false;
      const count = (seen[i] ?? 0) + 1;
      seen[i] = count;
      const begun = count - (fault.after ?? 0);
      return begun > 0 && begun <= (fault.times ?? Infinity);
    });
}

function matches(fault: Fault, { operation, params }: GcpRequest): boolean {
  return (
    (fault.operation ?? operation) === operation &&
    Object.entries(fault.params ?? {}).every(([name, value]) => params[name] === value)
  );
}
