import type { Exposure } from "../model/exposure.ts";
import { powers } from "../model/identity.ts";
import type { IdentityLink, IdentityReport } from "../model/identity.ts";
import type { Workload } from "../model/inventory.ts";
import type { IdentityUse, KeyRing, LogSwitch } from "../model/logging.ts";
import type { Origin } from "../model/provider.ts";
import type { Confidence, Fingerprint, Server } from "../model/server.ts";
import type { Gap } from "../model/snapshot.ts";
import {
  baselineOf,
  gapsAt,
  keyOf,
  loggingAt,
  surroundingsOf,
  type Place,
  type Spot,
} from "./context-parts.ts";
import { compare } from "./order.ts";
import { byExposure } from "./paths.ts";
import type {
  Bearer,
  Held,
  Hint,
  IdentityContext,
  Lateral,
  ServerContext,
  Surroundings,
  SuspectContext,
  ToolChange,
  WorkloadContext,
} from "./rule.ts";
import { severityRank } from "./severity.ts";

/** A workload whose hints are over the threshold. */
export interface Suspect {
  readonly workload: Workload;
  readonly hints: readonly Hint[];
}

/** What one scope keeps of what happens in it. */
export interface ScopeLogging {
  readonly provider: Origin;
  readonly scope: string;
  readonly switches: readonly LogSwitch[];
}

export interface RulesInput extends Omit<Surroundings, "keyDays" | "tagKeys"> {
  /** Default: only the keys that many companies use. */
  readonly tagKeys?: Surroundings["tagKeys"];
  /** Default 90. */
  readonly keyDays?: number;
  readonly logging?: readonly ScopeLogging[];
  readonly uses?: readonly IdentityUse[];
  readonly keyRings?: readonly KeyRing[];
  /** The run to compare with. */
  readonly baseline?: {
    readonly servers: readonly Server[];
    readonly changes: readonly (ToolChange & { readonly server: string })[];
  };
  /** By server id; without it, what stands around servers was not judged. */
  readonly lateral?: ReadonlyMap<string, Lateral>;
  readonly exposures: readonly Exposure[];
  readonly servers: readonly Server[];
  /** Every workload of the estate; without them, what their descriptions say stays unread. */
  readonly workloads?: readonly Workload[];
  readonly identities: ReadonlyMap<string, IdentityReport>;
  readonly suspects: readonly Suspect[];
  readonly fingerprints: readonly Fingerprint[];
  /** Which exposures a target, and so its fingerprint, stands for. */
  readonly targets: readonly { readonly target: string; readonly exposures: readonly string[] }[];
  readonly gaps?: readonly Gap[];
}

export interface Contexts {
  readonly servers: readonly ServerContext[];
  readonly suspects: readonly SuspectContext[];
  readonly workloads: readonly WorkloadContext[];
  readonly identities: readonly IdentityContext[];
}

/** Gathers, once for all rules, what leads to each subject and what hangs on it. */
export function contextsOf(input: RulesInput): Contexts {
  const exposures = byWorkload(input.exposures);
  const at = (place: Place, id: string): Exposure[] => exposures.get(keyOf(place, id)) ?? [];
  const described = new Map(
    (input.workloads ?? []).map((workload) => [keyOf(workload, workload.id), workload]),
  );
  const servers = input.servers.map((server): ServerContext => ({
    ...surroundingsOf(input),
    provider: server.provider,
    scope: server.scope,
    workload: server.workload,
    exposures: at(server, server.workload.id),
    held: heldBy(server.identities, input),
    unreadLinks: linksGap(server.identities, server, input),
    described: described.get(keyOf(server, server.workload.id)),
    gaps: gapsAt(server, input),
    serverOn: server,
    logging: loggingAt(server, input),
    baseline: baselineOf(server, input),
    lateral: input.lateral?.get(server.id),
    server,
  }));
  const known = new Set(
    servers
      .filter(({ server }) => server.endpoints.some(({ confidence }) => confidence !== "likely"))
      .map((server) => keyOf(server, server.workload.id)),
  );
  const answers = answersByExposure(input);
  const surroundings = surroundingsOf(input);
  const suspects = input.suspects
    .filter(({ workload }) => !known.has(keyOf(workload, workload.id)))
    .map(({ workload, hints }): SuspectContext => {
      const paths = at(workload, workload.id);
      return {
        vantage: surroundings.vantage,
        now: surroundings.now,
        keyDays: surroundings.keyDays,
        tagKeys: surroundings.tagKeys,
        provider: workload.provider,
        scope: workload.scope,
        workload,
        exposures: paths,
        held: heldBy(workload.identities, input),
        unreadLinks: linksGap(workload.identities, workload, input),
        described: workload,
        gaps: gapsAt(workload, input),
        serverOn: undefined,
        logging: loggingAt(workload, input),
        hints,
        fingerprints: [...new Set(paths.flatMap(({ id }) => answers.get(id) ?? []))],
      };
    })
    .filter(isSuspected);
  return {
    servers,
    suspects,
    workloads: workloadsOf(exposures, input, servers, described),
    identities: identitiesOf([...servers, ...suspects], input),
  };
}

/** What a probe may have said for a suspicion to stand. */
const undecided: ReadonlySet<Confidence> = new Set(["unknown", "unreachable", "likely"]);

/** Something reaches the workload, and no probe has settled what it is. */
function isSuspected({ exposures, fingerprints }: SuspectContext): boolean {
  const answered = fingerprints.map(({ confidence }) => confidence);
  return (
    exposures.length > 0 &&
    (answered.length === 0 || answered.some((confidence) => undecided.has(confidence)))
  );
}

function byWorkload(exposures: readonly Exposure[]): Map<string, Exposure[]> {
  const groups = new Map<string, Exposure[]>();
  for (const exposure of exposures.toSorted(byExposure)) {
    const key = keyOf(exposure, exposure.workload.id);
    const group = groups.get(key);
    if (group) group.push(exposure);
    else groups.set(key, [exposure]);
  }
  return groups;
}

/** The strongest identity first, an unread one before all. */
function heldBy(links: readonly IdentityLink[], { identities }: RulesInput): Held[] {
  return links
    .filter(({ verdict }) => verdict !== "no")
    .map((link): Held => {
      const report = identities.get(link.id);
      return report ? { link, report } : { link };
    })
    .toSorted((a, b) => weight(a) - weight(b) || compare(a.link.id, b.link.id));
}

function linksGap(links: readonly IdentityLink[], place: Spot, input: RulesInput): Gap | undefined {
  if (links.length > 0) return undefined;
  return gapsAt(place, input).find(({ affects }) => affects.includes("identity-links"));
}

function weight({ report }: Held): number {
  return report ? powers.indexOf(report.power === "unknown" ? report.worst : report.power) : -1;
}

function answersByExposure({ fingerprints, targets }: RulesInput): Map<string, Fingerprint[]> {
  const byTarget = new Map(fingerprints.map((fingerprint) => [fingerprint.target, fingerprint]));
  const answers = new Map<string, Fingerprint[]>();
  for (const { target, exposures } of targets) {
    const fingerprint = byTarget.get(target);
    if (!fingerprint) continue;
    for (const id of exposures) answers.set(id, [...(answers.get(id) ?? []), fingerprint]);
  }
  return answers;
}

function workloadsOf(
  exposures: ReadonlyMap<string, readonly Exposure[]>,
  input: RulesInput,
  servers: readonly ServerContext[],
  described: ReadonlyMap<string, Workload>,
): WorkloadContext[] {
  const serversAt = new Map(servers.map((each) => [keyOf(each, each.workload.id), each]));
  return [...exposures].flatMap(([key, group]): WorkloadContext[] => {
    const [first] = group;
    if (!first) return [];
    const on = serversAt.get(key);
    const workload = described.get(key);
    return [
      {
        ...surroundingsOf(input),
        provider: first.provider,
        scope: first.scope,
        workload: first.workload,
        exposures: group,
        held: on?.held ?? heldBy(workload?.identities ?? [], input),
        unreadLinks: undefined,
        described: workload,
        gaps: gapsAt(first, input),
        serverOn: on?.server,
        logging: loggingAt(first, input),
      },
    ];
  });
}

function identitiesOf(
  contexts: readonly (ServerContext | SuspectContext)[],
  input: RulesInput,
): IdentityContext[] {
  const surroundings = surroundingsOf(input);
  const bearers = bearersOf(input);
  const found = new Map<
    string,
    { identity: IdentityReport; holders: IdentityContext["holders"] }
  >();
  for (const context of contexts) {
    for (const { link, report } of context.held) {
      if (!report) continue;
      const entry = found.get(link.id) ?? { identity: report, holders: [] };
      found.set(link.id, { ...entry, holders: [...entry.holders, { context, link }] });
    }
  }
  return [...found.values()].map(({ identity, holders }) => ({
    vantage: surroundings.vantage,
    now: surroundings.now,
    keyDays: surroundings.keyDays,
    tagKeys: surroundings.tagKeys,
    identity,
    use: (input.uses ?? []).find((use) => use.identity === identity.id),
    ring: (input.keyRings ?? []).find((ring) => ring.identity === identity.id),
    holders: holders.toSorted((a, b) => rankOf(b) - rankOf(a)),
    bearers: (bearers.get(identity.id) ?? []).toSorted(
      (a, b) => compare(a.name, b.name) || compare(a.id, b.id),
    ),
    scopeGaps: (input.gaps ?? []).filter(({ scope }) =>
      holders.some(({ context }) => context.scope === scope),
    ),
  }));
}

function bearersOf({ workloads = [] }: RulesInput): Map<string, Bearer[]> {
  const bearers = new Map<string, Bearer[]>();
  for (const { id, name, identities } of workloads) {
    for (const link of identities) {
      if (link.verdict === "no") continue;
      const group = bearers.get(link.id);
      if (group) group.push({ id, name, link });
      else bearers.set(link.id, [{ id, name, link }]);
    }
  }
  return bearers;
}

/** A server before a suspect, the worse server first; a held identity before a candidate. */
function rankOf({ context, link }: IdentityContext["holders"][number]): number {
  return (
    ("server" in context ? 2 + 2 * severityRank(context.server.severity) : 0) +
    (link.verdict === "yes" ? 1 : 0)
  );
}
