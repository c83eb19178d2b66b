import type { JsonObject } from "../src/model/json.ts";
import type { Page } from "../src/model/snapshot.ts";

/** The pages of a list that an earlier run has read to its end. */
export type ResumeIndex = (
  operation: string,
  region: string,
  params: JsonObject,
) => readonly Page[] | undefined;

export function resumeIndex(recorded: readonly Page[] = []): ResumeIndex {
  const lists = new Map<string, Page[]>();
  for (const page of recorded) {
    const key = keyOf(page.call, page.region, page.params);
    const list = lists.get(key);
    if (list) list.push(page);
    else lists.set(key, [page]);
  }
  return (operation, region, params) => {
    const list = lists.get(keyOf(operation, region, params))?.toSorted((a, b) => a.page - b.page);
    const whole = list?.at(-1)?.last && list.every(({ page }, index) => page === index);
    return whole ? list : undefined;
  };
}

function keyOf(operation: string, region: string, params: JsonObject): string {
  return JSON.stringify([operation, region, params]);
}
