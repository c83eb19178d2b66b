import type { Gate, Peer, Rule } from "../../src/model/network.ts";
import { toCidrs, intersect } from "../../src/net/prefix-set.ts";
import { at, flag, items, number, sourceOf, text, texts, type Node } from "../reader.ts";
import { listGate } from "./landscape.ts";
import type { AzureNetwork } from "./network.ts";
import { keyOf, nameIn, nameOf, props } from "./pages.ts";
import { anywhere, cidrsOf, families, outside, setFrom } from "./prefixes.ts";

type Match =
  | { readonly kind: "addresses"; readonly cidrs: readonly string[] }
  /** The client chooses it with its request. */
  | { readonly kind: "request" }
  | { readonly kind: "unknown"; readonly because: string };

/** A firewall policy in force, or one that is named and was not read: it could only close more. */
export type Waf =
  | { readonly kind: "read"; readonly policy: Node }
  | { readonly kind: "unread"; readonly id: string; readonly because: string; readonly node: Node };

export function wafAt(
  id: string,
  policies: ReadonlyMap<string, Node>,
  call: string,
  node: Node,
): Waf {
  const policy = policies.get(keyOf(id));
  return policy ? { kind: "read", policy } : unreadWaf(call, id, node);
}

export function unreadWaf(call: string, id: string, node: Node): Waf {
  const name = nameIn(id);
  const because = `${call} does not show the firewall policy of ${name}: it is taken to let everyone pass`;
  return { kind: "unread", id: name, because, node };
}

/**
 * Custom rules of a web application firewall as a list of who may come. Managed rule sets look at what is sent, which
 * a client chooses. https://learn.microsoft.com/azure/web-application-firewall/ag/custom-waf-rules-overview
 */
export function wafGates(network: AzureNetwork, waf: Waf | undefined): Gate[] {
  if (!waf) return [];
  if (waf.kind === "unread") {
    const { id, because, node } = waf;
    const code = "LB_POLICY_DENY";
    return [{ kind: "unread", limit: true, code, id, source: sourceOf(node), because }];
  }
  const { policy } = waf;
  const own = props(policy);
  const settings = at(own, "policySettings");
  const enabled =
    ((settings && (text(settings, "state") ?? text(settings, "enabledState"))) ?? "Enabled") ===
    "Enabled";
  const blocks = (settings && text(settings, "mode")) === "Prevention";
  if (!enabled || !blocks) return [];
  const custom = at(own, "customRules");
  const listed = items(own, "customRules");
  const rules = (listed.length > 0 || !custom ? listed : items(custom, "rules"))
    .filter((rule) => !isOff(rule))
    .toSorted((a, b) => (number(a, "priority") ?? 0) - (number(b, "priority") ?? 0))
    .flatMap((rule) => toRule(rule, nameOf(policy)));
  if (rules.length === 0) return [];
  const code = "LB_POLICY_DENY";
  const facts = {
    id: nameOf(policy),
    code,
    denied: code,
    otherwise: "allow",
    node: policy,
  } as const;
  return [listGate(network, facts, rules)];
}

function isOff(rule: Node): boolean {
  return (text(rule, "state") ?? text(rule, "enabledState")) === "Disabled";
}

function toRule(rule: Node, policy: string): Omit<Rule, "protocol" | "ports">[] {
  const verb = (text(rule, "action") ?? "").toLowerCase();
  if (verb !== "allow" && verb !== "block" && verb !== "redirect") return [];
  const action = verb === "allow" ? "allow" : "deny";
  const matches = items(rule, "matchConditions").map(matchOf);
  const limited = text(rule, "ruleType") === "RateLimitRule";
  const chosen = matches.some(({ kind }) => kind === "request");
  // A client that wants to get in sends what an allow asks for, and not what a block looks for.
  if (limited || (chosen && action === "deny")) return [];
  const unknown = matches.find((match) => match.kind === "unknown");
  const peers: Peer[] = unknown
    ? [{ kind: "unknown", because: unknown.because }]
    : common(matches).map((cidr): Peer => ({ kind: "prefix", cidr }));
  return [{ id: `${policy}#${nameOf(rule)}`, action, peers, source: sourceOf(rule) }];
}

/** Conditions of one rule must all hold. */
function common(matches: readonly Match[]): string[] {
  return families.flatMap((family) =>
    toCidrs(
      matches.reduce(
        (sum, match) =>
          match.kind === "addresses" ? intersect(sum, setFrom(family, match.cidrs)) : sum,
        setFrom(family, anywhere),
      ),
    ),
  );
}

const addressVariables: ReadonlySet<string> = new Set(["remoteaddr", "socketaddr"]);

function matchOf(condition: Node): Match {
  const single = text(condition, "matchVariable");
  const several = items(condition, "matchVariables").map((each) => text(each, "variableName"));
  const variables = [...several, single].flatMap((name) => name?.toLowerCase() ?? []);
  if (!variables.some((name) => addressVariables.has(name))) return { kind: "request" };
  const operator = (text(condition, "operator") ?? "").toLowerCase();
  if (operator === "geomatch")
    return {
      kind: "unknown",
      because: "which addresses a country has is not known to the control plane",
    };
  if (operator === "any") return { kind: "addresses", cidrs: anywhere };
  const values = [...texts(condition, "matchValues"), ...texts(condition, "matchValue")];
  const cidrs = values.flatMap((value) => cidrsOf(value) ?? []);
  const negated =
    flag(condition, "negationConditon") ?? flag(condition, "negateCondition") ?? false;
  return { kind: "addresses", cidrs: negated ? outside(cidrs) : cidrs };
}
