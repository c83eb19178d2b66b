import type { Gate, Party } from "../../src/model/network.ts";
import { covers } from "../../src/net/prefix-set.ts";
import { anySubnet } from "./access-restrictions.ts";
import type { InsideDoor, Landscape, WebTarget } from "./landscape.ts";
import { nobody, stateLegs, workloadStop } from "./legs.ts";
import { keyOf } from "./pages.ts";
import { isPublic } from "./prefixes.ts";
import { isConnected, seenOutside, type Onward, type Sender } from "./receivers.ts";

/** A platform's host name behind a gateway: where the name leads inside the gateway's network, and its public address. */
export function throughWeb(host: string, sender: Sender, land: Landscape): Onward[] {
  return named(host, land).flatMap((target) =>
    insideDoors(target, sender, land)
      .map((door) => onwardInside(target, door, sender))
      .concat(onwardTo(target, sender, target.gates)),
  );
}

/** A private address of a platform; which of its apps answers there, the host name decides. */
export function throughInside(
  address: string,
  host: string | undefined,
  sender: Sender,
  land: Landscape,
): Onward[] {
  const targets = host === undefined ? land.sites : named(host, land);
  return targets.flatMap((target) =>
    insideDoors(target, sender, land)
      .filter((door) => answersAt(door, address, land))
      .map((door) => onwardInside(target, door, sender)),
  );
}

/** A door that does not tell its addresses may have any of its subnet that no machine has. */
function answersAt({ addresses, subnet }: InsideDoor, address: string, land: Landscape): boolean {
  if (addresses.length > 0) return addresses.includes(address);
  const holders = land.interfaces.byAddress.get(address) ?? [];
  const taken = holders.some(({ machine }) => machine !== "");
  const prefixes = land.network.subnets.get(keyOf(subnet))?.prefixes;
  return !taken && (prefixes ? covers(prefixes, address) : !isPublic(address));
}

function named(host: string, { sites }: Landscape): readonly WebTarget[] {
  const wanted = host.toLowerCase();
  return sites.filter(({ hosts }) => hosts.some((each) => each.toLowerCase() === wanted));
}

function insideDoors({ inside }: WebTarget, sender: Sender, land: Landscape): InsideDoor[] {
  return inside.filter(({ subnet }) => isConnected(sender, subnet, land));
}

function onwardInside(target: WebTarget, door: InsideDoor, sender: Sender): Onward {
  const from = { addresses: sender.addresses, groups: [] };
  return { ...onward(target, sender, from, door.gates), assumptions: [door.assumption] };
}

/** Restrictions see the sender's public address, or its subnet where that has a service endpoint. */
export function onwardTo(target: WebTarget, sender: Sender, gates: WebTarget["gates"]): Onward {
  const { subnet } = sender;
  const { addresses, gates: unread } = seenOutside(sender);
  const groups = subnet === undefined ? [] : [keyOf(subnet), anySubnet];
  return onward(target, sender, { addresses, groups }, [...gates, ...unread]);
}

function onward(
  { workload, port, authGate }: WebTarget,
  { name }: Sender,
  from: Party,
  own: readonly Gate[],
): Onward {
  const stop = workloadStop(workload, `${name} opens a connection to ${workload.name}`);
  const leg = { family: "ipv4", from, to: nobody, port, own, stop } as const;
  return { workload, via: [], port, authGate, legs: [leg, ...stateLegs(workload, "ipv4")] };
}
