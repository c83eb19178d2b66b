import type { GateCode, IpFamily } from "../model/exposure.ts";
import type { Inventory } from "../model/inventory.ts";
import type { Approach, Chain, Gate } from "../model/network.ts";
import { clientSpace } from "../net/client-space.ts";
import {
  emptySet,
  intersect,
  isEmpty,
  parseSet,
  subtract,
  type PrefixSet,
} from "../net/prefix-set.ts";

/** Clients that are judged together, and the network as it is for them. */
export interface Vantage {
  readonly inventory: Inventory;
  readonly spaceOf: (family: IpFamily) => PrefixSet;
}

/** Gates on the way in from the internet, which nobody inside the network passes. */
const internetOnly: ReadonlySet<GateCode> = new Set<GateCode>([
  "NO_PUBLIC_ADDRESS",
  "NO_INTERNET_GATEWAY",
  "NO_INTERNET_ROUTE",
  "GATEWAY_DISABLED",
  "EGRESS_ONLY_GATEWAY",
  "PUBLIC_ACCESS_BLOCK",
  "SECURE_BY_DEFAULT",
  "SUBNET_PROHIBITS_INTERNET",
  "LB_INTERNAL_SCHEME",
]);

/** The internet, or the given CIDRs: those an internet client can have, and those only somebody inside can. */
export function vantagesOf(inventory: Inventory, from?: readonly string[]): Vantage[] {
  const internet = (family: IpFamily): PrefixSet => clientSpace(inventory.provider, family);
  if (!from) return [{ inventory, spaceOf: internet }];
  const asked = (family: IpFamily): PrefixSet => parseSet(family, from) ?? emptySet(family);
  const outside = (family: IpFamily): PrefixSet => intersect(asked(family), internet(family));
  const inside = (family: IpFamily): PrefixSet => subtract(asked(family), internet(family));
  return [
    { inventory, spaceOf: outside },
    { inventory: fromInside(inventory), spaceOf: inside },
  ].filter(({ spaceOf }) => !isEmpty(spaceOf("ipv4")) || !isEmpty(spaceOf("ipv6")));
}

function fromInside(inventory: Inventory): Inventory {
  const { chains, routeTables, approaches } = inventory;
  return {
    ...inventory,
    chains: new Map([...(chains ?? [])].map(([id, chain]) => [id, withoutInternet(chain)])),
    routeTables: new Map(
      [...(routeTables ?? [])].map(([id, table]) => [id, { ...table, inside: true as const }]),
    ),
    approaches: (approaches ?? []).map(approachInside),
  };
}

/** A front door without a public address misses nobody inside; what else keeps it closed still does, gate by gate. */
function approachInside(approach: Approach): Approach {
  const { nearMiss, ...rest } = approach;
  const legs = approach.legs.map((leg) =>
    Object.assign({}, leg, { own: leg.own.filter(concernsInside) }),
  );
  const internal = approach.legs.some(({ own }) => own.some(isInternal));
  return nearMiss === true && !internal ? { ...rest, legs, nearMiss } : { ...rest, legs };
}

function isInternal(gate: Gate): boolean {
  return gate.kind === "state" && !gate.open && gate.code === "LB_INTERNAL_SCHEME";
}

function withoutInternet({ id, gates }: Chain): Chain {
  return { id, gates: gates.filter(concernsInside) };
}

function concernsInside(gate: Gate): boolean {
  return gate.kind === "routes" || !internetOnly.has(gate.code);
}
