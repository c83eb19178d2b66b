import type { JsonObject } from "../../src/model/json.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { gapIn, type Node } from "../reader.ts";

export { gapIn, inOrder } from "../reader.ts";

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
