import { FastMCP } from "fastmcp";

const server = new FastMCP({ name: "Addition", version: "1.0.0" });
server.addTool({
  name: "add",
  description: "Add two numbers",
  execute: async () => "0",
});
const stateless = process.argv.includes("--stateless");
await server.start({
  transportType: "httpStream",
  httpStream: { port: Number(process.env.PORT), host: "127.0.0.1", stateless },
});
