import { describe, expect, test } from "vitest";
import {
  sendText,
  serve,
  type Incoming,
  type MockContext,
  type MockHandler,
} from "../../mocks/mcp/mock-server.ts";
import { streamableStateless } from "../../mocks/mcp/streamable-stateless.ts";
import type { Fingerprint, Target } from "../../src/model/server.ts";
import { probe } from "../../src/probe/probe.ts";
import { probeOptions, targetAt } from "./target.ts";

async function probeHandler(
  handler: MockHandler,
  more: Partial<Target> = {},
): Promise<{ found: Fingerprint }> {
  const mock = await serve(handler, "/mcp", {});
  const found = await probe(targetAt(mock.port, more), probeOptions());
  await mock.close();
  expect(mock.violations).toEqual([]);
  return { found };
}

describe("host names", () => {
  /** Knows one name, answers the page of a balancer to every other. */
  const virtual =
    (name: string): MockHandler =>
    (incoming: Incoming, context: MockContext) => {
      const host = incoming.request.headers.host ?? "";
      if (host.startsWith(name)) streamableStateless(incoming, context);
      else sendText(incoming, 404, "", { server: "awselb/2.0" });
    };

  test("a balancer's 404 without any name is unknown", async () => {
    const { found } = await probeHandler(virtual("mcp.example.com"));
    expect(found).toMatchObject({
      confidence: "unknown",
      because: "The front door does not know the host name it was asked by",
    });
  });

  test("any 404 of what the inventory calls a front door is unknown without a name", async () => {
    const plain: MockHandler = (incoming) => sendText(incoming, 404, "no");
    expect((await probeHandler(plain, { frontDoor: true })).found.confidence).toBe("unknown");
    expect((await probeHandler(plain)).found.confidence).toBe("none");
    const named = { frontDoor: true, hosts: ["a.example.com"] } as const;
    expect((await probeHandler(plain, named)).found.confidence).toBe("none");
  });

  test("each name has a budget of its own", async () => {
    const hosts = ["a.example.com", "b.example.com", "c.example.com", "d.example.com"];
    const { found } = await probeHandler(virtual("d.example.com"), { hosts });
    expect(found.confidence).toBe("confirmed");
  });

  test("the name that speaks of MCP is asked first and a wildcard never", async () => {
    const hosts = ["*.example.com", "a.example.com", "mcp.example.com"];
    const { found } = await probeHandler(virtual("mcp.example.com"), { hosts });
    expect(found.confidence).toBe("confirmed");
    expect(found.exchanges[0]?.status).not.toBe(404);
  });
});
