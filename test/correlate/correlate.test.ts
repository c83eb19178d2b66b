import { describe, expect, test } from "vitest";
import { correlate } from "../../src/correlate/correlate.ts";
import { aFingerprint, anExposure, aWorkload, roleArn } from "../fixtures/builders.ts";
import { input } from "./correlate-input.ts";

describe("correlate", () => {
  test("joins what answered with the way there and the identity behind it", () => {
    const [server, ...more] = correlate(input());

    expect(more).toEqual([]);
    expect(server).toMatchObject({
      workload: { id: "i-1" },
      ports: [{ from: 8000, to: 8000 }],
      consequence: "admin",
      worst: "admin",
      best: "admin",
      severity: "critical",
      endpoints: [{ url: "http://203.0.113.7:8000/mcp", exposures: ["exposure-1"] }],
      identities: [{ id: roleArn }],
    });
  });

  test.each([
    ["confirmed", 1],
    ["auth-required", 1],
    ["likely", 1],
    ["related", 0],
    ["none", 0],
    ["unreachable", 0],
    ["unknown", 0],
  ] as const)("a fingerprint %s makes %i servers", (confidence, count) => {
    expect(correlate(input({ fingerprints: [aFingerprint({ confidence })] }))).toHaveLength(count);
  });

  test("two ports of one workload are one server with the severity of its worse endpoint", () => {
    const [server, ...more] = correlate(
      input({
        exposures: [
          anExposure(),
          anExposure({ id: "exposure-2", portRange: { from: 9000, to: 9000 } }),
        ],
        fingerprints: [
          aFingerprint({
            confidence: "auth-required",
            authentication: { verdict: "oauth", evidence: [], advertisesOauth: true },
          }),
          aFingerprint({ target: "target-2", url: "http://203.0.113.7:9000/mcp" }),
        ],
        targets: [
          { target: "target-1", exposures: ["exposure-1"] },
          { target: "target-2", exposures: ["exposure-2"] },
        ],
      }),
    );

    expect(more).toEqual([]);
    expect(server).toMatchObject({ severity: "critical", ports: [{ from: 8000 }, { from: 9000 }] });
  });

  test("one front door with two workloads behind it makes two servers", () => {
    const second = anExposure({
      id: "exposure-2",
      workload: { id: "i-2", name: "web-2", kind: "instance", tags: {} },
    });
    const servers = correlate(
      input({
        exposures: [anExposure(), second],
        workloads: [aWorkload(), aWorkload({ id: "i-2", name: "web-2", identities: [] })],
        targets: [{ target: "target-1", exposures: ["exposure-1", "exposure-2"] }],
      }),
    );

    expect(servers.map(({ workload }) => workload.id).toSorted()).toEqual(["i-1", "i-2"]);
  });

  test("severity is one step lower when no source is the internet", () => {
    const exposures = [anExposure({ sources: ["10.0.0.0/8"] })];

    expect(correlate(input({ exposures }))[0]).toMatchObject({ severity: "high" });
  });

  test.each([
    ["direct", "unknown", "workload"],
    ["alb-1", "https", "balancer"],
    ["nlb-1", "unknown", "workload"],
  ] as const)("TLS through %s speaking %s ends at the %s", (via, tls, endsAt) => {
    const base = anExposure();
    const exposures = [anExposure({ via, entry: { ...base.entry, tls } })];

    expect(correlate(input({ exposures }))[0]?.endpoints[0]?.tls.endsAt).toBe(endsAt);
  });

  test("a front door that checks identities explains an unknown refusal", () => {
    const fingerprints = [
      aFingerprint({
        confidence: "auth-required",
        authentication: { verdict: "unknown", evidence: [], advertisesOauth: false },
      }),
    ];
    const verdict = (authGate: "oidc" | "mtls" | "none") =>
      correlate(input({ fingerprints, exposures: [anExposure({ authGate })] }))[0]?.endpoints[0]
        ?.authentication.verdict;

    expect([verdict("oidc"), verdict("mtls"), verdict("none")]).toEqual([
      "front-door",
      "mtls",
      "unknown",
    ]);
  });
});
