import type { Breadth } from "../../../src/model/identity.ts";

/** Child scope to parent scope, both in lower case; what lies inside a subscription follows from its id. */
export type Hierarchy = ReadonlyMap<string, string>;

const managementGroup = /^\/providers\/microsoft\.management\/managementgroups\/[^/]+$/;

/** Lower case, no trailing slash; the root is `/`. */
export function normal(scope: string): string {
  const lower = scope.trim().toLowerCase();
  return lower.length > 1 && lower.endsWith("/") ? lower.slice(0, -1) : lower;
}

/** The scope and everything that it lies in, nearest first; the root `/` last. */
export function ancestry(scope: string, hierarchy: Hierarchy): readonly string[] {
  const found = new Set<string>();
  let current: string | undefined = normal(scope);
  while (current !== undefined && current !== "/" && !found.has(current)) {
    found.add(current);
    current = hierarchy.get(current) ?? above(current);
  }
  return [...found, "/"];
}

/** The next wider scope that the id itself names. */
function above(scope: string): string | undefined {
  if (managementGroup.test(scope)) return undefined;
  const cut = scope.lastIndexOf("/");
  const parent = cut > 0 ? scope.slice(0, cut) : undefined;
  // `/subscriptions` and the like hold nothing of their own.
  return parent === undefined || parent === "/subscriptions" ? undefined : parent;
}

/** What is assigned at `scope` applies at `target`. */
export function covers(scope: string, target: string, hierarchy: Hierarchy): boolean {
  return ancestry(target, hierarchy).includes(normal(scope));
}

/** How wide a scope is; the root and management groups hold several subscriptions. */
export function breadthOf(scope: string): Breadth {
  const at = normal(scope);
  if (at === "/" || managementGroup.test(at)) return "organization";
  if (/^\/subscriptions\/[^/]+$/.test(at)) return "account";
  return /^\/subscriptions\/[^/]+\/resourcegroups\/[^/]+$/.test(at) ? "group" : "resource";
}

/** The subscription that a scope lies in. */
export function subscriptionOf(scope: string): string | undefined {
  return /^\/subscriptions\/[^/]+/.exec(normal(scope))?.[0];
}
