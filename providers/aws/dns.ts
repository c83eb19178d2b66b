import type { Approach } from "../../src/model/network.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, items, listed, number, text, texts, type Node } from "../reader.ts";

/** Names that one entry gets: a shared certificate holds hundreds. */
const maxNames = 20;

/**
 * The approaches with the names under which clients know them: records of public zones that point at the entry, and
 * names on the certificates of the balancer's listener. They are sent as Host and SNI, and never resolved.
 */
export function withOwnNames(
  approaches: readonly Approach[],
  snapshot: Snapshot,
): readonly Approach[] {
  const records = recordsOf(snapshot);
  const certified = certifiedNames(snapshot);
  if (records.size === 0 && certified.size === 0) return approaches;
  return approaches.map((approach) => named(approach, records, certified));
}

function named(
  approach: Approach,
  records: ReadonlyMap<string, readonly string[]>,
  certified: ReadonlyMap<string, readonly string[]>,
): Approach {
  const { entry, entryPorts } = approach;
  const targets = [entry.address, entry.name].flatMap((each) => (each ? [plain(each)] : []));
  const pointing = targets.flatMap((target) => namesAt(target, records, new Set()));
  const shown = targets.flatMap((each) => certified.get(`${each}:${entryPorts.from}`) ?? []);
  const names = [...new Set([...pointing, ...shown])]
    .filter((name) => entry.hosts.length === 0 || entry.hosts.some((host) => fits(host, name)))
    .filter((name) => !targets.includes(name))
    .slice(0, maxNames);
  return names.length === 0
    ? approach
    : Object.assign({}, approach, {
        entry: Object.assign({}, entry, { hosts: [...new Set([...entry.hosts, ...names])] }),
      });
}

/** Records that point at a name or address, and those that point at these. */
function namesAt(
  target: string,
  records: ReadonlyMap<string, readonly string[]>,
  seen: Set<string>,
): readonly string[] {
  if (seen.has(target)) return [];
  seen.add(target);
  return (records.get(target) ?? []).flatMap((name) => [name].concat(namesAt(name, records, seen)));
}

/** Names of public zones, by what they point at. */
function recordsOf(snapshot: Snapshot): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const record of listed(snapshot, "route53:ListResourceRecordSets", "ResourceRecordSets")) {
    const name = plain(text(record, "Name") ?? "");
    // A wildcard is no name that a client sends.
    if (name === "" || name.includes("*") || number(record, "Weight") === 0) continue;
    for (const value of valuesOf(record)) found.set(value, [...(found.get(value) ?? []), name]);
  }
  return found;
}

function valuesOf(record: Node): readonly string[] {
  const alias = at(record, "AliasTarget");
  const aliased = alias ? text(alias, "DNSName") : undefined;
  if (aliased !== undefined) return [plain(aliased)];
  return /^(?:A|AAAA|CNAME)$/.test(text(record, "Type") ?? "")
    ? items(record, "ResourceRecords").flatMap((each) => plain(text(each, "Value") ?? "") || [])
    : [];
}

/** `<DNS name of a balancer>:<port>` to the names of its certificates. */
function certifiedNames(snapshot: Snapshot): ReadonlyMap<string, readonly string[]> {
  const names = new Map(
    listed(snapshot, "acm:ListCertificates", "CertificateSummaryList").flatMap((each) => {
      const arn = text(each, "CertificateArn");
      const all = [
        text(each, "DomainName") ?? "",
        ...texts(each, "SubjectAlternativeNameSummaries"),
      ];
      const own = all.map(plain).filter((name) => name !== "" && !name.includes("*"));
      return arn === undefined ? [] : [[arn, [...new Set(own)]] as const];
    }),
  );
  const balancers = new Map(
    listed(snapshot, "elbv2:DescribeLoadBalancers", "LoadBalancers").map((each) => [
      text(each, "LoadBalancerArn"),
      plain(text(each, "DNSName") ?? ""),
    ]),
  );
  return new Map(
    listed(snapshot, "elbv2:DescribeListeners", "Listeners").flatMap((listener) => {
      const own = items(listener, "Certificates").flatMap(
        (each) => names.get(text(each, "CertificateArn") ?? "") ?? [],
      );
      const balancer = balancers.get(text(listener, "LoadBalancerArn"));
      const port = number(listener, "Port");
      return balancer && port !== undefined && own.length > 0
        ? [[`${balancer}:${port}`, own] as const]
        : [];
    }),
  );
}

/** Names compare without case and without the dot at their end; the console puts `dualstack.` before a balancer's. */
function plain(name: string): string {
  return name
    .toLowerCase()
    .replace(/\.$/, "")
    .replace(/^dualstack\.(?=.*\.elb\.)/, "");
}

/** A rule's host, which may hold wildcards. */
function fits(host: string, name: string): boolean {
  const parts = host
    .toLowerCase()
    .split("*")
    .map((part) => part.replaceAll(/[.+^${}()|[\]\\]/g, "\\$&").replaceAll("?", "."));
  return new RegExp(`^${parts.join(".*")}$`).test(name);
}
