import { describe, expect, test } from "vitest";
import type { RulesInput } from "../../src/rules/contexts.ts";
import type { IdentityReport } from "../../src/model/identity.ts";
import {
  aLink,
  anEndpoint,
  anExposure,
  anIdentity,
  aPlainTool,
  aServer,
  aTool,
  roleArn,
} from "../fixtures/builders.ts";
import { judge } from "./judge.ts";

const held = (changes: Partial<IdentityReport>): Partial<RulesInput> => ({
  identities: new Map([[roleArn, anIdentity(changes)]]),
});
const listing = (changes: Parameters<typeof anEndpoint>[0]): Partial<RulesInput> => ({
  servers: [aServer({ endpoints: [anEndpoint(changes)] })],
});

describe("backdoor", () => {
  test("fails when an open tool reaches the cloud with the server's identity, with the whole chain", () => {
    const finding = judge("backdoor");

    expect(finding).toMatchObject({ severity: "critical", certainty: "certain", assumptions: [] });
    expect(
      finding !== "pass" && "evidence" in finding && finding.evidence.map((s) => s.kind),
    ).toEqual([
      "source",
      "gate",
      "port",
      "workload",
      "server",
      "tool",
      "identity",
      "permission",
      "resource",
    ]);
  });

  test.each([
    ["admin", "fail"],
    ["escalates", "fail"],
    ["broad", "fail"],
    ["reads-sensitive", "fail"],
    ["manages", "fail"],
    ["reads", "pass"],
    ["none", "pass"],
  ] as const)("an identity of power %s gives %s", (power, verdict) => {
    const result = judge("backdoor", held({ power }));

    expect(result === "pass" ? "pass" : "verdict" in result && result.verdict).toBe(verdict);
  });

  test.each([
    ["runs code", { host: ["runs-code"] }],
    ["fetches any URL", { host: ["fetches-urls"] }],
    ["reads any file", { host: ["reads-files"] }],
    ["has exec access", { access: "exec" }],
  ] as const)("a tool that %s exercises the identity", (_, changes) => {
    expect(judge("backdoor", listing({ tools: [aPlainTool(changes)] }))).toMatchObject({
      severity: "critical",
    });
  });

  test.each([
    ["a strong identity that no listed tool can use", listing({ tools: [aPlainTool()] })],
    [
      "a tool that only lists the cloud",
      listing({ tools: [aTool({ manages: { cloud: "aws", verbs: ["list"] } })] }),
    ],
    [
      "a tool that manages another cloud than the identity's",
      listing({ tools: [aTool({ manages: { cloud: "gcp", verbs: ["delete"] } })] }),
    ],
    [
      "a tool that may write files but read none",
      listing({ tools: [aPlainTool({ host: ["writes-files"] })] }),
    ],
    [
      "a server that demands a token",
      listing({
        authentication: { verdict: "oauth", evidence: [], advertisesOauth: true },
        toolsListed: false,
        tools: [],
      }),
    ],
    ["no path from the internet", { exposures: [anExposure({ sources: ["10.0.0.0/8"] })] }],
    ["a workload without an identity", { servers: [aServer({ identities: [] })] }],
    [
      "an identity that was ruled out",
      { servers: [aServer({ identities: [aLink({ verdict: "no" })] })] },
    ],
  ] satisfies [string, Partial<RulesInput>][])("passes for %s", (_, changes) => {
    expect(judge("backdoor", changes)).toBe("pass");
  });

  test.each([
    [
      "an identity of unknown power",
      held({ power: "unknown", assumptions: ["iam:GetRole was denied"] }),
    ],
    ["an identity that was not read", { identities: new Map() }],
    [
      "an identity that the workload may hold",
      { servers: [aServer({ identities: [aLink({ verdict: "maybe", how: "pod" })] })] },
    ],
    [
      "unread identity links",
      {
        servers: [aServer({ identities: [] })],
        gaps: [
          {
            call: "ec2:DescribeIamInstanceProfileAssociations",
            scope: "111122223333",
            reason: "denied",
            detail: "",
            affects: ["identity-links"],
          },
        ],
      },
    ],
    [
      "an undecided path that was seen from inside only",
      {
        exposures: [anExposure({ verdict: "unknown", assumptions: ["ec2:DescribeRouteTables"] })],
        vantage: { kind: "inside" },
      },
    ],
  ] satisfies [string, Partial<RulesInput>][])(
    "is unknown, critical at worst, for %s",
    (_, changes) => {
      expect(judge("backdoor", changes)).toMatchObject({ worst: "critical", best: "pass" });
    },
  );

  test("names the unread call when it is unknown", () => {
    const result = judge(
      "backdoor",
      held({ power: "unknown", assumptions: ["iam:GetPolicyVersion was denied"] }),
    );

    expect(result).toMatchObject({ because: expect.stringContaining("iam:GetPolicyVersion") });
  });

  test("an identity whose unread parts leave at least manages fails", () => {
    expect(judge("backdoor", held({ power: "unknown", best: "manages" }))).toMatchObject({
      severity: "critical",
      verdict: "fail",
    });
  });

  test("an unread limit makes it maybe and is named", () => {
    const result = judge(
      "backdoor",
      held({ verdict: "maybe", assumptions: ["SCPs of 111122223333"] }),
    );

    expect(result).toMatchObject({ certainty: "maybe", assumptions: ["SCPs of 111122223333"] });
  });

  test("seen from inside only it is maybe", () => {
    expect(judge("backdoor", { vantage: { kind: "inside" } })).toMatchObject({
      certainty: "maybe",
    });
  });
});
