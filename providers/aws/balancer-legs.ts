import type { IpFamily } from "../../src/model/exposure.ts";
import type { Gate, Leg, Party } from "../../src/model/network.ts";
import { sourceOf, type Node } from "../reader.ts";
import type { BalancerNode } from "./balancer-nodes.ts";
import type { Balancer } from "./balancers.ts";
import { aclGate, groupGates, internetGates, type AwsNetwork } from "./network.ts";
import { failsOpen, type Target, type TargetGroup } from "./target-groups.ts";

export const nobody: Party = { addresses: [], groups: [] };

/** From the client to one node of a balancer. */
export function frontLeg(
  balancer: Balancer,
  node: BalancerNode,
  family: IpFamily,
  port: number,
  network: AwsNetwork,
): Leg {
  const source = sourceOf(balancer.node);
  const closed = balancer.closed[family];
  const own: Gate[] = closed
    ? [{ kind: "state", ...closed, id: balancer.name, open: false, source }]
    : [];
  return {
    family,
    from: { addresses: "client", groups: [] },
    to: nobody,
    port,
    own,
    chain: network.chain(`front|${node.subnet}|${balancer.groups.join(",")}`, () =>
      internetGates(network, node.subnet, {
        ids: balancer.groups,
        code: "LB_SG_NO_MATCH",
        node: node.node,
      }),
    ),
    stop: {
      kind: "balancer",
      id: balancer.name,
      because: `${node.id} is a node of ${balancer.name}`,
      source,
    },
  };
}

/** An end of the connection that a balancer opens. */
export interface Receiver {
  readonly id: string;
  readonly subnet: string;
  readonly groups: readonly string[];
  readonly addresses: readonly string[];
  /** Code of its own groups' refusal. */
  readonly code: "LB_TARGET_FW" | "LB_SG_NO_MATCH";
  readonly node: Node;
}

/** From a balancer's node to what it forwards to. ACLs filter between subnets, both ways. */
export function backLeg(
  balancer: Balancer,
  node: BalancerNode,
  receiver: Receiver,
  how: { readonly family: IpFamily; readonly port: number; readonly keepsClient: boolean },
  stop: Leg["stop"],
  network: AwsNetwork,
): Leg {
  const key = [
    "back",
    balancer.groups,
    node.subnet,
    receiver.subnet,
    receiver.groups,
    receiver.code,
  ];
  const chain = network.chain(key.map(String).join("|"), () => {
    const apart = node.subnet !== receiver.subnet;
    const acl = (
      subnet: string,
      direction: "in" | "out",
      port: "dialled" | "reply",
      near: Node,
    ): Gate[] => (apart ? [aclGate(network, subnet, direction, port, near)] : []);
    return [
      ...(balancer.groups.length > 0
        ? groupGates(network, balancer.groups, "LB_TARGET_FW", node.node, "out")
        : []),
      ...acl(node.subnet, "out", "dialled", node.node),
      ...acl(receiver.subnet, "in", "dialled", receiver.node),
      ...groupGates(network, receiver.groups, receiver.code, receiver.node),
      ...acl(receiver.subnet, "out", "reply", receiver.node),
      ...acl(node.subnet, "in", "reply", node.node),
    ];
  });
  return {
    family: how.family,
    from: {
      addresses: how.keepsClient ? "client" : node.addresses[how.family],
      groups: balancer.groups,
    },
    to: { addresses: receiver.addresses, groups: receiver.groups },
    port: how.port,
    own:
      node.unread === undefined || how.keepsClient
        ? []
        : [unread("LB_TARGET_FW", node.id, node.unread, node.node)],
    chain,
    stop,
  };
}

function unread(code: Gate["code"], id: string, because: string, node: Node): Gate {
  return { kind: "unread", limit: false, code, id, because, source: sourceOf(node) };
}

/** What may keep a node from choosing a registered target now. Every one of these can change by itself. */
export function targetGates(
  target: Target,
  group: TargetGroup,
  balancer: Balancer,
  node: BalancerNode,
  zone: string,
): Gate[] {
  const gate = (code: "LB_NO_TARGET" | "LB_TARGET_UNHEALTHY", because: string): Gate => ({
    kind: "state",
    code,
    id: group.name,
    rule: group.name,
    open: false,
    latent: true,
    because,
    source: sourceOf(target.node),
  });
  const { id } = target;
  const out = healthGates(target, group, gate);
  if (zone === "" || zone === "all") return out;
  const enabled = balancer.nodes.some((each) => each.zone === zone || each.zone === "");
  if (!enabled)
    out.push(gate("LB_NO_TARGET", `${balancer.name} has no node in ${zone}, the zone of ${id}`));
  else if (!crossesZones(group, balancer) && node.zone !== "" && node.zone !== zone)
    out.push(
      gate("LB_NO_TARGET", `${node.id} is in ${node.zone} and crosses no zone to ${id} in ${zone}`),
    );
  return out;
}

function healthGates(
  { id, state, node }: Target,
  group: TargetGroup,
  gate: (code: "LB_NO_TARGET" | "LB_TARGET_UNHEALTHY", because: string) => Gate,
): Gate[] {
  const registered = `${id} is registered with ${group.name} but ${state}`;
  if (state === "unused") return [gate("LB_NO_TARGET", registered)];
  if (state === "draining")
    return [gate("LB_NO_TARGET", registered), gate("LB_TARGET_UNHEALTHY", `${id} is draining`)];
  if (state === "healthy" || failsOpen(group)) return [];
  const because = `${id} is unhealthy while others of ${group.name} are healthy`;
  if (group.assumption === undefined) return [gate("LB_TARGET_UNHEALTHY", because)];
  return [unread("LB_TARGET_UNHEALTHY", group.name, `${group.assumption}, and ${because}`, node)];
}

/** The group's own setting, else the balancer's; where it was not read, they are taken to be crossed. */
function crossesZones({ attributes, assumption }: TargetGroup, balancer: Balancer): boolean {
  if (assumption !== undefined) return true;
  const own = attributes.get("load_balancing.cross_zone.enabled");
  return own === "true" || own === "false" ? own === "true" : balancer.crossZone;
}
