import { describe, expect, test } from "vitest";
import { evaluateRules } from "../../src/rules/evaluate-rules.ts";
import { rules } from "../../src/rules/index.ts";
import {
  aLink,
  anEndpoint,
  anExposure,
  anIdentity,
  aPlainTool,
  aServer,
  roleArn,
  apiSource,
} from "../fixtures/builders.ts";
import { rulesInput } from "../fixtures/report.ts";

describe("evaluateRules", () => {
  test("sorts findings by severity, then rule, then subject", () => {
    const { findings } = evaluateRules(rulesInput());

    expect(findings.map(({ severity, rule }) => `${severity} ${rule}`)).toEqual([
      "critical backdoor",
      "critical identity-admin",
      "critical mcp-exposed",
      "critical mcp-open",
      "critical tools-destructive",
      "critical tools-manage-cloud",
      "high mcp-plaintext",
      "medium no-attribution",
      "low exposed-unowned",
    ]);
  });

  test("gives the same bytes whatever the order of its input", () => {
    const second = anExposure({
      id: "exposure-2",
      portRange: { from: 9000, to: 9000 },
      certainty: "maybe",
    });
    const endpoint = anEndpoint({ exposures: ["exposure-1", "exposure-2"] });
    const servers = [aServer({ endpoints: [endpoint] })];
    const forwards = evaluateRules(rulesInput({ exposures: [anExposure(), second], servers }));
    const backwards = evaluateRules(rulesInput({ exposures: [second, anExposure()], servers }));

    expect(JSON.stringify(backwards)).toBe(JSON.stringify(forwards));
  });

  test("ids do not depend on time", () => {
    const ids = (now: string): string[] =>
      evaluateRules(rulesInput({ now })).findings.map(({ id }) => id);

    expect(ids("2027-11-25T12:00:00Z")).toEqual(ids("2026-11-25T12:00:00Z"));
  });

  test("workloads of the same name in two scopes get findings of their own", () => {
    const other = anExposure({ id: "exposure-2", scope: "444455556666" });
    const { findings } = evaluateRules(rulesInput({ exposures: [anExposure(), other] }));
    const unowned = findings.filter(({ rule }) => rule === "exposed-unowned");

    expect(new Set(unowned.map(({ id }) => id)).size).toBe(2);
  });

  test("a server names all findings that concern it, those of its identity and workload too", () => {
    const { findings, servers } = evaluateRules(rulesInput());

    expect(servers[0]?.findings).toEqual(findings.map(({ id }) => id).toSorted());
  });

  test("the owner comes from the tags of the workload", () => {
    const workload = {
      id: "i-1",
      name: "web-1",
      kind: "instance",
      tags: { Owner: "team-a" },
    } as const;
    const { findings } = evaluateRules(
      rulesInput({ exposures: [anExposure({ workload })], servers: [aServer({ workload })] }),
    );

    expect(new Set(findings.map(({ owner }) => owner))).toEqual(new Set(["team-a"]));
  });

  test("every finding says what to do as design, as command and as code, and names controls", () => {
    for (const { rule, remediation, controls } of evaluateRules(rulesInput()).findings) {
      const kinds = new Set(remediation.steps.map(({ kind }) => kind));
      expect([rule, kinds.has("cli"), kinds.has("iac")]).toEqual([rule, true, true]);
      expect(controls.length, rule).toBeGreaterThan(0);
    }
  });

  test("remediation names the very rule that lets the internet in", () => {
    const [first] = evaluateRules(rulesInput()).findings;

    expect(first?.remediation.steps).toContainEqual({
      kind: "cli",
      text: "aws ec2 revoke-security-group-ingress --region eu-central-1 --group-id sg-0a1 --security-group-rule-ids sgr-0b2",
    });
  });

  test.each(["aws", "azure", "gcp", "oci"] as const)("has remediation for %s", (provider) => {
    const { findings } = evaluateRules(
      rulesInput({
        exposures: [anExposure({ provider })],
        servers: [aServer({ provider })],
        identities: new Map([[roleArn, anIdentity({ provider })]]),
      }),
    );
    const tools: Record<string, RegExp> = {
      aws: /^aws /,
      azure: /^az /,
      gcp: /^gcloud /,
      oci: /^oci /,
    };
    const commands = findings.flatMap(({ remediation }) =>
      remediation.steps.filter(({ kind }) => kind === "cli").map(({ text }) => text),
    );

    expect(commands.filter((text) => !tools[provider]?.test(text))).toEqual([]);
  });

  test("names from the cloud cannot break out of a command", () => {
    const workload = {
      id: "i-1",
      name: "x'; rm -rf ~; '",
      kind: "instance",
      tags: {},
    } as const;
    const exposure = anExposure({ workload, hops: [] });
    const { findings } = evaluateRules(
      rulesInput({ exposures: [exposure], servers: [aServer({ workload })] }),
    );
    const commands = findings.flatMap(({ remediation }) =>
      remediation.steps.filter(({ kind }) => kind === "cli").map(({ text }) => text),
    );

    expect(commands.some((text) => text.includes("rm -rf"))).toBe(true);
    for (const text of commands) {
      const bare = text.replaceAll(/'[^']*'|\\'/g, "");
      expect(bare).not.toContain("rm -rf");
    }
  });

  test("every rule has metadata for a reader who does not know the subject", () => {
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
    for (const rule of rules) {
      expect(rule.risk.length, rule.id).toBeGreaterThan(20);
      expect(rule.rows.length, rule.id).toBeGreaterThan(0);
    }
  });
});

describe("matrix", () => {
  test("shows what delegated tokens would cure and what they would not", () => {
    const { matrix } = evaluateRules(rulesInput()).servers[0]!;

    expect(matrix.credentialExposure).toMatchObject({ now: "critical", withOAuth: "none" });
    expect(matrix.networkSurface).toMatchObject({ now: "critical", withOAuth: "critical" });
    expect(matrix.audit).toMatchObject({ now: "critical", withOAuth: "low" });
  });

  test("a tool that gets at the host keeps the identity's risk even with delegated tokens", () => {
    const server = (tools: Parameters<typeof anEndpoint>[0]) => [
      aServer({ endpoints: [anEndpoint(tools)] }),
    ];
    const uses = [
      { identity: roleArn, since: "2026-11-20T00:00:00Z", families: [], source: apiSource },
    ];
    const row = (tools: Parameters<typeof anEndpoint>[0]): string =>
      evaluateRules(rulesInput({ servers: server(tools), uses })).servers[0]!.matrix
        .privilegeEscalation.withOAuth;

    expect(row({ tools: [aPlainTool()] })).toBe("none");
    expect(row({ tools: [aPlainTool({ host: ["fetches-urls"] })] })).toBe("critical");
  });

  test("a row in which only unknowns are left is unknown, never none", () => {
    const servers = [
      aServer({
        identities: [aLink()],
        endpoints: [anEndpoint({ tools: [aPlainTool({ categories: ["docs"] })] })],
      }),
    ];
    const { matrix } = evaluateRules(
      rulesInput({ servers, identities: new Map([[roleArn, anIdentity({ power: "unknown" })]]) }),
    ).servers[0]!;

    expect(matrix.privilegeEscalation.now).toBe("unknown");
  });
});
