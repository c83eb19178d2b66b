import type { Gap, Page, Snapshot } from "../../src/model/snapshot.ts";
import type { Json, JsonObject } from "../../src/model/json.ts";
import {
  at,
  gapIn as anyGapIn,
  isObject,
  items,
  pagesBy as anyPagesBy,
  pagesOf,
  text,
  texts,
  type Node,
} from "../reader.ts";
import { nameOf, pathOf } from "./links.ts";

export { inOrder } from "../reader.ts";

/** Items of an aggregated list: one list a zone or region, each under `key`. */
export function aggregated(snapshot: Snapshot, call: string, key: string): Node[] {
  return pagesOf(snapshot, call).flatMap((page) =>
    scopesOf(page).flatMap(([, scope]) => items(scope, key)),
  );
}

/** The zones, regions and `global` of an aggregated answer. */
function scopesOf(page: Node): [string, Node][] {
  const all = at(page, "items");
  if (!all || !isObject(all.value)) return [];
  return Object.keys(all.value).flatMap((name): [string, Node][] => {
    const scope = at(all, name);
    return scope ? [[name, scope]] : [];
  });
}

/** Pages of a call that is made per resource, by the resource's path. */
export function pagesBy(snapshot: Snapshot, call: string, param: string): Map<string, Node[]> {
  return anyPagesBy(snapshot, call, param, pathOf);
}

/** By path, the last of equals. */
export function byLink(nodes: readonly Node[]): Map<string, Node> {
  return new Map(
    nodes.flatMap((node): [string, Node][] => {
      const link = linkOf(node);
      return link === "" ? [] : [[link, node]];
    }),
  );
}

/** Empty when the item names itself not. */
export function linkOf(node: Node): string {
  return pathOf(text(node, "selfLink") ?? "");
}

/** The gap that hides this answer, if one does; resources are the same whatever host their links name. */
export function gapIn(
  snapshot: Snapshot,
  call: string,
  params: JsonObject = {},
  region?: string,
): Gap | undefined {
  return anyGapIn(snapshot, call, params, region, sameLink);
}

function sameLink(a: Json | undefined, b: Json | undefined): boolean {
  return typeof a === "string" && typeof b === "string" ? pathOf(a) === pathOf(b) : a === b;
}

/** Nothing is missing: the scope is simply empty. https://cloud.google.com/compute/docs/reference/rest/v1/instances/aggregatedList */
const harmless: ReadonlySet<string> = new Set(["NO_RESULTS_ON_PAGE"]);

/** What an answer says it could not read: zones that did not answer, parts that were left out. The rows it has are kept. */
export function partialGaps(page: Page, scope: string, affects: Gap["affects"]): Gap[] {
  const node: Node = { value: page.body, page, pointer: "" };
  const silent = texts(node, "unreachables")
    .concat(texts(node, "unreachable"))
    .map((link): [string, string] => [placeOf(link), `${placeOf(link)} did not answer`]);
  const warned = [[page.region, node] as const, ...scopesOf(node)].flatMap(
    ([name, part]): [string, string][] => {
      const warning = at(part, "warning");
      const code = warning && text(warning, "code");
      if (!warning || code === undefined || harmless.has(code)) return [];
      const said = text(warning, "message");
      return [[placeOf(name), said === undefined ? code : `${code}: ${said}`]];
    },
  );
  const byPlace = new Map([...warned, ...silent]);
  // The general warning only announces the places that are named.
  if (byPlace.size > 1) byPlace.delete(page.region);
  const about = Object.keys(page.params).length > 0 ? { params: page.params } : undefined;
  return Array.from(byPlace, ([region, detail]): Gap => {
    return {
      call: page.call,
      scope,
      region,
      ...(about && { params: about.params }),
      reason: "unavailable",
      detail: detail.slice(0, 300),
      affects,
    };
  });
}

function placeOf(link: string): string {
  return nameOf(pathOf(link));
}
