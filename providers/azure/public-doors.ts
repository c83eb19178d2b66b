import type { PortRange, TransportProtocol } from "../../src/model/exposure.ts";
import type { Approach, Gate, Leg } from "../../src/model/network.ts";
import { sourceOf } from "../reader.ts";
import { listGate, type Landscape } from "./landscape.ts";
import { keyOf } from "./pages.ts";
import type { Onward, Sender } from "./receivers.ts";

/** What is dialled, and by whom: a sender with addresses of its own, or something that keeps the client's. */
export interface Dialled {
  readonly host: string;
  readonly port: number;
  readonly protocol: TransportProtocol;
  readonly by: Sender | "client";
}

/** The ways from the internet that an address or name leads to, for what stands before it. */
export type PublicDoors = (dialled: Dialled) => readonly Onward[];

export function publicDoors(approaches: readonly Approach[], land: Landscape): PublicDoors {
  const known = new Map<string, Approach[]>();
  for (const each of approaches.filter(({ nearMiss }) => !nearMiss)) {
    const { address, hosts } = each.entry;
    for (const name of new Set([...hosts, ...(address === undefined ? [] : [address])])) {
      const same = known.get(name.toLowerCase());
      if (same) same.push(each);
      else known.set(name.toLowerCase(), [each]);
    }
  }
  return (dialled) =>
    (known.get(dialled.host.toLowerCase()) ?? []).flatMap((approach): Onward[] => {
      const { via, authGate, assumptions, protocol, entryPorts } = approach;
      const workload = land.workloads.get(keyOf(approach.workload));
      if (!workload || !protocol.includes(dialled.protocol) || !holds(entryPorts, dialled.port))
        return [];
      const legs = walked(approach, dialled, land);
      const port = legs.findLast((leg) => leg.port !== undefined)?.port ?? dialled.port;
      return [{ workload, via, authGate, assumptions, legs, port }];
    });
}

function holds({ from, to }: PortRange, port: number): boolean {
  return from <= port && port <= to;
}

/** Where a way keeps the client's address, its gates see the sender's. */
function walked({ legs, clients }: Approach, { by, port }: Dialled, land: Landscape): Leg[] {
  const addresses = by === "client" ? by : (by.publicAddresses ?? by.addresses);
  const limits = clients && by !== "client" ? [clientsGate(clients, by, land)] : [];
  return legs.map((leg, i) => ({
    ...leg,
    ...(i === 0 && { port: leg.port ?? port, own: [...leg.own, ...limits] }),
    ...(leg.from.addresses === "client" && { from: { addresses, groups: [] } }),
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
