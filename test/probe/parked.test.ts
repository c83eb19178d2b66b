import { createServer, type Socket } from "node:net";
import { expect, test } from "vitest";
import { startMcpMock } from "../../mocks/mcp/index.ts";
import { probe } from "../../src/probe/probe.ts";
import { probeOptions, targetAt } from "./target.ts";

const body = '{"detail":"Not Found"}';
const head = `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n`;
const plain = `HTTP/1.1 404 Not Found\r\n${head}\r\n${body}`;

/** Answers each request with the same bytes; `after` says what happens to the connection then. */
async function probeRaw(
  answer: string,
  after: (socket: Socket) => void = () => {},
): Promise<{ connections: number; requests: number; confidence: string }> {
  let [connections, requests] = [0, 0];
  const server = createServer((socket) => {
    connections += 1;
    socket.on("error", () => socket.destroy());
    socket.on("data", () => {
      requests += 1;
      socket.write(answer);
      after(socket);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const { confidence } = await probe(targetAt(port), probeOptions());
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return { connections, requests, confidence };
}

test("one connection carries the whole conversation and is closed at its end", async () => {
  expect(await probeRaw(plain)).toMatchObject({ connections: 1, confidence: "none" });
});

const fresh: readonly (readonly [string, string])[] = [
  ["asks to close", `HTTP/1.1 404 Not Found\r\nConnection: close\r\n${head}\r\n${body}`],
  ["speaks HTTP/1.0", `HTTP/1.0 404 Not Found\r\n${head}\r\n${body}`],
  ["adds bytes that nobody asked for", `${plain}HTTP/1.1 200 OK\r\n`],
  [
    "gives two lengths",
    `HTTP/1.1 404 Not Found\r\nTransfer-Encoding: chunked\r\n${head}\r\n0\r\n\r\n`,
  ],
];

test.each(fresh)("a peer that %s gets a connection for each request", async (_name, answer) => {
  const { connections, requests } = await probeRaw(answer);
  expect(requests).toBe(3);
  expect(connections).toBe(requests);
});

test("a connection that was closed while it waited costs no answer", async () => {
  const found = await probeRaw(plain, (socket) => {
    setTimeout(() => socket.destroy(), 0);
  });
  expect(found.confidence).toBe("none");
});

test("a server closes each connection after its answer and is read all the same", async () => {
  const mock = await startMcpMock("streamable-stateful");
  const found = await probe(targetAt(mock.port), probeOptions());
  await mock.close();
  expect(found.tools?.length).toBeGreaterThan(0);
});
