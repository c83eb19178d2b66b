import { expect, test } from "vitest";
import {
  sendJson,
  sendText,
  serve,
  type Incoming,
  type MockHandler,
} from "../../mocks/mcp/mock-server.ts";
import { modernOnly } from "../../mocks/mcp/modern.ts";
import { rpcError } from "../../mocks/mcp/protocol.ts";
import { streamableStateless } from "../../mocks/mcp/streamable-stateless.ts";
import type { Fingerprint } from "../../src/model/server.ts";
import type { ProbeLimits } from "../../src/probe/limits.ts";
import { probe } from "../../src/probe/probe.ts";
import { probeOptions, targetAt } from "./target.ts";

async function probed(
  handler: MockHandler,
  limits: Partial<ProbeLimits> = {},
): Promise<{ found: Fingerprint; asked: readonly string[]; hosts: readonly string[] }> {
  const hosts: string[] = [];
  const mock = await serve(
    (incoming, context) => {
      hosts.push((incoming.request.headers.host ?? "").split(":")[0] ?? "");
      handler(incoming, context);
    },
    "/mcp",
    {},
  );
  const found = await probe(targetAt(mock.port), probeOptions({ limits }));
  await mock.close();
  return { found, hosts, asked: mock.seen.map(({ path, method }) => `${method} ${path}`) };
}

const unsupported = ({ message }: Incoming, supported: readonly string[]) =>
  rpcError(message?.["id"], -32_022, "Unsupported protocol version", {
    supported: [...supported],
    requested: "2026-07-28",
  });

const refusingVersion =
  (supported: readonly string[], later?: (incoming: Incoming) => void): MockHandler =>
  (incoming) => {
    const { message, request } = incoming;
    const asked = request.headers["mcp-protocol-version"];
    if (message === undefined || incoming.path !== "/mcp") sendText(incoming, 404, "no");
    else if (later && asked !== "2026-07-28") later(incoming);
    else sendJson(incoming, 400, unsupported(incoming, supported));
  };

test("a server that knows our version and refuses it is not asked in it again", async () => {
  const { found, asked } = await probed(refusingVersion(["2026-07-28"]));
  expect(found).toMatchObject({
    confidence: "confirmed",
    because: "server/discover was answered with the MCP error that names the supported versions",
  });
  expect(asked.filter((line) => line.startsWith("server/discover"))).toHaveLength(1);
});

test("a server that fails in the version that it named has proved itself by naming it", async () => {
  const handler = refusingVersion(["2027-03-01"], (incoming) => sendText(incoming, 500, "no"));
  const { found, asked } = await probed(handler);
  expect(found).toMatchObject({ confidence: "confirmed", protocolVersions: ["2027-03-01"] });
  expect(asked.filter((line) => line.startsWith("server/discover"))).toHaveLength(2);
});

test("a server that answers says so", async () => {
  const { found } = await probed(modernOnly);
  expect(found.because).toBe("server/discover answered with the versions it supports");
});

test("a version is not asked for beyond the budget", async () => {
  const { found, asked } = await probed(refusingVersion(["2027-03-01"]), { requests: 1 });
  expect(found.confidence).toBe("confirmed");
  expect(asked.filter((line) => line.startsWith("server/discover"))).toHaveLength(1);
});

test("a redirect is not followed beyond the budget", async () => {
  const { found } = await probed(
    (incoming) => sendText(incoming, 307, "", { location: `${incoming.path}/` }),
    { requests: 1 },
  );
  expect(found.exchanges).toHaveLength(1);
  expect(found.confidence).toBe("unknown");
});

test("a modern server that only checks the host name is confirmed as localhost", async () => {
  const { found } = await probed((incoming, context) => {
    if ((incoming.request.headers.host ?? "").startsWith("localhost"))
      modernOnly(incoming, context);
    else sendText(incoming, 403, "Invalid Host header");
  });
  expect(found).toMatchObject({
    confidence: "confirmed",
    era: "modern",
    authentication: { verdict: "host-check" },
  });
});

test("where localhost is told no more, the own name is said again", async () => {
  const { found, hosts } = await probed((incoming) => {
    const post = incoming.request.method === "POST" && incoming.path === "/mcp";
    const local = (incoming.request.headers.host ?? "").startsWith("localhost");
    sendText(incoming, post && !local ? 421 : 404, post && !local ? "Invalid Host" : incoming.path);
  });
  expect(found.confidence).toBe("unknown");
  expect(hosts.filter((host) => host === "localhost")).toHaveLength(1);
  expect(hosts.at(-1)).toBe("127.0.0.1");
});

test("after a stop nothing more is asked, and a hint from before it is kept", async () => {
  let asked = 0;
  const { found } = await probed((incoming) => {
    asked += 1;
    const headers = { "access-control-expose-headers": "mcp-session-id" };
    if (asked > 2) sendText(incoming, 429, "slow down");
    else sendText(incoming, 404, incoming.path, headers);
  });
  expect(found.confidence).toBe("likely");
  const stopped = await probed((incoming, context) => {
    if (incoming.path === "/sse") sendText(incoming, 404, "no");
    else if (incoming.path === "/mcp") sendText(incoming, 503, "no", { "retry-after": "9" });
    else streamableStateless(incoming, context);
  });
  expect(stopped.found).toMatchObject({
    confidence: "unknown",
    because: "The server asks to slow down",
  });
  expect(stopped.found.exchanges).toHaveLength(1);
});
