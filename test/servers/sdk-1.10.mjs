import { createServer } from "node:http";
import { McpServer } from "sdk-1.10/server/mcp.js";
import { StreamableHTTPServerTransport } from "sdk-1.10/server/streamableHttp.js";

createServer(async (request, response) => {
  if (request.method !== "POST" || request.url !== "/mcp") return response.writeHead(404).end();
  const server = new McpServer({ name: "sdk-1.10", version: "1.0.0" });
  server.tool("read_log", async () => ({ content: [] }));
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await server.connect(transport);
  return transport.handleRequest(request, response);
}).listen(Number(process.env.PORT), "127.0.0.1");
