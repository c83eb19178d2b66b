import type { GateCode, IpFamily } from "../model/exposure.ts";
import type { NextHop, Route, RouteTable } from "../model/network.ts";
import { parsePrefix, type Prefix } from "../net/address.ts";
import { flatten, type RankedPrefix, type Segment } from "../net/longest-prefix.ts";
import { merge } from "../net/intervals.ts";
import {
  emptySet,
  everyAddress,
  intersect,
  isEmpty,
  setOf,
  type PrefixSet,
} from "../net/prefix-set.ts";
import type { Reading } from "./rule-flows.ts";

/** Segments of a table by longest prefix. Own destinations are neutral: what encloses them decides. */
export function routedBy(table: RouteTable, family: IpFamily) {
  return segmentsOf(
    table.routes.filter(({ next }) => next !== "local"),
    family,
  );
}

function segmentsOf(routes: readonly Route[], family: IpFamily) {
  const ranked = routes.flatMap((route): RankedPrefix<Route>[] => {
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
  const most = reading === "most";
  if (table.inside) {
    if (most && isBlind(table, beyond)) return everyAddress(family);
    return held(segmentsOf(table.routes, family), family, most ? ["local", ...beyond] : ["local"]);
  }
  if (most && isBlind(table, ["internet"])) return everyAddress(family);
  return leading(table, family, ["internet"]);
}

/** Where clients inside may be who are in no network of one's own; a machine on the way may be the one that they come by. */
export const beyond: readonly NextHop[] = ["elsewhere", "asymmetric"];

function isBlind({ routes }: RouteTable, hops: readonly NextHop[]): boolean {
  return routes.some(({ prefix, next }) => prefix === undefined && hops.includes(next));
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
  return held(routedBy(table, family), family, hops);
}

function held(
  segments: readonly Segment<Route>[],
  family: IpFamily,
  hops: readonly NextHop[],
): PrefixSet {
  const own = segments.filter(({ value }) => hops.includes(value.next));
  return { family, borders: merge(own.map(({ from, end }) => [from, end] as const)) };
}
