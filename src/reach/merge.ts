import type { Exposure, Hop, PortRange } from "../model/exposure.ts";
import type { Inventory, Workload } from "../model/inventory.ts";
import { groupBy } from "./group-by.ts";
import type { Approach } from "../model/network.ts";
import { clientSpace } from "../net/client-space.ts";
import { subtractFlows, unionFlows, type FlowSet } from "../net/flow-set.ts";
import { rangesOf, subtractPorts, portsOf } from "../net/port-set.ts";
import { contains, toCidrs } from "../net/prefix-set.ts";
import { exposureId, placeOf, sourcesOf, wayOf } from "./exposure-id.ts";
import { hopsOf } from "./hops.ts";
import { boxesOf, dialled, type Box } from "./boxes.ts";
import { fixedPort, unique, type RouteIn } from "./routes-in.ts";

/** Any client is expected to be able to send from these. */
const usualPorts: PortRange = { from: 1024, to: 65_535 };

/** Joins what leads the same way to the same port: nodes, rules and zones of one front door become one exposure. */
export function exposuresOf(
  routes: readonly RouteIn[],
  workload: Workload,
  inventory: Inventory,
): Exposure[] {
  const [only, second] = routes;
  if (only && !second) return alone(only, workload, inventory);
  const out: Exposure[] = [];
  for (const group of groupBy(routes, placeKey).values()) {
    let covered: FlowSet = [];
    const ranks = groupBy(group, rankOf);
    for (const rank of [...ranks.keys()].toSorted((a, b) => a - b)) {
      const members = ranks.get(rank) ?? [];
      const flows = members.reduce<FlowSet>(
        (sum, { boxes }) => unionFlows(sum, dialled(boxes)),
        [],
      );
      const boxes = members.flatMap((member) => member.boxes);
      for (const box of boxesOf(subtractFlows(flows, covered), boxes))
        out.push(joinedExposure(members, box, workload, inventory));
      covered = unionFlows(covered, flows);
    }
  }
  return joinFamilies(out);
}

function alone(route: RouteIn, workload: Workload, inventory: Inventory): Exposure[] {
  const boxes = boxesOf(dialled(route.boxes), route.boxes);
  return joinFamilies(boxes.map((box) => joinedExposure([route], box, workload, inventory)));
}

/** Direct ways stay apart by address, since each address is probed; ways through a front door by what is dialled; all by the port that they end on. */
function placeKey({ approach, protocol }: RouteIn): string {
  const { via, entry, entryPorts, family, authGate } = approach;
  const front = via.length === 0 ? entry.address : `${entryPorts.from}-${entryPorts.to}`;
  const place = `${front ?? ""}>${fixedPort(approach)}`;
  return JSON.stringify([protocol, via, place, family, authGate]);
}

/** What serves now, even if that is unknown, comes before what is only latent. */
function rankOf({ verdict, walk, certainty }: RouteIn): number {
  if (walk.latent) return verdict === "unknown" ? 4 : 3;
  if (verdict === "unknown") return 2;
  return certainty === "maybe" ? 1 : 0;
}

function joinedExposure(
  members: readonly RouteIn[],
  box: Box,
  workload: Workload,
  inventory: Inventory,
): Exposure {
  const serving = members.filter(({ boxes }) => dialledOverlap(boxes, box));
  const lead = serving[0] ?? members[0];
  if (!lead) throw new Error("an exposure needs a route");
  const { approach, protocol, walk, verdict, certainty } = lead;
  const space = clientSpace(inventory.provider, approach.family);
  const sources = contains(box.clients, space) ? ("internet" as const) : toCidrs(box.clients);
  const entry = entryOf(
    serving.map((route) => route.approach),
    box,
  );
  const via = viaOf(approach);
  const hops: Hop[] = hopsOf(approach, protocol, box, walk, inventory, space);
  const ports = subtractPorts(portsOf([usualPorts]), box.senders);
  const open = rangesOf(box.senders);
  const narrowed = rangesOf(ports).length > 0 ? span(open) : undefined;
  const { id, name, kind, tags } = workload;
  const found: Exposure = {
    id: "",
    provider: inventory.provider,
    scope: inventory.scope,
    region: workload.region,
    workload: { id, name, kind, tags },
    protocol,
    portRange: box.port,
    sources,
    families: [approach.family],
    via,
    entry,
    backendTls: approach.backendTls,
    authGate: approach.authGate,
    certainty,
    assumptions: unique(serving.flatMap(({ assumptions }) => assumptions)),
    verdict,
    hops,
    ...(walk.latent && { latent: walk.latent }),
    ...(narrowed && { sourcePorts: narrowed }),
  };
  return { ...found, id: idOf(found) };
}

function idOf(exposure: Exposure): string {
  const { provider, scope, workload, entry, sources, via } = exposure;
  // A front door keeps its name, whatever its addresses are today or could be read.
  const address = via === "direct" ? entry.address : undefined;
  const place = placeOf(provider, scope, workload.id, address);
  return exposureId(
    place,
    wayOf({ ...exposure, sources: sourcesOf(sources), dialled: entry.port.from }),
  );
}

export function viaOf({ via }: Approach): string {
  return via.length === 0 ? "direct" : via.join(" > ");
}

function entryOf(approaches: readonly Approach[], box: Box): Exposure["entry"] {
  const entries = approaches.map(({ entry }) => entry);
  const addresses = unique(entries.flatMap(({ address }) => address ?? []));
  const [only] = addresses;
  const name = entries[0]?.name;
  const address = addresses.length === 1 ? only : name;
  const open = entries.some(({ paths }) => paths.length === 0);
  return {
    ...(address !== undefined && { address }),
    port: box.entry,
    hosts: unique([
      ...entries.flatMap(({ hosts }) => hosts),
      ...(name === undefined ? [] : [name]),
    ]),
    paths: open ? [] : unique(entries.flatMap(({ paths }) => paths)),
    tls: entries[0]?.tls ?? "unknown",
  };
}

function dialledOverlap(boxes: readonly Box[], { entry }: Box): boolean {
  return boxes.some((box) => box.entry.from <= entry.to && entry.from <= box.entry.to);
}

function span(ranges: readonly PortRange[]): PortRange | undefined {
  const [first, last] = [ranges[0], ranges.at(-1)];
  return first && last && { from: first.from, to: last.to };
}

/** A dual-stack front door that the whole internet reaches over both families is one exposure. */
function joinFamilies(exposures: Exposure[]): Exposure[] {
  if (exposures.every(({ via }) => via === "direct")) return exposures;
  const groups = groupBy(
    exposures.map((value, i) => ({ value, key: familyKey(value, i) })),
    (item) => item.key,
  );
  return [...groups.values()].flatMap((group) => {
    const [first, second] = group.map(({ value }) => value);
    if (!first || !second) return first ?? [];
    return Object.assign({}, first, { families: ["ipv4", "ipv6"] as const });
  });
}

function familyKey(exposure: Exposure, i: number): string {
  const { protocol, portRange, via, entry, authGate, verdict, latent, certainty, sources } =
    exposure;
  if (via === "direct" || sources !== "internet") return String(i);
  return JSON.stringify([
    protocol,
    portRange,
    via,
    entry.port,
    authGate,
    verdict,
    latent,
    certainty,
  ]);
}
