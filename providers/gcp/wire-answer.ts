/** An answer before it is understood. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly data: unknown;
}

export interface GcpOutput {
  /** The wire's own JSON, as it came. */
  readonly body: unknown;
  readonly requestId?: string;
}

/** Throws an Error that carries `status`, `reason`, `retryAfter` and the project that an API is off in when it says no. */
export function readAnswer({ status, headers, data }: WireAnswer): GcpOutput {
  const text = typeof data === "string" ? data : JSON.stringify(data ?? null);
  const body = parsed(text);
  if (status < 200 || status >= 300) throw refusal(status, headers, body);
  if (body === undefined) throw refusal(status, headers, undefined);
  const requestId = headers.get("x-goog-request-id") ?? headers.get("x-cloud-trace-context");
  return { body, ...(requestId !== null && { requestId }) };
}

/** Said in the details alone: beside it the reason is that of any refusal. */
const disabled = "SERVICE_DISABLED";

/** https://cloud.google.com/apis/design/errors#http_mapping */
function refusal(status: number, headers: WireAnswer["headers"], body: unknown): Error {
  const error = member(body, "error");
  const list = member(error, "errors");
  const first: unknown = Array.isArray(list) ? list[0] : undefined;
  const details = member(error, "details");
  const off: unknown = Array.isArray(details)
    ? details.find((each) => member(each, "reason") === disabled)
    : undefined;
  const message = textOf(member(error, "message")) ?? "The answer is not Google's JSON";
  return Object.assign(new Error(message), {
    name: "GcpError",
    status,
    // Absent where it is not told.
    offIn: textOf(member(member(off, "metadata"), "consumer")),
    reason: off
      ? disabled
      : (textOf(member(first, "reason")) ?? textOf(member(error, "status")) ?? ""),
    retryAfter: headers.get("retry-after") ?? "",
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function member(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}
