import { createServer } from "node:net";
import process from "node:process";
import { parseArgs } from "node:util";
import { startDecoy, startMcpMock } from "../../mocks/mcp/index.ts";
import { makeCertificate } from "./certificate.ts";
import { endpoints, type Endpoint } from "./endpoints.ts";

/** The line it prints once everything listens. */
export type World = readonly Endpoint[];

const { values } = parseArgs({
  options: {
    tls: { type: "boolean", default: false },
    /** The same port at every address; 0 = any. */
    port: { type: "string", default: "0" },
    /** Only every n-th endpoint. */
    every: { type: "string", default: "1" },
  },
});
const port = Number(values.port);
const every = Number(values.every);
const pair = values.tls ? makeCertificate() : undefined;

// A process of its own, so that what the endpoints cost is not counted as the prober's.
const chosen = endpoints().filter((_, index) => index % every === 0);
const started: World = await Promise.all(chosen.map(start));
process.stdout.write(`${JSON.stringify(started)}\n`);
process.stdin.on("end", () => process.exit(0)).resume();

async function start(endpoint: Endpoint): Promise<Endpoint> {
  return { ...endpoint, port: await listen(endpoint) };
}

async function listen({ kind, address }: Endpoint): Promise<number> {
  const options = { address, port, ...(pair && { tls: pair }) };
  if (kind.group === "closed") return port || 1;
  if (kind.group === "server") return (await startMcpMock(kind.name, options)).port;
  if (kind.group === "decoy" || kind.group === "tarpit")
    return (await startDecoy(kind.name, options)).port;
  const server = createServer((socket) => {
    socket.on("error", () => socket.destroy()).resume();
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject).listen(port, address, () => {
      const bound = server.address();
      resolve(typeof bound === "object" && bound ? bound.port : 0);
    });
  });
}
