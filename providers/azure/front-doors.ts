import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, items, number, pagesOf, text, texts, type Node } from "../reader.ts";
import * as names from "./operations.ts";
import {
  byId,
  gapIn,
  idOf,
  keyOf,
  nameOf,
  parentOf,
  props,
  refOf,
  refsOf,
  resourcesOf,
} from "./pages.ts";
import { routeEffects } from "./front-door-rules.ts";
import { unreadWaf, wafAt, type Waf } from "./waf.ts";

export interface Origin {
  readonly name: string;
  readonly host: string;
  /** What requests to it ask for; absent = what the client asked for. */
  readonly hostHeader?: string;
  readonly enabled: boolean;
  readonly httpPort: number;
  readonly httpsPort: number;
  /** Id of what a private link leads to, and whether its owner has agreed. */
  readonly link?: { readonly id: string; readonly approved: boolean };
  readonly node: Node;
}

/** A route of a Front Door endpoint. */
export interface DoorRoute {
  readonly name: string;
  /** Id that the profile sends with its requests; absent = the profile was not read. */
  readonly profile?: string;
  readonly hosts: readonly string[];
  readonly paths: readonly string[];
  readonly enabled: boolean;
  /** Serves plain HTTP too, without sending clients on to HTTPS. */
  readonly plain: boolean;
  readonly forwards: "http" | "https" | "unknown";
  readonly origins: readonly Origin[];
  /** Where its rules send every request in place of an origin. */
  readonly redirect?: Node;
  readonly assumptions: readonly string[];
  readonly waf?: Waf;
  readonly node: Node;
}

/** https://learn.microsoft.com/azure/templates/microsoft.cdn/profiles/afdendpoints/routes */
export function frontDoors(snapshot: Snapshot): DoorRoute[] {
  const profiles = byId(resourcesOf(snapshot, names.doorCall));
  const endpoints = byId(resourcesOf(snapshot, names.doorEndpointCall));
  const domains = byId(resourcesOf(snapshot, names.doorDomainCall));
  const origins = resourcesOf(snapshot, names.doorOriginCall);
  const policies = byId(resourcesOf(snapshot, names.doorWafCall));
  const effects = routeEffects(snapshot);
  return resourcesOf(snapshot, names.doorRouteCall).flatMap((node): DoorRoute[] => {
    const endpoint = endpoints.get(keyOf(parentOf(idOf(node))));
    if (!endpoint) return [];
    const own = props(node);
    const holder = profiles.get(keyOf(parentOf(idOf(endpoint))));
    const profile = holder && (text(props(holder), "frontDoorId") ?? "");
    const { redirect, groups, replaced, assumptions } = effects(node);
    const patterns = texts(own, "patternsToMatch");
    const group = refOf(own, "originGroup") ?? "-";
    const asked = new Set([...(replaced ? [] : [group]), ...groups].map(keyOf));
    const base = {
      name: nameOf(endpoint),
      ...(profile !== undefined && { profile }),
      paths: patterns.flatMap((path) => (path === "/*" ? [] : [path.replace(/\*$/, "")])),
      enabled: isOn(endpoint) && isOn(node),
      plain:
        texts(own, "supportedProtocols").includes("Http") &&
        text(own, "httpsRedirect") === "Disabled",
      forwards: forwardsOf(own),
      origins: origins.filter((each) => asked.has(keyOf(parentOf(idOf(each))))).map(toOrigin),
      ...(redirect && { redirect }),
      assumptions,
      node,
    };
    const led = domainIds(own, endpoint);
    if (led.length === 0) return [Object.assign({}, base, { enabled: false, hosts: [] })];
    return led.map((id): DoorRoute => {
      const waf = policyOf(snapshot, id, policies, node, patterns);
      const host = id === idOf(endpoint) ? text(props(endpoint), "hostName") : hostOf(domains, id);
      return Object.assign({}, base, { hosts: host === undefined ? [] : [host] }, waf && { waf });
    });
  });
}

/** Names that lead to a route: the endpoint's own, unless that is switched off, and those of the customer. */
function domainIds(route: Node, endpoint: Node): string[] {
  const own = text(route, "linkToDefaultDomain") === "Disabled" ? [] : [idOf(endpoint)];
  return [...own, ...refsOf(route, "customDomains")];
}

function hostOf(domains: ReadonlyMap<string, Node>, id: string): string | undefined {
  const domain = domains.get(keyOf(id));
  return domain && text(props(domain), "hostName");
}

function isOn(node: Node): boolean {
  return text(props(node), "enabledState") !== "Disabled";
}

function forwardsOf(own: Node): DoorRoute["forwards"] {
  const said = text(own, "forwardingProtocol");
  return said === "HttpOnly" ? "http" : said === "HttpsOnly" ? "https" : "unknown";
}

function toOrigin(node: Node): Origin {
  const own = props(node);
  const header = text(own, "originHostHeader");
  const shared = at(own, "sharedPrivateLinkResource");
  const id = shared && refOf(shared, "privateLink");
  return {
    name: nameOf(node),
    host: text(own, "hostName") ?? "",
    ...(header !== undefined && header !== "" && { hostHeader: header }),
    enabled: isOn(node),
    httpPort: number(own, "httpPort") ?? 80,
    httpsPort: number(own, "httpsPort") ?? 443,
    ...(shared &&
      id !== undefined && {
        link: { id, approved: (text(shared, "status") ?? "Approved") === "Approved" },
      }),
    node,
  };
}

/** Whether no path of a route is left out; a client would choose that one. */
function coverPaths(guarded: readonly string[], served: readonly string[]): boolean {
  const stems = guarded.map((each) => each.toLowerCase());
  const covered = (path: string): boolean =>
    stems.some((each) => (each.endsWith("*") ? path.startsWith(each.slice(0, -1)) : path === each));
  const all = served.length > 0 ? served : ["/*"];
  return guarded.length === 0 || all.every((path) => covered(path.toLowerCase()));
}

/** The security policy that names the endpoint or domain. */
function policyOf(
  snapshot: Snapshot,
  domain: string,
  policies: ReadonlyMap<string, Node>,
  node: Node,
  patterns: readonly string[],
): Waf | undefined {
  if (gapIn(snapshot, names.doorSecurityCall))
    return unreadWaf(names.doorSecurityCall, domain, node);
  const listed = pagesOf(snapshot, names.doorSecurityCall).flatMap((page) => items(page, "value"));
  for (const each of listed) {
    const parameters = at(props(each), "parameters");
    if (!parameters) continue;
    const guards = items(parameters, "associations").some(
      (one) =>
        refsOf(one, "domains").some((id) => keyOf(id) === keyOf(domain)) &&
        coverPaths(texts(one, "patternsToMatch"), patterns),
    );
    if (!guards) continue;
    const id = refOf(parameters, "wafPolicy");
    return id === undefined ? undefined : wafAt(id, policies, names.doorWafCall, node);
  }
  return undefined;
}
