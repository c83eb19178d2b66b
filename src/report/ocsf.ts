import { stableId } from "../hash.ts";
import type { Control, Finding, Subject } from "../model/finding.ts";
import type { IdentityReport } from "../model/identity.ts";
import type { Report } from "../model/report.ts";
import { eventOf, inVersion, most, resourceOf, severityOf, worstOf } from "./ocsf-event.ts";
import type { OcsfEvent, OcsfVersion } from "./ocsf-event.ts";
import { controlNames, placesOf } from "./places.ts";
import type { Place, PlaceOf } from "./places.ts";
import type { Reporter } from "./reporter.ts";
import { safeJson } from "./safe-json.ts";
import { clean } from "./text.ts";

/**
 * OCSF 1.8, one event a line: a compliance finding for each control that fails in a scope, a detection finding for
 * each server or workload, an IAM analysis finding for each identity.
 */
export const ocsf: Reporter = { render: (report) => eventsOf(report, "1.8.0") };

/** The lines of a version of the schema. */
export function eventsOf(report: Report, schema: OcsfVersion): string {
  const placeOf = placesOf(report);
  const events = [
    ...complianceEvents(report, placeOf, schema),
    ...detectionEvents(report, placeOf),
    ...report.identities.map((identity) =>
      (schema === "1.5.0" ? identityDetection : iamEvent)(report, identity, placeOf),
    ),
  ];
  return events.map((event) => `${safeJson(inVersion(event, schema))}\n`).join("");
}

interface ControlGroup {
  /** Scope, framework, version and id. */
  readonly key: string;
  readonly control: Control;
  readonly place: Place;
  readonly findings: Finding[];
}

/** By scope and control, the findings that bear on it. */
function complianceEvents(report: Report, placeOf: PlaceOf, schema: OcsfVersion): OcsfEvent[] {
  const groups = new Map<string, ControlGroup>();
  for (const finding of report.findings) {
    const place = { ...placeOf(finding.subject), region: "" };
    for (const control of finding.controls) {
      const { framework, version, id } = control;
      const key = JSON.stringify([place.provider, place.scope, framework, version, id]);
      const group = groups.get(key);
      if (group) group.findings.push(finding);
      else groups.set(key, { key, control, place, findings: [finding] });
    }
  }
  return [...groups.values()]
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    .map((group) =>
      complianceEvent(report, group, (finding, standard) => {
        const { resource, ...check } = checkOf(finding, standard, placeOf);
        return schema === "1.5.0" ? check : { ...check, resource };
      }),
    );
}

function complianceEvent(
  report: Report,
  group: ControlGroup,
  check: (finding: Finding, standard: string) => object,
): OcsfEvent {
  const { key, control, place, findings } = group;
  const standard = `${control.framework} ${control.version}`;
  return {
    ...eventOf(report, "compliance", {
      uid: stableId("control", key),
      title: `${standard} ${control.id}: ${findings.length} findings`,
      severity: worstOf(findings),
      place,
      findings,
    }),
    compliance: {
      standards: [standard],
      control: control.id,
      ...verdictOf(control, findings),
      checks: findings.slice(0, most).map((finding) => check(finding, standard)),
    },
  };
}

/** Only a certain finding of a rule that looks at the very control makes it fail. */
function verdictOf({ framework, version, id }: Control, findings: readonly Finding[]) {
  const fails = findings.some(
    ({ certainty, mute, controls }) =>
      certainty === "certain" &&
      !mute &&
      controls.some(
        (one) =>
          one.framework === framework &&
          one.version === version &&
          one.id === id &&
          one.fit === "direct",
      ),
  );
  return fails ? { status_id: 3, status: "Fail" } : { status_id: 2, status: "Warning" };
}

function checkOf(finding: Finding, standard: string, placeOf: PlaceOf) {
  const { id, rule, title, severity, certainty, subject, owner } = finding;
  const fails = certainty === "certain";
  return {
    uid: id,
    name: rule,
    desc: clean(title),
    standards: [standard],
    ...severityOf(severity),
    status_id: fails ? 3 : 2,
    status: fails ? "Fail" : "Warning",
    resource: resourceOf(subject, placeOf(subject), owner),
  };
}

/** Every server, and every other subject but identities that has a finding. */
function detectionEvents(report: Report, placeOf: PlaceOf): OcsfEvent[] {
  const subjects = new Map<string, { subject: Subject; findings: Finding[] }>();
  for (const { id } of report.servers) {
    subjects.set(`server ${id}`, { subject: { kind: "server", id }, findings: [] });
  }
  for (const finding of report.findings.filter(({ subject }) => subject.kind !== "identity")) {
    const key = `${finding.subject.kind} ${finding.subject.id}`;
    const known = subjects.get(key) ?? { subject: finding.subject, findings: [] };
    known.findings.push(finding);
    subjects.set(key, known);
  }
  return [...subjects.values()].map(({ subject, findings }) =>
    detectionEvent(report, subject, findings, placeOf(subject)),
  );
}

function detectionEvent(
  report: Report,
  subject: Subject,
  findings: readonly Finding[],
  place: Place,
  title = `MCP server on ${place.name}`,
): OcsfEvent {
  const [worst] = findings;
  const maybe = worst?.certainty === "maybe";
  return {
    ...eventOf(report, "detection", {
      uid: clean(subject.id),
      title: worst?.title ?? title,
      severity: worstOf(findings),
      place,
      findings,
    }),
    confidence_id: maybe ? 2 : 3,
    confidence: maybe ? "Medium" : "High",
    resources: [resourceOf(subject, place, worst?.owner)],
    ...(worst ? { evidences: evidencesOf(worst), remediation: remediationOf(worst) } : {}),
  };
}

function evidencesOf({ evidence }: Finding): object[] {
  return evidence.slice(0, most).map(({ kind, id, because, source }) => ({
    name: kind,
    uid: clean(id),
    data: { because: clean(because), source },
  }));
}

function remediationOf(finding: Finding) {
  const { summary, steps } = finding.remediation;
  return {
    desc: clean(summary),
    references: [...steps.map(({ text }) => clean(text)), ...controlNames(finding)],
  };
}

function identityDetection(
  report: Report,
  { id, power, breadth }: IdentityReport,
  placeOf: PlaceOf,
): OcsfEvent {
  const subject = { kind: "identity", id } as const;
  const findings = report.findings.filter(
    (finding) => finding.subject.kind === "identity" && finding.subject.id === id,
  );
  const title = `${id} has power ${power} at breadth ${breadth}`;
  return detectionEvent(report, subject, findings, placeOf(subject), title);
}

function iamEvent(report: Report, identity: IdentityReport, placeOf: PlaceOf): OcsfEvent {
  const { id, kind, power, breadth, because, workloads } = identity;
  const findings = report.findings.filter(
    ({ subject }) => subject.kind === "identity" && subject.id === id,
  );
  const [worst] = findings;
  return {
    ...eventOf(report, "iam", {
      uid: stableId("identity", identity.provider, id),
      title: worst?.title ?? `${id} has power ${power} at breadth ${breadth}`,
      severity: worstOf(findings),
      place: placeOf({ kind: "identity", id }),
      findings,
    }),
    user: { uid: clean(id), type: kind },
    permission_analysis_results: because.map(({ permission, statement }) => ({
      policy: { uid: clean(statement), is_applied: true },
      granted_privileges: [clean(permission)],
    })),
    resources: workloads.slice(0, most).map((workload) => {
      const subject = { kind: "workload", id: workload } as const;
      return resourceOf(subject, placeOf(subject), undefined);
    }),
    ...(worst ? { remediation: remediationOf(worst) } : {}),
  };
}
