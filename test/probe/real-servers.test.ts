import { Client as LegacyClient } from "@modelcontextprotocol/sdk/client/index.js";
import { SSEClientTransport } from "@modelcontextprotocol/sdk/client/sse.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import {
  Client,
  StreamableHTTPClientTransport as ModernTransport,
} from "@modelcontextprotocol/client";
import { expect, test } from "vitest";
import { startRealServer, type RealServer, type RealServerKind } from "../../mocks/real-servers.ts";
import { probe } from "../../src/probe/probe.ts";
import { probeOptions, targetAt } from "./target.ts";

interface Listed {
  readonly name: string | undefined;
  readonly tools: readonly string[];
}

/** What the official client of the server's era lists. */
async function listWithSdk({ port, path, kind }: RealServer, era: string): Promise<Listed> {
  const url = new URL(`http://127.0.0.1:${port}${path}`);
  if (era === "modern") {
    const client = new Client(
      { name: "test", version: "1" },
      { versionNegotiation: { mode: { pin: "2026-07-28" } } },
    );
    await client.connect(new ModernTransport(url));
    const { tools } = await client.listTools();
    const name = client.getServerVersion()?.name;
    await client.close();
    return { name, tools: tools.map((tool) => tool.name) };
  }
  const client = new LegacyClient({ name: "test", version: "1" });
  const sse = kind.endsWith("sse");
  await client.connect(sse ? new SSEClientTransport(url) : new StreamableHTTPClientTransport(url));
  const { tools } = await client.listTools();
  const name = client.getServerVersion()?.name;
  await client.close();
  return { name, tools: tools.map((tool) => tool.name) };
}

const cases: readonly (readonly [RealServerKind, string, string])[] = [
  ["everything-http", "legacy", "streamable-http"],
  ["everything-sse", "legacy", "http+sse"],
  ["supergateway-sse", "legacy", "http+sse"],
  ["supergateway-http", "legacy", "streamable-http"],
  ["mcp-proxy", "modern", "streamable-http"],
  ["modern-only", "modern", "streamable-http"],
];

test.concurrent.each(cases)(
  "%s is confirmed with the tools that the official client lists",
  async (kind, era, transport) => {
    const server = await startRealServer(kind);
    expect(server, `${kind} is not installed`).toBeDefined();
    if (!server) return;
    try {
      const found = await probe(targetAt(server.port), probeOptions());
      const listed = await listWithSdk(server, era);
      expect(found).toMatchObject({
        confidence: "confirmed",
        era,
        transport,
        serverInfo: { name: listed.name },
        authentication: { verdict: "open" },
      });
      expect(found.tools?.map(({ name }) => name).toSorted()).toEqual([...listed.tools].toSorted());
      expect(listed.tools.length).toBeGreaterThan(0);
    } finally {
      await server.close();
    }
  },
);
