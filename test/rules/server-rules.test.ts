import { describe, expect, test } from "vitest";
import type { AuthenticationVerdict, ServerEndpoint } from "../../src/model/server.ts";
import type { RulesInput } from "../../src/rules/contexts.ts";
import { anEndpoint, anExposure, aPlainTool, aServer, aTool } from "../fixtures/builders.ts";
import { judge } from "./judge.ts";

const listing = (changes: Partial<ServerEndpoint>): Partial<RulesInput> => ({
  servers: [aServer({ severity: "high", endpoints: [anEndpoint(changes)] })],
});
const signIn = (verdict: AuthenticationVerdict): Partial<ServerEndpoint> => ({
  authentication: { verdict, evidence: [], advertisesOauth: false },
  confidence: "auth-required",
  toolsListed: false,
  tools: [],
});
const fromOffice = { exposures: [anExposure({ sources: ["198.51.100.0/24"] })] };
const undecided = anExposure({
  verdict: "unknown",
  assumptions: ["ec2:DescribeRouteTables denied"],
});

describe("mcp-open", () => {
  test("a listing without credentials fails with the severity of the server", () => {
    expect(judge("mcp-open", listing({}))).toMatchObject({
      severity: "high",
      certainty: "certain",
    });
  });

  test("from inside only it is maybe", () => {
    expect(judge("mcp-open", { vantage: { kind: "inside" } })).toMatchObject({
      certainty: "maybe",
    });
  });

  test("an internal server seen from inside is certain", () => {
    expect(judge("mcp-open", { ...fromOffice, vantage: { kind: "inside" } })).toMatchObject({
      certainty: "certain",
    });
  });

  test("a likely server is maybe", () => {
    expect(judge("mcp-open", listing({ confidence: "likely" }))).toMatchObject({
      certainty: "maybe",
    });
  });

  test("a server that demands a token passes", () => {
    expect(judge("mcp-open", listing(signIn("oauth")))).toBe("pass");
  });

  test("an open handshake whose listing failed is unknown", () => {
    expect(judge("mcp-open", listing({ toolsListed: false, tools: [] }))).toMatchObject({
      worst: "high",
      because: expect.stringContaining("tools/list"),
    });
  });
});

describe("mcp-exposed", () => {
  test("a path from the internet fails whatever the authentication", () => {
    expect(judge("mcp-exposed", listing(signIn("oauth")))).toMatchObject({ severity: "high" });
  });

  test("a path from an office network only passes", () => {
    expect(judge("mcp-exposed", fromOffice)).toBe("pass");
  });

  test("an undecided path that nobody tried from the internet is unknown", () => {
    expect(
      judge("mcp-exposed", { exposures: [undecided], vantage: { kind: "inside" } }),
    ).toMatchObject({ worst: "critical", because: expect.stringContaining("DescribeRouteTables") });
  });

  test("an answer from the internet settles an undecided path, with its assumption", () => {
    expect(judge("mcp-exposed", { exposures: [undecided] })).toMatchObject({
      certainty: "maybe",
      assumptions: ["Path: ec2:DescribeRouteTables denied"],
    });
  });
});

describe("mcp-plaintext", () => {
  const certificate = {
    sha256: "c".repeat(64),
    names: ["mcp.example.com"],
    notAfter: "2027-01-01T00:00:00Z",
    selfSigned: false,
  };
  const tls = (changes: object): Partial<ServerEndpoint> => ({
    tls: { mode: "tls", version: "TLSv1.3", certificate, endsAt: "workload", ...changes },
  });

  test.each([
    ["plain HTTP with open tools from the internet", listing({}), "high"],
    ["plain HTTP with a shared secret", listing(signIn("static-secret")), "high"],
    ["plain HTTP behind a Host check", listing(signIn("host-check")), "medium"],
    ["plain HTTP inside", fromOffice, "low"],
    ["TLS 1.1", listing(tls({ version: "TLSv1.1" })), "high"],
    [
      "an expired certificate",
      listing(tls({ certificate: { ...certificate, notAfter: "2026-11-25T11:59:59Z" } })),
      "high",
    ],
    [
      "a self-signed certificate",
      listing(tls({ certificate: { ...certificate, selfSigned: true } })),
      "high",
    ],
    [
      "HTTP only behind the balancer",
      {
        ...listing(tls({ endsAt: "balancer" })),
        exposures: [anExposure({ via: "alb-1", backendTls: "http" })],
      },
      "low",
    ],
  ] satisfies [string, Partial<RulesInput>, string][])("%s fails", (_, changes, severity) => {
    expect(judge("mcp-plaintext", changes)).toMatchObject({ severity });
  });

  test.each([
    ["TLS 1.3 with a good certificate", listing(tls({}))],
    ["TLS 1.2", listing(tls({ version: "TLSv1.2" }))],
    [
      "a certificate that ends at this second",
      listing(tls({ certificate: { ...certificate, notAfter: "2026-11-25T12:00:00Z" } })),
    ],
    [
      "TLS on both sides of the balancer",
      {
        ...listing(tls({ endsAt: "balancer" })),
        exposures: [anExposure({ via: "alb-1", backendTls: "https" })],
      },
    ],
  ] satisfies [string, Partial<RulesInput>][])("%s passes", (_, changes) => {
    expect(judge("mcp-plaintext", changes)).toBe("pass");
  });

  test.each([
    [
      "a balancer whose back leg cannot be told",
      {
        ...listing(tls({ endsAt: "balancer" })),
        exposures: [anExposure({ via: "nlb-1", backendTls: "unknown" })],
      },
      "low",
    ],
    ["a certificate that was not seen", listing(tls({ certificate: undefined })), "high"],
    ["a TLS version that was not seen", listing(tls({ version: undefined })), "high"],
  ] satisfies [string, Partial<RulesInput>, string][])(
    "%s leaves it unknown, never passed",
    (_, changes, worst) => {
      expect(judge("mcp-plaintext", changes)).toMatchObject({ worst, best: "pass" });
    },
  );
});

describe.each([
  ["mcp-static-secret", "static-secret", "host-check"],
  ["mcp-host-check-only", "host-check", "static-secret"],
] as const)("%s", (rule, verdict, other) => {
  test("fails for its own kind of barrier", () => {
    expect(judge(rule, listing(signIn(verdict)))).toMatchObject({ severity: "high" });
  });

  test("passes for another kind", () => {
    expect(judge(rule, listing(signIn(other)))).toBe("pass");
  });

  test("is unknown when the refusal does not tell", () => {
    expect(judge(rule, listing(signIn("unknown")))).toMatchObject({ worst: "high", best: "pass" });
  });
});

describe.each([
  ["tools-manage-cloud", aTool({ manages: { cloud: "aws", verbs: ["list"] } }), aPlainTool()],
  ["tools-execute-code", aPlainTool({ access: "exec" }), aPlainTool({ host: ["reads-files"] })],
  ["tools-destructive", aPlainTool({ access: "destructive" }), aPlainTool({ access: "write" })],
  ["tools-read-data", aPlainTool(), aPlainTool({ categories: ["docs"] })],
] as const)("%s", (rule, positive, nearMiss) => {
  test("fails when such a tool is listed", () => {
    expect(judge(rule, listing({ tools: [nearMiss, positive] }))).toMatchObject({
      severity: "high",
    });
  });

  test("passes when only a harmless neighbour is", () => {
    expect(judge(rule, listing({ tools: [nearMiss] }))).toBe("pass");
  });

  test("is unknown when the open server would not list", () => {
    expect(judge(rule, listing({ tools: [], toolsListed: false }))).toMatchObject({
      worst: "high",
    });
  });
});

test("tools-manage-cloud says which of list, create, modify and delete", () => {
  const tools = [aTool({ manages: { cloud: "aws", verbs: ["delete", "list"] } })];

  expect(judge("tools-manage-cloud", listing({ tools }))).toMatchObject({
    title: expect.stringContaining("list, delete resources of aws"),
  });
});

test("tools-read-data does not concern a server that demands a token", () => {
  expect(judge("tools-read-data", listing(signIn("oauth")))).toBe("pass");
});

test("a tool rule is unknown for an exposed server whose tools need a token to be listed", () => {
  expect(judge("tools-manage-cloud", listing(signIn("oauth")))).toMatchObject({ best: "pass" });
});

describe("tool-annotations-mislead", () => {
  test("fails low when an annotation hides a change", () => {
    expect(
      judge("tool-annotations-mislead", listing({ tools: [aTool({ annotationConflict: true })] })),
    ).toMatchObject({ severity: "low" });
  });

  test("passes when the annotations agree", () => {
    expect(judge("tool-annotations-mislead")).toBe("pass");
  });
});

describe("exposed-unowned", () => {
  const tagged = (tags: Record<string, string>): Partial<RulesInput> => ({
    exposures: [anExposure({ workload: { id: "i-1", name: "web-1", kind: "instance", tags } })],
  });

  test("fails without an owner or cost tag", () => {
    expect(judge("exposed-unowned", tagged({ Name: "web-1" }))).toMatchObject({ severity: "low" });
  });

  test.each([{ Owner: "team-a" }, { "cost-center": "42" }, { "Cost Centre": "42" }])(
    "passes with %o",
    (tags) => {
      expect(judge("exposed-unowned", tagged(tags))).toBe("pass");
    },
  );

  test("an empty owner tag is no owner", () => {
    expect(judge("exposed-unowned", tagged({ Owner: " " }))).not.toBe("pass");
  });

  test("what no internet path reaches is no concern of it", () => {
    expect(judge("exposed-unowned", fromOffice)).toBe("pass");
  });
});
