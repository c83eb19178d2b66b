import type { Blocked, Exposure, WorkloadRef } from "../model/exposure.ts";
import type { EstateIndex } from "../model/estate.ts";
import type { Inventory, Workload } from "../model/inventory.ts";
import type { Approach } from "../model/network.ts";
import { isEmpty } from "../net/prefix-set.ts";
import {
  intersectPorts,
  everyPort,
  noPort,
  portsOf,
  rangesOf,
  subtractPorts,
  type PortSet,
} from "../net/port-set.ts";
import { admitted } from "./admitted.ts";
import { boundedMap, type BoundedMap } from "./bounded-map.ts";
import { blocksOf, type BlockMemo } from "./blocks.ts";
import { chainJudge, type ChainJudge } from "./chains.ts";
import { leanJudge, type LeanJudge } from "./lean.ts";
import { blockedLike, exposuresLike, templateOf, type Template } from "./instantiate.ts";
import { exposuresOf, viaOf } from "./merge.ts";
import { byWorkload } from "./by-workload.ts";
import { alike, looksAtReceiver, sameCodes } from "./plain.ts";
import { isUsual, readAhead, type Traits } from "./traits.ts";
import { vantagesOf, type Vantage } from "./vantage.ts";
import { clientsOf, routesIn, type Judgement } from "./routes-in.ts";

export interface Reach {
  readonly exposures: readonly Exposure[];
  readonly blocked: readonly Blocked[];
}

export interface ReachOptions {
  /** Say of every closed port what closes it, not only of those that some rule admits to someone. */
  readonly everyPort?: boolean;
  /** CIDRs of the clients, private ones too, in place of the internet. */
  readonly from?: readonly string[];
}

/** Every workload port that the internet reaches, and what keeps it away from the others. */
export function reach(
  inventory: Inventory,
  estate?: EstateIndex,
  options: ReachOptions = {},
): Reach {
  const exposures: Exposure[] = [];
  const blocked: Blocked[] = [];
  const workloads = inventory.workloads.toSorted(byPlace);
  for (const own of reachEach({ ...inventory, workloads }, estate, options)) {
    for (const exposure of own.exposures) exposures.push(exposure);
    for (const each of own.blocked) blocked.push(each);
  }
  if (!options.everyPort || !inventory.closed) return { exposures, blocked };
  return { exposures, blocked: distinct([...blocked, ...inventory.closed]) };
}

/** The same, one workload at a time in the inventory's order, so that nothing adds up in memory. */
export function* reachEach(
  inventory: Inventory,
  _estate?: EstateIndex,
  options: ReachOptions = {},
): Generator<Reach> {
  for (const vantage of vantagesOf(inventory, options.from)) {
    const { workloads } = inventory;
    const { list, ends } = byWorkload(workloads, vantage.inventory.approaches ?? []);
    const context: Context = {
      ...vantage,
      judge: chainJudge(vantage.inventory),
      lean: leanJudge(vantage, options.everyPort === true),
      options,
      memo: boundedMap(),
      ports: boundedMap(),
      templates: boundedMap(),
      list,
      traits: readAhead(list),
      manyChains: (vantage.inventory.chains?.size ?? 0) * 2 > inventory.workloads.length,
    };
    let from = 0;
    for (let i = 0; i < workloads.length; i += 1) {
      const workload = workloads[i];
      const to = ends[i] ?? from;
      if (workload) yield ofWorkload(workload, from, to, context);
      from = to;
    }
  }
}

interface Context extends Vantage {
  readonly judge: ChainJudge;
  readonly lean: LeanJudge;
  readonly options: ReachOptions;
  readonly list: readonly Approach[];
  /** By the place in the list, which only grows. */
  readonly traits: (at: number) => Traits;
  readonly memo: BlockMemo;
  /** Admitted ports by chain. */
  readonly ports: BoundedMap<PortSet>;
  /** By the chain of the first leg. */
  readonly templates: BoundedMap<Templates>;
  /** Whether most chains are those of one workload: then what is cheap to judge is judged, and not looked up. */
  readonly manyChains: boolean;
}

interface Templates {
  /** Whether any chain looks at the receiver's address. */
  readonly to: boolean;
  readonly list: Known[];
}

/** What was found for an approach, as a template once a like one comes. */
interface Known {
  readonly approach: Approach;
  readonly traits: Traits;
  readonly found: Reach;
  template?: Template;
}

/** Of the approaches of one workload, from one place in the list to before another. */
function ofWorkload(workload: Workload, from: number, to: number, context: Context): Reach {
  if (from === to) return nothing;
  const { list, traits } = context;
  const one = list[from];
  const other = to - from === 2 ? list[from + 1] : undefined;
  const [own, second] = [traits(from), other ? traits(from + 1) : 0];
  const apart = other ? second !== 0 && one?.family !== other.family : to - from === 1;
  if (!one || own === 0 || !apart)
    return inOrder(inGeneral(list.slice(from, to), workload, context));
  const ref = refOf(workload);
  const first = likeOthers(one, own, workload, ref, context);
  if (!other) return first;
  const rest = likeOthers(other, second, workload, ref, context);
  return inOrder({
    exposures: [...first.exposures, ...rest.exposures],
    blocked: [...first.blocked, ...rest.blocked],
  });
}

const nothing: Reach = { exposures: [], blocked: [] };

function inOrder({ exposures, blocked }: Reach): Reach {
  return { exposures: sortedBy(exposures, exposureKey), blocked: distinct(blocked) };
}

/** Judges the first of each kind in general; the others differ from it in names. */
function likeOthers(
  approach: Approach,
  traits: Traits,
  workload: Workload,
  ref: WorkloadRef,
  context: Context,
): Reach {
  const { inventory, templates, manyChains } = context;
  const { region } = workload;
  if (manyChains) {
    const lean = context.lean(approach, region, ref);
    if (lean) return lean;
  }
  const kept = templates.get(approach.legs[0]?.chain ?? "");
  const known = kept === undefined ? undefined : likeOf(approach, traits, kept);
  if (!known) {
    const found =
      context.lean(approach, region, ref) ?? inOrder(inGeneral([approach], workload, context));
    templatesOf(approach, kept, context).list.push({ approach, traits, found });
    return found;
  }
  known.template ??= templateOf(known.approach, known.found, inventory);
  const { template } = known;
  const exposures = exposuresLike(template, approach, region, ref);
  const blocked = blockedLike(template, approach, ref);
  // The order of the template holds, unless only the id tells two apart.
  return { exposures: template.tied ? sortedBy(exposures, exposureKey) : exposures, blocked };
}

function likeOf(approach: Approach, traits: Traits, { to, list }: Templates): Known | undefined {
  const usual = !to && isUsual(traits);
  for (let i = 0; i < list.length; i += 1) {
    const known = list[i];
    if (!known) continue;
    const same =
      usual && isUsual(known.traits)
        ? known.traits === traits && sameCodes(known.approach, approach)
        : alike(known.approach, approach, to);
    if (same) return known;
  }
  return undefined;
}

function templatesOf(
  { legs }: Approach,
  kept: Templates | undefined,
  { inventory, templates }: Context,
): Templates {
  if (kept) return kept;
  const to = legs.some((leg) => looksAtReceiver(inventory, leg.chain));
  const fresh = { to, list: [] };
  templates.set(legs[0]?.chain ?? "", fresh);
  return fresh;
}

function inGeneral(own: readonly Approach[], workload: Workload, context: Context): Reach {
  const { inventory, judge, spaceOf } = context;
  const judged = own.flatMap((approach) => {
    const space = spaceOf(approach.family);
    if (isEmpty(space)) return [];
    return approach.protocol.map((protocol) => routesIn(approach, protocol, space, judge));
  });
  const routes = judged.flatMap((each) => (each.approach.nearMiss ? [] : each.routes));
  const exposures = exposuresOf(routes, workload, inventory);
  const ref = refOf(workload);
  return {
    exposures,
    blocked: judged.flatMap((each) => blockedBy(each, ref, exposures, context)),
  };
}

function refOf({ id, name, kind, tags }: Workload): Exposure["workload"] {
  return { id, name, kind, tags };
}

function byPlace(a: Workload, b: Workload): number {
  return compare(a.region, b.region) || compare(a.id, b.id);
}

function blockedBy(
  { approach, protocol, widest }: Judgement,
  workload: Exposure["workload"],
  exposures: readonly Exposure[],
  { inventory, options, memo, ports, spaceOf }: Context,
): Blocked[] {
  const clients = clientsOf(approach, spaceOf(approach.family));
  const via = viaOf(approach);
  const direct = approach.via.length === 0;
  const entry = direct ? {} : { entryPort: approach.entryPorts.from };
  const open = exposures.filter(
    (exposure) =>
      !exposure.latent &&
      exposure.protocol === protocol &&
      exposure.via === via &&
      exposure.families.includes(approach.family) &&
      (direct || exposure.entry.port.from === approach.entryPorts.from),
  );
  const wanted = direct && !options.everyPort ? admitted(approach, inventory, ports) : everyPort;
  const shown = subtractPorts(wanted, portsOf(open.map(({ portRange }) => portRange)));
  if (noPort(shown)) return [];
  return blocksOf(approach, protocol, widest, clients, inventory, memo).flatMap(
    ({ port, gates, firstGate }) =>
      rangesOf(intersectPorts(portsOf([port]), shown)).map((range): Blocked =>
        Object.assign(
          {
            provider: inventory.provider,
            scope: inventory.scope,
            workload,
            protocol,
            port: range,
            family: approach.family,
            firstGate: firstGate.code,
            gates,
            via,
          },
          entry,
        ),
      ),
  );
}

function sortedBy<T>(list: readonly T[], key: (item: T) => string): readonly T[] {
  if (list.length < 2) return list;
  return list
    .map((value) => ({ value, key: key(value) }))
    .toSorted((a, b) => compare(a.key, b.key))
    .map(({ value }) => value);
}

function exposureKey({
  region,
  workload,
  via,
  protocol,
  families,
  portRange,
  entry,
  id,
}: Exposure): string {
  const ports = [portRange.from, portRange.to, entry.port.from].map((port) =>
    String(port).padStart(5, "0"),
  );
  return [region, workload.id, via, protocol, families.join(), ...ports, id].join("\u0000");
}

function distinct(blocked: readonly Blocked[]): readonly Blocked[] {
  if (blocked.length < 2) return blocked;
  const keyed = new Map(blocked.map((entry) => [blockedKey(entry), entry]));
  return [...keyed].toSorted(([a], [b]) => compare(a, b)).map(([, entry]) => entry);
}

function blockedKey({
  workload,
  protocol,
  port,
  family,
  via,
  entryPort,
  firstGate,
}: Blocked): string {
  const ports = [port.from, port.to, entryPort ?? 0].map((value) => String(value).padStart(5, "0"));
  return [workload.id, via, protocol, family, ...ports, firstGate].join("\u0000");
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
