import { createServer } from "node:http";
import { McpServer } from "sdk-1.4/server/mcp.js";
import { SSEServerTransport } from "sdk-1.4/server/sse.js";

const transports = new Map();

createServer(async (request, response) => {
  const url = new URL(request.url, "http://127.0.0.1");
  if (request.method === "GET" && url.pathname === "/sse") {
    const server = new McpServer({ name: "sdk-1.4", version: "1.0.0" });
    server.tool("read_log", async () => ({ content: [] }));
    const transport = new SSEServerTransport("/messages", response);
    transports.set(transport.sessionId, transport);
    await server.connect(transport);
    return;
  }
  const transport = transports.get(url.searchParams.get("sessionId"));
  if (request.method === "POST" && transport) await transport.handlePostMessage(request, response);
  else response.writeHead(404).end();
}).listen(Number(process.env.PORT), "127.0.0.1");
