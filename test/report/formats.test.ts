import { describe, expect, test } from "vitest";
import { csv } from "../../src/report/csv.ts";
import { jsonl } from "../../src/report/jsonl.ts";
import { junit } from "../../src/report/junit.ts";
import { markdown } from "../../src/report/markdown.ts";
import { markdownCode, markdownText } from "../../src/report/markdown-text.ts";
import { openmetrics } from "../../src/report/openmetrics.ts";
import { safeJson } from "../../src/report/safe-json.ts";
import { aHostileReport, hostileTexts } from "../fixtures/hostile-report.ts";
import { aReport } from "../fixtures/report.ts";
import { readCsv, readOpenMetrics, readXml } from "./read-formats.ts";

const plain = { columns: 80, colour: false };
const [finding] = aReport().findings;
const mute = { reason: "Behind a VPN.", owner: "a", until: "2027-01-01" };
const unknown = {
  rule: "mcp-open",
  subject: { kind: "server", id: "server-1" },
  because: "iam:GetRole was denied.",
  worst: "critical",
  best: "pass",
} as const;

describe("CSV", () => {
  test("has a row for each finding and each undecided rule", () => {
    const findings = [finding!, { ...finding!, mute }];
    const [head, ...rows] = readCsv(csv.render(aReport({ findings, unknowns: [unknown] }), plain));

    expect(rows.map(([state]) => state)).toEqual(["fail", "muted", "unknown"]);
    expect(rows.every((row) => row.length === head?.length)).toBe(true);
    expect(rows[0]).toEqual(expect.arrayContaining(["aws", "111122223333", "eu-central-1"]));
  });

  test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "＠a", "'=1", '"=1'])(
    "%j is no formula",
    (title) => {
      const text = csv.render(aReport({ findings: [{ ...finding!, title }] }), plain);

      expect(readCsv(text)[1]?.[4]).toMatch(/^'/);
    },
  );

  test("leaves text that is no formula as it is", () => {
    const title = 'a = "b", c';
    const text = csv.render(aReport({ findings: [{ ...finding!, title }] }), plain);

    expect(readCsv(text)[1]?.[4]).toBe(title);
  });
});

describe("JSON Lines", () => {
  test("keeps the whole report, each line with its type and its run", () => {
    const report = aHostileReport();
    const lines = jsonl
      .render(report, plain)
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
    const records = (type: string) =>
      lines.filter((line) => line.type === type).map(({ record }) => record);

    expect(records("finding")).toEqual(JSON.parse(JSON.stringify(report.findings)));
    expect(records("server")).toEqual(JSON.parse(JSON.stringify(report.servers)));
    expect(records("summary")).toEqual([JSON.parse(JSON.stringify(report.summary))]);
    expect(new Set(lines.map(({ run }) => run))).toEqual(new Set([report.run.id]));
  });

  test("characters that split lines, steer or open markup are escaped and come back", () => {
    const text = safeJson(hostileTexts);

    expect(text).not.toMatch(/[<>&\u0080-\u009F\u2028\u2029\p{Cf}]/u);
    expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(hostileTexts)));
  });
});

describe("Markdown", () => {
  test("gives the counts, then each finding with its path and what to do", () => {
    const text = markdown.render(aReport(), plain);
    const places = ["postern-report", "| 🟥 critical | ", "### 🟥", "`sg-0a1#sgr-0b2`", "is open"];
    const found = places.map((place) =>
      text.replaceAll("` ", "`").replaceAll(" `", "`").indexOf(place),
    );

    expect(found.every((place) => place >= 0)).toBe(true);
    expect(found).toEqual(found.toSorted((a, b) => a - b));
  });

  test("fits a comment whatever the report, and says what is left out", () => {
    const findings = Array.from({ length: 3000 }, () => finding!);
    const text = markdown.render(aReport({ findings }), plain);

    expect(text.length).toBeLessThan(65_536);
    expect(text).toMatch(/And \d+ more findings/);
  });

  test.each([
    ["a mention", "@octocat", "@&#8203;octocat"],
    ["an issue", "#1", "#&#8203;1"],
    ["a link", "[a](b)", String.raw`\[a\]\(b\)`],
    ["an address", "http://a.b", String.raw`http\://a\.b`],
    ["a table cell", "a|b", String.raw`a\|b`],
    ["markup", "<b>", "&lt;b&gt;"],
    ["an entity", "&#64;a", "&amp;#&#8203;64;a"],
    ["code", "`a`", "\\`a\\`"],
    ["a line", "a\n# b", "a #&#8203; b"],
  ])("%s stays text", (_, text, expected) => {
    expect(markdownText(text)).toBe(expected);
  });

  test("code ends only where it should", () => {
    expect(markdownCode("a``b`|c")).toBe("``` a``b`¦c ```");
  });

  test("a command cannot leave its block", () => {
    const remediation = {
      summary: "s",
      steps: [{ kind: "cli", text: "echo\n```\n<script>\n````" }],
    } as const;
    const text = markdown.render(aReport({ findings: [{ ...finding!, remediation }] }), plain);

    expect(text).toContain("`````sh\necho\n```\n<script>\n````\n`````");
  });
});

describe("JUnit", () => {
  test("a build fails on findings, not on what is muted or undecided", () => {
    const findings = [finding!, { ...finding!, id: "b", mute }];
    const elements = readXml(junit.render(aReport({ findings, unknowns: [unknown] }), plain));
    const [root] = elements;

    expect(root?.attributes).toMatchObject({
      tests: "3",
      failures: "1",
      errors: "0",
      skipped: "2",
    });
    expect(elements.filter(({ name }) => name === "testcase")).toHaveLength(3);
    expect(elements.filter(({ name }) => name === "failure")).toHaveLength(1);
    expect(elements.filter(({ name }) => name === "skipped")).toHaveLength(2);
  });

  test("a report without findings is one test that passes", () => {
    const [root] = readXml(junit.render(aReport({ findings: [], unknowns: [] }), plain));

    expect(root?.attributes).toMatchObject({ tests: "1", failures: "0" });
  });

  test("characters that XML 1.0 has not are left out", () => {
    const title = "a\u0000\u0008\uFFFE\uFFFF\uD800b ]]> <c>";
    const text = junit.render(aReport({ findings: [{ ...finding!, title }] }), plain);

    expect(() => readXml(text)).not.toThrow();
    expect(text).toContain("]]&gt; &lt;c&gt;");
  });
});

describe("OpenMetrics", () => {
  test("counts servers, findings and gaps", () => {
    const [first, ...rest] = aReport().findings;
    const findings = [{ ...first!, mute }, ...rest];
    const samples = readOpenMetrics(openmetrics.render(aReport({ findings }), plain));

    expect(Object.fromEntries(samples)).toMatchObject({
      'postern_servers{provider="aws"}': 1,
      'postern_findings{severity="critical",muted="false"}': 5,
      'postern_findings{severity="critical",muted="true"}': 1,
      'postern_scope_gaps{provider="aws",scope="111122223333"}': 1,
      postern_coverage_complete: 0,
      postern_run_duration_seconds: 9,
      postern_run_finished_timestamp_seconds: 1_795_608_009,
    });
  });

  test("a label cannot end itself and start another sample", () => {
    const samples = readOpenMetrics(openmetrics.render(aHostileReport(), plain));

    expect([...samples.values()]).not.toContain(999);
  });
});
