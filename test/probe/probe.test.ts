import { describe, expect, test } from "vitest";
import { startMcpMock, toolSets, type McpMock, type McpMockKind } from "../../mocks/mcp/index.ts";
import type { Fingerprint } from "../../src/model/server.ts";
import type { ProbeOptions } from "../../src/probe/options.ts";
import { probe } from "../../src/probe/probe.ts";
import { probeOptions, targetAt } from "./target.ts";

async function probeMock(
  kind: McpMockKind,
  more: Partial<ProbeOptions> = {},
): Promise<{ found: Fingerprint; mock: McpMock }> {
  const mock = await startMcpMock(kind, {
    tools: "aws-api",
    name: "AWS-API-MCP",
    version: "1.2.3",
  });
  try {
    return { found: await probe(targetAt(mock.port), probeOptions(more)), mock };
  } finally {
    await mock.close();
  }
}

const open: readonly (readonly [McpMockKind, string, string, string])[] = [
  ["streamable-stateful", "legacy", "streamable-http", "open"],
  ["streamable-stateless", "legacy", "streamable-http", "open"],
  ["streamable-sse", "legacy", "streamable-http", "open"],
  ["modern-only", "modern", "streamable-http", "open"],
  ["legacy-sse", "legacy", "http+sse", "open"],
  ["host-check", "legacy", "streamable-http", "host-check"],
];

describe("an MCP server that lists its tools", () => {
  test.each(open)(
    "of kind %s is confirmed and read without a forbidden request",
    async (kind, era, transport, verdict) => {
      const { found, mock } = await probeMock(kind);
      expect(found).toMatchObject({
        confidence: "confirmed",
        era,
        transport,
        serverInfo: { name: "AWS-API-MCP", version: "1.2.3" },
        authentication: { verdict, advertisesOauth: false },
        tls: { mode: "none" },
        truncated: false,
        warnings: [],
        url: `http://127.0.0.1:${mock.port}${mock.path}`,
      });
      expect(found.tools?.map(({ name }) => name)).toEqual(
        toolSets["aws-api"].map(({ name }) => name),
      );
      expect(mock.violations).toEqual([]);
      expect([...mock.sessions]).toEqual([]);
    },
  );

  test("keeps what a tool says about itself", async () => {
    const { found } = await probeMock("modern-only");
    expect(found.tools?.[0]).toMatchObject({
      name: "call_aws",
      description: "Run an AWS CLI command",
      parameters: [
        { name: "cli_command", type: "string", values: [] },
        { name: "max_results", type: "string", values: [] },
      ],
      annotations: { readOnlyHint: false, destructiveHint: true },
    });
  });

  test("is told by few requests", async () => {
    const { found } = await probeMock("modern-only");
    expect(found.exchanges.map(({ method }) => method)).toEqual([
      "POST server/discover",
      "POST tools/list",
      "GET",
      "GET",
    ]);
  });

  test("gives the same hashes in a second run, on another port", async () => {
    for (const kind of ["streamable-stateful", "legacy-sse", "streamable-sse"] as const) {
      const first = await probeMock(kind);
      const second = await probeMock(kind);
      const hashes = ({ exchanges }: Fingerprint): string[] =>
        exchanges.map(
          (exchange) => `${exchange.method} ${exchange.requestSha256} ${exchange.responseSha256}`,
        );
      expect(hashes(second.found)).toEqual(hashes(first.found));
    }
  });

  test("that only checks the host name is not retried when told so", async () => {
    const { found } = await probeMock("host-check", { hostRetry: false });
    expect(found.confidence).toBe("unknown");
  });
});

const closed: readonly (readonly [McpMockKind, string, object])[] = [
  [
    "oauth-protected",
    "auth-required",
    { verdict: "oauth", scheme: "Bearer", advertisesOauth: true },
  ],
  ["api-key", "auth-required", { verdict: "static-secret", scheme: "X-API-Key" }],
  ["api-key-site-wide", "auth-required", { verdict: "static-secret", scheme: "X-API-Key" }],
  ["open-handshake", "confirmed", { verdict: "static-secret", scheme: "Bearer" }],
];

describe("an MCP server that refuses", () => {
  test.each(closed)(
    "as %s is %s and never called open",
    async (kind, confidence, authentication) => {
      const { found, mock } = await probeMock(kind);
      expect(found).toMatchObject({ confidence, authentication });
      expect(found.tools).toBeUndefined();
      expect(mock.violations).toEqual([]);
      expect(found.exchanges.length).toBeLessThanOrEqual(8);
    },
  );
});

test("a session is deleted even when the run is interrupted", async () => {
  const mock = await startMcpMock("streamable-stateful");
  const stop = new AbortController();
  await probe(
    targetAt(mock.port),
    probeOptions({
      signal: stop.signal,
      transcript: ({ method }) => {
        if (method === "POST initialize") stop.abort();
      },
    }),
  );
  await mock.close();
  expect(mock.seen.map(({ http, method }) => `${http} ${method}`)).toEqual([
    "POST server/discover",
    "POST initialize",
    "DELETE ",
  ]);
  expect([...mock.sessions]).toEqual([]);
});

describe("where a server is looked for", () => {
  test("a prefix that the front door forwards is asked first", async () => {
    const mock = await startMcpMock("modern-only");
    const found = await probe(targetAt(mock.port, { paths: ["/mcp/*"] }), probeOptions());
    await mock.close();
    expect(found.exchanges[0]?.url).toBe(`http://127.0.0.1:${mock.port}/mcp`);
  });

  test("a name is sent as Host and evidence keeps the inventory's address", async () => {
    const mock = await startMcpMock("modern-only");
    const target = targetAt(443, {
      address: "203.0.113.7",
      hosts: ["mcp.example.com"],
      tls: "http",
      connect: { address: "127.0.0.1", port: mock.port },
    });
    const found = await probe(target, probeOptions());
    await mock.close();
    expect(mock.seen.map(({ host }) => host)).toEqual(mock.seen.map(() => "mcp.example.com"));
    expect(found.url).toBe("http://203.0.113.7:443/mcp");
    expect(JSON.stringify(found)).not.toContain("127.0.0.1");
  });

  test.each(["169.254.169.254", "fe80::1", "fd00:ec2::254", "0.0.0.0", "::ffff:169.254.169.254"])(
    "%s is never contacted",
    async (address) => {
      const found = await probe(targetAt(80, { address }), probeOptions());
      expect(found).toMatchObject({ confidence: "unknown", exchanges: [] });
    },
  );

  test("a port where nothing listens is unreachable", async () => {
    const mock = await startMcpMock("modern-only");
    await mock.close();
    const found = await probe(targetAt(mock.port), probeOptions());
    expect(found.confidence).toBe("unreachable");
  });
});
