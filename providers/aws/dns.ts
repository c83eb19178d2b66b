import type { Approach } from "../../src/model/network.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { plainName, pointingAt, withPointingNames, type Pointing } from "../own-names.ts";
import { at, items, listed, number, text, texts, type Node } from "../reader.ts";

/** The approaches with the names of public zones, and those on the certificates of the balancer's listener. */
export function withOwnNames(
  approaches: readonly Approach[],
  snapshot: Snapshot,
): readonly Approach[] {
  return withPointingNames(approaches, pointingAt(recordsOf(snapshot)), certifiedNames(snapshot));
}

/** Every name with what it points at; a record that is taken out has no weight. */
function recordsOf(snapshot: Snapshot): [string, string][] {
  return listed(snapshot, "route53:ListResourceRecordSets", "ResourceRecordSets")
    .filter((record) => number(record, "Weight") !== 0)
    .flatMap((record) =>
      valuesOf(record).map((value): [string, string] => [text(record, "Name") ?? "", value]),
    );
}

function valuesOf(record: Node): readonly string[] {
  const alias = at(record, "AliasTarget");
  const aliased = alias ? text(alias, "DNSName") : undefined;
  if (aliased !== undefined) return [withoutFamily(aliased)];
  return /^(?:A|AAAA|CNAME)$/.test(text(record, "Type") ?? "")
    ? items(record, "ResourceRecords").flatMap((each) => withoutFamily(text(each, "Value") ?? ""))
    : [];
}

/** `<DNS name of a balancer>:<port>` to the names of its certificates. */
function certifiedNames(snapshot: Snapshot): Pointing {
  const names = new Map(
    listed(snapshot, "acm:ListCertificates", "CertificateSummaryList").flatMap((each) => {
      const arn = text(each, "CertificateArn");
      const all = [
        text(each, "DomainName") ?? "",
        ...texts(each, "SubjectAlternativeNameSummaries"),
      ];
      const own = all.map(plainName).filter((name) => name !== "" && !name.includes("*"));
      return arn === undefined ? [] : [[arn, [...new Set(own)]] as const];
    }),
  );
  const balancers = new Map(
    listed(snapshot, "elbv2:DescribeLoadBalancers", "LoadBalancers").map((each) => [
      text(each, "LoadBalancerArn"),
      plainName(text(each, "DNSName") ?? ""),
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

/** The console puts `dualstack.` before the name of a balancer. */
function withoutFamily(name: string): string {
  return name.replace(/^dualstack\.(?=.*\.elb\.)/i, "");
}
