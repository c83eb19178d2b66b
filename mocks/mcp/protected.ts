import { sendJson, sendText, type Incoming, type MockHandler } from "./mock-server.ts";
import { rpcError } from "./protocol.ts";
import { streamableStateless } from "./streamable-stateless.ts";

/** A resource server by the book: 401 that names its metadata (RFC 9728), metadata at the fixed place. */
export const oauthProtected: MockHandler = (incoming, { port }) => {
  const { path } = incoming;
  const origin = `http://127.0.0.1:${port}`;
  if (path === "/.well-known/oauth-protected-resource/mcp") {
    sendJson(incoming, 200, {
      resource: `${origin}/mcp`,
      authorization_servers: ["https://login.example.com"],
      scopes_supported: ["mcp:tools"],
    });
  } else if (path === "/mcp") {
    const metadata = `${origin}/.well-known/oauth-protected-resource/mcp`;
    sendJson(
      incoming,
      401,
      { error: "invalid_token" },
      {
        "www-authenticate": `Bearer error="invalid_token", resource_metadata="${metadata}"`,
      },
    );
  } else sendText(incoming, 404, "Not found");
};

/** A key in a header, refused with a JSON-RPC message at the MCP path only. */
export const apiKey: MockHandler = (incoming) => {
  if (incoming.path === "/mcp") {
    sendJson(incoming, 401, rpcError(null, -32_001, "Unauthorized: invalid or missing X-API-Key"));
  } else sendText(incoming, 404, "Not found");
};

/** A key demanded at every path, while CORS lets the MCP headers through. */
export const apiKeySiteWide: MockHandler = (incoming) => {
  if (incoming.request.method === "OPTIONS") {
    incoming.response.writeHead(204, {
      "access-control-allow-headers": "Content-Type, Mcp-Session-Id, Mcp-Protocol-Version",
    });
    incoming.response.end();
    return;
  }
  sendJson(incoming, 401, rpcError(null, -32_001, "Unauthorized: X-API-Key"));
};

/** Answers only to a Host header that says localhost; no authentication. */
export const hostCheck: MockHandler = (incoming, context) => {
  if (isLocal(incoming)) streamableStateless(incoming, context);
  else sendText(incoming, 403, `Access is only allowed at localhost:${context.port}`);
};

function isLocal({ request }: Incoming): boolean {
  return /^localhost(?::\d+)?$/.test(request.headers.host ?? "");
}

/** Lists nothing without a token although the handshake is open. */
export const openHandshake: MockHandler = (incoming, context) => {
  if (incoming.message?.["method"] === "tools/list") {
    sendJson(incoming, 401, { error: "unauthorized" }, { "www-authenticate": "Bearer" });
  } else streamableStateless(incoming, context);
};
