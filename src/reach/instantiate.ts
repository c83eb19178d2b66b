import { stableIdOf } from "../hash.ts";
import type { Blocked, Exposure, GateBlock, Hop, WorkloadRef } from "../model/exposure.ts";
import type { Approach, NetworkInventory } from "../model/network.ts";
import { speaksOf } from "./gate-flows.ts";
import { stateHop, stopHop } from "./hops.ts";
import { partsOfId } from "./merge.ts";

/** What one interface gets, to be given to like ones under their own names. */
export interface Template {
  readonly approach: Approach;
  readonly exposures: readonly ExposureTemplate[];
  readonly blocked: readonly Blocked[];
  /** Whether some exposures begin at the same port. */
  readonly tied: boolean;
  /** Gates of each leg's chain. */
  readonly gateCounts: readonly number[];
}

interface ExposureTemplate {
  readonly exposure: Exposure;
  /** JSON around the workload's id and the address. */
  readonly id: { readonly before: string; readonly between: string; readonly after: string };
}

export function templateOf(
  approach: Approach,
  exposures: readonly Exposure[],
  blocked: readonly Blocked[],
  { chains }: NetworkInventory,
): Template {
  const gateCounts = approach.legs.map(
    ({ chain }) => (chain === undefined ? undefined : chains?.get(chain)?.gates.length) ?? 0,
  );
  const templates = exposures.map((exposure) => ({ exposure, id: idAround(exposure) }));
  const places = exposures.map((each) => `${each.protocol} ${each.portRange.from}`);
  const tied = new Set(places).size < places.length;
  return { approach, exposures: templates, blocked, tied, gateCounts };
}

/** What does not differ between ids of like interfaces is written once. */
function idAround(exposure: Exposure): ExposureTemplate["id"] {
  const { before, between, after } = partsOfId(exposure);
  return {
    before: `[${inner(before)},`,
    between: `,${inner(between)},`,
    after: `,${inner(after)}]`,
  };
}

function inner(parts: readonly string[]): string {
  return JSON.stringify(parts).slice(1, -1);
}

/** The exposure of a like interface, under the names of this one. What does not differ is shared. */
export function exposureLike(
  { exposure, id: { before, between, after } }: ExposureTemplate,
  template: Template,
  approach: Approach,
  region: string,
  workload: WorkloadRef,
): Exposure {
  const entry = entryLike(exposure.entry, approach.entry);
  const named = JSON.stringify(workload.id);
  const address = JSON.stringify(entry.address ?? "");
  return {
    ...exposure,
    id: stableIdOf("exposure", before + named + between + address + after),
    region,
    workload,
    entry,
    hops: hopsLike(exposure, template, approach),
  };
}

const nothing: readonly string[] = [];

/** The entry of an interface on one range of ports. */
export function entryLike(
  { port, tls }: Pick<Exposure["entry"], "port" | "tls">,
  { address, name, hosts, paths }: Approach["entry"],
): Exposure["entry"] {
  const shown = address ?? name;
  const named = name === undefined ? hosts : [...new Set([...hosts, name])];
  const ownHosts = named.length === 0 ? nothing : named.toSorted();
  const ownPaths = paths.length === 0 ? nothing : paths.toSorted();
  return shown === undefined
    ? { port, hosts: ownHosts, paths: ownPaths, tls }
    : { address: shown, port, hosts: ownHosts, paths: ownPaths, tls };
}

function hopsLike(template: Exposure, { gateCounts }: Template, { legs }: Approach): Hop[] {
  const hops = template.hops.slice();
  let at = 1;
  let port = template.entry.port.from;
  for (let i = 0; i < legs.length; i += 1) {
    const leg = legs[i];
    if (!leg) break;
    port = leg.port ?? port;
    for (const gate of leg.own) {
      if (gate.kind === "state") hops[at] = stateHop(gate);
      at += 1;
    }
    at += gateCounts[i] ?? 0;
    if (legs[i + 1]?.stop.id === leg.stop.id) continue;
    hops[at] = i === legs.length - 1 ? stopHop(leg.stop, template.protocol, port) : leg.stop;
    at += 1;
  }
  return hops;
}

/** What keeps the internet away from a like interface. Closed gates of its own stand before and behind the shared ones. */
export function blockedLike(
  { blocked }: Template,
  { legs }: Approach,
  workload: WorkloadRef,
): Blocked[] {
  if (blocked.length === 0) return [];
  const closed: GateBlock[] = [];
  let before = 0;
  for (const leg of legs) {
    for (const gate of leg.own) {
      if (gate.kind !== "state" || gate.open || !speaksOf(gate, leg.family)) continue;
      const { code, rule, because, source } = gate;
      closed.push(rule === undefined ? { code, because, source } : { code, rule, because, source });
    }
    if (leg === legs[0]) before = closed.length;
  }
  return blocked.map((each) => {
    const gates = closed.length === 0 ? each.gates : around(closed, before, each.gates);
    return blockOf(each, workload, gates);
  });
}

function blockOf(template: Blocked, workload: WorkloadRef, gates: readonly GateBlock[]): Blocked {
  return { ...template, workload, gates };
}

function around(
  closed: readonly GateBlock[],
  before: number,
  gates: readonly GateBlock[],
): GateBlock[] {
  const out = gates.slice();
  const behind = gates.length - closed.length;
  for (let i = 0; i < closed.length; i += 1) {
    const gate = closed[i];
    if (gate) out[i < before ? i : behind + i] = gate;
  }
  return out;
}
