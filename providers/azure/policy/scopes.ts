import type { Breadth } from "../../../src/model/identity.ts";

/** Scope to what it lies in, in lower case and in any order; what lies inside a subscription follows from its id. */
export type Hierarchy = ReadonlyMap<string, readonly string[]>;

const managementGroup = /^\/providers\/microsoft\.management\/managementgroups\/[^/]+$/;

/** Lower case, no trailing slash; the root is `/`. */
export function normal(scope: string): string {
  const lower = scope.trim().toLowerCase();
  return lower.length > 1 && lower.endsWith("/") ? lower.slice(0, -1) : lower;
}

/** The scope and everything that it lies in, nearest first; the root `/` last. */
export function ancestry(scope: string, hierarchy: Hierarchy): readonly string[] {
  const found = new Set<string>();
  const open = [normal(scope)];
  for (let current = open.shift(); current !== undefined; current = open.shift()) {
    if (current === "/" || found.has(current)) continue;
    found.add(current);
    const parent = above(current);
    open.push(...(hierarchy.get(current) ?? []), ...(parent === undefined ? [] : [parent]));
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

const known = new WeakMap<Hierarchy, Map<string, ReadonlySet<string>>>();
/** Targets whose ancestry is kept: every identity is asked about the same ones. */
const maxKnown = 20_000;

/** What is assigned at `scope` applies at `target`. */
export function covers(scope: string, target: string, hierarchy: Hierarchy): boolean {
  const kept = known.get(hierarchy) ?? new Map<string, ReadonlySet<string>>();
  known.set(hierarchy, kept);
  const own = kept.get(target) ?? new Set(ancestry(target, hierarchy));
  if (kept.size < maxKnown) kept.set(target, own);
  return own.has(normal(scope));
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
