import type { Blocked, Exposure } from "../model/exposure.ts";
import type { EstateIndex } from "../model/estate.ts";
import type { Inventory, Workload } from "../model/inventory.ts";
import { groupBy } from "./group-by.ts";
import type { Approach } from "../model/network.ts";
import { clientSpace } from "../net/client-space.ts";
import {
  intersectPorts,
  everyPort,
  noPorts,
  unionPorts,
  portsOf,
  rangesOf,
  subtractPorts,
  type PortSet,
} from "../net/port-set.ts";
import { blocksOf, type BlockMemo } from "./blocks.ts";
import { chainJudge, type ChainJudge } from "./chains.ts";
import { exposuresOf, viaOf } from "./merge.ts";
import { clientsOf, routesIn, type RouteIn } from "./routes-in.ts";
import { rulesOf } from "./rule-flows.ts";
import { walk } from "./walk.ts";

export interface Reach {
  readonly exposures: Exposure[];
  readonly blocked: Blocked[];
}

export interface ReachOptions {
  /** Say of every closed port what closes it, not only of those that some rule admits to someone. */
  readonly everyPort?: boolean;
}

/** Every workload port that the internet reaches, and what keeps it away from the others. */
export function reach(
  inventory: Inventory,
  _estate?: EstateIndex,
  options: ReachOptions = {},
): Reach {
  const judge = chainJudge(inventory);
  const approaches = groupBy(inventory.approaches ?? [], ({ workload }) => workload);
  const exposures: Exposure[] = [];
  const blocked: Blocked[] = [];
  const memo: BlockMemo = new Map();
  const ports = new Map<string, PortSet>();
  for (const workload of inventory.workloads) {
    const own = approaches.get(workload.id) ?? [];
    const routes = own
      .filter(({ nearMiss }) => !nearMiss)
      .flatMap((approach) => routesOf(approach, inventory, judge));
    const found = exposuresOf(routes, workload, inventory);
    exposures.push(...found);
    for (const approach of own)
      blocked.push(
        ...blockedBy(approach, workload, found, { inventory, judge, options, memo, ports }),
      );
  }
  if (options.everyPort) blocked.push(...(inventory.closed ?? []));
  return { exposures: sortedBy(exposures, exposureKey), blocked: distinct(blocked) };
}

function routesOf(approach: Approach, inventory: Inventory, judge: ChainJudge): RouteIn[] {
  const space = clientSpace(inventory.provider, approach.family);
  return approach.protocol.flatMap((protocol) => routesIn(approach, protocol, space, judge));
}

interface Context {
  readonly inventory: Inventory;
  readonly judge: ChainJudge;
  readonly options: ReachOptions;
  readonly memo: BlockMemo;
  /** Admitted ports by chain. */
  readonly ports: Map<string, PortSet>;
}

function blockedBy(
  approach: Approach,
  { id, name, kind, tags }: Workload,
  exposures: readonly Exposure[],
  { inventory, judge, options, memo, ports }: Context,
): Blocked[] {
  const clients = clientsOf(approach, clientSpace(inventory.provider, approach.family));
  const via = viaOf(approach);
  const direct = approach.via.length === 0;
  const entry = direct ? {} : { entryPort: approach.entryPorts.from };
  return approach.protocol.flatMap((protocol) => {
    const judged = walk(approach, protocol, "most", clients, judge);
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
    return blocksOf(approach, protocol, judged, clients, inventory, memo).flatMap(
      ({ port, gates, firstGate }) =>
        rangesOf(intersectPorts(portsOf([port]), shown)).map((range): Blocked =>
          Object.assign(
            {
              provider: inventory.provider,
              scope: inventory.scope,
              workload: { id, name, kind, tags },
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
  });
}

/** Ports that some rule on the way admits to someone. */
function admitted({ legs }: Approach, inventory: Inventory, known: Map<string, PortSet>): PortSet {
  return legs.reduce((sum, { chain }) => {
    if (chain === undefined) return sum;
    const found = known.get(chain) ?? admittedBy(inventory, chain);
    known.set(chain, found);
    return unionPorts(sum, found);
  }, noPorts);
}

/** Unions and stages name ports that someone wanted open; ordered lists alone count where there are no others. */
function admittedBy(inventory: Inventory, chain: string): PortSet {
  const gates = (inventory.chains?.get(chain)?.gates ?? []).flatMap((gate) =>
    (gate.kind === "rules" || gate.kind === "staged") &&
    gate.peer === "from" &&
    gate.port === "dialled"
      ? [gate]
      : [],
  );
  const naming = gates.filter((gate) => gate.kind === "staged" || gate.match === "union");
  const lists = (naming.length > 0 ? naming : gates).flatMap((gate) =>
    gate.kind === "staged" ? gate.stages.flatMap(({ ruleSets }) => ruleSets) : gate.ruleSets,
  );
  const rules = rulesOf([...new Set(lists)], inventory);
  return portsOf(rules.filter(({ action }) => action === "allow").map(({ ports }) => ports));
}

function sortedBy<T>(list: readonly T[], key: (item: T) => string): T[] {
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

function distinct(blocked: readonly Blocked[]): Blocked[] {
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
