import type { IpFamily } from "../../src/model/exposure.ts";
import type { Gate } from "../../src/model/network.ts";
import { flag, sourceOf, text } from "../reader.ts";
import {
  detourOf,
  perhapsAnother,
  throughAnyMachine,
  throughMachine,
  type Detour,
} from "./middlebox.ts";
import type { End, OciNetwork } from "./network.ts";
import { gapIn } from "./pages.ts";
import { admitGates, type RuleCode } from "./rule-gates.ts";

/** Gates between the internet and an end: gateway, subnet, machine in between, rules, packet routing, and the way back. */
export function internetGates(network: OciNetwork, end: End, code: RuleCode): Gate[] {
  const detour = detourOf(network, end);
  return [
    ...gatewayGates(network, end),
    ...privateGates(network, end),
    ...(detour?.gates ?? []),
    ...admitGates(network, end, code),
    ...replyGates(network, end, detour),
  ];
}

function gatewayGates(network: OciNetwork, end: End): Gate[] {
  const vcn = network.subnets.get(end.subnet)?.vcn;
  const gateway = network.gateways.get(vcn ?? "");
  const id = (gateway && text(gateway, "id")) ?? vcn ?? end.subnet;
  const call = vcn === undefined ? "core:ListSubnets" : "core:ListInternetGateways";
  const near = sourceOf(end.node);
  const gate = { code: "NO_INTERNET_GATEWAY", id } as const;
  if (!gateway) {
    if (vcn === undefined || gapIn(network.snapshot, call, {}, end.node.page.region)) {
      const because = `${call} was not read: whether ${id} has an internet gateway is unknown`;
      return [{ ...gate, kind: "unread", limit: false, source: near, because }];
    }
    const because = `${id} has no internet gateway`;
    return [{ ...gate, kind: "state", open: false, source: near, because }];
  }
  const open = flag(gateway, "isEnabled") !== false;
  return [
    {
      kind: "state",
      code: "GATEWAY_DISABLED",
      id,
      rule: id,
      open,
      because: `${id} is ${open ? "enabled" : "disabled, whatever the route rules say"}`,
      source: sourceOf(gateway),
    },
  ];
}

function privateGates(network: OciNetwork, end: End): Gate[] {
  const subnet = network.subnets.get(end.subnet);
  if (!subnet?.private) return [];
  const { id, node } = subnet;
  const because = `${id} prohibits ingress from the internet`;
  const code = "SUBNET_PROHIBITS_INTERNET";
  return [{ kind: "state", code, id, rule: id, open: false, because, source: sourceOf(node) }];
}

/** The way back: straight, or through the machine that the request came through. */
function replyGates(network: OciNetwork, end: End, detour: Detour | undefined): Gate[] {
  if (!detour) return [routeGate(network, end, gatewayView(network, end))];
  const through = routeGate(network, end, (table) => throughMachine(network, table, detour));
  const onward = detour.end ? [routeGate(network, detour.end)] : [];
  const straight = families.filter((family) => !detour.families.includes(family));
  return [
    ...[through, ...onward].map((gate) => restrictTo(gate, detour.families)),
    restrictTo(routeGate(network, end), straight),
  ];
}

/** Where the gateway's own table was not read, any machine may be what the request came through. */
function gatewayView(network: OciNetwork, end: End): (table: string) => string {
  const vcn = network.subnets.get(end.subnet)?.vcn ?? "";
  const hidden = gapIn(network.snapshot, "core:ListInternetGateways", {}, end.node.page.region);
  if (network.gateways.has(vcn) || !hidden) return (table) => table;
  return (table) => throughAnyMachine(network, table);
}

const families: readonly IpFamily[] = ["ipv4", "ipv6"];

function restrictTo(gate: RouteOrUnread, only: readonly IpFamily[]): Gate {
  return { ...gate, families: only };
}

type RouteOrUnread = Extract<Gate, { kind: "routes" | "unread" }>;

/** Only one table counts: the address's own, else the VNIC's, else the subnet's. */
function routeGate(
  network: OciNetwork,
  end: End,
  view: (table: string) => string = (table) => table,
): RouteOrUnread {
  const common = { code: "NO_INTERNET_ROUTE", source: sourceOf(end.node) } as const;
  const unread = (call: string, id: string): RouteOrUnread => {
    const because = `${call} was not read: the route table of ${id} is unknown`;
    return { ...common, kind: "unread", limit: false, id, because };
  };
  const own = end.tables[0];
  if (own === undefined && end.unread === true) return unread("core:GetVnic", end.id);
  const table = own ?? network.subnets.get(end.subnet)?.routeTable;
  if (table === undefined) return unread("core:ListSubnets", end.subnet || end.id);
  if (!network.tables.has(table)) {
    if (gapIn(network.snapshot, "core:ListRouteTables", {}, end.node.page.region))
      return unread("core:ListRouteTables", table);
    network.tables.set(table, { id: table, routes: [], source: sourceOf(end.node) });
  }
  const first = end.tablesUnread === true ? perhapsAnother(network, table) : table;
  return { ...common, kind: "routes", id: table, table: view(first) };
}
