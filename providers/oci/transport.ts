/** What the SDK hands over to be signed and sent. */
export interface SignedRequest {
  readonly method: string;
  readonly uri: string;
  readonly headers: Headers;
  readonly body?: string;
}

export interface Signer {
  signHttpRequest(request: SignedRequest, excludeBody?: boolean): Promise<void>;
}

/** An answer as it came over the wire. */
export interface OciAnswer {
  readonly body: unknown;
  readonly requestId?: string;
  readonly next?: string;
}

/** One request under way, and what became of it. */
export interface Exchange {
  readonly signal: AbortSignal;
  settled?: { readonly answer: OciAnswer } | { readonly error: unknown };
}

/** An error that the service itself answered with. */
export interface OciFailure extends Error {
  readonly status: number;
  readonly code: string;
  readonly retryAfter?: string;
}

/**
 * The SDK's HTTP client, replaced: it takes the caller's deadline, keeps the answer's own JSON, and always shows the SDK
 * an empty success, because the SDK retries nothing but prints every failure.
 */
export function transport(signer: Signer, current: () => Exchange | undefined) {
  return {
    async send(request: SignedRequest): Promise<Response> {
      const exchange = current();
      if (!exchange) throw new Error("a request outside of an exchange");
      try {
        await signer.signHttpRequest(request);
        const response = await fetch(request.uri, {
          method: request.method,
          headers: request.headers,
          redirect: "error",
          signal: exchange.signal,
          ...(request.body !== undefined && { body: request.body }),
        });
        exchange.settled = await read(response);
      } catch (error) {
        exchange.settled = { error };
      }
      return new Response("null", { headers: { "content-type": "application/json" } });
    },
  };
}

async function read(response: Response): Promise<NonNullable<Exchange["settled"]>> {
  const text = await response.text();
  const body = parsed(text);
  if (!response.ok) return { error: failure(response, body) };
  if (body === undefined) return { error: unreadable(response) };
  const [requestId, next] = ["opc-request-id", "opc-next-page"].map((name) =>
    response.headers.get(name),
  );
  return {
    answer: { body, ...(requestId && { requestId }), ...(next && { next }) },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function failure(response: Response, body: unknown): OciFailure {
  const { status, headers } = response;
  const retryAfter = headers.get("retry-after");
  const code = memberOf(body, "code") ?? `HTTP ${status}`;
  return Object.assign(new Error(memberOf(body, "message") ?? response.statusText), {
    name: "OciFailure",
    status,
    code,
    ...(retryAfter !== null && { retryAfter }),
  });
}

/** A cut or foreign answer: another attempt may bring a whole one. */
function unreadable({ status }: Response): OciFailure {
  return Object.assign(new Error(`The answer is not JSON (HTTP ${status})`), {
    name: "OciFailure",
    status: 0,
    code: "Unreadable",
  });
}

function memberOf(body: unknown, name: string): string | undefined {
  const value: unknown =
    typeof body === "object" && body !== null ? Reflect.get(body, name) : undefined;
  return typeof value === "string" ? value : undefined;
}
