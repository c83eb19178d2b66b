import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, isObject, items, pagesOf, type Node } from "../reader.ts";

export { gapIn, inOrder, pagesBy } from "../reader.ts";

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

/** Members of an object whose keys are names. */
export function members(node: Node, key: string): [string, Node][] {
  const map = at(node, key);
  if (!map || !isObject(map.value)) return [];
  return Object.keys(map.value).flatMap((name): [string, Node][] => {
    const member = at(map, name);
    return member ? [[name, member]] : [];
  });
}
