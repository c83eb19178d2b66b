import type { PortRange, TransportProtocol } from "../../src/model/exposure.ts";
import type { Approach, Gate, Leg } from "../../src/model/network.ts";
import { parseAddress } from "../../src/net/address.ts";
import { fits } from "../own-names.ts";
import { sourceOf } from "../reader.ts";
import { listGate, type Landscape } from "./landscape.ts";
import { addressCall } from "./operations.ts";
import { gapIn, keyOf } from "./pages.ts";
import { isPublic, ofAddress } from "./prefixes.ts";
import { gated, seenOutside, type Onward, type Sender } from "./receivers.ts";

/** What is dialled, and by whom: a sender with addresses of its own, or something that keeps the client's. */
export interface Dialled {
  readonly host: string;
  readonly port: number;
  readonly protocol: TransportProtocol;
  readonly by: Sender | "client";
  /** Hosts that may be asked for; absent or empty = any. */
  readonly asks?: readonly string[];
}

/** The ways from the internet that an address or name leads to, for what stands before it. */
export type PublicDoors = (dialled: Dialled) => readonly Onward[];

export function publicDoors(approaches: readonly Approach[], land: Landscape): PublicDoors {
  const known = new Map<string, Approach[]>();
  const open = approaches.filter(({ nearMiss }) => !nearMiss);
  const unknown = gapIn(land.network.snapshot, addressCall) ? open.filter(isUnaddressed) : [];
  for (const each of open) {
    const { address, hosts } = each.entry;
    for (const name of new Set([...hosts, ...(address === undefined ? [] : [address])])) {
      const same = known.get(name.toLowerCase());
      if (same) same.push(each);
      else known.set(name.toLowerCase(), [each]);
    }
  }
  return (dialled) => {
    const told = known.get(dialled.host.toLowerCase());
    if (told) return onwards(told, dialled, land);
    const perhaps = maySpeakOf(dialled.host) ? unknown : [];
    return onwards(perhaps, dialled, land).map((onward) => perhapsAt(onward, dialled));
  };
}

/** The rest of these ways for who dials their front door. */
export function onwards(
  approaches: readonly Approach[],
  dialled: Dialled,
  land: Landscape,
): Onward[] {
  return approaches.flatMap((approach): Onward[] => {
    const { via, authGate, assumptions, protocol, entryPorts } = approach;
    const workload = land.workloads.get(keyOf(approach.workload));
    const fitting = protocol.includes(dialled.protocol) && holds(entryPorts, dialled.port);
    if (!workload || !fitting || !answers(approach, dialled)) return [];
    const legs = walked(approach, dialled, land);
    const port = legs.findLast((leg) => leg.port !== undefined)?.port ?? dialled.port;
    return [{ workload, via, authGate, assumptions, legs, port }];
  });
}

/** A door with names of its own takes nothing that is asked of others. */
function answers({ entry }: Approach, { asks = [] }: Dialled): boolean {
  const served = entry.hosts.filter((host) => !ofAddress.test(host));
  return (
    asks.length === 0 ||
    served.length === 0 ||
    served.some((host) => asks.some((name) => fits(host, name.toLowerCase())))
  );
}

/** A front door whose public address is not known, where it has one. */
function isUnaddressed({ entry, legs }: Approach): boolean {
  const own = legs[0]?.own ?? [];
  return (
    entry.address === undefined &&
    !own.some((gate) => gate.kind === "unread" || (gate.kind === "state" && !gate.open))
  );
}

/** Addresses of the internet, and the names that Azure gives to public addresses. */
function maySpeakOf(host: string): boolean {
  return parseAddress(host) ? isPublic(host) : /\.cloudapp\.azure\.com$/i.test(host);
}

function perhapsAt(onward: Onward, { host, by }: Dialled): Onward {
  const { source, name } = onward.workload;
  const because = `the public addresses were not read: whether ${host} leads to ${name} is unknown`;
  const id = by === "client" ? host : by.name;
  const code = "LB_NO_TARGET";
  return gated(onward, { kind: "unread", limit: false, code, id, because, source });
}

function holds({ from, to }: PortRange, port: number): boolean {
  return from <= port && port <= to;
}

/** Where a way keeps the client's address, its gates see the sender's. */
function walked({ legs, clients }: Approach, { by, port }: Dialled, land: Landscape): Leg[] {
  const seen = by === "client" ? { addresses: by, gates: [] } : seenOutside(by);
  const limits = clients && by !== "client" ? [clientsGate(clients, by, land)] : [];
  return legs.map((leg, i) => ({
    ...leg,
    ...(i === 0 && { port: leg.port ?? port, own: [...leg.own, ...limits, ...seen.gates] }),
    ...(leg.from.addresses === "client" && { from: { addresses: seen.addresses, groups: [] } }),
  }));
}

/** The list of clients that the front door itself has, asked of the sender. */
function clientsGate(cidrs: readonly string[], { name, node }: Sender, land: Landscape): Gate {
  const code = "MIDDLEBOX_DENY";
  const facts = { id: name, code, denied: code, otherwise: "deny", node } as const;
  const peers = cidrs.map((cidr) => ({ kind: "prefix", cidr }) as const);
  return listGate(land.network, facts, [
    { id: name, action: "allow", peers, source: sourceOf(node) },
  ]);
}
