import { describe, expect, test } from "vitest";
import type { IdentityReport, Power } from "../../src/model/identity.ts";
import type { RulesInput } from "../../src/rules/contexts.ts";
import { evaluateRules } from "../../src/rules/evaluate-rules.ts";
import {
  aFingerprint,
  aLink,
  anEndpoint,
  anExposure,
  anIdentity,
  apiSource,
  aPlainTool,
  aServer,
  aWorkload,
  roleArn,
} from "../fixtures/builders.ts";
import { rulesInput } from "../fixtures/report.ts";
import { judge } from "./judge.ts";

const held = (changes: Partial<IdentityReport>): Partial<RulesInput> => ({
  identities: new Map([[roleArn, anIdentity(changes)]]),
});

describe("identity rules", () => {
  test.each([
    ["admin", ["identity-admin"]],
    ["escalates", ["identity-escalates"]],
    ["broad", ["identity-broad"]],
    ["reads-sensitive", ["identity-reads-sensitive"]],
    ["manages", ["identity-manages-cloud"]],
    ["reads", []],
    ["none", []],
  ] as [Power, string[]][])("an identity of power %s fires only %j", (power, expected) => {
    const { findings } = evaluateRules(rulesInput(held({ power, powers: [power, "manages"] })));

    expect(findings.map(({ rule }) => rule).filter((rule) => rule.startsWith("identity-"))).toEqual(
      expected,
    );
  });

  test("severity is that of the server when its tools can use the identity", () => {
    expect(judge("identity-admin")).toMatchObject({ severity: "critical" });
  });

  test("severity is at most high when no tool can use the identity", () => {
    const servers = [aServer({ endpoints: [anEndpoint({ tools: [aPlainTool()] })] })];

    expect(judge("identity-admin", { servers })).toMatchObject({ severity: "high" });
  });

  test("unread grants are unknown under the rule of the worst case", () => {
    expect(
      judge(
        "identity-admin",
        held({ power: "unknown", assumptions: ["iam:GetRolePolicy denied"] }),
      ),
    ).toMatchObject({
      worst: "critical",
      best: "pass",
      because: expect.stringContaining("iam:GetRolePolicy denied"),
    });
  });

  test("unread limits only are a failure with named assumptions", () => {
    expect(
      judge("identity-admin", held({ verdict: "maybe", assumptions: ["SCPs not read"] })),
    ).toMatchObject({ verdict: "fail", certainty: "maybe", assumptions: ["SCPs not read"] });
  });

  test("an identity that the workload may hold is unknown", () => {
    const servers = [aServer({ identities: [aLink({ verdict: "maybe" })] })];

    expect(judge("identity-admin", { servers })).toMatchObject({ best: "pass" });
  });

  test("remediation names the policy that gives the power, as command and as code", () => {
    const finding = judge("identity-admin");

    expect(finding).toMatchObject({
      remediation: {
        steps: expect.arrayContaining([
          {
            kind: "cli",
            text: "aws iam detach-role-policy --role-name mcp --policy-arn arn:aws:iam::aws:policy/AdministratorAccess",
          },
        ]),
      },
    });
  });
});

describe("mcp-suspected", () => {
  const suspects = [
    {
      workload: aWorkload(),
      hints: [{ because: "User data starts mcp-proxy.", source: apiSource }],
    },
  ];
  const base: Partial<RulesInput> = { servers: [], suspects };
  const answered = (confidence: "unreachable" | "none" | "unknown"): Partial<RulesInput> => ({
    ...base,
    fingerprints: [aFingerprint({ confidence, because: "It timed out." })],
    targets: [{ target: "target-1", exposures: ["exposure-1"] }],
  });

  test.each(["unreachable", "unknown"] as const)(
    "a probe that ended %s leaves it standing",
    (word) => {
      expect(judge("mcp-suspected", answered(word))).toMatchObject({ severity: "medium" });
    },
  );

  test("without a probe it stands", () => {
    expect(judge("mcp-suspected", base)).toMatchObject({ severity: "medium" });
  });

  test("a weak identity makes it low", () => {
    expect(judge("mcp-suspected", { ...base, ...held({ power: "reads" }) })).toMatchObject({
      severity: "low",
    });
  });

  test("an unread identity counts as strong", () => {
    expect(judge("mcp-suspected", { ...base, identities: new Map() })).toMatchObject({
      severity: "medium",
    });
  });

  test("a probe that found no MCP clears it", () => {
    expect(judge("mcp-suspected", answered("none"))).toBe("pass");
  });

  test("what nothing reaches is not suspected", () => {
    expect(judge("mcp-suspected", { ...base, exposures: [] })).toBe("pass");
  });

  test("a workload that is known as a server is not suspected as well", () => {
    expect(judge("mcp-suspected", { suspects })).toBe("pass");
  });

  test("the identity of a suspect that nothing reaches is not judged", () => {
    expect(judge("identity-admin", { ...base, exposures: [] })).toBe("pass");
  });

  test("its identity is judged too", () => {
    expect(judge("identity-admin", base)).toMatchObject({ severity: "medium" });
  });

  test("paths of another workload do not count", () => {
    const workload = { id: "i-9", name: "x", kind: "instance", tags: {} } as const;

    expect(judge("mcp-suspected", { ...base, exposures: [anExposure({ workload })] })).toBe("pass");
  });
});
