import { describe, expect, test } from "vitest";
import type { EvidenceKind, EvidenceStep } from "../../src/model/finding.ts";
import { chainGraph } from "../../src/report/html/chain.ts";
import { controlStates } from "../../src/report/html/controls.ts";
import { byBlastRadius, matching, modelOf, noFilter } from "../../src/report/html/model.ts";
import { aServer } from "../fixtures/builders.ts";
import { aReport } from "../fixtures/report.ts";

const base = aReport();
const [finding] = base.findings;
const control = { framework: "F", version: "1", id: "1.1", fit: "direct" } as const;
const rule = { id: "mcp-open", title: "t", risk: "r", references: [], controls: [control] };
const coverage = { ...base.coverage, complete: true };
const clean = { ...base, coverage, rules: [rule], findings: [], unknowns: [], scopes: [] };
const [scope] = base.scopes;
const doubt = {
  rule: "mcp-open",
  subject: finding!.subject,
  because: "unread",
  worst: "high",
  best: "pass",
} as const;

describe("a control", () => {
  test.each([
    ["passes when its rules ran, nothing failed and nothing was left out", clean, "pass"],
    [
      "fails on a finding",
      { ...clean, findings: [{ ...finding!, rule: "mcp-open", controls: [control] }] },
      "fail",
    ],
    [
      "fails on a muted finding too",
      {
        ...clean,
        findings: [
          {
            ...finding!,
            controls: [control],
            mute: { reason: "r", owner: "o", until: "2027-01-01" },
          },
        ],
      },
      "fail",
    ],
    ["is not assessed while a rule of it is open", { ...clean, unknowns: [doubt] }, "not assessed"],
    [
      "is not assessed when something could not be read",
      { ...clean, coverage: { ...coverage, complete: false } },
      "not assessed",
    ],
    [
      "is not assessed when a service was not asked about",
      {
        ...clean,
        scopes: [{ ...scope!, notAsked: [{ service: "Apigee", because: "no client" }] }],
      },
      "not assessed",
    ],
  ])("%s", (_what, report, state) => {
    expect(controlStates(report).map((each) => [each.id, each.state])).toEqual([["1.1", state]]);
  });
});

describe("the search", () => {
  const rows = modelOf({
    ...base,
    findings: [
      { ...finding!, id: "a", title: "Alpha gateway", severity: "high", certainty: "maybe" },
      { ...finding!, id: "b", title: "Beta gateway", severity: "low", certainty: "certain" },
    ],
  }).rows;
  const found = (filter: object): string[] =>
    matching(rows, { ...noFilter, ...filter }).map((row) => row.finding.id);

  test.each([
    [{}, ["a", "b"]],
    [{ text: "GATEWAY alpha" }, ["a"]],
    [{ text: "alpha beta" }, []],
    [{ severity: "low" }, ["b"]],
    [{ certainty: "maybe" }, ["a"]],
    [{ provider: "gcp" }, []],
    [{ rule: "no-such-rule" }, []],
  ])("%j", (filter, ids) => {
    expect(found(filter)).toEqual(ids);
  });
});

test("servers stand by severity, then by what reaching them is worth", () => {
  const [admin, reads, high] = [
    aServer({ id: "admin", severity: "critical", consequence: "admin" }),
    aServer({ id: "reads", severity: "critical", consequence: "reads-sensitive" }),
    aServer({ id: "high", severity: "high", consequence: "admin" }),
  ];
  expect([high, reads, admin].toSorted(byBlastRadius).map(({ id }) => id)).toEqual([
    "admin",
    "reads",
    "high",
  ]);
});

describe("the picture of a chain", () => {
  const step = (kind: EvidenceKind, id: string): EvidenceStep => ({
    kind,
    id,
    because: `because ${id}`,
    source: { kind: "rule", id: "test" },
  });

  test("lays gates on the edge they stand at, and tools beside each other", () => {
    const { nodes, edges } = chainGraph([
      [
        step("source", "internet"),
        step("gate", "sg-1"),
        step("gate", "acl-1"),
        step("server", "s"),
        step("tool", "t1"),
        step("tool", "t2"),
        step("identity", "role"),
      ],
    ]);

    expect(nodes.map(({ label }) => label)).toEqual(["internet", "s", "t1", "t2", "role"]);
    expect(edges.map(({ from, to, gates }) => [from, to, gates.map(({ id }) => id)])).toEqual([
      ["source internet", "server s", ["sg-1", "acl-1"]],
      ["server s", "tool t1", []],
      ["server s", "tool t2", []],
      ["tool t1", "identity role", []],
      ["tool t2", "identity role", []],
    ]);
  });

  test("counts what would not fit, and joins chains at what they share", () => {
    const tools = Array.from({ length: 9 }, (_, at) => step("tool", `t${at}`));
    const { nodes } = chainGraph([
      [step("source", "internet"), step("server", "s"), ...tools],
      [step("source", "internet"), step("balancer", "lb"), step("server", "s")],
    ]);

    expect(nodes.map(({ label }) => label)).toEqual([
      "internet",
      "s",
      "t0",
      "t1",
      "t2",
      "t3",
      "and 5 more",
      "lb",
    ]);
  });
});
