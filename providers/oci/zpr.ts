import type { Gate, Peer, Rule, RuleSet } from "../../src/model/network.ts";
import { covers } from "../../src/net/prefix-set.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, isObject, sourceOf, text, texts, type Node } from "../reader.ts";
import { elements, gapIn } from "./pages.ts";
import { everyPort } from "./rule-sets.ts";
import {
  fullName,
  parseStatement,
  type Attribute,
  type Statement,
  type StatementEnd,
} from "./zpr-statements.ts";

export type { Attribute } from "./zpr-statements.ts";

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

export interface Zpr {
  /** What an endpoint admits, and what it answers; empty when nothing marks it. */
  admits(
    vcn: readonly Attribute[],
    own: readonly Attribute[],
    near: Node,
    addresses?: readonly string[],
  ): Gate[];
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
      return { line, id, node: policy, parsed: parseStatement(line, id, policy) };
    }),
  );
  const ranges = new Set(
    lines
      .flatMap(({ parsed }) => (parsed ? [parsed.from, parsed.to] : []))
      .flatMap((end) => (typeof end === "object" && "cidr" in end ? [end.cidr] : [])),
  );
  // Nothing else tells machines with the same attributes apart.
  const rangesWith = (addresses: readonly string[]): readonly string[] =>
    [...ranges].filter((cidr) => addresses.some((address) => covers([cidr], address)));
  const setFor = (
    key: string,
    near: Node,
    peer: "from" | "to",
    rulesOf: (statement: Statement) => Rule[],
  ): string => {
    const set = `zpr|${peer}|${near.page.region}|${key}`;
    if (sets.has(set)) return set;
    const here = lines.filter(({ node }) => node.page.region === near.page.region);
    const rules = here.flatMap(({ line, id, node, parsed }) =>
      parsed ? rulesOf(parsed) : [foreign(line, id, node)],
    );
    sets.set(set, { id: set, rules, source: sourceOf(near) });
    return set;
  };
  const unread = (id: string, near: Node): Gate[] => {
    if (!gapIn(snapshot, "zpr:ListZprPolicies", {}, near.page.region)) return [];
    const because = "zpr:ListZprPolicies was not read: what may reach a marked endpoint is unknown";
    return [{ code, id, source: sourceOf(near), kind: "unread", limit: false, because }];
  };
  return {
    admits(vcn, own, near, addresses = []) {
      if (own.length === 0) return [];
      const id = [vcn, own, rangesWith(addresses)].map(String).join("|");
      const hidden = unread(id, near);
      if (hidden.length > 0) return hidden;
      const set = setFor(id, near, "from", (each) => towards(each, vcn, own, addresses));
      const gate = gateOf(id, near, "from", set);
      if (!sets.get(set)?.rules.some((rule) => rule.stateless)) return [gate];
      const back = setFor(id, near, "to", (each) => awayFrom(each, vcn, own, addresses));
      const source = sourceOf(near);
      const common = { id, source, requests: [set], replies: [back] };
      return [gate, { kind: "stateless", code: "STATELESS_RETURN", ...common }];
    },
    opens(vcn, own, near) {
      if (own.length === 0) return undefined;
      const id = [vcn, own, []].map(String).join("|");
      const [hidden] = unread(id, near);
      if (hidden) return hidden;
      return gateOf(
        id,
        near,
        "to",
        setFor(id, near, "to", (each) => awayFrom(each, vcn, own, [])),
      );
    },
  };
}

function gateOf(id: string, near: Node, peer: "from" | "to", set: string): Gate {
  const source = sourceOf(near);
  return {
    code,
    id,
    source,
    kind: "rules",
    match: "union",
    ruleSets: [set],
    peer,
    port: "dialled",
  };
}

/** What a statement lets in to an end. */
function towards(
  statement: Statement,
  vcn: readonly Attribute[],
  own: readonly Attribute[],
  addresses: readonly string[],
): Rule[] {
  const here = isIn(vcn, statement.far) && isOneOf(statement.to, own, addresses);
  return here ? rulesFor(statement, peersOf(statement.from)) : [];
}

/** What a statement lets an end open, or answer. */
function awayFrom(
  statement: Statement,
  vcn: readonly Attribute[],
  own: readonly Attribute[],
  addresses: readonly string[],
): Rule[] {
  const here = isIn(vcn, statement.near) && isOneOf(statement.from, own, addresses);
  return here ? rulesFor(statement, peersOf(statement.to)) : [];
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

function isOneOf(
  end: StatementEnd,
  own: readonly Attribute[],
  addresses: readonly string[],
): boolean {
  if (end === "all") return true;
  if (end === "services") return false;
  if ("attribute" in end) return own.includes(end.attribute);
  return addresses.some((address) => covers([end.cidr], address));
}

function peersOf(end: StatementEnd): Peer[] {
  if (end === "services") return [];
  if (end === "all") return [{ kind: "group", id: everyEndpoint }];
  return "cidr" in end
    ? [{ kind: "prefix", cidr: end.cidr }]
    : [{ kind: "group", id: memberOf(end.attribute) }];
}
