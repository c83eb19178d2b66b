import type { Finding, Subject } from "../model/finding.ts";
import type { Origin } from "../model/provider.ts";
import type { Report } from "../model/report.ts";

/** Where the subject of a finding lives, in words a person knows it by. */
export interface Place {
  readonly provider: Origin;
  readonly scope: string;
  readonly region: string;
  readonly name: string;
}

export type PlaceOf = (subject: Subject) => Place;

/** An identity lives where the first workload that holds it does. */
export function placesOf(report: Report): PlaceOf {
  const places = new Map<string, Place>();
  const note = (kind: Subject["kind"], id: string, place: Place) => {
    const key = `${kind} ${id}`;
    if (!places.has(key)) places.set(key, place);
  };
  for (const { id, provider, scope, region, workload } of [
    ...report.servers,
    ...report.exposures,
  ]) {
    const place = { provider, scope, region, name: workload.name };
    note("server", id, place);
    note("exposure", id, place);
    note("workload", workload.id, place);
  }
  for (const { provider, scope, workload } of report.blocked) {
    note("workload", workload.id, { provider, scope, region: "", name: workload.name });
  }
  for (const { id, provider, workloads } of report.identities) {
    const home = workloads.map((one) => places.get(`workload ${one}`)).find(Boolean);
    const scope = home?.scope ?? onlyScope(report, provider);
    note("identity", id, { provider, scope, region: home?.region ?? "", name: id });
  }
  return ({ kind, id }) =>
    places.get(`${kind} ${id}`) ?? { provider: "named", scope: "", region: "", name: id };
}

function onlyScope({ scopes }: Report, provider: Origin): string {
  const own = scopes.filter((scope) => scope.provider === provider);
  return own.length === 1 ? (own[0]?.id ?? "") : "";
}

export function controlNames({ controls }: Finding): string[] {
  return controls.map(
    ({ framework, version, id, fit }) => `${framework} ${version} ${id} (${fit})`,
  );
}
