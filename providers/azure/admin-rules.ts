import type { Peer, Rule } from "../../src/model/network.ts";
import { isObject, items, sourceOf, text, texts, type Node } from "../reader.ts";
import { idOf, nameIn, props } from "./pages.ts";
import {
  byPriority,
  combined,
  holdsDestination,
  inbound,
  peersOf,
  protocols,
  type RulePlace,
} from "./security-rules.ts";

/**
 * `Deny` ends it, `AlwaysAllow` delivers past the security groups, `Allow` leaves the decision to them.
 * https://learn.microsoft.com/azure/virtual-network-manager/concept-security-admins
 */
const actions: Readonly<Record<string, Rule["action"]>> = {
  deny: "deny",
  alwaysallow: "allow",
  allow: "next",
};

/** Subnets that the rules of a network manager pass over. */
const exempt: ReadonlySet<string> = new Set([
  "azurebastionsubnet",
  "azurefirewallsubnet",
  "azurefirewallmanagementsubnet",
  "gatewaysubnet",
  "routeserversubnet",
]);

export function isExempt(subnetName: string): boolean {
  return exempt.has(subnetName.toLowerCase());
}

/** Inbound admin rules in force on a network that concern this destination. */
export function adminRules(pages: readonly Node[], place: RulePlace): Rule[] {
  const listed = pages.flatMap((page) => items(page, "value"));
  return byPriority(listed)
    .filter((rule) => inbound(rule) && concerns(rule, place))
    .flatMap((rule) => toRules(rule, place));
}

function toRules(rule: Node, place: RulePlace): Rule[] {
  const own = props(rule);
  const protocol = protocols[(text(own, "protocol") ?? "").toLowerCase()];
  const action = actions[(text(own, "access") ?? "").toLowerCase()];
  if (protocol === undefined || action === undefined) return [];
  const peers = items(own, "sources").flatMap((each): readonly Peer[] =>
    text(each, "addressPrefixType") === "NetworkGroup"
      ? [{ kind: "group", id: text(each, "addressPrefix") ?? "" }]
      : peersOf(text(each, "addressPrefix") ?? "", place),
  );
  return combined(
    {
      id: nameIn(idOf(rule)),
      action,
      protocol,
      peers: peers.length > 0 ? peers : peersOf("*", place),
      source: sourceOf(rule),
    },
    orEvery(texts(own, "destinationPortRanges")),
    texts(own, "sourcePortRanges"),
  );
}

function orEvery(ranges: readonly string[]): readonly string[] {
  return ranges.length > 0 ? ranges : ["*"];
}

function concerns(rule: Node, place: RulePlace): boolean {
  const destinations = items(props(rule), "destinations").filter(({ value }) => isObject(value));
  return (
    destinations.length === 0 ||
    destinations.some((each) => holdsDestination(text(each, "addressPrefix") ?? "", place))
  );
}
