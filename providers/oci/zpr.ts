import type { PortRange, TransportProtocol } from "../../src/model/exposure.ts";
import type { Gate, Peer, Rule, RuleSet } from "../../src/model/network.ts";
import { parseAddress, parsePrefix } from "../../src/net/address.ts";
import { holdsAddress, setOf } from "../../src/net/prefix-set.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, isObject, sourceOf, text, texts, type Node } from "../reader.ts";
import { elements, gapIn } from "./pages.ts";
import { everyPort } from "./rule-sets.ts";

/** `<namespace>.<key>:<value>`; the namespace `oracle-zpr` may be left out in a policy. */
export type Attribute = string;

export const everyEndpoint = "zpr:all-endpoints";

/** What carries an attribute in its own network, as rules name it. */
export const memberOf = (attribute: Attribute): string => `zpr:${attribute}`;

/** Attributes of a resource that are enforced; those in audit mode block nothing. */
export function attributesOf(node: Node): Attribute[] {
  const own = at(node, "securityAttributes");
  if (!own || !isObject(own.value)) return [];
  return Object.keys(own.value).flatMap((namespace) => {
    const keys = at(own, namespace);
    if (!keys || !isObject(keys.value)) return [];
    return Object.keys(keys.value).flatMap((key): Attribute[] => {
      const entry = at(keys, key);
      const value = entry && (text(entry, "value") ?? text(keys, key));
      const mode = (entry && text(entry, "mode")) ?? "enforce";
      return value === undefined || mode === "audit" ? [] : [fullName(namespace, key, value)];
    });
  });
}

function fullName(namespace: string, key: string, value: string): Attribute {
  return `${namespace}.${key}:${value}`.toLowerCase();
}

type End = { readonly attribute: Attribute } | { readonly cidr: string } | "all" | "services";

interface Statement {
  /** Attribute of the network of either end; absent where the end is outside of any. */
  readonly near?: Attribute;
  readonly far?: Attribute;
  readonly from: End;
  readonly to: End;
  readonly rules: readonly {
    readonly protocol: TransportProtocol | "any";
    readonly ports: PortRange;
  }[];
  readonly id: string;
  readonly node: Node;
}

const grammar =
  /^\s*in\s+(?<location>'(?:[^']|'')*'|\S+)\s+vcn\s+allow\s+(?<from>'(?:[^']|'')*'|\S+)(?:\s+endpoints)?\s+to\s+connect\s+to\s+(?<to>'(?:[^']|'')*'|[^\s']+)(?:\s+endpoints)?(?:\s+with\s+(?<rest>.*))?\s*$/i;

/** Of ends in different networks, each told with its own. */
const peered =
  /^\s*allow\s+(?<from>'(?:[^']|'')*'|\S+)(?:\s+endpoints)?(?:\s+in\s+(?<near>'(?:[^']|'')*'|\S+)\s+vcn)?\s+to\s+connect\s+to\s+(?<to>'(?:[^']|'')*'|[^\s']+)(?:\s+endpoints)?(?:\s+with\s+(?<rest>.*?))?(?:\s+in\s+(?<far>'(?:[^']|'')*'|\S+)\s+vcn)?\s*$/i;

/** https://docs.oracle.com/en-us/iaas/Content/zero-trust-packet-routing/zpr-policy-syntax.htm */
function parse(statement: string, id: string, node: Node): Statement | undefined {
  const parts = grammar.exec(statement)?.groups ?? peered.exec(statement)?.groups;
  if (!parts) return undefined;
  const [from, to] = [endOf(parts["from"]), endOf(parts["to"])];
  const [near, far] = [placeOf(parts, "near"), placeOf(parts, "far")];
  const rules = protocolsOf(parts["rest"]);
  if (!from || !to || !rules || (near === undefined && far === undefined)) return undefined;
  const places = { ...(near !== undefined && { near }), ...(far !== undefined && { far }) };
  return { ...places, from, to, rules, id, node };
}

/** Both ends are in the one network, where one is told. */
function placeOf(parts: Record<string, string>, end: "near" | "far"): Attribute | undefined {
  return attributeOf(unquoted(parts["location"] ?? parts[end] ?? ""));
}

function unquoted(word: string): string {
  return word.startsWith("'") ? word.slice(1, -1).replaceAll("''", "'") : word;
}

function endOf(word: string | undefined): End | undefined {
  const name = unquoted(word ?? "");
  if (name === "all-endpoints") return "all";
  if (name.startsWith("osn-services-ip")) return "services";
  const prefix = parsePrefix(name) ?? parseAddress(name);
  if (prefix) return { cidr: name };
  const attribute = attributeOf(name);
  return attribute === undefined ? undefined : { attribute };
}

function attributeOf(name: string): Attribute | undefined {
  const parts = /^(?:([^.:]+)\.)?([^.:]+):(.+)$/.exec(name);
  const [, namespace = "oracle-zpr", key, value] = parts ?? [];
  return key === undefined || value === undefined ? undefined : fullName(namespace, key, value);
}

/** `protocol='tcp/22'`, `protocol='tcp/80-90'`, `protocol='udp'`; more than one joined by commas or `and`. */
function protocolsOf(rest: string | undefined): Statement["rules"] | undefined {
  if (rest === undefined) return [{ protocol: "any", ports: everyPort }];
  const named = [...rest.matchAll(/'([^']*)'/g)].map(([, word = ""]) => word.toLowerCase());
  const out = named.flatMap((word) => {
    const [, protocol, from, to] = /^(tcp|udp)(?:\/(\d+)(?:-(\d+))?)?$/.exec(word) ?? [];
    if (protocol !== "tcp" && protocol !== "udp") return [];
    const ports = from === undefined ? everyPort : { from: Number(from), to: Number(to ?? from) };
    return [{ protocol, ports } as const];
  });
  const understood = named.every((word) => /^(?:tcp|udp|icmp)/.test(word));
  return /protocol/i.test(rest) && understood && named.length > 0 ? out : undefined;
}

export interface Zpr {
  /** What an endpoint admits; undefined when nothing marks it. */
  admits(
    vcn: readonly Attribute[],
    own: readonly Attribute[],
    near: Node,
    addresses?: readonly string[],
  ): Gate | undefined;
  /** What a marked endpoint may open towards one that is not marked. */
  opens(vcn: readonly Attribute[], own: readonly Attribute[], near: Node): Gate | undefined;
}

const code = "ZPR_NO_POLICY";

export function zpr(snapshot: Snapshot, sets: Map<string, RuleSet>): Zpr {
  const policies = elements(snapshot, "zpr:ListZprPolicies").filter(
    (policy) => (text(policy, "lifecycleState") ?? "ACTIVE") === "ACTIVE",
  );
  const lines = policies.flatMap((policy) =>
    texts(policy, "statements").map((line, i) => {
      const id = `${text(policy, "name") ?? text(policy, "id") ?? "policy"}#${i + 1}`;
      return { line, id, node: policy, parsed: parse(line, id, policy) };
    }),
  );
  const gateOf = (
    key: string,
    near: Node,
    peer: "from" | "to",
    rulesOf: (statement: Statement) => Rule[],
  ): Gate => {
    const common = { code, id: key, source: sourceOf(near) } as const;
    if (gapIn(snapshot, "zpr:ListZprPolicies", {}, near.page.region)) {
      const because =
        "zpr:ListZprPolicies was not read: what may reach a marked endpoint is unknown";
      return { ...common, kind: "unread", limit: false, because };
    }
    const here = lines.filter(({ node }) => node.page.region === near.page.region);
    const rules = here.flatMap(({ line, id, node, parsed }) =>
      parsed ? rulesOf(parsed) : [foreign(line, id, node)],
    );
    const set = `zpr|${peer}|${near.page.region}|${key}`;
    if (!sets.has(set)) sets.set(set, { id: set, rules, source: sourceOf(near) });
    return { ...common, kind: "rules", match: "union", ruleSets: [set], peer, port: "dialled" };
  };
  return {
    admits(vcn, own, near, addresses = []) {
      if (own.length === 0) return undefined;
      const key = [vcn, own, addresses].map(String).join("|");
      return gateOf(key, near, "from", (each) => {
        const here = isIn(vcn, each.far) && isOneOf(each.to, own, addresses);
        return here ? rulesFor(each, peersOf(each.from)) : [];
      });
    },
    opens(vcn, own, near) {
      if (own.length === 0) return undefined;
      return gateOf([vcn, own].map(String).join("|"), near, "to", (each) => {
        const here = isIn(vcn, each.near) && isOneOf(each.from, own, []);
        return here ? rulesFor(each, peersOf(each.to)) : [];
      });
    },
  };
}

function isIn(vcn: readonly Attribute[], location: Attribute | undefined): boolean {
  return location !== undefined && vcn.includes(location);
}

/** A statement that is not understood may allow anything. */
function foreign(line: string, id: string, node: Node): Rule {
  const because = `the statement of ${id} is not understood: ${line}`;
  const peers: Peer[] = [{ kind: "unknown", because }];
  return { id, action: "allow", protocol: "any", ports: everyPort, peers, source: sourceOf(node) };
}

function rulesFor({ rules, id, node }: Statement, peers: readonly Peer[]): Rule[] {
  return rules.map((rule): Rule => ({
    ...rule,
    id,
    action: "allow",
    peers,
    source: sourceOf(node),
  }));
}

function isOneOf(end: End, own: readonly Attribute[], addresses: readonly string[]): boolean {
  if (end === "all") return true;
  if (end === "services") return false;
  if ("attribute" in end) return own.includes(end.attribute);
  const prefix = parsePrefix(end.cidr);
  return addresses.some((address) => {
    const family = parseAddress(address)?.family;
    return prefix && family === prefix.family && holdsAddress(setOf(family, [prefix]), address);
  });
}

function peersOf(end: End): Peer[] {
  if (end === "services") return [];
  if (end === "all") return [{ kind: "group", id: everyEndpoint }];
  return "cidr" in end
    ? [{ kind: "prefix", cidr: end.cidr }]
    : [{ kind: "group", id: memberOf(end.attribute) }];
}
