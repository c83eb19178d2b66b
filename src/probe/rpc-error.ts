import { isObject, parseJson, textOf } from "./json.ts";
import { isJson } from "./rpc.ts";
import type { Reply } from "./transport.ts";

/** Words of MCP's own in errors: its sessions, its handshake, its transports. */
const words = /\bMCP\b|session|initiali[sz]|streamable.?http|\bSSE\b|event-stream/i;

/** What servers that know no version of ours say, in JSON-RPC or as a bare text. */
const versions = /Unsupported protocol version|supported versions: 20\d\d/i;

const credential =
  "(?:api[ _-]?key|(?:api|access|auth|bearer)[ _-]?token|authorization|authentication|credentials?)";
const asked = new RegExp(
  [
    "unauthori[sz]ed|unauthenticated",
    `${credential}\\b[^.]{0,60}\\b(?:required|missing|must be|not (?:provided|set|found)|invalid|needed)`,
    `\\b(?:missing|requires?|no|invalid|provide|supply)\\b[^.]{0,40}\\b${credential}`,
  ].join("|"),
  "i",
);

const textLimit = 2000;

/** The message of an error in JSON-RPC, whether it came as a body or as an event. */
export function rpcErrorText(reply: Reply): string | undefined {
  const texts = isJson(reply) ? [reply.body] : reply.events.map(({ data }) => data);
  for (const text of texts) {
    const value = parseJson(text);
    const error = isObject(value) && value["jsonrpc"] === "2.0" ? value["error"] : undefined;
    if (isObject(error)) return (textOf(error["message"]) ?? "").slice(0, textLimit);
  }
  return undefined;
}

/** An error by which a server speaks of MCP, although it gave no result. */
export function speaksOfMcp(reply: Reply): boolean {
  const { status = 0, body } = reply;
  if (status < 400) return false;
  const text = rpcErrorText(reply);
  if (text !== undefined) return words.test(text) || versions.test(text);
  return status === 400 && versions.test(body.slice(0, textLimit));
}

/** Some servers demand a key in an error of their own instead of 401: with 400, or in JSON-RPC with any status. */
export function demandsCredentials(reply: Reply): boolean {
  const text = rpcErrorText(reply);
  if (text !== undefined) return asked.test(text);
  return (
    reply.status === 400 && !/^\s*</.test(reply.body) && asked.test(reply.body.slice(0, textLimit))
  );
}

/**
 * What libraries of MCP say to whoever sends no token. RFC 6750 (section 3.1) has other servers name no error then.
 * TypeScript SDK (bearerAuth.ts), Python SDK (bearer_auth.py), mcp-handler, Go SDK (auth.go), mcp-auth.
 */
const ofLibraries =
  /^no bearer token\s*$|"error"\s*:\s*"missing_auth_header"|invalid_token"[^}]{0,40}"(?:Missing Authorization header|Authentication required|No authorization provided)"/;

export function refusedByLibrary({ status, body }: Reply): boolean {
  return status === 401 && ofLibraries.test(body.slice(0, textLimit));
}
