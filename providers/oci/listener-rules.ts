import { parsePrefix } from "../../src/net/address.ts";
import { at, items, text, texts, type Node } from "../reader.ts";

/** Where a listener sends a request that has one of the hosts and one of the paths; empty = any. */
export interface ListenerRoute {
  readonly set: string;
  readonly hosts: readonly string[];
  readonly paths: readonly string[];
}

/** Default set, path routes and routing policy of a listener. */
export function routesOf(listener: Node, balancer: Node): ListenerRoute[] {
  const hosts = texts(listener, "hostnameNames").flatMap((name) => {
    const entry = memberOf(balancer, "hostnames", name);
    return (entry && text(entry, "hostname")) ?? [];
  });
  const paths = memberOf(balancer, "pathRouteSets", text(listener, "pathRouteSetName"));
  const policy = memberOf(balancer, "routingPolicies", text(listener, "routingPolicyName"));
  const set = text(listener, "defaultBackendSetName");
  const pathRoutes = paths ? items(paths, "pathRoutes") : [];
  const rules = policy ? items(policy, "rules") : [];
  const last = rules.findIndex(takesEveryPath);
  const left = last < 0 && !pathRoutes.some(isPrefixOfAll);
  return [
    ...pathRoutes.flatMap((route) => {
      const [own, path] = [text(route, "backendSetName"), text(route, "path")];
      return own === undefined
        ? []
        : [{ set: own, hosts, paths: path === undefined ? [] : [path] }];
    }),
    ...(last < 0 ? rules : rules.slice(0, last + 1)).flatMap((rule) => policyRoute(rule, hosts)),
    ...(set === undefined || !left ? [] : [{ set, hosts, paths: [] }]),
  ];
}

/** Nothing is left for the default set. */
function isPrefixOfAll(route: Node): boolean {
  const match = at(route, "pathMatchType");
  return (
    text(route, "path") === "/" && ((match && text(match, "matchType")) ?? "").includes("PREFIX")
  );
}

/** The first rule that matches decides: nothing is left for the rules after this one. */
function takesEveryPath(rule: Node): boolean {
  const condition = text(rule, "condition") ?? "";
  return /^\s*(?:(?:any|all)\s*\(\s*)?http\.request\.url\.path\s+sw\s+(?:\(i\s+'\/'\)|'\/')\s*\)?\s*$/.test(
    condition,
  );
}

/** https://docs.oracle.com/en-us/iaas/Content/Balance/Tasks/routing-policy-language.htm: hosts and paths are told, the rest is the client's to choose. */
function policyRoute(rule: Node, own: readonly string[]): ListenerRoute[] {
  const condition = text(rule, "condition") ?? "";
  const named = (subject: string): string[] => {
    const part = new RegExp(`${subject}\\s+(?:eq|sw)\\s+(?:\\(i\\s+)?'([^']*)'`, "g");
    return [...condition.matchAll(part)].flatMap(([, value]) => value ?? []);
  };
  const hosts = named(String.raw`http\.request\.headers\[(?:\(i\s+)?'host'\)?\]`);
  const paths = named(String.raw`http\.request\.url\.path`);
  return items(rule, "actions").flatMap((action) => {
    const set = text(action, "backendSetName");
    return set === undefined ? [] : [{ set, hosts: hosts.length > 0 ? hosts : own, paths }];
  });
}

function rulesOf(listener: Node, balancer: Node): Node[] {
  return texts(listener, "ruleSetNames").flatMap((name) => {
    const set = memberOf(balancer, "ruleSets", name);
    return set ? items(set, "items") : [];
  });
}

/**
 * Clients that access control rules let in; undefined without such a rule. One is enough to shut out everyone else.
 * https://docs.oracle.com/en-us/iaas/Content/Balance/Tasks/managingrulesets.htm
 */
export function clientsOf(listener: Node, balancer: Node): string[] | undefined {
  const allows = rulesOf(listener, balancer).filter((rule) => text(rule, "action") === "ALLOW");
  if (allows.length === 0) return undefined;
  return allows.flatMap((rule) => {
    const conditions = items(rule, "conditions");
    const outside = conditions.every((each) => text(each, "attributeName") === "SOURCE_IP_ADDRESS");
    const cidrs = conditions.flatMap((each) => text(each, "attributeValue") ?? []);
    if (conditions.length === 0) return ["0.0.0.0/0", "::/0"];
    return outside && cidrs.length === 1 ? cidrs.filter((cidr) => parsePrefix(cidr)) : [];
  });
}

/** A redirect of every path never reaches a backend. */
export function redirectsAll(listener: Node, balancer: Node): boolean {
  return rulesOf(listener, balancer).some(
    (rule) =>
      text(rule, "action") === "REDIRECT" &&
      items(rule, "conditions").every(
        (each) =>
          text(each, "attributeName") === "PATH" &&
          text(each, "attributeValue") === "/" &&
          (text(each, "operator") ?? "").includes("PREFIX"),
      ),
  );
}

function memberOf(node: Node, key: string, name: string | undefined): Node | undefined {
  const map = at(node, key);
  return map && name !== undefined ? at(map, name) : undefined;
}
