import type { IpFamily, PortRange } from "../../src/model/exposure.ts";
import { parseAddress, parsePrefix } from "../../src/net/address.ts";
import { clientSpace } from "../../src/net/client-space.ts";
import { allPorts } from "../../src/net/flow-set.ts";
import {
  covers,
  emptySet,
  everyAddress,
  setOf,
  subtract,
  toCidrs,
  union,
  type PrefixSet,
} from "../../src/net/prefix-set.ts";

export const families = ["ipv4", "ipv6"] as const satisfies readonly IpFamily[];

/** Every address of both families. */
export const anywhere: readonly string[] = ["0.0.0.0/0", "::/0"];

/** Names that Azure gives to an address, whatever is asked for there. */
export const ofAddress = /\.(?:cloudapp\.azure\.com|azurecontainer\.io)$/i;

/** `a.b.c.d`, `a.b.c.d/n` or `a.b.c.d-e.f.g.h` as CIDRs; undefined for a name. */
export function cidrsOf(text: string): readonly string[] | undefined {
  const trimmed = text.trim();
  if (trimmed === "*" || /^any$/i.test(trimmed)) return anywhere;
  const [low, high, more] = trimmed.split("-");
  if (low !== undefined && high !== undefined && more === undefined) return rangeOf(low, high);
  return parsePrefix(trimmed) ? [trimmed] : undefined;
}

function rangeOf(low: string, high: string): readonly string[] | undefined {
  const [from, to] = [parseAddress(low.trim()), parseAddress(high.trim())];
  if (!from || !to || from.family !== to.family || from.value > to.value) return undefined;
  const end = typeof to.value === "number" ? to.value + 1 : to.value + 1n;
  return toCidrs({ family: from.family, borders: [from.value, end] });
}

/** All addresses that are in none of the CIDRs. */
export function outside(cidrs: readonly string[]): string[] {
  return families.flatMap((family) =>
    toCidrs(subtract(everyAddress(family), setFrom(family, cidrs))),
  );
}

export function setFrom(family: IpFamily, cidrs: readonly string[]): PrefixSet {
  return setOf(
    family,
    cidrs.flatMap((cidr) => parsePrefix(cidr) ?? []),
  );
}

/** Whether the internet routes it to someone. */
export function isPublic(address: string): boolean {
  return covers(toCidrs(clientSpace("azure", familyOf(address))), address);
}

export function familyOf(address: string): IpFamily {
  return address.includes(":") ? "ipv6" : "ipv4";
}

/** `*`, `80` or `80-90`; undefined for anything else. */
export function portsFrom(text: string): PortRange | undefined {
  if (text.trim() === "*") return allPorts;
  const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text.trim());
  if (!match?.[1]) return undefined;
  const from = Number(match[1]);
  return { from, to: match[2] === undefined ? from : Number(match[2]) };
}

/** The union of sets of one family. */
export function joined(family: IpFamily, sets: readonly PrefixSet[]): PrefixSet {
  return sets.reduce(union, emptySet(family));
}
