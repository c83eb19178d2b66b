import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createSecureServer, createServer as createHttp2Server } from "node:http2";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TLSSocket } from "node:tls";
import { afterAll, describe, expect, test } from "vitest";
import { startMcpMock } from "../../mocks/mcp/index.ts";
import { sendText, serve, type MockHandler } from "../../mocks/mcp/mock-server.ts";
import { modernOnly } from "../../mocks/mcp/modern.ts";
import { loopTime, watchLoop } from "../../src/probe/loop-time.ts";
import { probe } from "../../src/probe/probe.ts";
import { probeOptions, targetAt } from "./target.ts";

const folder = mkdtempSync(join(tmpdir(), "postern-tls-"));
const pair = makePair();

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function makePair(): { key: Buffer; cert: Buffer } | undefined {
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const subject = [
    "-subj",
    "/CN=mock",
    "-addext",
    "subjectAltName=DNS:mcp.example.com,IP:127.0.0.1",
  ];
  const options = [
    "-newkey",
    "ec",
    "-pkeyopt",
    "ec_paramgen_curve:P-256",
    "-nodes",
    "-days",
    "3650",
  ];
  try {
    execFileSync(
      "openssl",
      ["req", "-x509", ...options, ...subject, "-keyout", key, "-out", cert],
      {
        stdio: "ignore",
      },
    );
    return { key: readFileSync(key), cert: readFileSync(cert) };
  } catch {
    return undefined;
  }
}

describe.skipIf(pair === undefined)("TLS (needs openssl to make a certificate)", () => {
  test.each(["unknown", "https", "http"] as const)(
    "is found out whatever the hint %s says, and its certificate is recorded",
    async (tls) => {
      const mock = await startMcpMock("streamable-stateful", { ...(pair && { tls: pair }) });
      const found = await probe(targetAt(mock.port, { tls }), probeOptions());
      await mock.close();
      expect(found).toMatchObject({
        confidence: "confirmed",
        url: `https://127.0.0.1:${mock.port}/mcp`,
        tls: {
          mode: "tls",
          version: "TLSv1.3",
          certificate: { names: ["mcp.example.com", "127.0.0.1"], selfSigned: true },
        },
      });
      expect(found.tls.certificate?.sha256).toMatch(/^[0-9a-f]{64}$/);
      expect(Date.parse(found.tls.certificate?.notAfter ?? "")).toBeGreaterThan(0);
    },
  );

  test.each(["TLSv1.2", "TLSv1.3"] as const)(
    "%s that demands a client certificate is unknown and never none",
    async (version) => {
      const tls = {
        ...pair,
        requestCert: true,
        rejectUnauthorized: true,
        minVersion: version,
        maxVersion: version,
      };
      const mock = await startMcpMock("modern-only", { tls });
      const found = await probe(targetAt(mock.port, { tls: "https" }), probeOptions());
      await mock.close();
      expect(found).toMatchObject({
        confidence: "unknown",
        tls: { mode: "mtls" },
        authentication: { verdict: "mtls" },
      });
    },
  );
});

describe.skipIf(pair === undefined)("names and HTTP/2 over TLS (needs openssl)", () => {
  test("a name of the certificate is sent as SNI and Host when the address alone is not known", async () => {
    const handler: MockHandler = (incoming, context) => {
      const socket = incoming.request.socket;
      const name = socket instanceof TLSSocket ? socket.servername : undefined;
      const known = incoming.request.headers.host?.startsWith("mcp.example.com") === true;
      if (known && name === "mcp.example.com") modernOnly(incoming, context);
      else sendText(incoming, 404, "no such host");
    };
    const mock = await serve(handler, "/mcp", { ...(pair && { tls: pair }) });
    const found = await probe(targetAt(mock.port, { tls: "https" }), probeOptions());
    await mock.close();
    expect(found).toMatchObject({
      confidence: "confirmed",
      url: `https://127.0.0.1:${mock.port}/mcp`,
    });
  });

  test("a session of TLS is resumed for the same name only, and the certificate stays told", async () => {
    const seen: { readonly host: string; readonly resumed: boolean }[] = [];
    const handler: MockHandler = (incoming) => {
      const { socket, headers } = incoming.request;
      const resumed = socket instanceof TLSSocket && socket.isSessionReused();
      seen.push({ host: headers.host ?? "", resumed });
      sendText(incoming, 404, `no ${incoming.path}`, { connection: "close" });
    };
    const mock = await serve(handler, "/mcp", { ...(pair && { tls: pair }) });
    const found = await probe(targetAt(mock.port, { tls: "https" }), probeOptions());
    await mock.close();
    const hosts = [...new Set(seen.map(({ host }) => host))];
    expect(hosts).toHaveLength(2);
    for (const name of hosts) {
      const [first, ...later] = seen.filter(({ host }) => host === name);
      expect(first?.resumed).toBe(false);
      expect(later.length).toBeGreaterThan(0);
      expect(later.every(({ resumed }) => resumed)).toBe(true);
    }
    expect(found.tls.certificate?.names).toContain("mcp.example.com");
  });

  test.each(["https", "unknown"] as const)(
    "a server that speaks only HTTP/2 is unknown and says why, told %s",
    async (tls) => {
      const server = createSecureServer({ ...pair, allowHTTP1: false });
      server.on("error", () => {}).on("sessionError", () => {});
      const port = await listening(server);
      const found = await probe(targetAt(port, { tls }), probeOptions());
      server.close();
      expect(found).toMatchObject({
        confidence: "unknown",
        because: expect.stringContaining("HTTP/2"),
      });
    },
  );
});

test("HTTP/2 without TLS is unknown and says why", async () => {
  const server = createHttp2Server();
  server.on("error", () => {}).on("sessionError", () => {});
  const port = await listening(server);
  const found = await probe(targetAt(port), probeOptions());
  server.close();
  expect(found).toMatchObject({
    confidence: "unknown",
    because: expect.stringContaining("HTTP/2"),
  });
});

test("a deadline that passed while the loop was blocked does not count", async () => {
  const mock = await startMcpMock("modern-only");
  const limits = { silentMs: 150, headerMs: 150, connectMs: 150, recognitionMs: 600 };
  const probing = probe(targetAt(mock.port), probeOptions({ limits }));
  for (let turn = 0; turn < 3; turn += 1) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    for (const end = performance.now() + 400; performance.now() < end;);
  }
  const found = await probing;
  await mock.close();
  expect(found.confidence).toBe("confirmed");
});

test("a platform whose gateway answers 503 while it starts is waited for", async () => {
  let asked = 0;
  const handler: MockHandler = (incoming, context) => {
    asked += 1;
    if (asked > 4) modernOnly(incoming, context);
    else sendText(incoming, 503, "no healthy upstream");
  };
  const mock = await serve(handler, "/mcp", {});
  const limits = { wakePauseMs: 50 };
  const target = targetAt(mock.port, { scalesToZero: true });
  const found = await probe(target, probeOptions({ limits }));
  await mock.close();
  expect(found.confidence).toBe("confirmed");
});

test("plain HTTP on a port that was said to speak TLS is found", async () => {
  const mock = await startMcpMock("modern-only");
  const found = await probe(targetAt(mock.port, { tls: "https" }), probeOptions());
  await mock.close();
  expect(found).toMatchObject({ confidence: "confirmed", tls: { mode: "none" } });
});

async function listening(server: { listen: Server["listen"]; address: Server["address"] }) {
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  return typeof address === "object" && address ? address.port : 0;
}

async function rawServer(
  onSocket: (socket: Socket) => void,
): Promise<{ server: Server; port: number }> {
  const server = createServer((socket) => {
    socket.on("error", () => socket.destroy());
    onSocket(socket);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  return { server, port: typeof address === "object" && address ? address.port : 0 };
}

const peers: readonly (readonly [string, (socket: Socket) => void, string, number])[] = [
  ["says nothing", () => {}, "unreachable", 2600],
  ["greets like SSH", (socket) => socket.write("SSH-2.0-OpenSSH_9.9\r\n"), "none", 1000],
  ["closes at once", (socket) => socket.destroy(), "unreachable", 1000],
  [
    "sends half a head",
    (socket) => socket.write("HTTP/1.1 200 OK\r\nA: b\r\n"),
    "unreachable",
    3600,
  ],
  [
    "sends a bad chunk",
    (socket) => socket.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
    "none",
    2000,
  ],
];

test.concurrent.each(peers)(
  "a peer that %s costs little",
  async (_name, onSocket, confidence, limit) => {
    const { server, port } = await rawServer(onSocket);
    // Time in which the loop ran: on a busy machine the clock says nothing about the budget.
    const release = watchLoop();
    const started = loopTime();
    const found = await probe(targetAt(port), probeOptions());
    const took = loopTime() - started;
    release();
    server.close();
    expect(found.confidence).toBe(confidence);
    expect(took).toBeLessThan(limit);
  },
);

test("a platform that wakes late is waited for once", async () => {
  const mock = await startMcpMock("modern-only");
  let first = true;
  const { server, port } = await rawServer((socket) => {
    if (first) {
      first = false;
      return;
    }
    const body = JSON.stringify({ detail: "Not Found" });
    setTimeout(() => {
      socket.end(
        `HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
      );
    }, 600);
  });
  const limits = { silentMs: 300, wakeMs: 5000 };
  const found = await probe(targetAt(port, { scalesToZero: true }), probeOptions({ limits }));
  server.close();
  await mock.close();
  expect(found.confidence).toBe("none");
  expect(found.exchanges[0]?.outcome).toBe("silent");
});

test("an interrupted run ends at once", async () => {
  const { server, port } = await rawServer(() => {});
  const stop = new AbortController();
  setTimeout(() => {
    stop.abort();
  }, 100);
  const started = performance.now();
  const found = await probe(targetAt(port), probeOptions({ signal: stop.signal }));
  server.close();
  expect(found.confidence).toBe("unknown");
  expect(performance.now() - started).toBeLessThan(1000);
});
