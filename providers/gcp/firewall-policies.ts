import type { GateCode } from "../../src/model/exposure.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, items, listed, number, pagesOf, text, type Node } from "../reader.ts";
import { pathOf, regionOf } from "./links.ts";
import { aggregated, gapIn, pagesBy } from "./pages.ts";

/** Where a policy stands in the order of evaluation. */
export type Level = "hierarchy" | "system" | "network" | "region";

export interface Policy {
  readonly level: Level;
  /** As rules are named after it. */
  readonly name: string;
  readonly rules: readonly Node[];
  readonly node: Node;
}

export interface PolicyView {
  readonly policies: readonly Policy[];
  /** Why a level could not be read. */
  readonly unread: Readonly<Partial<Record<Level, string>>>;
}

export const levelCode: Readonly<Record<Level, GateCode>> = {
  hierarchy: "HIERARCHICAL_DENY",
  system: "FW_DENY_RULE",
  network: "FW_DENY_RULE",
  region: "FW_DENY_RULE",
};

const networkView = "compute.networks.getEffectiveFirewalls";
const regionView = "compute.regionNetworkFirewallPolicies.getEffectiveFirewalls";

/** https://cloud.google.com/compute/docs/reference/rest/v1/networks/getEffectiveFirewalls */
const types: Readonly<Record<string, Level>> = {
  HIERARCHY: "hierarchy",
  NETWORK: "network",
  NETWORK_REGIONAL: "region",
  SYSTEM_GLOBAL: "system",
  SYSTEM_REGIONAL: "system",
};

export type PoliciesOf = (network: string, region: string) => PolicyView;

/**
 * The policies that apply to a network in a region, in order within a level. What the API computed for the network comes
 * first; the policies' own lists answer where that could not be read.
 */
export function policiesOf(snapshot: Snapshot): PoliciesOf {
  const global = pagesBy(snapshot, networkView, "network");
  const regional = pagesBy(snapshot, regionView, "network");
  const own = ownPolicies(snapshot);
  return (network, region) => {
    const views = [
      ...(global.get(network) ?? []),
      ...(regional.get(network) ?? []).filter(({ page }) => page.params["region"] === region),
    ];
    const effective = distinct(views.flatMap(effectivePolicies));
    const levels = ["hierarchy", "system", "network", "region"] as const;
    const policies: Policy[] = [];
    const unread: Partial<Record<Level, string>> = {};
    for (const level of levels) {
      const order = level === "hierarchy" ? own(level, network, region).map(numberOf) : [];
      const rank = (each: Policy): number => order.indexOf(numberOf(each));
      // Where the organisation's own list is known, it tells which policy stands above which.
      const seen = effective
        .filter((each) => each.level === level)
        .toSorted((a, b) => (rank(a) < 0 || rank(b) < 0 ? 0 : rank(a) - rank(b)));
      const derived = seen.length > 0 ? seen : own(level, network, region);
      policies.push(...derived);
      const because =
        derived.length > 0 ? undefined : whyUnread(snapshot, level, network, region, views);
      if (because !== undefined) unread[level] = because;
    }
    return { policies, unread };
  };
}

function numberOf({ node, name }: Policy): string {
  return text(node, "name") ?? name;
}

function effectivePolicies(view: Node): Policy[] {
  return items(view, "firewallPolicys").flatMap((node): Policy[] => {
    const level = types[text(node, "type") ?? ""];
    if (level === undefined) return [];
    return [{ level, name: nameOf(node, level), rules: items(node, "rules"), node }];
  });
}

/** Hierarchical policies are known by their short name; their name is a number. */
function nameOf(node: Node, level: Level): string {
  const own = text(node, "name");
  const short = text(node, "shortName") ?? text(node, "displayName");
  return (level === "hierarchy" ? (short ?? own) : (own ?? short)) ?? "policy";
}

function distinct(policies: readonly Policy[]): Policy[] {
  const byName = policies.map((each): [string, Policy] => [
    `${each.level}|${text(each.node, "name") ?? each.name}`,
    each,
  ]);
  return [...new Map(byName).values()];
}

/** A view that was read and names no policy of a level means there is none. */
function whyUnread(
  snapshot: Snapshot,
  level: Level,
  network: string,
  region: string,
  views: readonly Node[],
): string | undefined {
  const answered = views.filter(({ page }) => level !== "region" || page.call === regionView);
  if (answered.length > 0 && level !== "system") return undefined;
  const missing = (
    level === "region" || level === "system" ? [regionView] : [networkView, regionView]
  )
    .map((call) => gapIn(snapshot, call, { network, region }))
    .find((gap) => gap !== undefined);
  const list = "compute.networkFirewallPolicies.aggregatedList";
  const read = pagesOf(snapshot, list).length > 0;
  if (!missing || (read && (level === "network" || level === "region"))) return undefined;
  const what =
    level === "hierarchy" ? "the organisation's firewall policies" : `${level} firewall policies`;
  return `${missing.call} was not read: ${what} are unknown`;
}

/** The policies' own lists: the organisation's by ancestry, the project's by what they are attached to. */
function ownPolicies(snapshot: Snapshot) {
  const hierarchical = listed(snapshot, "compute.firewallPolicies.list", "items");
  const ancestors = ancestry(snapshot);
  const project = aggregated(
    snapshot,
    "compute.networkFirewallPolicies.aggregatedList",
    "firewallPolicies",
  );
  return (level: Level, network: string, region: string): Policy[] => {
    if (level === "system") return [];
    if (level === "hierarchy")
      return ancestors.flatMap((ancestor) =>
        hierarchical.filter((node) => attached(node, ancestor)).map((node) => policy(level, node)),
      );
    return project
      .filter((node) => {
        const place = regionOf(
          `${text(node, "selfLink") ?? ""} /${pathOf(text(node, "region") ?? "")}/`,
        );
        return (
          attached(node, network) && (level === "region" ? place === region : place === undefined)
        );
      })
      .toSorted((a, b) => (number(a, "priority") ?? 0) - (number(b, "priority") ?? 0))
      .map((node) => policy(level, node));
  };
}

function policy(level: Level, node: Node): Policy {
  return { level, name: nameOf(node, level), rules: items(node, "rules"), node };
}

function attached(node: Node, target: string): boolean {
  return items(node, "associations").some(
    (association) => pathOf(text(association, "attachmentTarget") ?? "") === target,
  );
}

/** The organisation first, then its folders down to the project's own. */
function ancestry(snapshot: Snapshot): string[] {
  return pagesOf(snapshot, "cloudresourcemanager.projects.getAncestry")
    .flatMap((page) => items(page, "ancestor"))
    .flatMap((each): string[] => {
      const resource = at(each, "resourceId");
      const [type, id] = resource ? [text(resource, "type"), text(resource, "id")] : [];
      return type === undefined || id === undefined || type === "project" ? [] : [`${type}s/${id}`];
    })
    .toReversed();
}
