import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, items, listed, pagesBy as anyPagesBy, text, type Node } from "../reader.ts";

export { gapIn, inOrder } from "../reader.ts";

/** ARM compares ids without regard to case, and its services write them in different ones. */
export function keyOf(id: string): string {
  return id.toLowerCase();
}

/** The last segment of an id. */
export function nameIn(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1);
}

/** The id of what a resource is a child of: two segments up. */
export function parentOf(id: string): string {
  return id.split("/").slice(0, -2).join("/");
}

/** Members of a resource stand under `properties` on the wire. */
export function props(node: Node): Node {
  return at(node, "properties") ?? node;
}

/** The id that a reference member `{ id }` names. */
export function refOf(node: Node, key: string): string | undefined {
  const found = at(node, key);
  return found && text(found, "id");
}

export function refsOf(node: Node, key: string): string[] {
  return items(node, key).flatMap((each) => text(each, "id") ?? []);
}

export function idOf(node: Node): string {
  return text(node, "id") ?? "";
}

export function nameOf(node: Node): string {
  return text(node, "name") ?? nameIn(idOf(node));
}

/** Everything that the list calls of a type showed. */
export function resourcesOf(snapshot: Snapshot, call: string): Node[] {
  return listed(snapshot, call, "value");
}

export function byId(nodes: readonly Node[]): Map<string, Node> {
  return new Map(nodes.map((node) => [keyOf(idOf(node)), node]));
}

/** Answers of a call that is made per resource, by the key of the resource that `param` names. */
export function pagesBy(snapshot: Snapshot, call: string, param: string): Map<string, Node[]> {
  return anyPagesBy(snapshot, call, param, keyOf);
}
