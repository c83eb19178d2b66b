import picocolors from "picocolors";
import type { EvidenceStep, Finding, Severity, Unknown } from "../model/finding.ts";
import type { Report } from "../model/report.ts";
import type { Reporter } from "./reporter.ts";
import { said, type Said } from "./said.ts";
import { groupLines, groupsOf, parseGroupBy } from "./groups.ts";
import { costLines } from "./costs.ts";
import { neededLines } from "./terminal-needed.ts";
import { planLines } from "./terminal-plan.ts";
import { summaryLines } from "./terminal-summary.ts";
import { clean, hang, hangCommand, printable } from "./text.ts";

type Paint = (text: string) => string;

interface Style {
  readonly columns: number;
  readonly bold: Paint;
  readonly dim: Paint;
  readonly severity: Readonly<Record<Severity, Paint>>;
}

/** Skipped targets that are listed one by one. */
const shownSkips = 20;

/** Narrower than this nothing is wrapped further. */
const narrowest = 40;

export const terminal: Reporter = {
  render: (report, options) => {
    const style = styleOf(options.columns, options.colour);
    const blocks = [
      summaryLines(report, style.columns),
      ...findingBlocks(report, style),
      groupedLines(report, options.groupBy),
      neededLines(report.identities, style.columns),
      planLines(report.plan, style.columns),
      costLines(report, style.columns),
      unknownLines(report.unknowns, style),
      coverageLines(report, style),
    ];
    return `${blocks
      .filter((block) => block.length > 0)
      .map((block) => block.join("\n"))
      .join("\n\n")}\n`;
  },
};

function groupedLines(report: Report, groupBy = ""): string[] {
  const by = parseGroupBy(groupBy);
  return by ? groupLines(groupsOf(report, by), groupBy) : [];
}

function styleOf(columns: number, colour: boolean): Style {
  const { bold, dim, red, yellow, cyan } = picocolors.createColors(colour);
  return {
    columns: Math.max(narrowest, columns),
    bold,
    dim,
    severity: {
      critical: (text) => bold(red(text)),
      high: red,
      medium: yellow,
      low: cyan,
      info: dim,
    },
  };
}

/** One finding by itself, with nothing left to say that another one has said. */
export function findingLines(finding: Finding, columns: number): string[] {
  const style = styleOf(columns, false);
  return [
    ...headLines(finding, style),
    "",
    ...chainLines(finding, said(), style),
    "",
    ...remedyLines(finding, said(), style),
  ];
}

function findingBlocks({ findings }: Report, style: Style): string[][] {
  if (findings.length === 0) return [[style.bold("FINDINGS"), "  No rule failed."]];
  const [chains, remedies] = [said(), said()];
  const [first = [], ...rest] = findings.map((finding) => [
    ...headLines(finding, style),
    "",
    ...chainLines(finding, chains, style),
    "",
    ...remedyLines(finding, remedies, style),
  ]);
  return [[style.bold("FINDINGS"), ...first], ...rest];
}

function headLines(finding: Finding, style: Style): string[] {
  const { severity, rule, certainty, title, assumptions, subject } = finding;
  const word = severity.toUpperCase();
  const [head = "", ...more] = hang(`${word}  `, clean(title), style.columns);
  const notes = [
    `${rule} on ${subject.kind} ${clean(subject.id)}`,
    finding.id,
    ...(certainty === "maybe" ? ["maybe"] : []),
    ...(finding.owner === undefined ? [] : [`owner ${clean(finding.owner)}`]),
    ...(finding.mute ? [`muted until ${finding.mute.until}: ${clean(finding.mute.reason)}`] : []),
  ];
  return [
    `${style.severity[severity](word)}${style.bold(head.slice(word.length))}`,
    ...more.map(style.bold),
    ...hang("  ", notes.join(" · "), style.columns).map(style.dim),
    ...assumptions.flatMap((text) => hang("  assuming: ", clean(text), style.columns)),
  ];
}

/** What to do, without the steps that an earlier finding has already told in full. */
function remedyLines(finding: Finding, remedies: Said, style: Style): string[] {
  const { summary, steps } = finding.remediation;
  return [
    ...hang("  What to do: ", clean(summary), style.columns),
    ...remedies
      .parts(finding, steps)
      .flatMap((part) =>
        part.kind === "new"
          ? part.items.flatMap(({ item: { kind, text }, index }) =>
              stepLines(
                `  ${String(index + 1).padStart(2)}. `,
                kind,
                printable(text),
                style.columns,
              ),
            )
          : hang("      ", `${part.count} steps as in ${part.finding}`, style.columns).map(
              style.dim,
            ),
      ),
  ];
}

const stepLabel = { design: "", cli: "$ ", iac: "IaC: " } as const;

function stepLines(
  number: string,
  kind: keyof typeof stepLabel,
  text: string,
  columns: number,
): string[] {
  const label = `${number}${stepLabel[kind]}`;
  return kind === "cli" ? hangCommand(label, text, columns) : hang(label, text, columns);
}

/** The chain from the internet to the resource, one step under the other; a path that was drawn before is named. */
function chainLines(finding: Finding, chains: Said, style: Style): string[] {
  return chains.parts(finding, finding.evidence).flatMap((part) => {
    if (part.kind === "new")
      return part.items.flatMap(({ item, index }) => stepOfChain(item, index, style));
    const { count, first, last } = part;
    const span = `${count} steps as in ${part.finding}: ${clean(first.id)} to ${clean(last.id)}`;
    return hang("  ..            ", span, style.columns).map(style.dim);
  });
}

function stepOfChain(step: EvidenceStep, index: number, style: Style): string[] {
  const arrow = index === 0 ? "   " : "-> ";
  const [head = "", ...rest] = hang(
    `  ${arrow}${step.kind.padEnd(10)} `,
    clean(step.id),
    style.columns,
  );
  const indent = " ".repeat(16);
  return [
    head,
    ...rest,
    ...hang(indent, clean(step.because), style.columns),
    ...hang(indent, sourceText(step.source), style.columns).map(style.dim),
  ];
}

function sourceText(source: EvidenceStep["source"]): string {
  switch (source.kind) {
    case "api":
      return clean(
        `[${source.call} ${source.region} page ${source.page} ${source.pointer || "/"}]`,
      );
    case "wire":
      return clean(`[${source.method} ${source.url}]`);
    case "rule":
      return clean(`[${source.id}]`);
    default:
      return "";
  }
}

function unknownLines(unknowns: readonly Unknown[], style: Style): string[] {
  if (unknowns.length === 0) return [];
  return [
    style.bold("NOT DECIDED"),
    ...unknowns.flatMap(({ rule, subject, because, worst, best }) => [
      ...hang(
        "  ",
        `${rule} on ${subject.kind} ${clean(subject.id)}: between ${best} and ${worst}`,
        style.columns,
      ),
      ...hang("      ", clean(because), style.columns),
    ]),
  ];
}

function coverageLines({ coverage, scopes }: Report, style: Style): string[] {
  const { probe } = coverage;
  return [
    style.bold("COVERAGE"),
    ...hang(
      "  ",
      coverage.complete ? "Everything asked for was read." : "Not everything could be read.",
      style.columns,
    ),
    ...coverage.byScope.map(
      ({ provider, id, state, calls, gaps }) =>
        `  ${provider} ${clean(id)}: ${state}, ${calls} calls, ${gaps} gaps`,
    ),
    ...scopes.flatMap(({ gaps }) =>
      gaps.flatMap(({ call, region, reason, detail, affects }) =>
        hang(
          "    gap ",
          clean(
            `${call}${region === undefined ? "" : ` in ${region}`}: ${reason} (${detail}); open: ${affects.join(", ")}`,
          ),
          style.columns,
        ),
      ),
    ),
    ...scopes.flatMap(({ provider, notAsked = [] }) =>
      notAsked.flatMap(({ service, because }) =>
        hang("    not asked ", clean(`${provider} ${service}: ${because}`), style.columns),
      ),
    ),
    `  probe: ${probe.answered} of ${probe.targets} targets answered, ${probe.skipped.length} skipped`,
    ...probe.skipped
      .slice(0, shownSkips)
      .flatMap(({ target, because }) =>
        hang("    skipped ", clean(`${target}: ${because}`), style.columns),
      ),
    ...(probe.skipped.length > shownSkips
      ? [`    and ${probe.skipped.length - shownSkips} more: see the JSON report`]
      : []),
    ...probe.mismatches.flatMap(({ target, because }) =>
      hang("    mismatch ", clean(`${target}: ${because}`), style.columns),
    ),
  ];
}
