import type { Approach } from "../../src/model/network.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { parsePrefix } from "../../src/net/address.ts";
import { setOf, toCidrs } from "../../src/net/prefix-set.ts";
import { pointingAt, withPointingNames } from "../own-names.ts";
import { at, items, listed, number, text, texts, type Node } from "../reader.ts";
import type { Landscape } from "./landscape.ts";
import type { FrontEnd } from "./front-ends.ts";
import { pathOf } from "./links.ts";
import { aggregated, byLink } from "./pages.ts";

/** The approaches with their own names: records of public zones, and names on the certificates of front ends. */
export function withOwnNames(
  approaches: readonly Approach[],
  fronts: readonly FrontEnd[],
  { proxies }: Pick<Landscape, "proxies">,
  snapshot: Snapshot,
): readonly Approach[] {
  const named = [...recordsOf(snapshot), ...certifiedNames(fronts, proxies, snapshot)];
  if (named.length === 0) return approaches;
  // The API spells addresses of IPv6 out, records do not.
  const spelled = new Map(
    approaches.flatMap(({ entry: { address } }): [string, string][] =>
      address === undefined ? [] : [[canonical(address), address]],
    ),
  );
  const records = named.map(([name, value]): [string, string] => [
    name,
    spelled.get(canonical(value)) ?? value,
  ]);
  return withPointingNames(approaches, pointingAt(records));
}

function canonical(name: string): string {
  const prefix = name.includes(":") ? parsePrefix(name) : undefined;
  return (prefix && toCidrs(setOf("ipv6", [prefix]))[0]) ?? name;
}

function recordsOf(snapshot: Snapshot): [string, string][] {
  return listed(snapshot, "dns.resourceRecordSets.list", "rrsets")
    .filter((record) => /^(?:A|AAAA|CNAME|ALIAS)$/.test(text(record, "type") ?? ""))
    .flatMap((record) =>
      valuesOf(record).map((value): [string, string] => [text(record, "name") ?? "", value]),
    );
}

/** Plain data, or that of a policy which chooses by weight, place or health. https://cloud.google.com/dns/docs/routing-policies-overview */
function valuesOf(record: Node): string[] {
  const policy = at(record, "routingPolicy");
  const [wrr, geo, primary] = ["wrr", "geo", "primaryBackup"].map(
    (key) => policy && at(policy, key),
  );
  const backup = primary && at(primary, "backupGeoTargets");
  const weighted = (wrr ? items(wrr, "items") : []).filter((item) => number(item, "weight") !== 0);
  const placed = [geo, backup].flatMap((node) => (node ? items(node, "items") : []));
  const first = primary && at(primary, "primaryTargets");
  const chosen = [...weighted, ...placed];
  const checked = [first, ...chosen.map((item) => at(item, "healthCheckedTargets"))];
  return [record, ...chosen]
    .flatMap((item) => texts(item, "rrdatas"))
    .concat(checked.flatMap((targets) => (targets ? texts(targets, "externalEndpoints") : [])));
}

/** Names on the certificates of front ends, with the address of each. */
function certifiedNames(
  fronts: readonly FrontEnd[],
  proxies: ReadonlyMap<string, Node>,
  snapshot: Snapshot,
): [string, string][] {
  const certificates = byLink(
    aggregated(snapshot, "compute.sslCertificates.aggregatedList", "sslCertificates"),
  );
  return fronts.flatMap(({ address, target }) => {
    const proxy = proxies.get(target);
    const links = proxy ? texts(proxy, "sslCertificates") : [];
    return links
      .flatMap((link) => namesOn(certificates.get(pathOf(link))))
      .flatMap((name): [string, string][] => (address === undefined ? [] : [[name, address]]));
  });
}

function namesOn(certificate: Node | undefined): string[] {
  if (!certificate) return [];
  const managed = at(certificate, "managed");
  return [
    ...texts(certificate, "subjectAlternativeNames"),
    ...(managed ? texts(managed, "domains") : []),
  ];
}
