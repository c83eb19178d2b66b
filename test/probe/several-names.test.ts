import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import {
  sendJson,
  sendText,
  serve,
  type Incoming,
  type McpMockOptions,
  type MockHandler,
} from "../../mocks/mcp/mock-server.ts";
import { modernOnly } from "../../mocks/mcp/modern.ts";
import type { Fingerprint, Target } from "../../src/model/server.ts";
import { probe } from "../../src/probe/probe.ts";
import { probeOptions, targetAt } from "./target.ts";

const nameOf = ({ request }: Incoming): string => request.headers.host ?? "";

async function hostsAsked(
  handler: MockHandler,
  target: Partial<Target>,
  options: McpMockOptions = {},
): Promise<{ found: Fingerprint; hosts: readonly string[] }> {
  const asked = new Set<string>();
  const mock = await serve(
    (incoming, context) => {
      asked.add(nameOf(incoming));
      handler(incoming, context);
    },
    "/mcp",
    options,
  );
  const connect = { address: "127.0.0.1", port: mock.port };
  const found = await probe(
    targetAt(443, { tls: options.tls ? "https" : "http", connect, ...target }),
    probeOptions(),
  );
  await mock.close();
  return { found, hosts: [...asked] };
}

const missing: MockHandler = (incoming) => sendText(incoming, 404, "no such place");
const start: MockHandler = (incoming) => {
  if (incoming.request.method === "POST") sendText(incoming, 404, `No ${incoming.path}`);
  else sendJson(incoming, 200, { name: "Jira MCP Server" });
};

test.each(["169.254.169.254", "fd00:ec2::254"])(
  "nothing is sent where a target is redirected to %s",
  async (address) => {
    const target = targetAt(80, { address: "203.0.113.7", connect: { address, port: 80 } });
    const found = await probe(target, probeOptions());
    expect(found).toMatchObject({ confidence: "unknown", exchanges: [] });
  },
);

describe("the names of a port", () => {
  test("are each asked until one is certain", async () => {
    const hosts = ["a.example.com", "b.example.com", "c.example.com"];
    const { found, hosts: asked } = await hostsAsked(
      (incoming, context) =>
        (nameOf(incoming) === "b.example.com" ? modernOnly : missing)(incoming, context),
      { hosts },
    );
    expect(found.confidence).toBe("confirmed");
    expect(asked).toEqual(["a.example.com", "b.example.com"]);
  });

  test("are asked on when one gives a hint, and the server behind the next is what counts", async () => {
    const hosts = ["a.example.com", "b.example.com"];
    const { found } = await hostsAsked(
      (incoming, context) =>
        (nameOf(incoming) === "b.example.com" ? modernOnly : start)(incoming, context),
      { hosts },
    );
    expect(found).toMatchObject({ confidence: "confirmed", authentication: { verdict: "open" } });
  });

  test("keep the best hint of any", async () => {
    const hosts = ["a.example.com", "b.example.com", "c.example.com"];
    const { found } = await hostsAsked(
      (incoming, context) =>
        (nameOf(incoming) === "b.example.com" ? start : missing)(incoming, context),
      { hosts },
    );
    expect(found.confidence).toBe("likely");
  });

  test("are not asked on when the run is interrupted", async () => {
    const stop = new AbortController();
    const asked = new Set<string>();
    const mock = await serve(
      (incoming, context) => {
        asked.add(nameOf(incoming).split(":")[0] ?? "");
        if (incoming.path !== "/mcp") stop.abort();
        missing(incoming, context);
      },
      "/mcp",
      {},
    );
    const target = targetAt(mock.port, { hosts: ["a.example.com", "b.example.com"] });
    await probe(target, probeOptions({ signal: stop.signal }));
    await mock.close();
    expect([...asked]).toEqual(["a.example.com"]);
  });
});

function makePair(names: string): { key: Buffer; cert: Buffer } | undefined {
  const folder = mkdtempSync(join(tmpdir(), "postern-names-"));
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
  const out = [
    "-subj",
    "/CN=a",
    "-addext",
    `subjectAltName=${names}`,
    "-keyout",
    key,
    "-out",
    cert,
  ];
  try {
    execFileSync("openssl", ["req", "-x509", ...curve, "-days", "30", ...out], { stdio: "ignore" });
    return { key: readFileSync(key), cert: readFileSync(cert) };
  } catch {
    return undefined;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const tls = makePair("DNS:A.example.com,DNS:*.example.com,DNS:b.example.com,DNS:a.example.com");

describe.skipIf(tls === undefined)("the names of its certificate (needs openssl)", () => {
  test.each<[string, Partial<Target>, readonly string[]]>([
    [
      "the address",
      { address: "203.0.113.7" },
      ["203.0.113.7:443", "a.example.com", "b.example.com"],
    ],
    ["a name of its own", { hosts: ["b.example.com"] }, ["b.example.com", "a.example.com"]],
    [
      "five names",
      { hosts: ["c.example", "d.example", "e.example", "f.example", "g.example"] },
      ["c.example", "d.example", "e.example", "f.example", "g.example"],
    ],
  ])("are asked after %s, once each and five in all", async (_name, target, expected) => {
    const { hosts } = await hostsAsked(missing, target, { ...(tls && { tls }) });
    expect(hosts).toEqual(expected);
  });
});
