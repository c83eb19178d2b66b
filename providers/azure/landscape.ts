import type { PortRange, TransportProtocol } from "../../src/model/exposure.ts";
import type { Workload } from "../../src/model/inventory.ts";
import type { Approach, Gate, Leg, Rule } from "../../src/model/network.ts";
import { allPorts } from "../../src/net/flow-set.ts";
import { everyPort, portsOf, rangesOf, subtractPorts } from "../../src/net/port-set.ts";
import { sourceOf, type Node } from "../reader.ts";
import type { PublicAddresses } from "./addresses.ts";
import type { Balancer } from "./balancers.ts";
import type { Interfaces, IpConfiguration } from "./interfaces.ts";
import { client, closed, nobody, workloadStop } from "./legs.ts";
import type { AzureNetwork } from "./network.ts";
import { keyOf } from "./pages.ts";

/** Everything that front doors lead to. */
export interface Landscape {
  readonly network: AzureNetwork;
  readonly interfaces: Interfaces;
  readonly addresses: PublicAddresses;
  readonly workloads: ReadonlyMap<string, Workload>;
  readonly balancers: readonly Balancer[];
  readonly sites: readonly WebTarget[];
}

/** An address in a network: of an internal environment, or of a private endpoint. */
export interface InsideDoor {
  /** Id of the subnet that it stands in. */
  readonly subnet: string;
  /** Empty = not told. */
  readonly addresses: readonly string[];
  readonly gates: readonly Gate[];
  readonly assumption: string;
}

/** A managed platform that answers on a host name. */
export interface WebTarget {
  readonly workload: Workload;
  readonly hosts: readonly string[];
  /** Id of the resource that a private link leads to. */
  readonly id: string;
  readonly port: number;
  readonly authGate: Approach["authGate"];
  /** Gates between someone who dials the public name and the workload. */
  readonly gates: readonly Gate[];
  /** The same for a Front Door profile, whose id the platform tells from others. */
  gatesFor(profile: string | undefined): readonly Gate[];
  /** Those that a private link passes over left out. */
  readonly privateGates: readonly Gate[];
  /** Where it answers inside of networks, past the name's public address. */
  readonly inside: readonly InsideDoor[];
  readonly assumptions: readonly string[];
}

export function workloadBehind(
  { workloads }: Landscape,
  { machine }: IpConfiguration,
): Workload | undefined {
  return workloads.get(keyOf(machine));
}

/** An ordered list of who may come, asked of every packet: access restrictions, custom rules of a firewall. */
export function listGate(
  network: AzureNetwork,
  facts: {
    readonly id: string;
    readonly code: Gate["code"];
    readonly denied: Gate["code"];
    readonly otherwise: "allow" | "deny";
    readonly node: Node;
  },
  rules: readonly Omit<Rule, "protocol" | "ports">[],
): Gate {
  const { id, code, denied, otherwise, node } = facts;
  const source = sourceOf(node);
  const content = rules.map((rule): Rule => ({ ...rule, protocol: "any", ports: allPorts }));
  const set = `${id}|${code}|${JSON.stringify(content.map(({ id: name, action, peers }) => [name, action, peers]))}`;
  network.sets.set(set, { id: set, rules: content, source });
  const stages = [{ ruleSets: [set], code: denied }];
  return { kind: "staged", code, id, source, stages, otherwise, peer: "from", port: "dialled" };
}

/** Ports of a workload that its front door has nothing for. */
export function unserved(
  workload: Workload,
  door: { readonly name: string; readonly node: Node; readonly unread?: string },
  used: readonly PortRange[],
  protocol: readonly TransportProtocol[] = ["tcp", "udp"],
): Approach[] {
  const because = `${door.name} has nothing that leads to this port of ${workload.name}`;
  const leg: Leg = {
    family: "ipv4",
    from: client,
    to: nobody,
    own: [
      door.unread === undefined
        ? closed("LB_NO_LISTENER", door.name, because, door.node)
        : unreadGate(door.name, door.unread, door.node),
    ],
    stop: workloadStop(workload, because),
  };
  const way = (entryPorts: PortRange): Approach => ({
    workload: workload.id,
    protocol,
    via: [door.name],
    family: "ipv4",
    entryPorts,
    legs: [leg],
    entry: { hosts: [], paths: [], tls: "unknown" },
    backendTls: "unknown",
    authGate: "none",
    assumptions: [],
    ...(door.unread === undefined && { nearMiss: true }),
  });
  return rangesOf(subtractPorts(everyPort, portsOf(used))).map(way);
}

function unreadGate(id: string, because: string, node: Node): Gate {
  const code = "LB_NO_LISTENER";
  return { kind: "unread", limit: false, code, id, source: sourceOf(node), because };
}
