import type { Target } from "../model/server.ts";
import { isSafeToken } from "./methods.ts";

/** How many host names one port is asked by, those of its certificate included. */
export const mostNames = 5;

/** The names of a target, most telling first: those that speak of MCP, other names of the owner, the address itself. */
export function rankedNames({ hosts, address }: Target): readonly string[] {
  const rank = (name: string): number => {
    if (name === address) return 2;
    return /mcp/i.test(name) ? 0 : 1;
  };
  return hosts
    .filter(isAskable)
    .toSorted((left, right) => rank(left) - rank(right))
    .slice(0, mostNames);
}

/** Whether it can be asked by a name; one that only repeats a numeric address is none. */
export function hasName(target: Target): boolean {
  return rankedNames(target).some((name) => name !== target.address || isDomain.test(name));
}

/** Names that the certificate holds and the inventory does not; sent as Host and SNI to the same address, never resolved. */
export function certificateNames(
  names: readonly string[],
  asked: readonly string[],
): readonly string[] {
  const known = new Set(asked.map((name) => name.toLowerCase()));
  return [...new Set(names.map((name) => name.toLowerCase()))]
    .filter((name) => isAskable(name) && isDomain.test(name) && !known.has(name))
    .slice(0, Math.max(0, mostNames - asked.length));
}

/** Ends in a word: an address does not. */
const isDomain = /^[\w.-]+\.[a-z][a-z\d-]*$/i;

function isAskable(name: string): boolean {
  return name !== "" && name.length <= 253 && isSafeToken(name) && !/[*/\\@?#]/.test(name);
}
