import { severities } from "../model/finding.ts";
import type { Finding, Severity } from "../model/finding.ts";
import type { Report } from "../model/report.ts";
import { markdownBlock, markdownCode, markdownText } from "./markdown-text.ts";
import { neededSection } from "./markdown-needed.ts";
import { planSection } from "./markdown-plan.ts";
import { placesOf } from "./places.ts";
import type { PlaceOf } from "./places.ts";
import type { Reporter } from "./reporter.ts";
import { printable } from "./text.ts";

/** A comment on GitHub has at most 65,536 characters; the rest is for the lines after the findings. */
const room = 60_000;

/** Lines about gaps and undecided rules that a comment shows. */
const shownDoubts = 20;

const marks: Readonly<Record<Severity, string>> = {
  critical: "🟥",
  high: "🟧",
  medium: "🟨",
  low: "🟦",
  info: "⬜",
};

/** A comment for a pull request; its first line lets a later run find it and write over it. */
export const markdown: Reporter = {
  render: (report) => {
    const placeOf = placesOf(report);
    const blocks = report.findings.map((finding) => findingBlock(finding, placeOf));
    const head = [
      ...headLines(report),
      ...planSection(report.plan),
      ...neededSection(report.identities),
    ].join("\n");
    const tail = [...doubtLines(report), ""].join("\n");
    const shown = blocksWithin(blocks, room - head.length - tail.length);
    const left = blocks.length - shown.length;
    const more = left > 0 ? [`And ${left} more findings: see the JSON report.`, ""] : [];
    return [head, ...shown, ...more, tail].join("\n");
  },
};

function headLines({ summary, coverage, findings }: Report): string[] {
  const named = severities.toReversed().filter((name) => summary.bySeverity[name] > 0);
  return [
    "<!-- postern-report -->",
    "## Postern",
    "",
    `**${summary.servers}** MCP servers, **${summary.open}** open to anyone, **${summary.plaintext}** unencrypted, **${summary.managesCloud}** manage a cloud. ${coverage.complete ? "Everything asked for was read." : "**Not everything could be read.**"}`,
    "",
    ...(findings.length === 0
      ? ["No rule failed."]
      : [
          "| severity | findings |",
          "| --- | --- |",
          ...named.map((name) => `| ${marks[name]} ${name} | ${summary.bySeverity[name]} |`),
        ]),
    "",
  ];
}

function blocksWithin(blocks: readonly string[], space: number): string[] {
  let used = 0;
  const end = blocks.findIndex((block) => (used += block.length + 1) > space);
  return blocks.slice(0, end < 0 ? blocks.length : end);
}

function findingBlock(finding: Finding, placeOf: PlaceOf): string {
  const { severity, title, rule, certainty, subject, evidence, remediation, mute, owner } = finding;
  const { provider, scope, region } = placeOf(subject);
  const commands = remediation.steps.filter(({ kind }) => kind !== "design");
  const facts = [
    markdownCode(rule),
    ...(certainty === "maybe" ? ["maybe"] : []),
    [provider, scope, region].filter(Boolean).map(markdownCode).join(" "),
    ...(owner === undefined ? [] : [`owner ${markdownCode(owner)}`]),
    ...(mute ? [`muted until ${markdownText(mute.until)}: ${markdownText(mute.reason)}`] : []),
    markdownCode(finding.id),
  ];
  return [
    `### ${marks[severity]} ${severity}: ${markdownText(title)}`,
    "",
    facts.join(" · "),
    "",
    ...finding.assumptions.map((text) => `- assuming: ${markdownText(text)}`),
    `**What to do:** ${markdownText(remediation.summary)}`,
    "",
    "<details><summary>Path and steps</summary>",
    "",
    ...evidence.map(
      ({ kind, id, because }, index) =>
        `${index + 1}. ${kind} ${markdownCode(id)} ${markdownText(because)}`,
    ),
    "",
    ...remediation.steps
      .filter(({ kind }) => kind === "design")
      .map(({ text }) => `- ${markdownText(text)}`),
    "",
    ...commands.flatMap(({ kind, text }) =>
      markdownBlock(kind === "cli" ? "sh" : "", text.split("\n").map(printable)),
    ),
    "</details>",
    "",
  ].join("\n");
}

function doubtLines({ unknowns, scopes }: Report): string[] {
  const lines = [
    ...scopes.flatMap(({ provider, notAsked = [] }) =>
      notAsked.map(
        ({ service, because }) =>
          `- not asked: ${provider} ${markdownText(service)}: ${markdownText(because)}`,
      ),
    ),
    ...unknowns.map(
      ({ rule, subject, because }) =>
        `- not decided: ${markdownCode(rule)} on ${markdownCode(subject.id)}: ${markdownText(because)}`,
    ),
    ...scopes.flatMap(({ id, gaps }) =>
      gaps.map(
        ({ call, reason }) => `- not read in ${markdownCode(id)}: ${markdownCode(call)}: ${reason}`,
      ),
    ),
  ];
  if (lines.length === 0) return [];
  const left = lines.length - shownDoubts;
  return [
    "### What is open",
    "",
    ...lines.slice(0, shownDoubts),
    ...(left > 0 ? [`- and ${left} more: see the JSON report`] : []),
  ];
}
