import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startMcpMock } from "../../mocks/mcp/index.ts";
import { judgeAuthentication, scoreRefusal } from "../../src/probe/authentication.ts";
import { hints, isFirewallPage, isHostRefusal, isLoginRedirect } from "../../src/probe/hint.ts";
import { isFrontDoorPage } from "../../src/probe/front-door.ts";
import { probe } from "../../src/probe/probe.ts";
import { probeLimits } from "../../src/probe/limits.ts";
import type { Reply } from "../../src/probe/transport.ts";
import { probeOptions, targetAt } from "./target.ts";

const repeated = [
  "X-",
  "X-Auth-",
  "forbidden: ",
  "invalid or ",
  "invalid or a",
  "session ",
  '"message" ',
  '{ "message" :',
  " ",
  "resource_metadata=mcp",
  "api key ",
];

test.each(repeated)("a body full of %j is judged in bounded time", (text) => {
  const body = text.repeat(probeLimits.probeBytes / text.length);
  for (const status of [200, 400, 401, 403]) {
    const reply: Reply = {
      end: "complete",
      status,
      headers: new Map([["www-authenticate", body.slice(0, probeLimits.headerBytes)]]),
      body,
      events: [],
      encoded: false,
      bytes: body.length,
      tls: { mode: "none" },
      detail: undefined,
    };
    const started = performance.now();
    judgeAuthentication({ listing: "refused", hostCheck: false, mtls: false, refusal: reply });
    scoreRefusal({ refusal: reply });
    hints.initialize(reply);
    for (const tell of [isFirewallPage, isHostRefusal, isLoginRedirect, isFrontDoorPage]) {
      tell(reply);
    }
    expect(performance.now() - started).toBeLessThan(1000);
  }
});

/** A certificate whose end is no date: neither OpenSSL nor a handshake minds. */
function withoutDate(): { key: Buffer; cert: string } | undefined {
  const folder = mkdtempSync(join(tmpdir(), "postern-date-"));
  const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.der")];
  const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
  const out = ["-subj", "/CN=a", "-keyout", key, "-outform", "DER", "-out", cert];
  try {
    execFileSync("openssl", ["req", "-x509", ...curve, "-days", "30", ...out], { stdio: "ignore" });
    const bytes = readFileSync(cert);
    const utcTime = Buffer.from([0x17, 0x0d]);
    const end = bytes.indexOf(utcTime, bytes.indexOf(utcTime) + 2);
    bytes.write("99XX99999999Z", end + 2, "latin1");
    const lines = bytes.toString("base64").match(/.{1,64}/g) ?? [];
    const pem = `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
    return { key: readFileSync(key), cert: pem };
  } catch {
    return undefined;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const tls = withoutDate();

test.skipIf(tls === undefined)(
  "a certificate whose end is no date does not stop the run (needs openssl)",
  async () => {
    const mock = await startMcpMock("modern-only", { ...(tls && { tls }) });
    const found = await probe(targetAt(mock.port, { tls: "https" }), probeOptions());
    await mock.close();
    expect(found.confidence).toBe("confirmed");
    expect(found.tls.certificate).toMatchObject({ notAfter: "", selfSigned: false });
  },
);
