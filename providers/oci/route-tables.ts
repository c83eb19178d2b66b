import type { NextHop, Route, RouteTable } from "../../src/model/network.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { items, sourceOf, text, type Node } from "../reader.ts";
import { elements } from "./pages.ts";

/** Kinds of route targets that are an address of a machine. */
export const machines: ReadonlySet<string> = new Set(["privateip", "ipv6"]);

/** Kinds of route targets by the type in their OCID; others lead away from the internet. */
const hops: Readonly<Record<string, NextHop>> = {
  internetgateway: "internet",
  /** A machine that never saw the request; `throughMachine` tells when it did. */
  privateip: "asymmetric",
  ipv6: "asymmetric",
};

/** Route tables by id. A network's own addresses are reached without a rule. */
export function routeTables(
  snapshot: Snapshot,
  cidrsOf: (vcn: string) => readonly string[],
): Map<string, RouteTable> {
  const out = new Map<string, RouteTable>();
  for (const table of elements(snapshot, "core:ListRouteTables")) {
    const id = text(table, "id");
    if (id === undefined) continue;
    const vcn = text(table, "vcnId") ?? "";
    const source = sourceOf(table);
    const local = cidrsOf(vcn).map((prefix): Route => {
      const because = `${prefix} is ${vcn}'s own`;
      return { prefix, next: "local", rank: 1, because, source };
    });
    const routes = items(table, "routeRules").flatMap((rule) => toRoute(id, rule));
    out.set(id, { id, routes: [...routes, ...local], source });
  }
  return out;
}

/** https://docs.oracle.com/en-us/iaas/api/#/en/iaas/20160918/datatypes/RouteRule */
function toRoute(table: string, rule: Node): Route[] {
  const prefix = text(rule, "destination") ?? text(rule, "cidrBlock");
  const target = text(rule, "networkEntityId");
  // Ranges of Oracle's services, which lead to the service gateway, hold no internet client.
  if (prefix === undefined || text(rule, "destinationType") === "SERVICE_CIDR_BLOCK") return [];
  return [
    {
      prefix,
      next: target === undefined ? "dropped" : (hops[kindOf(target)] ?? "elsewhere"),
      target: target ?? "nowhere",
      rank: 0,
      because: `${table} routes ${prefix} to ${target ?? "nowhere"}`,
      source: sourceOf(rule),
    },
  ];
}

/** The type in an OCID. https://docs.oracle.com/en-us/iaas/Content/General/Concepts/identifiers.htm */
export function kindOf(ocid: string): string {
  return ocid.split(".")[1] ?? "";
}
