import { expect, test } from "vitest";
import { sendText, serve, type McpMock, type MockHandler } from "../../mocks/mcp/mock-server.ts";
import { probeAll } from "../../src/probe/probe-all.ts";
import { probeOptions, targetAt } from "./target.ts";

const missing: MockHandler = (incoming) => sendText(incoming, 404, "no");

test("the ports of a host are asked one after the other, the likeliest first, and answers keep the order given", async () => {
  const asked: string[] = [];
  let open = 0;
  let most = 0;
  const handler: MockHandler = (incoming) => {
    open += 1;
    most = Math.max(most, open);
    asked.push(String(incoming.request.headers.host));
    setTimeout(() => {
      open -= 1;
      sendText(incoming, 404, "no");
    }, 5);
  };
  const mock = await serve(handler, "/mcp", {});
  const connect = { address: "127.0.0.1", port: mock.port };
  const ports = [9000, 9999, 443, 8000, 9998, 80];
  const targets = ports.map((port) =>
    targetAt(port, { id: String(port), address: "203.0.113.7", tls: "http", connect }),
  );
  const found = await probeAll(targets, { ...probeOptions(), concurrency: 8 });
  await mock.close();
  expect(found.map(({ target }) => target)).toEqual(ports.map(String));
  const order = [...new Set(asked)].map((host) => host.replace("203.0.113.7", ""));
  expect(order).toEqual([":443", ":80", ":8000", ":9000", ":9999", ":9998"]);
  expect(most).toBe(1);
});

test.each([
  [1, 1],
  [2, 2],
  [64, 3],
  [0, 1],
  [-1, 1],
])("with %d at once, %d of three hosts are asked at once", async (concurrency, expected) => {
  let open = 0;
  let most = 0;
  const servers: McpMock[] = [];
  for (const address of ["127.0.0.2", "127.0.0.3", "127.0.0.4"]) {
    const handler: MockHandler = (incoming) => {
      open += 1;
      most = Math.max(most, open);
      setTimeout(() => {
        open -= 1;
        sendText(incoming, 404, "no");
      }, 40);
    };
    servers.push(await serve(handler, "/mcp", { address }));
  }
  const targets = servers.map(({ port }, index) =>
    targetAt(port, { id: String(index), address: `127.0.0.${index + 2}` }),
  );
  const found = await probeAll(targets, { ...probeOptions(), concurrency });
  await Promise.all(servers.map(async (mock) => mock.close()));
  expect(found.map(({ target }) => target)).toEqual(["0", "1", "2"]);
  expect(most).toBe(expected);
});

test("a host that asks to slow down now and then is asked on", async () => {
  let asked = 0;
  const mock = await serve(
    (incoming, context) => {
      asked += 1;
      if (incoming.request.headers.host?.startsWith("calm") === true) missing(incoming, context);
      else sendText(incoming, 429, "slow down");
    },
    "/mcp",
    {},
  );
  const calm = new Set([2, 5]);
  const targets = Array.from({ length: 8 }, (_, index) =>
    targetAt(mock.port, {
      id: `t${index}`,
      hosts: [calm.has(index) ? "calm.example.com" : "busy.example.com"],
    }),
  );
  const found = await probeAll(targets, { ...probeOptions(), concurrency: 1 });
  await mock.close();
  expect(found.map(({ confidence }) => confidence)).toEqual(
    targets.map((_, index) => (calm.has(index) ? "none" : "unknown")),
  );
  expect(found.some(({ because }) => because.startsWith("Not asked"))).toBe(false);
  expect(asked).toBeGreaterThan(8);
});

test("targets of one place count as one host, wherever they say they are", async () => {
  let open = 0;
  let most = 0;
  const mock = await serve(
    (incoming) => {
      open += 1;
      most = Math.max(most, open);
      setTimeout(() => {
        open -= 1;
        sendText(incoming, 404, "no");
      }, 20);
    },
    "/mcp",
    {},
  );
  const connect = { address: "127.0.0.1", port: mock.port };
  const targets = ["203.0.113.7", "203.0.113.8"].map((address) =>
    targetAt(80, { id: address, address, tls: "http", connect }),
  );
  await probeAll(targets, { ...probeOptions(), concurrency: 8 });
  await mock.close();
  expect(most).toBe(1);
});

test("nothing to probe is answered by nothing", async () => {
  expect(await probeAll([], { ...probeOptions(), concurrency: 4 })).toEqual([]);
});
