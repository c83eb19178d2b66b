import type { Approach } from "../src/model/network.ts";

/** Names that one entry gets: a shared certificate or address has hundreds. */
const maxNames = 20;

/** Names that point at another name or address, by what they point at. */
export type Pointing = ReadonlyMap<string, readonly string[]>;

/** Names that records tell, `[name, what it points at]`; a wildcard is no name that a client sends. */
export function pointingAt(records: readonly (readonly [string, string])[]): Pointing {
  const found = new Map<string, Set<string>>();
  for (const [name, value] of records) {
    const [from, to] = [plainName(name), plainName(value)];
    if (from === "" || to === "" || from.includes("*")) continue;
    found.set(to, (found.get(to) ?? new Set()).add(from));
  }
  return new Map([...found].map(([to, names]) => [to, [...names]]));
}

/**
 * The approaches with the names under which clients know their entries. They are sent as Host and SNI, and never resolved.
 *
 * @param shown - names that one port of a name or address shows itself, by `<name>:<port>`.
 */
export function withPointingNames(
  approaches: readonly Approach[],
  pointing: Pointing,
  shown: Pointing = new Map(),
): readonly Approach[] {
  return pointing.size + shown.size === 0
    ? approaches
    : approaches.map((each) => named(each, pointing, shown));
}

function named(approach: Approach, pointing: Pointing, shown: Pointing): Approach {
  const { entry, entryPorts } = approach;
  const targets = [entry.address, entry.name].flatMap((each) => (each ? [plainName(each)] : []));
  const all = [
    ...targets.flatMap((target) => namesAt(target, pointing, new Set())),
    ...targets.flatMap((target) => shown.get(`${target}:${entryPorts.from}`) ?? []),
  ];
  const names = [...new Set(all)]
    .filter((name) => entry.hosts.length === 0 || entry.hosts.some((host) => fits(host, name)))
    .filter((name) => !targets.includes(name))
    .slice(0, maxNames);
  const hosts = [...new Set([...entry.hosts, ...names])];
  return names.length === 0
    ? approach
    : Object.assign({}, approach, { entry: Object.assign({}, entry, { hosts }) });
}

/** Records that point at a name or address, and those that point at these. */
function namesAt(target: string, pointing: Pointing, seen: Set<string>): readonly string[] {
  if (seen.has(target)) return [];
  seen.add(target);
  return (pointing.get(target) ?? []).flatMap((name) =>
    [name].concat(namesAt(name, pointing, seen)),
  );
}

/** Names compare without case and without the dot at their end. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/\.$/, "");
}

/** A rule's host, which may hold wildcards: any letters, or any one. */
export function fits(host: string, name: string): boolean {
  const parts = host
    .toLowerCase()
    .split("*")
    .map((part) => part.replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`).replaceAll("?", "."));
  return new RegExp(`^${parts.join(".*")}$`).test(name);
}
