import type { Control, Finding } from "../model/finding.ts";
import type { Report } from "../model/report.ts";
import { markdownText } from "./markdown-text.ts";
import { controlNames, placesOf } from "./places.ts";
import type { PlaceOf } from "./places.ts";
import type { Reporter } from "./reporter.ts";
import { safeJson } from "./safe-json.ts";
import { clean } from "./text.ts";
import { uuidOf } from "./uuid-of.ts";

const oscalVersion = "1.2.2";

/** Evidence of an observation. */
const most = 100;

/** The framework whose catalogue OSCAL is published with; controls of the others are properties. */
const catalogue = "NIST SP 800-53";

/** Controls that the rules look at themselves, whether or not one fails. */
const reviewed = [
  "ac-14",
  "ac-3",
  "ac-6",
  "ac-6.1",
  "ac-6.5",
  "au-12",
  "au-2",
  "au-3",
  "ia-2",
  "ia-5",
  "sc-23",
  "sc-7",
  "sc-7.5",
  "sc-8",
  "sc-8.1",
] as const;

/**
 * OSCAL assessment results. A control is never said to be satisfied: what was not found is not proof.
 *
 * @see https://pages.nist.gov/OSCAL-Reference/models/v1.2.2/assessment-results/json-reference/
 */
export const oscal: Reporter = {
  render: (report) => {
    const { run, coverage } = report;
    const placeOf = placesOf(report);
    const plan = uuidOf("plan", run.id);
    const failing = failingControls(report.findings);
    const result = {
      uuid: uuidOf("result", run.id),
      title: `Postern run ${markdownText(run.id)}`,
      description: coverage.complete
        ? "Everything asked for was read."
        : "Not everything could be read: a control without a finding was not assessed.",
      start: run.startedAt,
      end: run.finishedAt,
      ...inventoryOf(report, placeOf),
      "reviewed-controls": { "control-selections": [selectionOf([...failing.keys()])] },
      ...list(
        "observations",
        report.findings.map((one) => observationOf(one, report)),
      ),
      ...list(
        "findings",
        [...failing].map(([id, findings]) => findingOf(id, findings, report)),
      ),
    };
    const document = {
      "assessment-results": {
        uuid: uuidOf("assessment-results", run.id),
        metadata: {
          title: "Postern assessment results",
          "last-modified": run.finishedAt,
          version: clean(run.id),
          "oscal-version": oscalVersion,
        },
        "import-ap": { href: `#${plan}` },
        results: [result],
        "back-matter": {
          resources: [
            {
              uuid: plan,
              title: "Assessment plan",
              description: "An automated audit by Postern; there is no plan document.",
            },
          ],
        },
      },
    };
    return `${safeJson(document)}\n`;
  },
};

/** OSCAL has no empty lists. */
function list(name: string, entries: readonly object[]): object {
  return entries.length === 0 ? {} : { [name]: entries };
}

function property(name: string, text: string): object[] {
  const value = clean(text);
  return value === "" ? [] : [{ name, ns: "urn:postern:oscal", value }];
}

/** `SC-7(5)` is `sc-7.5` in the catalogue. */
function catalogueId({ id }: Control): string {
  return id.toLowerCase().replaceAll(/\((\d+)\)/g, ".$1");
}

/** By control, the certain findings of rules that look at the very control. */
function failingControls(findings: readonly Finding[]): Map<string, Finding[]> {
  const failing = new Map<string, Finding[]>();
  for (const finding of findings.filter(
    ({ certainty, mute }) => certainty === "certain" && !mute,
  )) {
    const direct = finding.controls.filter(
      ({ framework, fit }) => framework === catalogue && fit === "direct",
    );
    for (const id of new Set(direct.map(catalogueId))) {
      const known = failing.get(id);
      if (known) known.push(finding);
      else failing.set(id, [finding]);
    }
  }
  return new Map([...failing].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function selectionOf(failing: readonly string[]): object {
  const ids = [...new Set([...reviewed, ...failing])].toSorted();
  return {
    description:
      "Controls of NIST SP 800-53 r5 that the rules look at; of the rest nothing is said.",
    "include-controls": ids.map((id) => ({ "control-id": id })),
  };
}

/** What the findings are about, under the same ids in every run. */
function inventoryOf({ findings }: Report, placeOf: PlaceOf): object {
  const subjects = new Map(findings.map(({ subject }) => [itemId(subject), subject]));
  const items = [...subjects].map(([uuid, subject]) => {
    const { provider, scope, region, name } = placeOf(subject);
    return {
      uuid,
      description: markdownText(name) || subject.kind,
      props: [
        ...property("kind", subject.kind),
        ...property("id", subject.id),
        ...property("provider", provider),
        ...property("scope", scope),
        ...property("region", region),
      ],
    };
  });
  return items.length === 0 ? {} : { "local-definitions": { "inventory-items": items } };
}

function itemId({ kind, id }: Finding["subject"]): string {
  return uuidOf("subject", kind, id);
}

function observationOf(finding: Finding, { run }: Report): object {
  const { rule, severity, certainty, title, subject, evidence, remediation, mute } = finding;
  return {
    uuid: observationId(run.id, finding),
    title: markdownText(title) || rule,
    description: markdownText(title) || rule,
    props: [
      ...property("finding-id", finding.id),
      ...property("rule", rule),
      ...property("severity", severity),
      ...property("certainty", certainty),
      ...property("muted-until", mute?.until ?? ""),
      ...property("mute-reason", mute?.reason ?? ""),
      ...controlNames(finding).flatMap((name) => property("control", name)),
    ],
    methods: evidence.some(({ source }) => source.kind === "wire")
      ? ["TEST", "EXAMINE"]
      : ["EXAMINE"],
    types: ["finding"],
    subjects: [{ "subject-uuid": itemId(subject), type: "inventory-item" }],
    ...list(
      "relevant-evidence",
      evidence.slice(0, most).map(({ kind, id, because }) => ({
        description: markdownText(because) || kind,
        props: [...property("kind", kind), ...property("id", id)],
      })),
    ),
    collected: run.finishedAt,
    remarks: markdownText(remediation.summary),
  };
}

function observationId(run: string, { id }: Finding): string {
  return uuidOf("observation", run, id);
}

function findingOf(control: string, findings: readonly Finding[], { run }: Report): object {
  return {
    uuid: uuidOf("finding", run.id, control),
    title: `${control} is not met`,
    description: `${findings.length} findings show that ${control} is not met.`,
    target: {
      type: "statement-id",
      "target-id": `${control}_smt`,
      status: { state: "not-satisfied", reason: "fail" },
    },
    "related-observations": findings.map((one) => ({
      "observation-uuid": observationId(run.id, one),
    })),
  };
}
