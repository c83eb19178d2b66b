import { ipFamilies, type IpFamily } from "../../src/model/exposure.ts";
import type { Gate } from "../../src/model/network.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, items, listed, number, sourceOf, text, type Node } from "../reader.ts";
import { disabledGate, type ApiName } from "./api-fronts.ts";
import { itemsIn } from "./api-targets.ts";
import { insideOnly } from "./front-doors.ts";
import { gapIn, pagesBy } from "./pages.ts";

const rulesCall = "apigatewayv2:ListRoutingRules";

export function familiesOf(type: string | undefined): readonly IpFamily[] {
  return type === "dualstack" ? ipFamilies : ["ipv4"];
}

/** Without its default endpoint an API has its custom names only, and these may not have been read. */
export function disabledGates(snapshot: Snapshot, id: string, node: Node): Gate[] {
  const call = ["apigatewayv2:GetDomainNames", "apigatewayv2:GetApiMappings", rulesCall].find(
    (each) => gapIn(snapshot, each, {}, node.page.region),
  );
  if (call === undefined)
    return [disabledGate(id, `the default endpoint of ${id} is disabled`, node)];
  const because = `${call} was not read: the custom names of ${id} are unknown`;
  const source = sourceOf(node);
  return [{ kind: "unread", limit: false, code: "FRONTEND_DISABLED", id, because, source }];
}

/** Custom domain names of both generations, by the API that they lead to. */
export function domainNames(snapshot: Snapshot): (api: string) => ApiName[] {
  const mappings = pagesBy(snapshot, "apigatewayv2:GetApiMappings", "DomainName");
  const rules = pagesBy(snapshot, rulesCall, "DomainName");
  const found = new Map<string, Set<ApiName>>();
  for (const node of listed(snapshot, "apigatewayv2:GetDomainNames", "Items")) {
    const host = text(node, "DomainName");
    if (host === undefined) continue;
    const name = toName(host, node, unreadRules(snapshot, host, node));
    // A name may lead to an API of each region, chosen by DNS.
    const here = (pages: readonly Node[] = []): readonly Node[] =>
      pages.filter(({ page }) => page.region === node.page.region);
    const mapped = itemsIn(here(mappings.get(host)), "Items").map((each) => text(each, "ApiId"));
    const ruled = itemsIn(here(rules.get(host)), "RoutingRules");
    for (const api of byRules(node) ? ledTo(node, ruled, mapped) : mapped)
      if (api !== undefined) found.set(api, (found.get(api) ?? new Set()).add(name));
  }
  return (api) => [...(found.get(api) ?? [])];
}

/** A rule may take what the mappings would get. */
function unreadRules(snapshot: Snapshot, host: string, node: Node): Gate[] {
  const asked = { DomainName: host };
  if (!byRules(node) || !gapIn(snapshot, rulesCall, asked, node.page.region)) return [];
  const because = `${rulesCall} was not read: no rule of ${host} is taken to lead elsewhere`;
  const source = sourceOf(node);
  return [{ kind: "unread", limit: true, code: "FRONTEND_DISABLED", id: host, because, source }];
}

function byRules(node: Node): boolean {
  return text(node, "RoutingMode")?.startsWith("ROUTING_RULE") === true;
}

function toName(host: string, node: Node, unread: readonly Gate[]): ApiName {
  const [config] = itemsIn([node], "DomainNameConfigurations");
  const mtls = at(node, "MutualTlsAuthentication");
  const inside = config && text(config, "EndpointType") === "PRIVATE";
  return {
    host,
    families: familiesOf(config && text(config, "IpAddressType")),
    mtls: mtls !== undefined && text(mtls, "TruststoreUri") !== undefined,
    gates: inside ? insideOnly(host, `${host} is a private domain name`, node) : unread,
    node,
  };
}

/**
 * Rules come before mappings, or instead of them, and the first that fits takes the request.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-routing-mode.html
 */
function ledTo(
  name: Node,
  rules: readonly Node[],
  mapped: readonly (string | undefined)[],
): readonly (string | undefined)[] {
  const sorted = rules.toSorted((a, b) => priorityOf(a) - priorityOf(b));
  const whole = sorted.findIndex((rule) => items(rule, "Conditions").length === 0);
  const met = whole === -1 ? sorted : sorted.slice(0, whole + 1);
  const rest = text(name, "RoutingMode") === "ROUTING_RULE_ONLY" || whole !== -1 ? [] : mapped;
  return [...met.flatMap(apisOf), ...rest];
}

function priorityOf(rule: Node): number {
  return number(rule, "Priority") ?? Number.MAX_SAFE_INTEGER;
}

function apisOf(rule: Node): (string | undefined)[] {
  return items(rule, "Actions").map((action) => {
    const invoked = at(action, "InvokeApi");
    return invoked && text(invoked, "ApiId");
  });
}
