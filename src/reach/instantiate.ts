import type { Blocked, Exposure, GateBlock, Hop, WorkloadRef } from "../model/exposure.ts";
import type { NetworkInventory, StateGate } from "../model/network.ts";
import { speaksOf } from "./gate-flows.ts";
import { stateHop, stopHop } from "./hops.ts";
import { exposureId } from "./merge.ts";
import type { PlainApproach } from "./plain.ts";

/** The exposure of a like interface, under the names of this one. What does not differ is shared. */
export function exposureLike(
  template: Exposure,
  plain: PlainApproach,
  region: string,
  workload: WorkloadRef,
  network: NetworkInventory,
): Exposure {
  const { address, name, hosts, paths } = plain.approach.entry;
  const shown = address ?? name;
  const { port, tls } = template.entry;
  const named = name === undefined ? hosts : [...new Set([...hosts, name])].toSorted();
  const own: Exposure = {
    ...template,
    region,
    workload,
    entry: {
      ...(shown !== undefined && { address: shown }),
      port,
      hosts: named.length === 0 ? nothing : named,
      paths: paths.length === 0 ? nothing : paths.toSorted(),
      tls,
    },
    hops: hopsLike(template, plain, network),
  };
  return Object.assign(own, { id: exposureId(own) });
}

const nothing: readonly string[] = [];

function hopsLike(template: Exposure, { legs }: PlainApproach, network: NetworkInventory): Hop[] {
  const hops = template.hops.slice();
  let at = 1;
  let port = template.entry.port.from;
  for (const [i, { leg, own }] of legs.entries()) {
    port = leg.port ?? port;
    for (const gate of own) {
      hops[at] = stateHop(gate);
      at += 1;
    }
    at += (leg.chain === undefined ? undefined : network.chains?.get(leg.chain)?.gates.length) ?? 0;
    if (legs[i + 1]?.leg.stop.id === leg.stop.id) continue;
    const last = i === legs.length - 1;
    hops[at] = last ? stopHop(leg.stop, template.protocol, port) : leg.stop;
    at += 1;
  }
  return hops;
}

/** What keeps the internet away from a like interface. Closed gates of its own stand before and behind the shared ones. */
export function blockedLike(
  template: Blocked,
  { legs }: PlainApproach,
  workload: WorkloadRef,
): Blocked {
  const [first, ...rest] = legs;
  const closed = first ? closedIn(first.own, first.leg.family) : [];
  const behind = rest.flatMap(({ leg, own }) => closedIn(own, leg.family));
  if (closed.length + behind.length === 0) return { ...template, workload };
  const { gates } = template;
  const shared = gates.slice(closed.length, gates.length - behind.length);
  return { ...template, workload, gates: [...closed, ...shared, ...behind] };
}

function closedIn(own: readonly StateGate[], family: Blocked["family"]): GateBlock[] {
  return own
    .filter((gate) => !gate.open && speaksOf(gate, family))
    .map(({ code, rule, because, source }) =>
      rule === undefined ? { code, because, source } : { code, rule, because, source },
    );
}
