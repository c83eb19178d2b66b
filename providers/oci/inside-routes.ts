import type { Gate } from "../../src/model/network.ts";
import { parseAddress } from "../../src/net/address.ts";
import { longestFor } from "../../src/net/longest-prefix.ts";
import { sourceOf } from "../reader.ts";
import { machineGates } from "./middlebox.ts";
import type { End, OciNetwork } from "./network.ts";
import { gapIn } from "./pages.ts";
import { kindOf, machines } from "./route-tables.ts";

/** What carries packets on to another network. */
const peerings: ReadonlySet<string> = new Set(["localpeeringgateway", "drg"]);

type Next =
  | { readonly kind: "straight" }
  | { readonly kind: "machine"; readonly machine: string }
  | { readonly kind: "nowhere" | "unread"; readonly because: string };

/**
 * What stands between a front door and what it forwards to: the routes either way, and the machine that both lead
 * through. Within a subnet nothing is routed; between subnets a route that is at least as specific beats the local one.
 * https://docs.oracle.com/en-us/iaas/Content/Network/Tasks/managingroutetables.htm
 */
export function insideGates(network: OciNetwork, front: End, end: End): Gate[] {
  const [there = ""] = end.addresses;
  const family = parseAddress(there)?.family;
  const back = front.addresses.find((address) => parseAddress(address)?.family === family);
  if (front.subnet === end.subnet || family === undefined || back === undefined) return [];
  const out = nextFrom(network, front, end, there);
  const home = nextFrom(network, end, front, back);
  if (out.kind === "machine" && home.kind === "machine" && out.machine === home.machine)
    return machineGates(network, out.machine, [there], end.node);
  const [closed] = [...closedBy(out, end), ...closedBy(home, end)];
  if (closed) return [closed];
  if (out.kind === "straight" && home.kind === "straight") return [];
  const because = `the ways from ${front.id} to ${there} and back lead through different machines`;
  return [state("ASYMMETRIC_RETURN", end, because)];
}

function state(
  code: "NO_INTERNET_ROUTE" | "ASYMMETRIC_RETURN",
  { id, node }: End,
  because: string,
): Gate {
  return { kind: "state", open: false, code, id, because, source: sourceOf(node) };
}

function closedBy(next: Next, end: End): Gate[] {
  if (next.kind === "nowhere") return [state("NO_INTERNET_ROUTE", end, next.because)];
  if (next.kind !== "unread") return [];
  const { id, node } = end;
  const common = { kind: "unread", limit: true, code: "NO_INTERNET_ROUTE", id } as const;
  return [{ ...common, source: sourceOf(node), because: next.because }];
}

function nextFrom(network: OciNetwork, from: End, to: End, address: string): Next {
  const { subnets, tables } = network;
  const call = unreadCall(network, from);
  if (call !== undefined) {
    const because = `${call} was not read: ${from.id} is taken to have a way to ${address}`;
    return { kind: "unread", because };
  }
  const table = tables.get(tableOf(network, from));
  const target = (table && longestFor(table.routes, address)?.target) ?? "";
  const kind = kindOf(target);
  if (machines.has(kind)) return { kind: "machine", machine: target };
  const [here, there] = [from, to].map(({ subnet }) => subnets.get(subnet)?.vcn);
  const apart = here !== undefined && there !== undefined && here !== there;
  if (!apart || peerings.has(kind)) return { kind: "straight" };
  return { kind: "nowhere", because: `no route leads from ${from.id} to ${address}` };
}

function tableOf({ subnets }: OciNetwork, { tables, subnet }: End): string {
  return tables[0] ?? subnets.get(subnet)?.routeTable ?? "";
}

/** The call that would tell the table of an end. */
function unreadCall(network: OciNetwork, end: End): string | undefined {
  if (end.unread === true && end.tables.length === 0) return "core:GetVnic";
  if (end.tablesUnread === true) return "the list of addresses";
  const { region } = end.node.page;
  const hides = (call: string): boolean => gapIn(network.snapshot, call, {}, region) !== undefined;
  // Without its prefixes a network's own routes are not known, which beat wider ones.
  if (hides("core:ListVcns")) return "core:ListVcns";
  if (network.tables.has(tableOf(network, end))) return undefined;
  return ["core:ListSubnets", "core:ListRouteTables"].find(hides);
}
