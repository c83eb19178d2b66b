import type { Gate, Party } from "../../src/model/network.ts";
import { sourceOf } from "../reader.ts";
import { answerGates } from "./answers.ts";
import type { End, OciNetwork } from "./network.ts";
import { gapIn } from "./pages.ts";
import { egressOf, unreadRule } from "./rule-sets.ts";
import type { Attribute } from "./zpr.ts";

export type RuleCode = "FW_IMPLICIT_DENY" | "LB_SG_NO_MATCH" | "LB_TARGET_FW" | "MIDDLEBOX_DENY";

/** What an end's own rules say about who opens a connection to it. Lists of the subnet and groups are one union. */
export function admitGates(network: OciNetwork, end: End, code: RuleCode): Gate[] {
  const known = setsOf(network, end);
  if (!known) return [unreadSubnet(end, code)];
  const { id } = end;
  const source = sourceOf(end.node);
  const vcn = attributesAt(network, end);
  const policy = vcn
    ? network.zpr.admits(vcn, end.attributes, end.node, end.addresses)
    : [unmarked(end)];
  const doubt = statelessDoubt(network, end, known);
  const remembers = !known.some((set) => isStateless(network, set));
  return [
    {
      kind: "rules",
      match: "union",
      code,
      id,
      source,
      ruleSets: known,
      peer: "from",
      port: "dialled",
    },
    ...policy,
    ...doubt,
    ...(remembers
      ? []
      : [
          {
            kind: "stateless",
            code: "STATELESS_RETURN",
            id,
            source,
            requests: known,
            replies: known.map(egressOf),
          } as const,
        ]),
  ];
}

/** Attributes of the network that an end is in; undefined when they decide and were not read. */
export function attributesAt(network: OciNetwork, end: End): readonly Attribute[] | undefined {
  const vcn = network.subnets.get(end.subnet)?.vcn ?? "";
  const own = network.attributes.get(vcn);
  if (own || end.attributes.length === 0) return own ?? [];
  const { region } = end.node.page;
  const lists = ["core:ListVcns", "core:ListSubnets"];
  return lists.some((call) => gapIn(network.snapshot, call, {}, region)) ? undefined : [];
}

export function unmarked({ id, node }: End): Gate {
  const because = `networks were not read: the security attributes of the network of ${id} are unknown`;
  const source = sourceOf(node);
  return { kind: "unread", limit: false, code: "ZPR_NO_POLICY", id, source, because };
}

/** A stateless rule beats a stateful one: what was not read may hold one that lets no answer out. */
function statelessDoubt({ sets }: OciNetwork, { id, node }: End, known: readonly string[]): Gate[] {
  const hidden = known.find((set) =>
    sets.get(set)?.rules.some(({ peers }) => peers.some(({ kind }) => kind === "unknown")),
  );
  if (hidden === undefined) return [];
  const because = `${hidden} was not read: it is taken to hold no stateless rule`;
  const source = sourceOf(node);
  return [{ kind: "unread", limit: true, code: "STATELESS_RETURN", id, source, because }];
}

/** What an end may open itself: balancers and gateways towards what they forward to. */
export function leaveGates(network: OciNetwork, end: End, code: RuleCode): Gate[] {
  const known = setsOf(network, end);
  if (!known) return [unreadSubnet(end, code)];
  const source = sourceOf(end.node);
  return [
    {
      kind: "rules",
      match: "union",
      code,
      id: end.id,
      source,
      ruleSets: known.map(egressOf),
      peer: "to",
      port: "dialled",
    },
  ];
}

/** Whether the answers to what an end opens itself come back to it. */
export function returnGates(
  network: OciNetwork,
  end: End,
  to: Party,
  port: number | undefined,
): Gate[] {
  const known = setsOf(network, end);
  return known ? answerGates(network, end, known, to, port) : [];
}

function isStateless(network: OciNetwork, set: string): boolean {
  return network.sets.get(set)?.rules.some(({ stateless }) => stateless === true) ?? false;
}

/** Rule sets of an end, with stand-ins for those that were not read; undefined when the subnet is unknown. */
function setsOf(network: OciNetwork, end: End): string[] | undefined {
  const subnet = network.subnets.get(end.subnet);
  if (!subnet) return undefined;
  const named = [...subnet.lists, ...end.groups];
  if (end.groupsUnread === true) named.push(`groups of ${end.id}`);
  const { page } = end.node;
  for (const id of named) {
    if (network.sets.has(id)) continue;
    const call = subnet.lists.includes(id)
      ? "core:ListSecurityLists"
      : end.groups.includes(id)
        ? "core:ListNetworkSecurityGroups"
        : "core:ListNetworkSecurityGroupVnics";
    const unread = gapIn(network.snapshot, call, {}, page.region);
    const rules = unread ? [unreadRule(id, call, end.node)] : [];
    for (const key of [id, egressOf(id)])
      network.sets.set(key, { id: key, rules, source: sourceOf(end.node) });
  }
  return named;
}

function unreadSubnet(end: End, code: RuleCode): Gate {
  const because = `core:ListSubnets was not read: the security lists of ${end.subnet || end.id} are unknown`;
  return { kind: "unread", limit: false, code, id: end.id, source: sourceOf(end.node), because };
}
