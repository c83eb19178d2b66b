import { createServer } from "node:http";
import { toNodeHandler } from "@modelcontextprotocol/node";
import { McpServer, createMcpHandler } from "@modelcontextprotocol/server";

function build() {
  const server = new McpServer({ name: "modern-only", version: "1.0.0" });
  server.registerTool("read_log", { description: "Reads the log" }, () => ({ content: [] }));
  return server;
}

const legacy = process.argv.includes("--legacy");
const serve = toNodeHandler(createMcpHandler(build, legacy ? {} : { legacy: "reject" }));
createServer((request, response) => serve(request, response)).listen(
  Number(process.env.PORT),
  "127.0.0.1",
);
