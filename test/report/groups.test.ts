import { describe, expect, test } from "vitest";
import { groupLines, groupsOf, parseGroupBy } from "../../src/report/groups.ts";
import { aServer } from "../fixtures/builders.ts";
import { aReport } from "../fixtures/report.ts";

const [base] = aReport().findings;
const [home] = aReport().servers;
const server = aServer({
  id: "server-1",
  workload: { ...home!.workload, id: "i-1", tags: { Env: "prod" } },
});
const finding = (id: string, changes: object) => ({
  ...base!,
  id,
  subject: { kind: "server" as const, id: "server-1" },
  ...changes,
});

const report = aReport({
  servers: [server],
  exposures: [],
  identities: [],
  findings: [
    finding("a", { severity: "low", owner: "ada" }),
    finding("b", { severity: "critical", owner: "bob" }),
    finding("c", { severity: "low", owner: "ada" }),
    finding("d", {
      severity: "critical",
      owner: "ada",
      mute: { reason: "r", owner: "o", until: "2027-01-01" },
    }),
    finding("e", { severity: "info", subject: { kind: "workload", id: "elsewhere" } }),
  ],
});

describe("findings in groups", () => {
  test("come worst first, without muted ones, and with those of nobody", () => {
    expect(
      groupsOf(report, "owner").map(({ name, bySeverity }) => [
        name,
        bySeverity.critical,
        bySeverity.low,
      ]),
    ).toEqual([
      ["bob", 1, 0],
      ["ada", 0, 2],
      ["none", 0, 0],
    ]);
  });

  test("follow a tag whatever its case", () => {
    expect(groupsOf(report, { tag: "env" }).map(({ name }) => name)).toEqual(["prod", "none"]);
  });

  test("are a table whose names cannot steer a terminal", () => {
    const lines = groupLines(
      groupsOf({ ...report, findings: [finding("x", { owner: "\u001B[2J" })] }, "owner"),
      "owner",
    );
    expect(lines.join("")).not.toContain("\u001B");
  });
});

test.each([
  ["owner", "owner"],
  ["tag:cost-centre", { tag: "cost-centre" }],
  ["tag:", undefined],
  ["colour", undefined],
])("%s is read as %j", (text, by) => {
  expect(parseGroupBy(text)).toEqual(by);
});
