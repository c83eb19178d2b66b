import { stableId } from "../hash.ts";
import { severities } from "../model/finding.ts";
import type { EvidenceStep, Finding, Severity, Subject } from "../model/finding.ts";
import type { Report, RuleReport } from "../model/report.ts";
import { placesOf } from "./places.ts";
import type { Place, PlaceOf } from "./places.ts";
import type { Reporter } from "./reporter.ts";
import { safeJson } from "./safe-json.ts";
import { clean } from "./text.ts";

/**
 * What GitHub code scanning takes and shows. Bytes are counted before compression, so that they hold after it.
 *
 * @see https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 */
const limits = {
  results: 5000,
  bytes: 10_000_000,
  steps: 100,
  notifications: 1000,
  tags: 20,
  text: 1024,
} as const;

/** Left for the rules, the notifications and the frame. */
const reserved = 1_500_000;

const levels: Readonly<Record<Severity, "error" | "warning" | "note">> = {
  critical: "error",
  high: "error",
  medium: "warning",
  low: "note",
  info: "note",
};

/** GitHub's bands: over 9.0 critical, 7.0 high, 4.0 medium, 0.1 low, 0.0 none. */
const scores: Readonly<Record<Severity, string>> = {
  critical: "9.5",
  high: "8.0",
  medium: "5.5",
  low: "2.5",
  info: "0.0",
};

/** SARIF 2.1.0, one run. */
export const sarif: Reporter = {
  render: (report) => {
    const rules = rulesOf(report.findings);
    const results = resultsWithin(report, [...rules.keys()]);
    const { run, tool } = report;
    const log = {
      $schema:
        "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
      version: "2.1.0",
      runs: [
        {
          tool: {
            driver: {
              name: "Postern",
              version: tool.version,
              semanticVersion: tool.version,
              rules: [...rules].map(([id, severity]) =>
                descriptor(
                  id,
                  severity,
                  report.rules?.find((rule) => rule.id === id),
                ),
              ),
            },
          },
          automationDetails: { id: `postern/${categoryOf(report)}/${run.id}` },
          invocations: [
            {
              executionSuccessful: true,
              startTimeUtc: run.startedAt,
              endTimeUtc: run.finishedAt,
              toolExecutionNotifications: notifications(report, results.length),
            },
          ],
          columnKind: "utf16CodeUnits",
          results,
        },
      ],
    };
    return `${safeJson(log)}\n`;
  },
};

/** GitHub keeps alerts apart by category: audits of other scopes must not close these. */
function categoryOf({ scopes }: Report): string {
  const names = scopes.map(({ provider, id }) => `${provider}-${clean(id)}`).toSorted();
  return names.length === 1 ? segment(names[0] ?? "") : stableId("scopes", ...names);
}

/** Rules that fired with their worst severity: GitHub knows a severity of the rule only. */
function rulesOf(findings: readonly Finding[]): Map<string, Severity> {
  const rules = new Map<string, Severity>();
  for (const { rule, severity } of findings) {
    const known = rules.get(rule);
    if (!known || severities.indexOf(severity) > severities.indexOf(known))
      rules.set(rule, severity);
  }
  return new Map([...rules].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** What the rule says about itself; a report that does not hold it gives its name. */
function descriptor(id: string, severity: Severity, rule: RuleReport | undefined) {
  const words = id.replaceAll("-", " ");
  const title = rule ? clip(clean(rule.title)) : words;
  const risk = rule ? clip(clean(rule.risk)) : words;
  const [page] = rule?.references ?? [];
  return {
    id,
    name: id.replaceAll(/(?:^|-)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: title || words },
    fullDescription: { text: risk || words },
    help: rule ? helpOf(rule) : { text: `Rule ${id}. ${explained}` },
    ...(page !== undefined && URL.canParse(page) && { helpUri: page }),
    defaultConfiguration: { level: levels[severity] },
    properties: {
      tags: ["security", "mcp", "cloud", ...tagsOf(rule)],
      "security-severity": scores[severity],
    },
  };
}

const explained = "postern explain finding ID shows why a finding is there.";

function helpOf({ title, risk, references, controls }: RuleReport) {
  const links = references.map(clean);
  const named = controls.map((one) => clean(`${one.framework} ${one.version} ${one.id}`));
  const parts = (mark: string) => [
    `${mark}${clean(title)}`,
    clean(risk),
    ...listed("Controls:", named),
    ...listed("References:", links),
    explained,
  ];
  return { text: parts("").join("\n\n"), markdown: parts("## ").join("\n\n") };
}

function listed(heading: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [heading, items.map((item) => `- ${item}`).join("\n")];
}

/** GitHub takes 20 tags of a rule. */
function tagsOf(rule: RuleReport | undefined): string[] {
  const tags = (rule?.controls ?? []).map(({ framework, id }) => clean(`${framework}/${id}`));
  return [...new Set(tags)].slice(0, limits.tags - 3);
}

function clip(text: string): string {
  return text.length > limits.text ? `${text.slice(0, limits.text - 1)}…` : text;
}

/** The worst first, as the report has them; when room runs short, without their chains, then not at all. */
function resultsWithin(report: Report, rules: readonly string[]): object[] {
  const placeOf = placesOf(report);
  const results: object[] = [];
  let room = limits.bytes - reserved;
  for (const finding of worstFirst(report.findings).slice(0, limits.results)) {
    const frame = resultOf(finding, rules.indexOf(finding.rule), placeOf(finding.subject));
    const whole = { ...frame, ...chainOf(finding, placeOf) };
    const result = [whole, frame].find((one) => bytesOf(one) <= room);
    if (!result) break;
    room -= bytesOf(result);
    results.push(result);
  }
  return results;
}

function worstFirst(findings: readonly Finding[]): Finding[] {
  return findings.toSorted(
    (a, b) => severities.indexOf(b.severity) - severities.indexOf(a.severity),
  );
}

function bytesOf(value: object): number {
  return new TextEncoder().encode(safeJson(value)).length + 1;
}

function resultOf(finding: Finding, ruleIndex: number, place: Place) {
  const { id, rule, severity, title, certainty, subject, remediation, mute, owner } = finding;
  return {
    ruleId: rule,
    ruleIndex,
    level: levels[severity],
    message: { text: message(title, remediation.summary) },
    locations: [location(place, subject)],
    partialFingerprints: { primaryLocationLineHash: id, "posternFinding/v1": id },
    ...(mute
      ? {
          suppressions: [
            { kind: "external", status: "accepted", justification: clean(mute.reason) },
          ],
        }
      : {}),
    properties: {
      severity,
      certainty,
      "security-severity": scores[severity],
      ...(owner === undefined ? {} : { owner: clean(owner) }),
    },
  };
}

function chainOf({ evidence, subject }: Finding, placeOf: PlaceOf): object {
  if (evidence.length === 0) return {};
  const place = placeOf(subject);
  const locations = evidence.slice(0, limits.steps).map((step) => ({
    location: { ...location(place, step), message: { text: message(step.because) } },
  }));
  return { codeFlows: [{ threadFlows: [{ locations }] }] };
}

/** GitHub asks for a file: the place of the object in an inventory; its true id is in the logical location. */
function location(place: Place, { kind, id }: Subject | Pick<EvidenceStep, "kind" | "id">) {
  const parts = [place.provider, place.scope || "none", place.region || "global", kind];
  return {
    physicalLocation: {
      artifactLocation: { uri: `inventory/${parts.map(segment).join("/")}/${segment(id)}.json` },
      region: { startLine: 1, startColumn: 1 },
    },
    logicalLocations: [
      { fullyQualifiedName: clean(id), name: clean(place.name), kind: "resource" },
    ],
  };
}

/** One segment of a path that leads nowhere else. */
function segment(text: string): string {
  return encodeURIComponent(clean(text)).replaceAll(/^\.*$/g, "_");
}

/** `](` would make a link of it (SARIF 3.11.6). */
function message(...sentences: readonly string[]): string {
  const text = sentences
    .map((one) => clean(one).replaceAll("](", "] ("))
    .filter((one) => one !== "")
    .map((one) => (/[.!?…]$/.test(one) ? one : `${one}.`))
    .join(" ");
  return text || "(no text)";
}

function notifications({ findings, unknowns, scopes }: Report, shown: number): object[] {
  const texts = [
    ...(shown < findings.length
      ? [`${findings.length - shown} findings are left out: code scanning takes no more.`]
      : []),
    ...scopes.flatMap(({ gaps }) => gaps.map(({ call, reason }) => `Not read: ${call}: ${reason}`)),
    ...unknowns.map(
      ({ rule, subject, because }) => `Not decided: ${rule} on ${subject.id}: ${because}`,
    ),
  ];
  return texts
    .slice(0, limits.notifications)
    .map((text) => ({ level: "warning", message: { text: message(text) } }));
}
