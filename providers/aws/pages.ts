import type { Gap, Snapshot } from "../../src/model/snapshot.ts";
import type { JsonObject } from "../../src/model/json.ts";
import type { Node } from "../reader.ts";

/** The pages of a call that is made per resource, by the resource's id. */
export function pagesBy(snapshot: Snapshot, call: string, param: string): Map<string, Node[]> {
  const out = new Map<string, Node[]>();
  for (const page of snapshot.pages) {
    const id = page.call === call ? page.params[param] : undefined;
    if (typeof id !== "string") continue;
    const own = out.get(id) ?? [];
    own.push({ value: page.body, page, pointer: "" });
    out.set(id, own);
  }
  return out;
}

/** The pages in an order of their own, so that the order in which answers arrived changes nothing. */
export function inOrder(snapshot: Snapshot): Snapshot {
  const pages = snapshot.pages
    .map((page) => ({
      page,
      key: [page.call, page.region, JSON.stringify(page.params)].join("\u0000"),
    }))
    .toSorted((a, b) => (a.key === b.key ? a.page.page - b.page.page : a.key < b.key ? -1 : 1))
    .map(({ page }) => page);
  return { ...snapshot, pages };
}

/** The gap that hides this answer, if one does. A gap without region or parameters hides every answer of its call. */
export function gapIn(
  { gaps }: Snapshot,
  call: string,
  params: JsonObject = {},
  region?: string,
): Gap | undefined {
  return gaps.find(
    (gap) =>
      gap.call === call &&
      (gap.region === undefined || region === undefined || gap.region === region) &&
      Object.entries(gap.params ?? {}).every(
        ([key, value]) => params[key] === undefined || params[key] === value,
      ),
  );
}

/** Why an answer is missing, as a sentence; undefined where a page holds it. */
export function missingIn(
  snapshot: Snapshot,
  call: string,
  params: JsonObject,
  region: string,
): string | undefined {
  const gap = gapIn(snapshot, call, params, region);
  if (gap) return `${call} was not read (${gap.reason}).`;
  const wanted = Object.entries(params);
  const found = snapshot.pages.some(
    (page) =>
      page.call === call &&
      page.region === region &&
      wanted.every(([key, value]) => page.params[key] === value),
  );
  return found ? undefined : `${call} was not asked.`;
}
