import type { Gate, Peer, Rule } from "../../src/model/network.ts";
import { at, flag, items, number, sourceOf, text, texts, type Node } from "../reader.ts";
import { peersOfExpression, type Speaking } from "./armor-expressions.ts";
import { layer4Rules, portsOf } from "./firewall-rules.ts";
import { nameOf, pathOf } from "./links.ts";
import type { GcpNetwork } from "./network.ts";

const every = { from: 0, to: 65_535 } as const;

/** Security policies of what is served: a backend service, a pool, or an address of an instance. */
export function armorOf(served: Node, land: GcpNetwork): Gate[] {
  return (["edgeSecurityPolicy", "securityPolicy"] as const).flatMap((key): Gate[] => {
    const link = text(served, key);
    if (link === undefined || link === "") return [];
    const policy = land.armor.get(pathOf(link));
    if (policy) return [armorGate(policy, land)];
    const because = `compute.securityPolicies.aggregatedList was not read: the rules of ${nameOf(link)} are unknown`;
    return [
      {
        kind: "unread",
        limit: true,
        code: "LB_POLICY_DENY",
        id: nameOf(link),
        source: sourceOf(served),
        because,
      },
    ];
  });
}

/** The gate of a security policy. https://cloud.google.com/armor/docs/security-policy-overview */
function armorGate(policy: Node, land: GcpNetwork): Gate {
  const name = text(policy, "name") ?? "policy";
  const id = `armor|${text(policy, "selfLink") ?? name}`;
  const source = sourceOf(policy);
  if (!land.sets.has(id)) land.sets.set(id, { id, rules: rulesOf(name, policy), source });
  return {
    kind: "staged",
    code: "LB_POLICY_DENY",
    id: name,
    source,
    stages: [{ ruleSets: [id], code: "LB_POLICY_DENY" }],
    otherwise: "allow",
    peer: "from",
    port: "dialled",
  };
}

function rulesOf(policy: string, node: Node): Rule[] {
  return items(node, "rules")
    .filter((rule) => flag(rule, "preview") !== true)
    .map((rule) => ({ rule, priority: number(rule, "priority") ?? 0 }))
    .toSorted((a, b) => a.priority - b.priority)
    .flatMap(({ rule, priority }, i, all) => {
      const guarded = all.slice(i + 1).some((later) => !admits(later.rule));
      return toRules(`${policy}#${priority}`, rule, guarded);
    });
}

/** Limits of rate let requests through until they are many; redirects do not reach the backend. */
function admits(rule: Node): boolean {
  return /^(allow|throttle|rate_based_ban)/.test(text(rule, "action") ?? "");
}

/** `guarded`: a later rule denies some of what this one does not admit, so that its condition matters. */
function toRules(id: string, rule: Node, guarded: boolean): Rule[] {
  const allows = admits(rule);
  const { peers, provided } = peersOf(rule, allows);
  if (peers.length === 0) return [];
  const network = at(rule, "networkMatch");
  const matches = network ? networkMatches(network) : [{ protocol: "any", ports: every } as const];
  const source = sourceOf(rule);
  const limits: Peer[] =
    guarded && provided !== undefined ? [{ kind: "unknown", because: provided }] : [];
  const ruled = (action: Rule["action"], about: readonly Peer[]): Rule[] =>
    matches.map(({ protocol, ports }) => ({ id, action, protocol, ports, peers: about, source }));
  return [
    ...(limits.length > 0 ? ruled("deny", limits) : []),
    ...ruled(allows ? "allow" : "deny", peers),
  ];
}

function networkMatches(match: Node): Pick<Rule, "protocol" | "ports">[] {
  const ports = texts(match, "destPorts").flatMap((range) => portsOf(range) ?? []);
  const protocols = texts(match, "ipProtocols");
  const ranges = ports.length > 0 ? ports : [every];
  if (protocols.length === 0) return ranges.map((range) => ({ protocol: "any", ports: range }));
  return protocols.flatMap((protocol) => layer4Rules(protocol, ranges));
}

function peersOf(rule: Node, allows: boolean): Speaking {
  const network = at(rule, "networkMatch");
  if (network) return { peers: networkPeers(network) };
  const match = at(rule, "match");
  const config = match && at(match, "config");
  const ranges = config ? texts(config, "srcIpRanges") : [];
  if (ranges.length > 0) return { peers: ranges.flatMap(prefixes) };
  const expr = match && at(match, "expr");
  const expression = expr && text(expr, "expression");
  return expression === undefined
    ? { peers: prefixes("*") }
    : peersOfExpression(expression, allows);
}

function networkPeers(match: Node): Peer[] {
  const ranges = texts(match, "srcIpRanges");
  const lists = [
    "srcRegionCodes",
    "srcAsns",
    "userDefinedFields",
    "srcPorts",
    "destIpRanges",
  ].filter((key) => items(match, key).length > 0);
  if (lists.length > 0) return [{ kind: "unknown", because: `clients by ${lists.join(" and ")}` }];
  return ranges.length > 0 ? ranges.flatMap(prefixes) : prefixes("*");
}

function prefixes(range: string): Peer[] {
  const cidrs = range === "*" ? ["0.0.0.0/0", "::/0"] : [range];
  return cidrs.map((cidr) => ({ kind: "prefix", cidr }));
}
