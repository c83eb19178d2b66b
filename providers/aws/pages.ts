import type { JsonObject } from "../../src/model/json.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { gapIn, pagesOf } from "../reader.ts";

export { gapIn, inOrder, pagesBy } from "../reader.ts";

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
  const found = pagesOf(snapshot, call).some(
    ({ page }) =>
      page.region === region && wanted.every(([key, value]) => page.params[key] === value),
  );
  return found ? undefined : `${call} was not asked.`;
}
