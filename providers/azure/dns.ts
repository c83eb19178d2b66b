import type { Approach } from "../../src/model/network.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { pointingAt, withPointingNames, type Pointing } from "../own-names.ts";
import { at, items, text, type Node } from "../reader.ts";
import type { PublicAddresses } from "./addresses.ts";
import { recordCall } from "./operations.ts";
import { ofAddress } from "./prefixes.ts";
import { nameIn, nameOf, pagesBy, parentOf, props, refOf } from "./pages.ts";

/** The approaches with the names of public zones that point at their entries. */
export function withOwnNames(
  approaches: readonly Approach[],
  snapshot: Snapshot,
  addresses: PublicAddresses,
): readonly Approach[] {
  const pointing = pointingAt(recordsOf(snapshot, addresses));
  return pointing.size === 0 ? approaches : approaches.map((each) => named(each, pointing));
}

/** A door that answers for names of its own has nothing for others; the name of an address is none of these. */
function named(approach: Approach, pointing: Pointing): Approach {
  const { entry } = approach;
  const served = entry.hosts.filter((host) => !ofAddress.test(host));
  const label = entry.hosts.find((host) => ofAddress.test(host));
  const known = Object.assign({}, entry, { hosts: served }, label !== undefined && { name: label });
  const [found] = withPointingNames([Object.assign({}, approach, { entry: known })], pointing);
  const added = (found?.entry.hosts ?? []).filter((host) => !served.includes(host));
  return added.length === 0
    ? approach
    : Object.assign({}, approach, {
        entry: Object.assign({}, entry, { hosts: [...entry.hosts, ...added] }),
      });
}

/** Every name with what it points at. */
function recordsOf(snapshot: Snapshot, addresses: PublicAddresses): [string, string][] {
  return [...pagesBy(snapshot, recordCall, "zone")].flatMap(([zone, pages]) =>
    pages
      .flatMap((page) => items(page, "value"))
      .flatMap((record) =>
        valuesOf(record, addresses).map((value): [string, string] => [
          fullName(nameOf(record), zone),
          value,
        ]),
      ),
  );
}

/** A record set that stands for its zone is called `@`. */
function fullName(name: string, zone: string): string {
  return name === "@" ? nameIn(zone) : `${name}.${nameIn(zone)}`;
}

/** https://learn.microsoft.com/azure/templates/microsoft.network/dnszones/a */
function valuesOf(record: Node, addresses: PublicAddresses): string[] {
  const own = props(record);
  const alias = refOf(own, "targetResource");
  if (alias !== undefined) return aliasOf(alias, addresses);
  const canonical = at(own, "CNAMERecord");
  const name = canonical && text(canonical, "cname");
  return [
    ...items(own, "ARecords").flatMap((each) => text(each, "ipv4Address") ?? []),
    ...items(own, "AAAARecords").flatMap((each) => text(each, "ipv6Address") ?? []),
    ...(name === undefined ? [] : [name]),
  ];
}

/**
 * A public address, or another record set. A Front Door that an alias names answers for its custom domains alone, which
 * it tells itself. https://learn.microsoft.com/azure/dns/dns-alias
 */
function aliasOf(id: string, addresses: PublicAddresses): string[] {
  if (/\/dnszones\/[^/]+\/[a-z]+\/[^/]+$/i.test(id)) return [fullName(nameIn(id), parentOf(id))];
  const { address } = addresses(id);
  return address === undefined ? [] : [address];
}
