/** How an exchange ended. Only `complete` and `enough` carry a whole answer. */
export type End =
  | "complete"
  | "enough"
  | "cap"
  | "header-cap"
  | "timeout"
  | "silent"
  | "reset"
  | "invalid"
  | "not-http"
  | "http2"
  | "unknown-name"
  | "not-tls"
  | "wants-tls"
  | "client-certificate"
  | "unreachable"
  | "refused-address"
  | "aborted";

export function codeOf(error: Error): string {
  return "code" in error && typeof error.code === "string" ? error.code : error.message;
}

const errorEnds: readonly (readonly [pattern: RegExp, end: End])[] = [
  [/NO_APPLICATION_PROTOCOL/, "http2"],
  [/UNRECOGNIZED_NAME/, "unknown-name"],
  [/CERTIFICATE_REQUIRED|HANDSHAKE_FAILURE|BAD_CERTIFICATE/, "client-certificate"],
  [
    /WRONG_VERSION|PACKET_LENGTH|HTTP_REQUEST|UNEXPECTED_MESSAGE|UNKNOWN_PROTOCOL|EPROTO/,
    "not-tls",
  ],
  [
    /ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EADDRNOTAVAIL/,
    "unreachable",
  ],
];

export function endOfError(code: string, received: number): End {
  if (received > 0) return "reset";
  return errorEnds.find(([pattern]) => pattern.test(code))?.[1] ?? "reset";
}
