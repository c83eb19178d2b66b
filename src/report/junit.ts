import type { Finding, Unknown } from "../model/finding.ts";
import type { Report } from "../model/report.ts";
import { placesOf } from "./places.ts";
import type { PlaceOf } from "./places.ts";
import type { Reporter } from "./reporter.ts";
import { clean, printable } from "./text.ts";

interface Case {
  readonly rule: string;
  readonly name: string;
  readonly outcome: "failure" | "skipped" | "passed";
  readonly message: string;
  readonly type: string;
  readonly text: string;
}

/** One suite a rule, one case a subject. Muted and undecided ones are skipped: a build does not fail on them. */
export const junit: Reporter = {
  render: (report) => {
    const cases = casesOf(report);
    const rules = [...new Set(cases.map(({ rule }) => rule))].toSorted();
    const suites = rules.flatMap((rule) =>
      suiteLines(
        rule,
        cases.filter((one) => one.rule === rule),
        report.run.startedAt,
      ),
    );
    return [
      '<?xml version="1.0" encoding="UTF-8"?>',
      `<testsuites${attributes({ name: "postern", ...countsOf(cases) })}>`,
      ...suites,
      "</testsuites>",
      "",
    ].join("\n");
  },
};

function casesOf(report: Report): Case[] {
  const placeOf = placesOf(report);
  const cases = [
    ...report.findings.map((finding) => findingCase(finding, placeOf)),
    ...report.unknowns.map((unknown) => unknownCase(unknown, placeOf)),
  ];
  const passed = { rule: "postern", name: "no rule failed", outcome: "passed" } as const;
  return cases.length > 0 ? cases : [{ ...passed, message: "", type: "", text: "" }];
}

function findingCase(finding: Finding, placeOf: PlaceOf): Case {
  const { rule, severity, certainty, title, evidence, remediation, mute } = finding;
  const muted = mute && `muted until ${mute.until}: ${mute.reason}`;
  return {
    rule,
    name: nameOf(finding, placeOf),
    outcome: mute ? "skipped" : "failure",
    message: muted ?? title,
    type: certainty === "maybe" ? `${severity} (maybe)` : severity,
    text: [
      title,
      ...evidence.map(({ kind, id, because }) => `-> ${kind} ${clean(id)}: ${clean(because)}`),
      `What to do: ${clean(remediation.summary)}`,
      ...remediation.steps.flatMap(({ text }) => text.split("\n")),
      finding.id,
    ]
      .map(printable)
      .join("\n"),
  };
}

function unknownCase(unknown: Unknown, placeOf: PlaceOf): Case {
  const { rule, because, worst, best } = unknown;
  return {
    rule,
    name: nameOf(unknown, placeOf),
    outcome: "skipped",
    message: `not decided, between ${best} and ${worst}: ${because}`,
    type: "",
    text: "",
  };
}

function nameOf({ subject }: Finding | Unknown, placeOf: PlaceOf): string {
  const { provider, scope, region, name } = placeOf(subject);
  return [provider, scope, region, name, `(${subject.kind} ${subject.id})`]
    .filter(Boolean)
    .join(" ");
}

function countsOf(cases: readonly Case[]) {
  const count = (outcome: Case["outcome"]) =>
    String(cases.filter((one) => one.outcome === outcome).length);
  return {
    tests: String(cases.length),
    failures: count("failure"),
    errors: "0",
    skipped: count("skipped"),
    time: "0",
  };
}

function suiteLines(rule: string, cases: readonly Case[], at: string): string[] {
  const timestamp = at.replace(/(\.\d+)?Z$/, "");
  return [
    `  <testsuite${attributes({ name: rule, ...countsOf(cases), timestamp })}>`,
    ...cases.map(caseText),
    "  </testsuite>",
  ];
}

function caseText({ rule, name, outcome, message, type, text }: Case): string {
  const start = `    <testcase${attributes({ classname: `postern.${rule}`, name, time: "0" })}`;
  if (outcome === "passed") return `${start}/>`;
  const inner =
    outcome === "failure"
      ? `<failure${attributes({ message, type })}>${escapeXml(text)}</failure>`
      : `<skipped${attributes({ message })}/>`;
  return `${start}>${inner}</testcase>`;
}

function attributes(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeXml(clean(value))}"`)
    .join("");
}

/** @see https://www.w3.org/TR/xml/#charsets */
const invalid = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
};

function escapeXml(text: string): string {
  return text
    .replaceAll(invalid, "")
    .replaceAll(/[&<>"']/g, (character) => entities[character] ?? "");
}
