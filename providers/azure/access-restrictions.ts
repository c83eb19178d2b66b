import type { Gate, Peer, Rule } from "../../src/model/network.ts";
import { at, items, number, sourceOf, text, type Node } from "../reader.ts";
import { listGate } from "./landscape.ts";
import type { AzureNetwork } from "./network.ts";
import { doorCall } from "./operations.ts";
import { keyOf, nameOf } from "./pages.ts";
import { anywhere, cidrsOf } from "./prefixes.ts";

/** Who asks: a client by itself, or through a Front Door profile of this id, if it could be read. */
export type Asker = "client" | { readonly profile: string | undefined };

/** What whoever comes through a service endpoint is a member of. */
export const anySubnet = "any subnet";

/**
 * Access restrictions by priority, then the default action; without one, any rule at all turns the rest away.
 * https://learn.microsoft.com/azure/app-service/overview-access-restrictions
 */
export function restrictionGates(
  network: AzureNetwork,
  site: Node,
  settings: Node,
  asker: Asker = "client",
): Gate[] {
  const listed = items(settings, "ipSecurityRestrictions");
  const action = text(settings, "ipSecurityRestrictionsDefaultAction");
  const otherwise =
    action === "Allow" || (action === undefined && listed.length === 0) ? "allow" : "deny";
  if (listed.length === 0 && otherwise === "allow") return [];
  const rules = listed
    .toSorted((a, b) => (number(a, "priority") ?? 65_000) - (number(b, "priority") ?? 65_000))
    .flatMap((rule) => toRule(network, site, rule, asker));
  const who = asker === "client" ? "" : ` for ${asker.profile ?? "an unread profile"}`;
  const facts = {
    id: `${nameOf(site)}${who}`,
    code: "FW_IMPLICIT_DENY",
    denied: "FW_DENY_RULE",
    otherwise,
    node: settings,
  } as const;
  return [listGate(network, facts, rules)];
}

function toRule(
  network: AzureNetwork,
  site: Node,
  rule: Node,
  asker: Asker,
): Omit<Rule, "protocol" | "ports">[] {
  const action = text(rule, "action") === "Deny" ? "deny" : "allow";
  if (!mayCarry(rule, action, asker)) return [];
  // A client writes its other headers itself, and leaves out what a deny looks for.
  if (hasOtherHeaders(rule) && action === "deny") return [];
  return [
    {
      id: `${nameOf(site)}#${nameOf(rule)}`,
      action,
      peers: mayBeAnother(rule, asker)
        ? [
            {
              kind: "unknown",
              because: `${doorCall} was not read: the id of the profile is unknown`,
            },
          ]
        : peersOf(network, rule),
      source: sourceOf(rule),
    },
  ];
}

/**
 * Front Door writes the header itself: through it, the id can only be the profile's own. Someone who dials the site
 * writes it as it suits, unless the rule asks for an address of Front Door too.
 */
function mayCarry(rule: Node, action: Rule["action"], asker: Asker): boolean {
  const profiles = profilesOf(rule);
  if (profiles.length === 0) return true;
  if (asker !== "client")
    return asker.profile === undefined || profiles.includes(asker.profile.toLowerCase());
  return action === "allow" && !/^azurefrontdoor/i.test(text(rule, "ipAddress") ?? "");
}

function mayBeAnother(rule: Node, asker: Asker): boolean {
  return asker !== "client" && asker.profile === undefined && profilesOf(rule).length > 0;
}

function profilesOf(rule: Node): string[] {
  const headers = at(rule, "headers");
  return headers
    ? items(headers, "x-azure-fdid").flatMap(({ value }) =>
        typeof value === "string" ? [value.toLowerCase()] : [],
      )
    : [];
}

function hasOtherHeaders(rule: Node): boolean {
  const headers = at(rule, "headers");
  return (
    headers !== undefined &&
    ["x-forwarded-host", "x-forwarded-for", "x-fd-healthprobe"].some(
      (name) => items(headers, name).length > 0,
    )
  );
}

/** Older rules have the mask beside the address. */
function withMask(address: string | undefined, mask: string | undefined): string | undefined {
  if (address === undefined || mask === undefined || /[/,]/.test(address)) return address;
  const bits = mask
    .split(".")
    .map((part) => Number(part).toString(2).padStart(8, "0"))
    .join("");
  return /^1*0*$/.test(bits) && bits.length === 32
    ? `${address}/${bits.replace(/0+$/, "").length}`
    : address;
}

/** Rules that name a subnet match its machines alone. */
function peersOf(network: AzureNetwork, rule: Node): Peer[] {
  const named = withMask(text(rule, "ipAddress"), text(rule, "subnetMask"));
  const subnet = text(rule, "vnetSubnetResourceId");
  if (subnet !== undefined) return [{ kind: "group", id: keyOf(subnet) }];
  if (named === undefined) return anywhere.map((cidr) => ({ kind: "prefix", cidr }));
  return named.split(",").flatMap((each): readonly Peer[] => {
    if (/^\s*anyvnets\s*$/i.test(each)) return [{ kind: "group", id: anySubnet }];
    const cidrs = cidrsOf(each);
    return cidrs
      ? cidrs.map((cidr) => ({ kind: "prefix", cidr }))
      : network.tags.peers(each.trim());
  });
}
