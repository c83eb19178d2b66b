import { describe, expect, test } from "vitest";
import type { Finding } from "../../src/model/finding.ts";
import { sarif } from "../../src/report/sarif.ts";
import { aHostileReport } from "../fixtures/hostile-report.ts";
import { aReport } from "../fixtures/report.ts";
import { hasSchema, schemaErrors } from "./official-schema.ts";

const plain = { columns: 80, colour: false };
const [finding] = aReport().findings;

function runOf(report = aReport()) {
  return JSON.parse(sarif.render(report, plain)).runs[0];
}

function many(count: number, changes: (index: number) => Partial<Finding> = () => ({})): Finding[] {
  return Array.from({ length: count }, (_, index) => ({
    ...finding!,
    id: `finding-${index}`,
    ...changes(index),
  }));
}

describe("SARIF", () => {
  test.skipIf(!hasSchema("sarif-2.1.0")).each([
    ["a report", aReport()],
    ["a report without findings", aReport({ findings: [], servers: [] })],
    ["a hostile report", aHostileReport()],
  ])("%s is valid against the OASIS schema (skipped without ../shared/schemas)", (_, report) => {
    const errors = schemaErrors("sarif-2.1.0");

    expect(errors(JSON.parse(sarif.render(report, plain)))).toEqual([]);
    expect(errors({ version: "2.1.0" })).not.toEqual([]);
  });

  test("every result has what GitHub needs to show and to follow it", () => {
    const { results, tool, automationDetails } = runOf();

    expect(results).toHaveLength(aReport().findings.length);
    for (const result of results) {
      expect(tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId);
      expect(result.locations[0].physicalLocation.artifactLocation.uri).toMatch(
        /^inventory\/[\w./%-]+\.json$/,
      );
      expect(result.partialFingerprints.primaryLocationLineHash).toBeTruthy();
      expect(result.codeFlows[0].threadFlows[0].locations.length).toBeGreaterThan(1);
    }
    expect(automationDetails.id).toBe("postern/aws-111122223333/20261125T120000Z-1");
  });

  test("a rule has the score of its worst finding, as text within GitHub's bands", () => {
    const findings = [
      { ...finding!, rule: "a", severity: "low" as const },
      { ...finding!, rule: "a", severity: "critical" as const },
      { ...finding!, rule: "b", severity: "info" as const },
    ];
    const { rules } = runOf(aReport({ findings })).tool.driver;

    expect(
      rules.map((rule: { properties: object }) => Object.entries(rule.properties).at(-1)),
    ).toEqual([
      ["security-severity", "9.5"],
      ["security-severity", "0.0"],
    ]);
  });

  test("audits of other scopes have another category, another run has not", () => {
    const [scope] = aReport().scopes;
    const category = (report: ReturnType<typeof aReport>) =>
      runOf(report).automationDetails.id.split("/").slice(0, -1).join("/");
    const { run } = aReport();

    expect(category(aReport({ run: { ...run, id: "later" } }))).toBe(category(aReport()));
    expect(category(aReport({ scopes: [{ ...scope!, id: "2" }] }))).not.toBe(category(aReport()));
    expect(category(aReport({ scopes: [scope!, { ...scope!, id: "2" }] }))).toBe(
      category(aReport({ scopes: [{ ...scope!, id: "2" }, scope!] })),
    );
  });

  test("5,000 results are the most, the worst are kept and the rest is told", () => {
    const findings = many(5001, (index) => ({
      evidence: [],
      severity: index === 5000 ? "critical" : "low",
    }));
    const { results, invocations } = runOf(aReport({ findings }));

    expect([results.length, results[0].level]).toEqual([5000, "error"]);
    expect(invocations[0].toolExecutionNotifications[0].message.text).toMatch(/^1 findings/);
  });

  test("10 MB are the most: chains go first, of what is least bad", () => {
    const text = sarif.render(aReport({ findings: many(5000) }), plain);
    const { results } = JSON.parse(text).runs[0];

    expect(Buffer.byteLength(text)).toBeLessThan(10_000_000);
    expect([results[0].codeFlows === undefined, results.length > 2000]).toEqual([false, true]);
    expect(results.at(-1).codeFlows).toBeUndefined();
  });

  test("what is muted is suppressed with its reason", () => {
    const mute = { reason: "Behind a VPN.", owner: "a", until: "2027-01-01" };
    const [result] = runOf(aReport({ findings: [{ ...finding!, mute }] })).results;

    expect(result.suppressions).toEqual([
      { kind: "external", status: "accepted", justification: "Behind a VPN." },
    ]);
  });

  test("what is undecided and unread is told, not made a result", () => {
    const unknowns = [
      {
        rule: "mcp-open",
        subject: { kind: "server", id: "s" },
        because: "Unread.",
        worst: "critical",
        best: "pass",
      },
    ] as const;
    const { results, invocations } = runOf(aReport({ findings: [], unknowns }));

    expect(results).toEqual([]);
    expect(JSON.stringify(invocations)).toMatch(/DescribeOrganization.*mcp-open on s/);
  });

  test("names make no links, no placeholders and no paths to elsewhere", () => {
    const { results } = runOf(aHostileReport());
    const uris = results.map(
      (result: { locations: { physicalLocation: { artifactLocation: { uri: string } } }[] }) =>
        result.locations[0]!.physicalLocation.artifactLocation.uri,
    );

    expect(uris.filter((uri: string) => /\/\.\.?\/|\/\//.test(uri))).toEqual([]);
    const messages = JSON.stringify(results).match(/"text":"(?:[^"\\]|\\.)*"/g) ?? [];
    expect(messages.filter((text) => text.includes("]("))).toEqual([]);
    expect(messages.length).toBeGreaterThan(results.length);
  });

  test("a rule says of itself what the report knows of it", () => {
    const rule = {
      id: finding!.rule,
      title: "A title",
      risk: "A risk.",
      references: ["https://example.test/why"],
      controls: [{ framework: "F", version: "1", id: "C-1", title: "t", fit: "direct" as const }],
    };
    const [{ help, ...found }] = runOf(aReport({ findings: [finding!], rules: [rule] })).tool.driver
      .rules;

    expect(found).toMatchObject({
      id: finding!.rule,
      shortDescription: { text: "A title" },
      fullDescription: { text: "A risk." },
      helpUri: "https://example.test/why",
    });
    expect(found.properties.tags).toContain("F/C-1");
    expect(help.text).toMatch(/^A title\n\nA risk\.[^]*- F 1 C-1[^]*- https:/);
    expect(help.markdown).toMatch(/^## A title/);
  });
});
