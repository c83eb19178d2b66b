import type { GateCode, IpFamily } from "../model/exposure.ts";
import type { NextHop, Route, RouteTable } from "../model/network.ts";
import { parsePrefix, type Prefix } from "../net/address.ts";
import { flatten, type RankedPrefix } from "../net/longest-prefix.ts";
import { merge } from "../net/intervals.ts";
import {
  emptySet,
  everyAddress,
  intersect,
  isEmpty,
  setOf,
  union,
  type PrefixSet,
} from "../net/prefix-set.ts";
import type { Reading } from "./rule-flows.ts";

/** Segments of a table by longest prefix. Own destinations are neutral: what encloses them decides. */
export function routedBy(table: RouteTable, family: IpFamily) {
  const ranked = table.routes.flatMap((route): RankedPrefix<Route>[] => {
    if (route.next === "local") return [];
    const prefix = route.prefix === undefined ? undefined : parsePrefix(route.prefix);
    return prefix ? [{ prefix, rank: route.rank, value: route }] : [];
  });
  return flatten(family, ranked);
}

/** The network's own destinations: no internet client sends from them. */
export function ownDestinations(table: RouteTable, family: IpFamily): PrefixSet {
  return table.inside ? emptySet(family) : setOf(family, prefixesTo(table, "local"));
}

function prefixesTo({ routes }: RouteTable, hop: NextHop): Prefix[] {
  return routes.flatMap(({ next, prefix }) =>
    next === hop && prefix !== undefined ? (parsePrefix(prefix) ?? []) : [],
  );
}

/** Clients that a reply reaches. A route whose destinations are unread may lead anywhere. */
export function returnable(table: RouteTable, family: IpFamily, reading: Reading): PrefixSet {
  if (table.inside) {
    const own = setOf(family, prefixesTo(table, "local"));
    return reading === "least" ? own : union(own, leading(table, family, ["elsewhere"]));
  }
  const blind = table.routes.some(
    ({ prefix, next }) => prefix === undefined && next === "internet",
  );
  if (blind && reading === "most") return everyAddress(family);
  return leading(table, family, ["internet"]);
}

/** Why no reply reaches any of these clients. */
export function routeCode(table: RouteTable, family: IpFamily, clients: PrefixSet): GateCode {
  const meets = (...hops: NextHop[]): boolean =>
    !isEmpty(intersect(leading(table, family, hops), clients));
  if (meets("egress-only")) return "EGRESS_ONLY_GATEWAY";
  if (meets("asymmetric")) return "ASYMMETRIC_RETURN";
  if (meets("dropped")) return "ROUTE_BLACKHOLE";
  const offered = setOf(family, prefixesTo(table, "internet"));
  return isEmpty(intersect(offered, clients)) ? "NO_INTERNET_ROUTE" : "MORE_SPECIFIC_ROUTE";
}

function leading(table: RouteTable, family: IpFamily, hops: readonly NextHop[]): PrefixSet {
  const own = routedBy(table, family).filter(({ value }) => hops.includes(value.next));
  return { family, borders: merge(own.map(({ from, end }) => [from, end] as const)) };
}
