import type { Gate, Peer, Rule, RuleSet } from "../../src/model/network.ts";
import {
  at,
  grouped,
  items,
  oncePer,
  pagesOf,
  sourceOf,
  text,
  texts,
  type Node,
} from "../reader.ts";
import { peersOfExpression } from "../who-matches.ts";
import type { OciNetwork } from "./network.ts";
import { elements, gapIn } from "./pages.ts";
import { everyPort } from "./rule-sets.ts";
import { conditionAtom, type AddressLists } from "./waf-conditions.ts";

const code = "LB_POLICY_DENY";
const calls = {
  firewalls: "waf:ListWebAppFirewalls",
  policy: "waf:GetWebAppFirewallPolicy",
  list: "waf:GetNetworkAddressList",
} as const;

/**
 * The access control of a web application firewall before a balancer, as a list of who may come. Protection rules look
 * at what is sent, which a client chooses. https://docs.oracle.com/en-us/iaas/api/#/en/waf/20210930/WebAppFirewallPolicy/
 */
export function wafGates(network: OciNetwork, balancer: string, near: Node, seen: boolean): Gate[] {
  if (gapIn(network.snapshot, calls.firewalls, {}, near.page.region)) {
    const because = `${calls.firewalls} was not read: no firewall is taken to stand before ${balancer}`;
    return [unread(balancer, near, because)];
  }
  const firewalls = firewallsBy(network.snapshot).get(balancer) ?? [];
  return firewalls.flatMap((firewall) => {
    const id = text(firewall, "webAppFirewallPolicyId") ?? "";
    const rules = setOf(network, id);
    if (!rules)
      return [
        unread(id, firewall, `${calls.policy} was not read: ${id} is taken to let everyone pass`),
      ];
    if (rules.rules.every(({ action }) => action === "allow")) return [];
    if (!seen)
      return [
        unread(
          id,
          firewall,
          `${id} looks at what forwards to ${balancer}, and is taken to let it pass`,
        ),
      ];
    const common = { code, id, source: rules.source, ruleSets: [rules.id] } as const;
    return [{ ...common, kind: "rules", match: "first", peer: "from", port: "dialled" } as const];
  });
}

/** A firewall can only close more. */
function unread(id: string, node: Node, because: string): Gate {
  return { kind: "unread", limit: true, code, id, source: sourceOf(node), because };
}

/** The rules of a policy, made once. */
function setOf(network: OciNetwork, policy: string): RuleSet | undefined {
  const id = `waf|${policy}`;
  const known = network.sets.get(id);
  if (known) return known;
  const params = { webAppFirewallPolicyId: policy };
  const node = pagesOf(network.snapshot, calls.policy, params)[0];
  const set = node && { id, rules: rulesOf(node, addressLists(network)), source: sourceOf(node) };
  if (set) network.sets.set(id, set);
  return set;
}

const gone: ReadonlySet<string | undefined> = new Set(["DELETED", "DELETING", "FAILED"]);

/** Firewalls by the balancer that they stand before. */
const firewallsBy = oncePer((snapshot): ReadonlyMap<string, readonly Node[]> =>
  grouped(
    elements(snapshot, calls.firewalls)
      .filter((node) => !gone.has(text(node, "lifecycleState")))
      .map((node) => [text(node, "loadBalancerId") ?? "", node] as const),
  ),
);

function addressLists({ snapshot }: OciNetwork): AddressLists {
  return (id) => {
    const list = pagesOf(snapshot, calls.list, { networkAddressListId: id })[0];
    return list && texts(list, "addresses");
  };
}

/** In order; the default action comes last. What is only checked goes on. */
function rulesOf(policy: Node, lists: AddressLists): Rule[] {
  const control = at(policy, "requestAccessControl");
  const types = new Map(
    items(policy, "actions").map((action) => [text(action, "name"), text(action, "type")]),
  );
  const last = control ? types.get(text(control, "defaultActionName")) : "ALLOW";
  const named = (control ? items(control, "rules") : [])
    .map((rule) => ({ rule, type: types.get(text(rule, "actionName")) }))
    .filter(({ type }) => type !== "CHECK");
  return [
    ...named.map(({ rule, type }) => {
      const peers = peersOf(text(rule, "condition"), type === "ALLOW", lists);
      return ruleOf(text(rule, "name") ?? "rule", rule, type, peers);
    }),
    ...lastOf(last).map((type) => ruleOf("default action", control ?? policy, type, everyone)),
  ];
}

function lastOf(type: string | undefined): readonly (string | undefined)[] {
  if (type === "RETURN_HTTP_RESPONSE") return [type];
  return type === "ALLOW" || type === "CHECK" ? ["ALLOW"] : [undefined, "ALLOW"];
}

/** An action that the policy does not tell may be a denial. */
function ruleOf(id: string, node: Node, type: string | undefined, peers: readonly Peer[]): Rule {
  const common = { id, protocol: "any", ports: everyPort, source: sourceOf(node) } as const;
  if (type === "ALLOW") return { ...common, action: "allow", peers };
  const because = `what ${id} does is not told`;
  const about = type === "RETURN_HTTP_RESPONSE" ? peers : [{ kind: "unknown", because } as const];
  return { ...common, action: "deny", peers: about };
}

const everyone: readonly Peer[] = ["0.0.0.0/0", "::/0"].map((cidr) => ({ kind: "prefix", cidr }));

function peersOf(
  condition: string | undefined,
  allows: boolean,
  lists: AddressLists,
): readonly Peer[] {
  return condition === undefined || condition.trim() === ""
    ? everyone
    : peersOfExpression(condition, allows, conditionAtom(lists)).peers;
}
