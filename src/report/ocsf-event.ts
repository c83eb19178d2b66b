import { severities } from "../model/finding.ts";
import type { Finding, Severity, Subject } from "../model/finding.ts";
import type { Origin, Provider } from "../model/provider.ts";
import type { Report } from "../model/report.ts";
import type { Place } from "./places.ts";
import { clean } from "./text.ts";

export type OcsfVersion = "1.5.0" | "1.8.0";

export type OcsfEvent = Readonly<Record<string, unknown>> & { readonly metadata: object };

/** @see https://schema.ocsf.io/1.5.0/categories/findings */
export function inVersion(event: OcsfEvent, version: OcsfVersion): object {
  return { ...event, metadata: { version, ...event.metadata } };
}

/** Checks, evidences and resources that one event holds. */
export const most = 100;

/** @see https://schema.ocsf.io/1.8.0/categories/findings */
const classes = {
  compliance: [2003, "Compliance Finding"],
  detection: [2004, "Detection Finding"],
  iam: [2008, "IAM Analysis Finding"],
} as const;

const severityNames: Readonly<Record<Severity, readonly [id: number, name: string]>> = {
  info: [1, "Informational"],
  low: [2, "Low"],
  medium: [3, "Medium"],
  high: [4, "High"],
  critical: [5, "Critical"],
};

const clouds: Readonly<Record<Provider, readonly [cloud: string, account: string]>> = {
  aws: ["AWS", "AWS Account"],
  azure: ["Azure", "Azure Subscription"],
  gcp: ["GCP", "GCP Project"],
  oci: ["OCI", "OCI Tenancy"],
};

/** What an event is about. */
interface About {
  readonly uid: string;
  readonly title: string;
  readonly severity: Severity;
  readonly place: Place;
  readonly findings: readonly Finding[];
}

export function eventOf(report: Report, name: keyof typeof classes, about: About) {
  const [uid, className] = classes[name];
  const { findings, place, severity } = about;
  const time = Date.parse(report.run.finishedAt);
  const muted = findings.length > 0 && findings.every(({ mute }) => mute);
  const cloud = cloudOf(place);
  return {
    activity_id: 1,
    activity_name: "Create",
    category_uid: 2,
    category_name: "Findings",
    class_uid: uid,
    class_name: className,
    type_uid: uid * 100 + 1,
    type_name: `${className}: Create`,
    time,
    ...severityOf(severity),
    status_id: muted ? 3 : 1,
    status: muted ? "Suppressed" : "New",
    message: clean(about.title),
    metadata: {
      product: { name: "Postern", vendor_name: "Postern", version: report.tool.version },
      correlation_uid: report.run.id,
      profiles: cloud ? ["cloud"] : [],
    },
    ...(cloud ? { cloud } : {}),
    finding_info: {
      uid: about.uid,
      title: clean(about.title),
      created_time: time,
      ...(findings.length > 0
        ? { related_events: findings.slice(0, most).map(relatedOf), types: rulesOf(findings) }
        : {}),
    },
  };
}

export function severityOf(severity: Severity) {
  const [id, name] = severityNames[severity];
  return { severity_id: id, severity: name };
}

function relatedOf({ id, title, rule, severity }: Finding) {
  return { uid: id, title: clean(title), type: rule, ...severityOf(severity) };
}

function rulesOf(findings: readonly Finding[]): string[] {
  return [...new Set(findings.map(({ rule }) => rule))].toSorted();
}

function cloudOf({ provider, scope, region }: Place) {
  if (!isCloud(provider)) return undefined;
  const [name, type] = clouds[provider];
  return {
    provider: name,
    account: { uid: clean(scope), type },
    ...(region === "" ? {} : { region: clean(region) }),
  };
}

function isCloud(provider: Origin): provider is Provider {
  return provider !== "named";
}

export function resourceOf({ kind, id }: Subject, place: Place, owner: string | undefined) {
  return {
    uid: clean(id),
    name: clean(place.name),
    type: kind,
    ...(place.region === "" ? {} : { region: clean(place.region) }),
    ...(owner === undefined ? {} : { owner: { name: clean(owner) } }),
  };
}

/** Of those that are not muted, if there are any. */
export function worstOf(findings: readonly Finding[]): Severity {
  const open = findings.filter(({ mute }) => !mute);
  const indexes = (open.length > 0 ? open : findings).map(({ severity }) =>
    severities.indexOf(severity),
  );
  return severities[Math.max(0, ...indexes)] ?? "info";
}
