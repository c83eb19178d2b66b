export const faultKinds = [
  "throttle",
  "deny",
  "unauthenticated",
  "hang",
  "reset",
  "html",
  "error",
] as const;

/** A failure to give instead of an answer. Unset fields match everything. */
export interface Fault {
  readonly kind: (typeof faultKinds)[number];
  /** `core:ListSubnets`. */
  readonly call?: string;
  readonly region?: string;
  /** Matches when the request carries all of these. */
  readonly params?: Readonly<Record<string, string>>;
  /** How many requests it hits before it is over; without it, all. */
  readonly times?: number;
  /** For `error`. */
  readonly code?: string;
  readonly status?: number;
  /** Seconds in a Retry-After header. */
  readonly retryAfter?: number;
}

export interface OciRequest {
  readonly call: string;
  readonly region: string;
  readonly params: Readonly<Record<string, string>>;
}

export interface Failure {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** https://docs.oracle.com/en-us/iaas/Content/API/References/apierrors.htm */
export const failures = {
  throttle: { status: 429, code: "TooManyRequests", message: "User-rate limit exceeded." },
  deny: {
    status: 404,
    code: "NotAuthorizedOrNotFound",
    message: "Authorization failed or requested resource not found.",
  },
  unauthenticated: {
    status: 401,
    code: "NotAuthenticated",
    message:
      "The required information to complete authentication was not provided or was incorrect.",
  },
} as const satisfies Readonly<Record<string, Failure>>;

export function failureOf({ kind, code, status }: Fault): Failure {
  if (kind === "throttle" || kind === "deny" || kind === "unauthenticated") return failures[kind];
  const name = code ?? "InternalServerError";
  return { status: status ?? 500, code: name, message: `The mock was asked to fail with ${name}` };
}

/** Picks the fault that hits a request, and counts it. */
export function faultPicker(faults: readonly Fault[]): (request: OciRequest) => Fault | undefined {
  const left = faults.map((fault) => fault.times ?? Infinity);
  return (request) => {
    const index = faults.findIndex((fault, at) => (left[at] ?? 0) > 0 && matches(fault, request));
    if (index < 0) return undefined;
    left[index] = (left[index] ?? 0) - 1;
    return faults[index];
  };
}

function matches(fault: Fault, request: OciRequest): boolean {
  return (
    (fault.call ?? request.call) === request.call &&
    (fault.region ?? request.region) === request.region &&
    Object.entries(fault.params ?? {}).every(([name, value]) => request.params[name] === value)
  );
}
