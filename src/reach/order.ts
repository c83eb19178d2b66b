import type { Blocked, Exposure } from "../model/exposure.ts";
import type { Reach } from "./found.ts";

export function inOrder({ exposures, blocked }: Reach): Reach {
  return { exposures: sortedBy(exposures, exposureKey), blocked: distinct(blocked) };
}

export function sortedBy<T>(list: readonly T[], key: (item: T) => string): readonly T[] {
  if (list.length < 2) return list;
  return list
    .map((value) => ({ value, key: key(value) }))
    .toSorted((a, b) => compare(a.key, b.key))
    .map(({ value }) => value);
}

export function exposureKey({
  region,
  workload,
  via,
  protocol,
  families,
  portRange,
  entry,
  id,
}: Exposure): string {
  const ports = [portRange.from, portRange.to, entry.port.from].map((port) =>
    String(port).padStart(5, "0"),
  );
  return [region, workload.id, via, protocol, families.join(), ...ports, id].join("\u0000");
}

export function distinct(blocked: readonly Blocked[]): readonly Blocked[] {
  if (blocked.length < 2) return blocked;
  const keyed = new Map(blocked.map((entry) => [blockedKey(entry), entry]));
  return [...keyed].toSorted(([a], [b]) => compare(a, b)).map(([, entry]) => entry);
}

function blockedKey({
  workload,
  protocol,
  port,
  family,
  via,
  entryPort,
  firstGate,
}: Blocked): string {
  const ports = [port.from, port.to, entryPort ?? 0].map((value) => String(value).padStart(5, "0"));
  return [workload.id, via, protocol, family, ...ports, firstGate].join("\u0000");
}

export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
