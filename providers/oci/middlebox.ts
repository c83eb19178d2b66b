import type { IpFamily } from "../../src/model/exposure.ts";
import type { Gate, Route } from "../../src/model/network.ts";
import { parseAddress } from "../../src/net/address.ts";
import { longestFor } from "../../src/net/longest-prefix.ts";
import { text, texts, type Node } from "../reader.ts";
import { firewallAt, firewallGate, unreadList } from "./firewall.ts";
import type { End, OciNetwork } from "./network.ts";
import { kindOf, machines } from "./route-tables.ts";
import { admitGates } from "./rule-gates.ts";
import { attributesOf } from "./zpr.ts";

/** What comes in through the gateway is sent through a machine before it reaches the subnet. */
export interface Detour {
  /** Id of the private address that the gateway's route table names. */
  readonly machine: string;
  /** The machine, whose own route leads on to the gateway. */
  readonly end?: End;
  readonly families: readonly IpFamily[];
  readonly gates: readonly Gate[];
}

/** Reads the route table of the internet gateway itself. */
export function detourOf(network: OciNetwork, end: End): Detour | undefined {
  const gateway = network.gateways.get(network.subnets.get(end.subnet)?.vcn ?? "");
  const table = network.tables.get((gateway && text(gateway, "routeTableId")) ?? "");
  if (!table) return undefined;
  const hits = end.addresses.flatMap((address) => {
    const route = longestFor(table.routes, address);
    const { target } = route ?? {};
    const machine = target !== undefined && machines.has(kindOf(target));
    const family = parseAddress(address)?.family;
    return machine && family ? [{ family, address, target }] : [];
  });
  const machine = hits[0]?.target;
  if (machine === undefined) return undefined;
  const own = hits.filter(({ target }) => target === machine);
  const families = [...new Set(own.map(({ family }) => family))];
  const place = endOf(network, machine);
  const targets = own.map(({ address }) => address);
  const gates = machineGates(network, machine, targets, end.node);
  return {
    machine,
    ...(place && { end: place }),
    families,
    gates: gates.map((gate): Gate =>
      gate.kind === "rules" ? gate : Object.assign({}, gate, { families }),
    ),
  };
}

/** What a machine lets through to these addresses: its own rules, and what it filters. */
export function machineGates(
  network: OciNetwork,
  machine: string,
  targets: readonly string[],
  near: Node,
): Gate[] {
  const place = endOf(network, machine);
  const hidden = !firewallAt(network, machine) && unreadList(network, near) !== undefined;
  return [
    ...(place && !hidden ? admitGates(network, place, "MIDDLEBOX_DENY") : []),
    firewallGate(network, machine, targets, near),
  ];
}

/** The machine as an end of its own; the gateway's answers leave from its subnet. */
function endOf(network: OciNetwork, machine: string): End | undefined {
  const node: Node | undefined = network.privateIps.get(machine);
  const subnet = node && text(node, "subnetId");
  if (!node || subnet === undefined) return undefined;
  const [table, address] = [text(node, "routeTableId"), text(node, "ipAddress")];
  const firewall = firewallAt(network, machine);
  return {
    id: machine,
    subnet,
    groups: [
      ...(firewall ? texts(firewall, "networkSecurityGroupIds") : []),
      ...(network.groups.get(text(node, "vnicId") ?? "") ?? []),
    ],
    tables: table === undefined ? [] : [table],
    attributes: firewall ? attributesOf(firewall) : [],
    addresses: address === undefined ? [] : [address],
    node,
  };
}

/** The table as a reply sees it that may go back through any machine. */
export function throughAnyMachine({ tables }: OciNetwork, id: string): string {
  const key = `${id}@any`;
  const table = tables.get(id);
  if (!table || tables.has(key)) return key;
  const routes = table.routes.map((route) =>
    route.target !== undefined && machines.has(kindOf(route.target))
      ? Object.assign({}, route, { next: "internet" } as const)
      : route,
  );
  tables.set(key, { ...table, routes });
  return key;
}

/** The table where one that the address itself has, and that was not read, may lead elsewhere or to the internet. */
export function perhapsAnother({ tables }: OciNetwork, id: string): string {
  const key = `${id}?`;
  const table = tables.get(id);
  if (!table || tables.has(key)) return key;
  const because = `addresses were not read: whether this one has a route table of its own is unknown`;
  const { source } = table;
  const blind = (["internet", "dropped"] as const).map((next): Route => ({
    next,
    rank: 0,
    because,
    source,
  }));
  tables.set(key, { ...table, routes: [...blind, ...table.routes] });
  return key;
}

/** The table as a reply sees it that has to go back through the machine; interned beside the original. */
export function throughMachine(
  { tables }: OciNetwork,
  id: string,
  { machine }: Pick<Detour, "machine">,
): string {
  const key = `${id}@${machine}`;
  const table = tables.get(id);
  if (table && !tables.has(key))
    tables.set(key, {
      ...table,
      routes: table.routes.map((route) =>
        route.target === machine
          ? Object.assign({}, route, { next: "internet" } as const)
          : route.next === "internet"
            ? Object.assign({}, route, { next: "asymmetric" } as const)
            : route,
      ),
    });
  return key;
}
