import type { WorkloadRef } from "../model/exposure.ts";
import type { Report } from "../model/report.ts";

/** What a report says about the subject of a finding besides the finding. */
export interface SubjectFacts {
  readonly scopes: readonly string[];
  readonly exposures: readonly string[];
  /** The workloads it is about: its own, or those that hold it when it is an identity. */
  readonly workloads: readonly WorkloadFacts[];
}

export interface WorkloadFacts {
  readonly id: string;
  readonly name?: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Ids and URLs of the servers on it. */
  readonly servers: readonly string[];
}

/** By the id that a finding names as its subject. */
export function subjectsOf(report: Report): ReadonlyMap<string, SubjectFacts> {
  const servers = new Map<string, string[]>();
  for (const { id, endpoints, workload } of report.servers)
    pushTo(servers, workload.id, id, ...endpoints.map(({ url }) => url));
  const workloads = new Map<string, { facts: WorkloadFacts; scope: string }>();
  const exposures = new Map<string, string[]>();
  const seen = (ref: WorkloadRef, scope: string) => {
    const { id, name, tags } = ref;
    workloads.set(id, { facts: { id, name, tags, servers: servers.get(id) ?? [] }, scope });
  };
  for (const { id, workload, scope } of report.exposures) {
    seen(workload, scope);
    pushTo(exposures, workload.id, id);
  }
  for (const { workload, scope } of [...report.blocked, ...report.servers]) seen(workload, scope);
  const factsOf = (ids: readonly string[]): SubjectFacts => ({
    scopes: [...new Set(ids.flatMap((id) => workloads.get(id)?.scope ?? []))],
    exposures: ids.flatMap((id) => exposures.get(id) ?? []),
    workloads: ids.map((id) => workloads.get(id)?.facts ?? { id, tags: {}, servers: [] }),
  });
  return new Map<string, SubjectFacts>([
    ...[...workloads.keys()].map((id) => [id, factsOf([id])] as const),
    ...report.exposures.map(({ id, workload }) => [id, factsOf([workload.id])] as const),
    ...report.identities.map((identity) => [identity.id, factsOf(identity.workloads)] as const),
    ...report.servers.map(({ id, workload, endpoints }) => {
      const own = factsOf([workload.id]);
      const [only] = own.workloads;
      const names = [id, ...endpoints.map(({ url }) => url)];
      return [id, { ...own, workloads: only ? [{ ...only, servers: names }] : [] }] as const;
    }),
  ]);
}

function pushTo(map: Map<string, string[]>, key: string, ...values: readonly string[]): void {
  const held = map.get(key);
  if (held) held.push(...values);
  else map.set(key, [...values]);
}
