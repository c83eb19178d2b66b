import type { Finding, Severity, Subject } from "../../model/finding.ts";
import type { IdentityReport, Power } from "../../model/identity.ts";
import type { Report } from "../../model/report.ts";
import type { Server } from "../../model/server.ts";

export const severityOrder: readonly Severity[] = ["critical", "high", "medium", "low", "info"];

const powerOrder: readonly (Power | "unknown")[] = [
  "admin",
  "escalates",
  "broad",
  "unknown",
  "reads-sensitive",
  "manages",
  "reads",
  "none",
];

/** A finding with what the list shows and searches of it, made once. */
export interface Row {
  readonly finding: Finding;
  readonly provider: string;
  readonly place: string;
  /** Lower case. */
  readonly words: string;
}

/** What every page looks up. */
export interface Model {
  readonly report: Report;
  /** Worst first. */
  readonly servers: readonly Server[];
  readonly rows: readonly Row[];
  readonly serverById: ReadonlyMap<string, Server>;
  readonly findingById: ReadonlyMap<string, Finding>;
  readonly identityById: ReadonlyMap<string, IdentityReport>;
}

export function modelOf(report: Report): Model {
  const serverById = new Map(report.servers.map((server) => [server.id, server]));
  const places = placesOf(report);
  return {
    report,
    servers: report.servers.toSorted(byBlastRadius),
    rows: report.findings.map((finding) => rowOf(finding, places)),
    serverById,
    findingById: new Map(report.findings.map((finding) => [finding.id, finding])),
    identityById: new Map(report.identities.map((identity) => [identity.id, identity])),
  };
}

export function byBlastRadius(a: Server, b: Server): number {
  return (
    severityOrder.indexOf(a.severity) - severityOrder.indexOf(b.severity) ||
    powerOrder.indexOf(a.consequence) - powerOrder.indexOf(b.consequence) ||
    (a.workload.name < b.workload.name ? -1 : 1)
  );
}

interface Place {
  readonly provider: string;
  readonly name: string;
}

function placesOf(report: Report): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  for (const { id, provider, workload } of report.exposures) {
    places.set(`exposure ${id}`, { provider, name: workload.name });
    places.set(`workload ${workload.id}`, { provider, name: workload.name });
  }
  for (const { id, provider, workload } of report.servers) {
    places.set(`server ${id}`, { provider, name: workload.name });
    places.set(`workload ${workload.id}`, { provider, name: workload.name });
  }
  for (const { id, provider } of report.identities)
    places.set(`identity ${id}`, { provider, name: lastPart(id) });
  return places;
}

function rowOf(finding: Finding, places: ReadonlyMap<string, Place>): Row {
  const { title, rule, severity, certainty, owner = "" } = finding;
  const place = places.get(key(finding.subject));
  const name = place?.name ?? finding.subject.id;
  const provider = place?.provider ?? "";
  const words = [title, rule, severity, certainty, owner, provider, name, finding.id].join("\n");
  return { finding, provider, place: name, words: words.toLowerCase() };
}

function key({ kind, id }: Subject): string {
  return `${kind} ${id}`;
}

/** The part of an id that people use: the last segment of an ARN or ARM id. */
export function lastPart(id: string): string {
  return id.split("/").at(-1) ?? id;
}

export interface Filter {
  readonly text: string;
  readonly severity: string;
  readonly rule: string;
  readonly provider: string;
  readonly certainty: string;
}

export const noFilter: Filter = { text: "", severity: "", rule: "", provider: "", certainty: "" };

/** Every word of the search must occur; an empty choice admits everything. */
export function matching(rows: readonly Row[], filter: Filter): Row[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  return rows.filter(
    ({ finding, provider, words: own }) =>
      (filter.severity === "" || finding.severity === filter.severity) &&
      (filter.rule === "" || finding.rule === filter.rule) &&
      (filter.provider === "" || provider === filter.provider) &&
      (filter.certainty === "" || finding.certainty === filter.certainty) &&
      words.every((word) => own.includes(word)),
  );
}
