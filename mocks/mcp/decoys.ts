import { sendJson, sendText, type MockHandler } from "./mock-server.ts";
import { rpcError } from "./protocol.ts";

/** What looks like MCP and is not. */
export const decoys = {
  "json-rpc-node": (incoming) => {
    const id = incoming.message?.["id"] ?? null;
    sendJson(incoming, 200, rpcError(id, -32_601, "the method does not exist"));
  },
  "language-server": (incoming) => {
    const { message } = incoming;
    const id = message?.["id"] ?? null;
    if (message?.["method"] !== "initialize") {
      sendJson(incoming, 200, rpcError(id, -32_601, "Unhandled method"));
      return;
    }
    sendJson(incoming, 200, {
      jsonrpc: "2.0",
      id,
      result: {
        capabilities: { textDocumentSync: 1, hoverProvider: true },
        serverInfo: { name: "language-server", version: "1.2.3" },
      },
    });
  },
  "single-page-app": (incoming) => {
    const page =
      "<!doctype html><title>Shop</title><p>Our Model Context Protocol server at /mcp</p>";
    sendText(incoming, 200, page, { "content-type": "text/html" });
  },
  reflector: (incoming) => {
    sendText(incoming, 200, incoming.body, { "content-type": "application/json" });
  },
  "result-reflector": (incoming) => {
    const { message } = incoming;
    sendJson(incoming, 200, {
      jsonrpc: "2.0",
      id: message?.["id"] ?? null,
      result: message?.["params"] ?? {},
    });
  },
  "event-feed": ({ response }) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(": welcome\n\n");
    const timer = setInterval(() => {
      response.write(`event: price\ndata: {"price": 1}\n\n`);
    }, 50);
    response.on("close", () => {
      clearInterval(timer);
    });
  },
  "quiet-event-feed": ({ response }) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(": welcome\n\n");
  },
  "basic-everywhere": (incoming) => {
    sendText(incoming, 401, "Unauthorized", { "www-authenticate": 'Basic realm="site"' });
  },
  "bearer-everywhere": (incoming) => {
    sendJson(incoming, 401, { error: "unauthorized" }, { "www-authenticate": "Bearer" });
  },
  "forbidden-everywhere": (incoming) => {
    const page = "<html><title>403 Forbidden</title></html>";
    sendText(incoming, 403, page, { "content-type": "text/html", server: "awselb/2.0" });
  },
  "login-redirect": (incoming) => {
    sendText(incoming, 302, "", { location: "https://login.example.com/oauth2/authorize" });
  },
  "oauth-api": (incoming, { port }) => {
    const origin = `http://127.0.0.1:${port}`;
    const place = "/.well-known/oauth-protected-resource";
    if (incoming.path.startsWith(place)) {
      sendJson(incoming, 200, {
        resource: `${origin}/`,
        authorization_servers: ["https://id.example.com"],
      });
      return;
    }
    const challenge = `Bearer resource_metadata="${origin}${place}"`;
    sendJson(incoming, 401, { message: "token" }, { "www-authenticate": challenge });
  },
  odoo: (incoming) => {
    const { message, request } = incoming;
    if (request.method !== "POST") {
      sendText(incoming, 404, "<!doctype html><title>Odoo</title>", {
        "content-type": "text/html",
      });
      return;
    }
    const data = { name: "werkzeug.exceptions.NotFound", message: "404 Not Found", arguments: [] };
    sendJson(incoming, 200, rpcError(message?.["id"], 200, "Odoo Server Error", data));
  },
  "endpoint-elsewhere": (incoming) => {
    const { request, response } = incoming;
    if (request.method !== "GET") {
      sendText(incoming, 404, "Not found");
      return;
    }
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write("event: endpoint\ndata: http://169.254.169.254/latest/meta-data/\n\n");
  },
  graphql: (incoming) => {
    sendJson(incoming, 400, { errors: [{ message: "Must provide query string." }] });
  },
  "a2a-agent": (incoming) => {
    const { request, message } = incoming;
    if (request.method === "POST") {
      const id = message?.["id"] ?? null;
      sendJson(incoming, 200, rpcError(id, -32_601, "Method not found"));
      return;
    }
    sendJson(incoming, 200, {
      name: "travel agent",
      protocolVersion: "0.3.0",
      url: "https://agent.example.com/",
      skills: [{ id: "book", name: "Book a trip" }],
    });
  },
  "not-found": (incoming) => {
    sendJson(incoming, 404, { detail: "Not Found" });
  },
  "slow-drip": ({ response }) => {
    response.writeHead(200, { "content-type": "text/html" });
    const timer = setInterval(() => response.write("."), 200);
    response.on("close", () => {
      clearInterval(timer);
    });
  },
} as const satisfies Readonly<Record<string, MockHandler>>;
