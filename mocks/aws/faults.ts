import { factsOf, type Service } from "./services.ts";

export const faultKinds = [
  "throttle",
  "deny",
  "expired",
  "hang",
  "reset",
  "html-404",
  "error",
] as const;

/** A failure to give instead of an answer. Unset fields match everything. */
export interface Fault {
  readonly kind: (typeof faultKinds)[number];
  readonly service?: Service;
  readonly action?: string;
  readonly region?: string;
  /** Matches when the request carries all of these. */
  readonly params?: Readonly<Record<string, string>>;
  /** How many requests it hits before it is over; without it, all. */
  readonly times?: number;
  /** For `error`: the code; status 400 unless `status` says otherwise. */
  readonly code?: string;
  readonly status?: number;
  /** Seconds in a Retry-After header. */
  readonly retryAfter?: number;
}

export interface AwsRequest {
  readonly service: Service;
  readonly action: string;
  readonly region: string;
  readonly params: Readonly<Record<string, string>>;
}

export interface Failure {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly retryAfter?: number;
}

/** Codes differ between EC2, the services of the common Query protocol and the newer ones. */
const failures: Readonly<
  Record<"throttle" | "deny" | "expired", Readonly<Record<"ec2" | "query" | "json", Failure>>>
> = {
  throttle: {
    ec2: { status: 503, code: "RequestLimitExceeded", message: "Request limit exceeded." },
    query: { status: 400, code: "Throttling", message: "Rate exceeded" },
    json: { status: 429, code: "ThrottlingException", message: "Rate exceeded" },
  },
  deny: {
    ec2: {
      status: 403,
      code: "UnauthorizedOperation",
      message: "You are not authorized to perform this operation.",
    },
    query: {
      status: 403,
      code: "AccessDenied",
      message: "User is not authorized to perform this action",
    },
    json: {
      status: 403,
      code: "AccessDeniedException",
      message: "User is not authorized to perform this action",
    },
  },
  expired: {
    ec2: { status: 400, code: "RequestExpired", message: "Request has expired." },
    query: {
      status: 403,
      code: "ExpiredToken",
      message: "The security token included in the request is expired",
    },
    json: {
      status: 403,
      code: "ExpiredTokenException",
      message: "The security token included in the request is expired",
    },
  },
};

export function failureOf(fault: Fault, service: Service): Failure {
  const { kind, retryAfter } = fault;
  const failure =
    kind === "throttle" || kind === "deny" || kind === "expired"
      ? failures[kind][dialect(service)]
      : {
          status: fault.status ?? 400,
          code: fault.code ?? "InternalError",
          message: `The mock was asked to fail with ${fault.code ?? "InternalError"}`,
        };
  return { ...failure, ...(retryAfter !== undefined && { retryAfter }) };
}

function dialect(service: Service): "ec2" | "query" | "json" {
  const { protocol } = factsOf(service);
  return protocol === "ec2" ? "ec2" : protocol.endsWith("json") ? "json" : "query";
}

/** Picks the fault that hits a request, and counts it. */
export function faultPicker(faults: readonly Fault[]): (request: AwsRequest) => Fault | undefined {
  const left = faults.map((fault) => fault.times ?? Infinity);
  return (request) => {
    const index = faults.findIndex((fault, at) => (left[at] ?? 0) > 0 && matches(fault, request));
    if (index < 0) return undefined;
    left[index] = (left[index] ?? 0) - 1;
    return faults[index];
  };
}

function matches(fault: Fault, request: AwsRequest): boolean {
  return (
    (fault.service ?? request.service) === request.service &&
    (fault.action ?? request.action) === request.action &&
    (fault.region ?? request.region) === request.region &&
    Object.entries(fault.params ?? {}).every(([name, value]) => request.params[name] === value)
  );
}
