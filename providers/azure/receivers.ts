import type { AuthGate, PortRange, TransportProtocol } from "../../src/model/exposure.ts";
import type { Workload } from "../../src/model/inventory.ts";
import type { Gate, Leg } from "../../src/model/network.ts";
import { sourceOf, type Node } from "../reader.ts";
import type { IpConfiguration } from "./interfaces.ts";
import { workloadBehind, type Landscape } from "./landscape.ts";
import { closed, nobody, stateLegs, workloadStop } from "./legs.ts";
import { guardGate } from "./network.ts";
import { keyOf, nameIn } from "./pages.ts";
import { anywhere } from "./prefixes.ts";
import { connected, type Subnet } from "./virtual-networks.ts";

/** What opens connections with addresses of its own: a gateway or a firewall. */
export interface Sender {
  readonly name: string;
  /** Key of the subnet that it stands in; absent in a virtual hub. */
  readonly subnet?: string;
  readonly addresses: readonly string[];
  /** Those that it has where it dials a public name; absent = the same. */
  readonly publicAddresses?: readonly string[];
  /** Why these are not all known. */
  readonly publicUnread?: string;
  readonly node: Node;
}

/** What the front door of a public name sees of a sender, and a gate where that is not known. */
export function seenOutside(sender: Sender): {
  readonly addresses: readonly string[];
  readonly gates: readonly Gate[];
} {
  const { name, node, addresses, publicAddresses = [], publicUnread } = sender;
  if (publicUnread === undefined)
    return { addresses: publicAddresses.length > 0 ? publicAddresses : addresses, gates: [] };
  const facts = { code: "MIDDLEBOX_DENY", id: name, source: sourceOf(node) } as const;
  const gate = { kind: "unread", limit: false, because: publicUnread, ...facts } as const;
  return { addresses: anywhere, gates: [gate] };
}

/** The rest of a way, from the sender on. */
export interface Onward {
  readonly workload: Workload;
  readonly via: readonly string[];
  readonly legs: readonly Leg[];
  /** On the workload; absent = as dialled. */
  readonly port?: number;
  readonly assumptions?: readonly string[];
  /** What the rest of the way asks of clients; absent = nothing. */
  readonly authGate?: AuthGate;
}

/** The same way, with a gate of its own before its first leg. */
export function gated(onward: Onward, gate: Gate): Onward {
  const [first, ...rest] = onward.legs;
  if (!first) return onward;
  return { ...onward, legs: [{ ...first, own: [...first.own, gate] }, ...rest] };
}

/** What answers at a private address: an interface, or an internal balancer and what is behind it. */
export function receiversAt(
  address: string,
  port: number | undefined,
  protocol: TransportProtocol,
  sender: Sender,
  land: Landscape,
): Onward[] {
  const own = land.interfaces.byAddress.get(address) ?? [];
  const reachable = own.filter((each) => isConnected(sender, each.subnet, land));
  const direct = (reachable.length > 0 ? reachable : own).flatMap((each) =>
    toInterface(each, port, sender, land),
  );
  return [...direct, ...behindBalancers(address, port, protocol, sender, land)];
}

function behindBalancers(
  address: string,
  port: number | undefined,
  protocol: TransportProtocol,
  sender: Sender,
  land: Landscape,
): Onward[] {
  return land.balancers.flatMap(({ name, ways }) =>
    ways
      .filter(
        ({ frontend, protocols, entry }) =>
          frontend.privateAddress === address &&
          isConnected(sender, frontend.subnet ?? "", land) &&
          protocols.includes(protocol) &&
          holds(entry, port),
      )
      .flatMap((way) =>
        way.backends.flatMap(({ configuration }) =>
          toInterface(configuration, way.port ?? port, sender, land).map((onward) =>
            Object.assign({}, onward, { via: [name] }),
          ),
        ),
      ),
  );
}

function holds({ from, to }: PortRange, port: number | undefined): boolean {
  return port !== undefined && from <= port && port <= to;
}

export function toInterface(
  each: IpConfiguration,
  port: number | undefined,
  sender: Sender,
  land: Landscape,
): Onward[] {
  const workload = workloadBehind(land, each);
  if (!workload) return [];
  const apart = `${sender.name} has no connected peering to the network of ${workload.name}`;
  const own: Gate[] = isConnected(sender, each.subnet, land)
    ? []
    : [closed("LB_NO_TARGET", sender.name, apart, sender.node)];
  const leg: Leg = {
    family: each.family,
    from: { addresses: sender.addresses, groups: [] },
    to: nobody,
    ...(port !== undefined && { port }),
    own,
    chain: land.network.chain(keyOf(`inside|${each.id}`), () => [
      guardGate(land.network, each, { code: "LB_TARGET_FW", unguarded: "open" }),
    ]),
    stop: workloadStop(workload, `${sender.name} opens a connection to ${nameIn(each.interface)}`),
  };
  const legs = [leg, ...stateLegs(workload, each.family)];
  return [{ workload, via: [], legs, ...(port !== undefined && { port }) }];
}

/** A network that was not read counts as connected: the gates of its interfaces say that it is unknown. */
export function isConnected(
  { subnet }: Pick<Sender, "subnet">,
  other: string,
  { network }: Landscape,
): boolean {
  const [from, to] = [subnetAt(subnet ?? "", network), subnetAt(other, network)];
  return !from || !to || connected(from.network, to.network);
}

function subnetAt(id: string, { subnets }: Landscape["network"]): Subnet | undefined {
  return subnets.get(keyOf(id));
}

export function senderIn(
  name: string,
  subnet: string | undefined,
  own: readonly string[],
  node: Node,
  { network }: Landscape,
): Sender {
  const found = subnet === undefined ? undefined : subnetAt(subnet, network);
  return {
    name,
    ...(subnet !== undefined && { subnet }),
    addresses: found ? found.prefixes : own,
    node,
  };
}
