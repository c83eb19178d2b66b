import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, isObject, items, pagesOf, type Node } from "../reader.ts";

export { gapIn, inOrder } from "../reader.ts";

/** Items of every page of a list; older services show the bare list, newer ones wrap it in `items`. */
export function elements(snapshot: Snapshot, call: string): Node[] {
  return pagesOf(snapshot, call).flatMap(elementsOf);
}

export function elementsOf(page: Node): Node[] {
  const list: unknown = page.value;
  if (!Array.isArray(list)) return items(page, "items");
  const { page: recorded } = page;
  return items({ ...page, value: { "": page.value } }, "").map(({ value }, i) => ({
    value,
    page: recorded,
    pointer: `${page.pointer}/${i}`,
  }));
}

/** The pages of a call that is made per resource, by the resource's id. */
export function pagesBy(snapshot: Snapshot, call: string, param: string): Map<string, Node[]> {
  const out = new Map<string, Node[]>();
  for (const page of pagesOf(snapshot, call)) {
    const id = page.page.params[param];
    if (typeof id !== "string") continue;
    const own = out.get(id) ?? [];
    own.push(page);
    out.set(id, own);
  }
  return out;
}

/** Members of an object whose keys are names. */
export function members(node: Node, key: string): [string, Node][] {
  const map = at(node, key);
  if (!map || !isObject(map.value)) return [];
  return Object.keys(map.value).flatMap((name): [string, Node][] => {
    const member = at(map, name);
    return member ? [[name, member]] : [];
  });
}
