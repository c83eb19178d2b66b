import { createServer } from "node:net";
import { expect, test } from "vitest";
import { sendText, serve } from "../../mocks/mcp/mock-server.ts";
import { startMcpMock } from "../../mocks/mcp/index.ts";
import { probeAll } from "../../src/probe/probe-all.ts";
import { probeOptions, targetAt } from "./target.ts";

test("answers keep the order of the targets and a hanging one holds up only its address", async () => {
  const mock = await startMcpMock("streamable-stateful");
  const silent = createServer(() => {});
  await new Promise<void>((resolve) => {
    silent.listen(0, "127.0.0.9", resolve);
  });
  const address = silent.address();
  const hanging = typeof address === "object" && address ? address.port : 0;
  const targets = [
    targetAt(hanging, { id: "hanging", address: "127.0.0.9" }),
    ...Array.from({ length: 20 }, (_, index) => targetAt(mock.port, { id: `t${index}` })),
  ];
  const done: number[] = [];
  const started = performance.now();
  const options = probeOptions({
    transcript: ({ outcome }) => {
      if (outcome !== "silent") done.push(performance.now() - started);
    },
  });
  const found = await probeAll(targets, { ...options, concurrency: 64 });
  const took = performance.now() - started;
  await mock.close();
  silent.close();
  expect(found.map(({ target }) => target)).toEqual(targets.map(({ id }) => id));
  expect(found.map(({ confidence }) => confidence)).toEqual([
    "unreachable",
    ...Array.from({ length: 20 }, () => "confirmed"),
  ]);
  expect(done.at(-1)).toBeLessThan(2000);
  expect(took).toBeLessThan(3500);
  expect([...mock.sessions]).toEqual([]);
});

test("a host that asks to slow down three times is left alone, and its other ports are unknown", async () => {
  const busy = await serve((incoming) => sendText(incoming, 429, "slow down"), "/mcp", {});
  const targets = Array.from({ length: 6 }, (_, index) => targetAt(busy.port, { id: `t${index}` }));
  const found = await probeAll(targets, { ...probeOptions(), concurrency: 4 });
  await busy.close();
  expect(found.map(({ confidence }) => confidence)).toEqual(targets.map(() => "unknown"));
  expect(busy.seen).toHaveLength(3);
  expect(found.at(-1)?.because).toBe("Not asked: the host asked to slow down before");
});
