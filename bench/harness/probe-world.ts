import { createServer } from "node:net";
import process from "node:process";
import { startDecoy, startMcpMock } from "../../mocks/mcp/index.ts";
import { endpoints, type Endpoint } from "./endpoints.ts";

/** The line it prints once everything listens. */
export type World = readonly Endpoint[];

// A process of its own, so that what the endpoints cost is not counted as the prober's.
const started: World = await Promise.all(endpoints().map(start));
process.stdout.write(`${JSON.stringify(started)}\n`);
process.stdin.on("end", () => process.exit(0)).resume();

async function start(endpoint: Endpoint): Promise<Endpoint> {
  return { ...endpoint, port: await listen(endpoint) };
}

async function listen({ kind, address }: Endpoint): Promise<number> {
  if (kind.group === "closed") return 1;
  if (kind.group === "server") return (await startMcpMock(kind.name, { address })).port;
  if (kind.group === "decoy" || kind.group === "tarpit")
    return (await startDecoy(kind.name, { address })).port;
  const server = createServer((socket) => {
    socket.on("error", () => socket.destroy()).resume();
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject).listen(0, address, () => {
      const bound = server.address();
      resolve(typeof bound === "object" && bound ? bound.port : 0);
    });
  });
}
