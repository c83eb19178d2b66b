import { describe, expect, test } from "vitest";
import type { Grant } from "../../src/model/identity.ts";
import type { Report } from "../../src/model/report.ts";
import { diffReports } from "../../src/history/diff.ts";
import { diffText } from "../../src/history/diff-text.ts";
import { aLink, anEndpoint, anIdentity, aServer, aTool } from "../fixtures/builders.ts";
import { aReport } from "../fixtures/report.ts";

const before = aReport();
const [finding] = before.findings;
const [server] = before.servers;
const scopeId = "111122223333";

/** The later run, with the finding mended. */
function without(changes: Partial<Report> = {}): Report {
  return aReport({ findings: before.findings.filter(({ id }) => id !== finding!.id), ...changes });
}

describe("findings", () => {
  test("of the same run twice differ in nothing", () => {
    const { findings, tools, permissions, notes } = diffReports(before, aReport());
    expect(findings).toEqual({ new: [], fixed: [], changed: [], undecided: [] });
    expect([tools, permissions, notes]).toEqual([[], [], []]);
  });

  test("are new in one direction and fixed in the other", () => {
    expect(diffReports(without(), before).findings.new).toEqual([finding]);
    expect(diffReports(before, without()).findings.fixed).toEqual([finding]);
  });

  test("changed in severity, certainty or evidence say in what", () => {
    const now = {
      ...finding!,
      severity: "low" as const,
      certainty: "maybe" as const,
      evidence: finding!.evidence.slice(1),
    };
    const [changed] = diffReports(before, without({ findings: [now] })).findings.changed;
    expect(changed?.changes).toEqual([
      `severity ${finding!.severity} is now low`,
      "certainty certain is now maybe",
      expect.stringMatching(/^evidence has no longer /),
    ]);
    expect(changed?.graver).toBe(false);
    const back = diffReports(aReport({ findings: [now] }), aReport({ findings: [finding!] }));
    expect(back.findings.changed[0]?.graver).toBe(true);
  });

  describe("that are gone", () => {
    const gap = {
      call: "ec2:DescribeInstances",
      scope: scopeId,
      reason: "denied" as const,
      detail: "",
      affects: ["workloads" as const],
    };
    const nothing = { servers: [], exposures: [], blocked: [], identities: [], unknowns: [] };
    const [scope] = before.scopes;
    const [state] = before.coverage.byScope;
    const coverage = (changes: Partial<Report["coverage"]>) => ({
      coverage: { ...before.coverage, ...changes },
    });

    test.each<[string, Partial<Report>, RegExp]>([
      [
        "with a rule that could not be decided",
        {
          unknowns: [
            {
              rule: finding!.rule,
              subject: finding!.subject,
              because: "iam:GetRole was denied",
              worst: "critical",
              best: "pass",
            },
          ],
        },
        /iam:GetRole was denied/,
      ],
      [
        "with their scope",
        { ...nothing, ...coverage({ byScope: [] }) },
        /111122223333 was not read/,
      ],
      [
        "with a scope that gave nothing",
        { ...nothing, ...coverage({ byScope: [{ ...state!, state: "not" }] }) },
        /was not read/,
      ],
      [
        "with a call that failed only now",
        { ...nothing, scopes: [{ ...scope!, gaps: [gap] }] },
        /ec2:DescribeInstances could not be read in 111122223333/,
      ],
    ])("%s are no longer decided, and not fixed", (_, changes, because) => {
      const { undecided, fixed } = diffReports(before, without(changes)).findings;
      expect(fixed).not.toContainEqual(finding);
      expect(undecided).toContainEqual({ finding, because: expect.stringMatching(because) });
    });

    test("with a server that was not probed are no longer decided", () => {
      const about = { ...finding!, subject: { kind: "server" as const, id: server!.id } };
      const silent = coverage({ probe: { ...before.coverage.probe, answered: 0 } });
      const was = aReport({ findings: [about] });
      const diff = diffReports(was, without({ findings: [], servers: [], ...silent }));
      expect(diff.findings.undecided[0]?.because).toMatch(/still exposed/);
      const closed = diffReports(was, without({ findings: [], ...nothing, ...silent }));
      expect(closed.findings.fixed).toHaveLength(1);
    });

    test("but not their subject are fixed, whatever else could not be read", () => {
      const gaps = without({ scopes: [{ ...scope!, gaps: [gap] }] });
      expect(diffReports(before, gaps).findings.fixed).toEqual([finding]);
    });

    test("with their subject, in a scope read as well as before, are fixed", () => {
      expect(diffReports(before, without(nothing)).findings.fixed).toContainEqual(finding);
    });
  });
});

describe("tools", () => {
  const listing = (...tools: ReturnType<typeof aTool>[]) =>
    aReport({ servers: [aServer({ endpoints: [anEndpoint({ tools, toolsListed: true })] })] });
  const read = aTool({ name: "query", access: "read" });

  test.each<[string, Report, Report, object[]]>([
    ["the same", listing(read), listing(read), []],
    [
      "a rewritten description",
      listing(read),
      listing({ ...read, schemaSha256: "b".repeat(64) }),
      [{ tool: "query", change: "schema", graver: false }],
    ],
    [
      "more access",
      listing(read),
      listing({ ...read, access: "exec", schemaSha256: "b".repeat(64) }),
      [{ tool: "query", change: "access", because: "access read is now exec", graver: true }],
    ],
    [
      "a second tool of the same name",
      listing(read),
      listing(read, { ...read, access: "write" }),
      [{ tool: "query", change: "access", graver: true }],
    ],
    ["a new tool", listing(), listing(read), [{ tool: "query", change: "added", graver: true }]],
    ["a tool less", listing(read), listing(), [{ tool: "query", change: "removed" }]],
  ])("%s", (_, was, is, drift) => {
    expect(diffReports(was, is).tools).toMatchObject(drift);
  });

  test("of a list that was not read prove nothing", () => {
    const unread = aReport({
      servers: [aServer({ endpoints: [anEndpoint({ tools: [], toolsListed: false })] })],
    });
    expect(diffReports(listing(read), unread).tools).toEqual([]);
    expect(diffReports(unread, listing(read)).tools).toEqual([]);
  });
});

describe("permissions", () => {
  const grant: Grant = {
    plane: "data",
    access: "read",
    family: "storage",
    breadth: "resource",
    condition: "none",
    verdict: "yes",
    action: "s3:GetObject",
    resource: "arn:aws:s3:::shop/*",
    via: [],
    raw: [],
    actions: 1,
    wholeFamily: false,
  };
  const wide: Grant = { ...grant, breadth: "account", action: "s3:*", resource: "*" };
  const holding = (changes: Parameters<typeof anIdentity>[0]) =>
    aReport({ identities: [anIdentity({ power: "reads", ...changes })] });

  test.each<[string, Report, Report, object[]]>([
    [
      "more power",
      holding({}),
      holding({ power: "admin" }),
      [{ change: "power", certainty: "certain" }],
    ],
    ["less power", holding({ power: "admin" }), holding({}), []],
    ["a grant more", holding({}), holding({ grants: [grant] }), [{ change: "grants" }]],
    [
      "a wider pattern",
      holding({ grants: [grant] }),
      holding({ grants: [wide] }),
      [{ change: "grants" }],
    ],
    ["a narrower pattern", holding({ grants: [wide] }), holding({ grants: [grant] }), []],
    [
      "a grant that became sure",
      holding({ grants: [{ ...grant, verdict: "maybe" }] }),
      holding({ grants: [grant] }),
      [{ change: "grants" }],
    ],
    [
      "a condition that fell",
      holding({ grants: [{ ...grant, condition: "workload-bound" }] }),
      holding({ grants: [grant] }),
      [{ change: "grants" }],
    ],
    [
      "what was not read before",
      holding({ power: "unknown" }),
      holding({ power: "admin" }),
      [{ change: "power", certainty: "maybe" }],
    ],
    [
      "more breadth",
      holding({ breadth: "group" }),
      holding({ breadth: "account" }),
      [{ change: "breadth" }],
    ],
    ["a new identity", aReport({ identities: [] }), holding({}), [{ change: "new" }]],
    [
      "a server that got an identity of before",
      aReport({ servers: [aServer({ identities: [] })] }),
      aReport({ servers: [aServer({ identities: [aLink()] })] }),
      [{ change: "held" }],
    ],
  ])("%s", (_, was, is, widened) => {
    expect(diffReports(was, is).permissions).toMatchObject(widened);
  });
});

describe("the text", () => {
  test("puts what got worse first and counts everything", () => {
    const text = diffText(diffReports(without({ identities: [] }), before));
    expect(text).toContain(`\nNew\n  ${finding!.severity.toUpperCase()} ${finding!.rule} `);
    expect(text).toContain("1 new, 0 changed, 0 fixed, 0 no longer decided, 1 widened permissions");
    expect(text.indexOf("New")).toBeLessThan(text.indexOf("Widened permissions"));
  });

  test("lets nothing from outside steer the terminal", () => {
    const evil = { ...finding!, title: "a\u001b[2Jb\u202ec" };
    const text = diffText(diffReports(aReport({ findings: [] }), aReport({ findings: [evil] })));
    for (const unsafe of ["\u001b", "\u202e"]) expect(text).not.toContain(unsafe);
  });

  test("says when the runs are not alike", () => {
    const other = aReport({
      tool: { name: "postern", version: "9.0.0" },
      run: {
        ...before.run,
        startedAt: "2026-11-01T00:00:00Z",
        vantage: { kind: "inside", network: "office" },
      },
    });
    expect(diffReports(before, other).notes).toEqual([
      expect.stringMatching(/swapped/),
      expect.stringMatching(/0\.1\.0, 9\.0\.0/),
      expect.stringMatching(/internet, then inside:office/),
    ]);
  });
});
