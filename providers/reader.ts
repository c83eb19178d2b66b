import type { Source } from "../src/model/finding.ts";
import type { Json, JsonObject } from "../src/model/json.ts";
import type { Gap, Page, Snapshot } from "../src/model/snapshot.ts";

/** A place in a recorded page: the value, and where it stands for the evidence. */
export interface Node {
  readonly value: Json;
  readonly page: Page;
  /** RFC 6901 pointer into `page.body`. */
  readonly pointer: string;
}

/** The recorded pages of one call as nodes, optionally only those whose params equal `params`. */
export function pagesOf(snapshot: Snapshot, call: string, params?: JsonObject): Node[] {
  const { byCall, byQuestion } = recorded(snapshot);
  const found = params ? byQuestion.get(questionOf(call, params)) : byCall.get(call);
  return [...(found ?? [])];
}

/** Asked for each of many resources, a snapshot is not gone through each time. */
const recorded = oncePer(({ pages }) => {
  const nodes = pages.map((page): Node => ({ value: page.body, page, pointer: "" }));
  return {
    byCall: grouped(nodes.map((node) => [node.page.call, node] as const)),
    byQuestion: grouped(
      nodes.map((node) => [questionOf(node.page.call, node.page.params), node] as const),
    ),
  };
});

function questionOf(call: string, params: JsonObject): string {
  return `${call} ${JSON.stringify(params)}`;
}

/** All items of the list `key` over every page of one call. */
export function listed(snapshot: Snapshot, call: string, key: string): Node[] {
  return pagesOf(snapshot, call).flatMap((page) => items(page, key));
}

export function sourceOf({ page, pointer }: Node): Source {
  const { call, region, requestId } = page;
  return {
    kind: "api",
    call,
    ...(requestId !== undefined && { requestId }),
    region,
    page: page.page,
    pointer,
  };
}

export function at(node: Node, key: string): Node | undefined {
  const value =
    isObject(node.value) && Object.hasOwn(node.value, key) ? node.value[key] : undefined;
  return value === undefined || value === null
    ? undefined
    : { value, page: node.page, pointer: `${node.pointer}/${escape(key)}` };
}

/** The elements of an array member; an absent or foreign member is an empty list. */
export function items(node: Node, key: string): Node[] {
  const list = at(node, key);
  if (!list || !isArray(list.value)) return [];
  return list.value.map((value, index) => ({
    value,
    page: node.page,
    pointer: `${list.pointer}/${index}`,
  }));
}

export function text(node: Node, key: string): string | undefined {
  const value = at(node, key)?.value;
  return typeof value === "string" ? value : undefined;
}

/** A number, also when the wire format carries it as text. */
export function number(node: Node, key: string): number | undefined {
  const value = at(node, key)?.value;
  if (typeof value === "number") return value;
  return typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : undefined;
}

export function flag(node: Node, key: string): boolean | undefined {
  const value = at(node, key)?.value;
  if (typeof value === "boolean") return value;
  return value === "true" ? true : value === "false" ? false : undefined;
}

export function texts(node: Node, key: string): string[] {
  return items(node, key).flatMap(({ value }) => (typeof value === "string" ? [value] : []));
}

/** The pages of a call that is made per resource, by the resource that `param` names. */
export function pagesBy(
  snapshot: Snapshot,
  call: string,
  param: string,
  keyOf: (id: string) => string = (id) => id,
): Map<string, Node[]> {
  return grouped(
    pagesOf(snapshot, call).flatMap((page): [string, Node][] => {
      const id = page.page.params[param];
      return typeof id === "string" ? [[keyOf(id), page]] : [];
    }),
  );
}

/** What is made of a snapshot once, however often it is asked for: an index that is too dear to make for each resource. */
export function oncePer<T extends object>(
  make: (snapshot: Snapshot) => T,
): (snapshot: Snapshot) => T {
  const made = new WeakMap<Snapshot, T>();
  return (snapshot) => {
    const kept = made.get(snapshot) ?? make(snapshot);
    made.set(snapshot, kept);
    return kept;
  };
}

/** What belongs to each key, in the order of the pairs. */
export function grouped<V>(pairs: Iterable<readonly [string, V]>): Map<string, V[]> {
  const out = new Map<string, V[]>();
  for (const [key, value] of pairs) {
    const same = out.get(key);
    if (same) same.push(value);
    else out.set(key, [value]);
  }
  return out;
}

/** Key/value pairs of a `[{Key, Value}]` list. */
export function tagsOf(node: Node, key = "Tags"): Record<string, string> {
  const pairs = items(node, key).flatMap((tag): [string, string][] => {
    const name = text(tag, "Key");
    return name === undefined ? [] : [[name, text(tag, "Value") ?? ""]];
  });
  return Object.fromEntries(pairs);
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !isArray(value);
}

function isArray(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

function escape(key: string): string {
  return key.replaceAll("~", "~0").replaceAll("/", "~1");
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

/**
 * The gap that hides this answer, if one does. A gap without region or parameters, or of the whole scope, hides every
 * answer of its call.
 */
export function gapIn(
  { gaps }: Snapshot,
  call: string,
  params: JsonObject = {},
  region?: string,
  same: (a: Json | undefined, b: Json | undefined) => boolean = (a, b) => a === b,
): Gap | undefined {
  return gaps.find(
    (gap) =>
      gap.call === call &&
      (gap.region === undefined ||
        gap.region === "global" ||
        region === undefined ||
        gap.region === region) &&
      Object.entries(gap.params ?? {}).every(
        ([key, value]) => params[key] === undefined || same(params[key], value),
      ),
  );
}
