import { describe, expect, test } from "vitest";
import { applyMutes, type Mute } from "../../src/history/mutes.ts";
import { parseMutes } from "../../src/history/parse-mutes.ts";
import type { Finding } from "../../src/model/finding.ts";
import { anExposure, anIdentity, aServer, roleArn } from "../fixtures/builders.ts";
import { aReport } from "../fixtures/report.ts";

const startedAt = "2026-11-25T12:00:00Z";
const [template] = aReport().findings;
const shop = {
  id: "i-1",
  name: "web-1",
  kind: "instance" as const,
  tags: { env: "dev", "a=b": "c" },
};
const other = { id: "i-2", name: "web-2", kind: "instance" as const, tags: { env: "prod" } };

function about(subject: Finding["subject"], rule = "mcp-open"): Finding {
  return { ...template!, id: `${rule}-${subject.id}`, rule, subject };
}

const report = aReport({
  exposures: [anExposure({ workload: shop }), anExposure({ id: "exposure-2", workload: other })],
  servers: [
    aServer({ workload: shop }),
    aServer({ id: "server-2", workload: other, endpoints: [] }),
  ],
  identities: [
    anIdentity({ workloads: ["i-1", "i-2"] }),
    anIdentity({ id: "role-own", workloads: ["i-1"] }),
  ],
  findings: [
    about({ kind: "server", id: "server-1" }),
    about({ kind: "server", id: "server-2" }),
    about({ kind: "exposure", id: "exposure-1" }, "mcp-exposed"),
    about({ kind: "identity", id: roleArn }, "identity-admin"),
    about({ kind: "identity", id: "role-own" }, "identity-admin"),
  ],
});

function aMute(matches: Mute["matches"], until = "2026-12-31"): Mute {
  return { matches, reason: "a test", owner: "platform", until, place: "mutes.yaml:1" };
}

function mutedBy(...mutes: Mute[]): string[] {
  const { report: muted } = applyMutes(report, mutes);
  return muted.findings.flatMap(({ id, mute }) => (mute ? [id] : []));
}

describe("a mute", () => {
  test.each<[string, Mute["matches"], string[]]>([
    ["a rule", { rule: "mcp-exposed" }, ["mcp-exposed-exposure-1"]],
    [
      "a pattern of rules",
      { rule: "mcp-*" },
      ["mcp-open-server-1", "mcp-open-server-2", "mcp-exposed-exposure-1"],
    ],
    ["nothing with half a rule", { rule: "mcp" }, []],
    [
      "a server and what its workload alone gives",
      { server: "server-1" },
      ["mcp-open-server-1", "mcp-exposed-exposure-1", "identity-admin-role-own"],
    ],
    [
      "a server by its URL",
      { server: "http://203.0.113.7:8000*", rule: "mcp-open" },
      ["mcp-open-server-1"],
    ],
    [
      "the subject itself, however many hold it",
      { resource: roleArn },
      [`identity-admin-${roleArn}`],
    ],
    ["a workload by name", { resource: "web-2" }, ["mcp-open-server-2"]],
    [
      "a shared identity when each of its workloads is meant",
      { resource: "i-*", rule: "identity-admin" },
      [`identity-admin-${roleArn}`, "identity-admin-role-own"],
    ],
    ["a tag with its value", { tag: "env=prod" }, ["mcp-open-server-2"]],
    [
      "a tag of any value",
      { tag: "env", rule: "mcp-open" },
      ["mcp-open-server-1", "mcp-open-server-2"],
    ],
    ["no tag of another value", { tag: "env=test" }, []],
    ["only what all its parts name", { rule: "identity-*", server: "server-2" }, []],
  ])("silences %s", (_, matches, ids) => {
    expect(mutedBy(aMute(matches))).toEqual(ids);
  });

  test.each([
    ["2026-11-25", true],
    ["2026-11-24", false],
    ["2026-11-25T12:00:01Z", true],
    ["2026-11-25T12:00:00Z", false],
  ])("until %s holds at the start of the run: %s", (until, holds) => {
    expect(report.run.startedAt).toBe(startedAt);
    const { report: muted, expired } = applyMutes(report, [aMute({ rule: "mcp-exposed" }, until)]);
    const finding = muted.findings.find(({ rule }) => rule === "mcp-exposed");
    expect(finding?.mute).toEqual(
      holds ? { reason: "a test", owner: "platform", until } : undefined,
    );
    expect(expired.flatMap(({ findings }) => findings)).toEqual(holds ? [] : [finding!.id]);
  });

  test("that ran out says nothing when another holds", () => {
    const old = aMute({ rule: "mcp-exposed" }, "2026-01-01");
    const { expired, idle } = applyMutes(report, [old, aMute({ resource: "web-1" })]);
    expect([expired, idle]).toEqual([[], []]);
  });

  test("that matches nothing is named, and changes nothing", () => {
    const idle = aMute({ rule: "no-such-rule" });
    expect(applyMutes(report, [idle])).toEqual({ report, expired: [], idle: [idle] });
  });
});

describe("the file", () => {
  const good = { rule: "mcp-open", reason: "r", owner: "o", until: "2026-12-31" };
  const lineOf = (path: readonly PropertyKey[]) => Number(path[0] ?? 0) * 10 + 1;

  test("gives its mutes with their places, and may be empty", () => {
    expect(parseMutes([good, { ...good, tag: "env=dev" }], "m.yaml", lineOf)).toEqual([
      {
        matches: { rule: "mcp-open" },
        reason: "r",
        owner: "o",
        until: "2026-12-31",
        place: "m.yaml:1",
      },
      {
        matches: { rule: "mcp-open", tag: "env=dev" },
        reason: "r",
        owner: "o",
        until: "2026-12-31",
        place: "m.yaml:11",
      },
    ]);
    expect(parseMutes(null, "m.yaml", lineOf)).toEqual([]);
  });

  const { reason: _, ...unreasoned } = good;
  const { rule: __, ...aimless } = good;
  test.each<[string, unknown, RegExp]>([
    ["no reason", [good, unreasoned], /^m\.yaml:11: \[1\]\.reason expected string/],
    ["a blank owner", [{ ...good, owner: " " }], /^m\.yaml:1: \[0\]\.owner /],
    ["a misspelt member", [{ ...good, untli: "x" }], /^m\.yaml:1: \[0\] .*untli/],
    ["no such day", [{ ...good, until: "2026-02-30" }], /\[0\]\.until is not a date/],
    [
      "a time without a zone",
      [{ ...good, until: "2026-02-03T10:00:00" }],
      /\[0\]\.until is not a date/,
    ],
    ["nothing to match", [aimless], /\[0\] names neither rule, server, resource nor tag/],
    ["an empty pattern", [{ ...good, rule: "" }], /\[0\]\.rule /],
    ["no list", { mutes: [] }, /^m\.yaml:1: expected array/],
  ])("with %s is refused at its place", (_name, value, says) => {
    expect(() => parseMutes(value, "m.yaml", lineOf)).toThrow(says);
  });
});
