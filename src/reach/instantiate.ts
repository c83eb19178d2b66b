import type { Blocked, Exposure, GateBlock, Hop, WorkloadRef } from "../model/exposure.ts";
import type { Approach, Leg, NetworkInventory, StateGate } from "../model/network.ts";
import { exposureId, placeOf, sourcesOf, wayOf } from "./exposure-id.ts";
import type { Reach } from "./found.ts";
import { speaksOf } from "./gate-flows.ts";

/** What one interface gets, to be given to like ones under their own names. */
export interface Template {
  readonly found: readonly Exposure[];
  readonly exposures: readonly ExposureTemplate[];
  readonly blocked: readonly Blocked[];
  /** Where the hops stand that name the interface. */
  readonly places: readonly number[];
}

interface ExposureTemplate {
  readonly exposure: Exposure;
  readonly way: string;
  /** The port that the last hop delivers to. */
  readonly port: number;
  /** What only some have. */
  readonly rest: Pick<Exposure, "latent" | "sourcePorts"> | undefined;
}

export function templateOf(
  { legs }: Approach,
  { exposures, blocked }: Reach,
  { chains }: NetworkInventory,
): Template {
  const gateCounts = legs.map(
    ({ chain }) => (chain === undefined ? undefined : chains?.get(chain)?.gates.length) ?? 0,
  );
  const moved = legs.findLast(({ port }) => port !== undefined)?.port;
  const templates = exposures.map((exposure): ExposureTemplate => {
    const { sources, entry, latent, sourcePorts } = exposure;
    const way = wayOf({ ...exposure, sources: sourcesOf(sources), dialled: entry.port.from });
    const rest = { ...(latent && { latent }), ...(sourcePorts && { sourcePorts }) };
    return {
      exposure,
      way,
      port: moved ?? entry.port.from,
      rest: latent || sourcePorts ? rest : undefined,
    };
  });
  const places = placesOf(legs, gateCounts);
  return { found: exposures, exposures: templates, blocked: sharingGates(blocked), places };
}

/** One list of gates where neighbours have the same, so that each like interface needs its own but once. */
function sharingGates(blocked: readonly Blocked[]): Blocked[] {
  let last: readonly GateBlock[] = [];
  return blocked.map((each) => {
    if (!sameGates(last, each.gates)) last = each.gates;
    return kept(each, last);
  });
}

/**
 * All of one shape, and written here and not as `blockedOf`: the engine learns for each literal whether what it makes lives
 * long, and templates do. For the same reason like interfaces get their hops and entries from literals of this file.
 */
function kept(
  { provider, scope, workload, protocol, port, family, firstGate, via }: Blocked,
  gates: readonly GateBlock[],
): Blocked {
  return { provider, scope, workload, protocol, port, family, firstGate, gates, via };
}

function sameGates(a: readonly GateBlock[], b: readonly GateBlock[]): boolean {
  return a.length === b.length && a.every((gate, i) => sameGate(gate, b[i]));
}

function sameGate(a: GateBlock, b: GateBlock | undefined): boolean {
  if (a === b) return true;
  return (
    a.code === b?.code && a.rule === b.rule && a.because === b.because && a.source === b.source
  );
}

/**
 * The exposures of a like interface, under the names of this one, in the same order: ids begin with the place and differ by
 * the way, which is shared as well. `known`: its place, if worked out.
 */
export function exposuresLike(
  { found, exposures, places }: Template,
  approach: Approach,
  region: string,
  workload: WorkloadRef,
  known?: string,
): readonly Exposure[] {
  const last = approach.legs.at(-1)?.stop;
  const [first] = exposures;
  if (!first || !last) return noExposures;
  const { provider, scope } = first.exposure;
  const place = known ?? placeOf(provider, scope, workload.id, approach.entry.address);
  const entry = entryOf(approach);
  const own = ownHops(approach.legs);
  // As long as it will be: a list that grows takes room for more.
  const out = found.slice();
  for (let n = 0; n < exposures.length; n += 1) {
    const each = exposures[n];
    if (!each) break;
    const { exposure, way, port } = each;
    const hops = exposure.hops.slice();
    hops[hops.length - 1] = deliveryHop(last, exposure.protocol, port);
    for (let i = 0; i < own.length; i += 1) {
      const spot = places[i];
      const hop = own[i];
      if (spot !== undefined && hop) hops[spot] = hop;
    }
    const id = exposureId(place, way);
    const at = entryAt(entry, exposure.entry.port);
    out[n] = exposureLike(each, id, region, workload, at, hops);
  }
  return out;
}

const noExposures: readonly Exposure[] = [];

/** Field by field, which is several times as fast as a spread here: templates are of many hidden classes. */
function exposureLike(
  { exposure, rest }: ExposureTemplate,
  id: string,
  region: string,
  workload: WorkloadRef,
  entry: Exposure["entry"],
  hops: readonly Hop[],
): Exposure {
  const made: Exposure = {
    id,
    provider: exposure.provider,
    scope: exposure.scope,
    region,
    workload,
    protocol: exposure.protocol,
    portRange: exposure.portRange,
    sources: exposure.sources,
    families: exposure.families,
    via: exposure.via,
    entry,
    backendTls: exposure.backendTls,
    authGate: exposure.authGate,
    certainty: exposure.certainty,
    assumptions: exposure.assumptions,
    verdict: exposure.verdict,
    hops,
  };
  return rest ? Object.assign(made, rest) : made;
}

function blockedOf(
  { provider, scope, protocol, port, family, firstGate, via }: Blocked,
  workload: WorkloadRef,
  gates: readonly GateBlock[],
): Blocked {
  return { provider, scope, workload, protocol, port, family, firstGate, gates, via };
}

const nothing: readonly string[] = [];

type Entry = Omit<Exposure["entry"], "port">;

/** The entry of an interface but for the port. */
export function entryOf({ entry }: Approach): Entry {
  const { address, name, tls } = entry;
  const shown = address ?? name;
  const named = name === undefined ? entry.hosts : [...new Set([...entry.hosts, name])];
  const hosts = named.length === 0 ? nothing : named.toSorted();
  const paths = entry.paths.length === 0 ? nothing : entry.paths.toSorted();
  return shown === undefined ? { hosts, paths, tls } : { address: shown, hosts, paths, tls };
}

function entryAt(
  { address, hosts, paths, tls }: Entry,
  port: Exposure["entry"]["port"],
): Exposure["entry"] {
  return address === undefined ? { port, hosts, paths, tls } : { address, port, hosts, paths, tls };
}

/** Where the hops that name an interface stand, but for the last. */
function placesOf(legs: readonly Leg[], gateCounts: readonly number[]): number[] {
  const out: number[] = [];
  let at = 1;
  for (const [i, leg] of legs.entries()) {
    for (const { kind } of leg.own) {
      if (kind === "state") out.push(at);
      at += 1;
    }
    at += gateCounts[i] ?? 0;
    if (!stops(leg, legs[i + 1])) continue;
    out.push(at);
    at += 1;
  }
  return out;
}

/** The hops for these places. */
function ownHops(legs: readonly Leg[]): Hop[] {
  let out: Hop[] = [];
  for (let i = 0; i < legs.length; i += 1) {
    const leg = legs[i];
    if (!leg) break;
    for (const gate of leg.own) {
      if (gate.kind !== "state") continue;
      if (out.length === 0) out = [ownHop(gate)];
      else out.push(ownHop(gate));
    }
    if (stops(leg, legs[i + 1])) out.push(leg.stop);
  }
  return out;
}

function ownHop({ id, rule, because, source }: StateGate): Hop {
  return rule === undefined
    ? { kind: "gate", id, because, source }
    : { kind: "gate", id, rule, because, source };
}

function deliveryHop(
  { kind, id, because, source }: Leg["stop"],
  protocol: Exposure["protocol"],
  port: number,
): Hop {
  return { kind, id, because: `${because} on ${protocol}/${port}`, source };
}

/** Whether a leg ends at a stop of its own on the way. */
function stops({ stop }: Leg, next: Leg | undefined): boolean {
  return next !== undefined && next.stop.id !== stop.id;
}

/** What keeps the internet away from a like interface. Closed gates of its own stand before and behind the shared ones. */
export function blockedLike(
  { blocked }: Template,
  { legs }: Approach,
  workload: WorkloadRef,
): readonly Blocked[] {
  if (blocked.length === 0) return noBlocked;
  const closed = closedIn(legs, legs.length);
  const before = legs.length === 1 ? closed.length : closedIn(legs, 1).length;
  const out = blocked.slice();
  let shared: readonly GateBlock[] | undefined;
  let gates: readonly GateBlock[] = closed;
  for (let i = 0; i < blocked.length; i += 1) {
    const each = blocked[i];
    if (!each) break;
    if (each.gates !== shared)
      gates = closed.length === 0 ? each.gates : around(closed, before, each.gates);
    shared = each.gates;
    out[i] = blockedOf(each, workload, gates);
  }
  return out;
}

/** The gates of the first legs' own that are closed. */
function closedIn(legs: readonly Leg[], count: number): readonly GateBlock[] {
  let closed = noGates;
  for (let i = 0; i < count; i += 1) {
    const leg = legs[i];
    if (!leg) break;
    for (const gate of leg.own) {
      if (gate.kind !== "state" || gate.open || !speaksOf(gate, leg.family)) continue;
      closed = closed.length === 0 ? [stateBlock(gate)] : [...closed, stateBlock(gate)];
    }
  }
  return closed;
}

const noBlocked: readonly Blocked[] = [];
const noGates: readonly GateBlock[] = [];

function stateBlock({ code, rule, because, source }: StateGate): GateBlock {
  return rule === undefined ? { code, because, source } : { code, rule, because, source };
}

function around(
  closed: readonly GateBlock[],
  before: number,
  gates: readonly GateBlock[],
): readonly GateBlock[] {
  if (closed.length === gates.length) return closed;
  const out = gates.slice();
  const behind = gates.length - closed.length;
  for (let i = 0; i < closed.length; i += 1) {
    const gate = closed[i];
    if (gate) out[i < before ? i : behind + i] = gate;
  }
  return out;
}
