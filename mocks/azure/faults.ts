export const faultKinds = ["throttle", "deny", "expired", "hang", "reset", "error"] as const;

/** A failure to give instead of an answer. Unset fields match everything. */
export interface Fault {
  readonly kind: (typeof faultKinds)[number];
  /** Part of the request's path; case does not matter. */
  readonly path?: string;
  /** How many requests it hits before it is over; without it, all. */
  readonly times?: number;
  /** How many requests pass before it begins. */
  readonly after?: number;
  /** For `error`: status and code. */
  readonly status?: number;
  readonly code?: string;
  /** Seconds in a Retry-After header. */
  readonly retryAfter?: number;
}

export interface Failure {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly retryAfter?: number;
}

const failures: Readonly<Record<"throttle" | "deny" | "expired" | "error", Failure>> = {
  throttle: {
    status: 429,
    code: "TooManyRequests",
    message: "The request is being throttled.",
  },
  deny: {
    status: 403,
    code: "AuthorizationFailed",
    message: "The client does not have authorization to perform the action over the scope.",
  },
  expired: {
    status: 401,
    code: "ExpiredAuthenticationToken",
    message: "The access token has expired.",
  },
  error: { status: 400, code: "BadRequest", message: "The mock was asked to fail." },
};

export function failureOf({ kind, status, code, retryAfter }: Fault): Failure {
  const base = failures[kind === "hang" || kind === "reset" ? "error" : kind];
  return {
    ...base,
    ...(status !== undefined && { status }),
    ...(code !== undefined && { code }),
    ...(retryAfter !== undefined && { retryAfter }),
  };
}

/** Picks the fault that hits a path, and counts it. */
export function faultPicker(faults: readonly Fault[]): (path: string) => Fault | undefined {
  const left = faults.map(({ times }) => times ?? Infinity);
  const wait = faults.map(({ after }) => after ?? 0);
  return (path) => {
    const index = faults.findIndex((fault, at) => {
      const hit = path.toLowerCase().includes((fault.path ?? "").toLowerCase());
      if (!hit || (left[at] ?? 0) <= 0) return false;
      if ((wait[at] ?? 0) === 0) return true;
      wait[at] = (wait[at] ?? 0) - 1;
      return false;
    });
    if (index < 0) return undefined;
    left[index] = (left[index] ?? 0) - 1;
    return faults[index];
  };
}
