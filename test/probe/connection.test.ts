import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { openConnection, park, type Listener } from "../../src/probe/connection.ts";
import { probe } from "../../src/probe/probe.ts";
import { probeOptions, targetAt } from "./target.ts";

const servers: ReturnType<typeof createServer>[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function listen(onSocket: (socket: Socket) => void): Promise<number> {
  const server = createServer(onSocket);
  servers.push(server);
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = server.address();
  return typeof address === "object" && address ? address.port : 0;
}

test.each([
  ["writes bytes that nobody asked for", (socket: Socket) => socket.write("HTTP/1.1 200 OK\r\n")],
  ["ends", (socket: Socket) => socket.end()],
  ["breaks off", (socket: Socket) => socket.resetAndDestroy()],
])("an idle connection whose peer %s is not used again", async (_name, act) => {
  const sockets: Socket[] = [];
  const port = await listen((socket) => sockets.push(socket.on("error", () => {})));
  const dial = { address: "127.0.0.1", port, tls: false, host: "a" };
  const ignore = (): void => {};
  const connection = await new Promise<ReturnType<typeof openConnection>>((resolve) => {
    const listener: Listener = {
      onReady: () => resolve(opened),
      onData: ignore,
      onError: ignore,
      onClose: ignore,
      onRefused: ignore,
    };
    const opened = openConnection(dial, listener);
  });
  await vi.waitFor(() => expect(sockets).toHaveLength(1));
  const parked = park();
  connection.listener = undefined;
  parked.keep("a", connection);
  expect(connection.usable).toBe(true);
  for (const socket of sockets) act(socket);
  await vi.waitFor(() => expect(connection.usable).toBe(false));
  expect(parked.take("a")).toBeUndefined();
});

test("a body may take longer than a head", async () => {
  const port = await listen((socket) => {
    socket.on("error", () => {});
    socket.on("data", () => {
      socket.write("HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\n");
      setTimeout(() => socket.write("no"), 400);
    });
  });
  const limits = { headerMs: 150, silentMs: 150, requests: 1 };
  const { exchanges } = await probe(targetAt(port), probeOptions({ limits }));
  expect(exchanges.map(({ outcome }) => outcome)).toEqual(["complete"]);
});
