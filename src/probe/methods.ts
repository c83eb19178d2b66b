/** Everything a probe may send. No tool is called, no resource read, no prompt got: ADR 8. */
export const allowedMethods = {
  http: ["GET", "OPTIONS", "DELETE", "POST"],
  mcp: [
    "server/discover",
    "initialize",
    "notifications/initialized",
    "tools/list",
    "resources/list",
    "prompts/list",
  ],
} as const;

export type HttpMethod = (typeof allowedMethods.http)[number];
export type McpMethod = (typeof allowedMethods.mcp)[number];

/** The only thing the transport accepts: a body exists only as an MCP message of an allowed method. */
export interface OutgoingRequest {
  readonly http: HttpMethod;
  readonly path: string;
  /** Value of the Host header. */
  readonly host: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly message?: OutgoingMessage | undefined;
}

export interface OutgoingMessage {
  readonly method: McpMethod;
  /** Absent in a notification. */
  readonly id?: number | undefined;
  readonly params?: Readonly<Record<string, unknown>> | undefined;
}

const visible = /^[\x21-\x7e]+$/;
const headerLine = /^[\x21-\x7e]+: [\x20-\x7e]*$/;

/** A path or session id that a server named may be sent back only when it cannot break out of its line. */
export function isSafeToken(text: string): boolean {
  return text.length <= 2048 && visible.test(text);
}

/** Writes a request as text, or throws when it is not one of the allowed methods. */
export function encodeRequest(request: OutgoingRequest): string {
  const { http, path, host, headers, message } = request;
  if (!allowedMethods.http.includes(http)) throw new RangeError(`HTTP method not allowed: ${http}`);
  if ((http === "POST") !== (message !== undefined)) {
    throw new RangeError("A POST carries one MCP message and nothing else does");
  }
  if (!path.startsWith("/") || !isSafeToken(path) || !isSafeToken(host)) {
    throw new RangeError("Path or host is not a printable token");
  }
  let head = `${http} ${path} HTTP/1.1\r\nHost: ${host}\r\n`;
  for (const [name, value] of headers) {
    const line = `${name}: ${value}`;
    if (!headerLine.test(line)) {
      throw new RangeError(`Header ${JSON.stringify(name)} is not printable`);
    }
    head += `${line}\r\n`;
  }
  head += "Accept-Encoding: identity\r\n";
  if (message === undefined) return `${head}\r\n`;
  const body = encodeMessage(message);
  return `${head}Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

function encodeMessage({ method, id, params }: OutgoingMessage): string {
  if (!allowedMethods.mcp.includes(method)) {
    throw new RangeError(`MCP method not allowed: ${method}`);
  }
  // What is undefined is left out.
  return JSON.stringify({ jsonrpc: "2.0", id, method, params });
}
