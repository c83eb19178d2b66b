import { idsOf, isObject, itemsOf } from "./calls-params.ts";
import type { CallRow } from "./calls-row.ts";

/**
 * Only public zones: what a private one says holds inside its networks alone. A name that is not read closes and opens
 * nothing, so a denied call leaves no judgement open. https://docs.aws.amazon.com/Route53/latest/APIReference/Welcome.html
 */
export const zoneCalls: readonly CallRow[] = [
  { action: "ListHostedZones", affects: ["dns"], pageSize: 100 },
  {
    action: "ListResourceRecordSets",
    affects: ["dns"],
    pageSize: 300,
    pages: { token: "StartRecordName", next: "NextRecordName" },
    params: (recorded) =>
      idsOf(
        recorded,
        "route53:ListHostedZones",
        "HostedZones",
        "Id",
        "HostedZoneId",
        ({ Config }) =>
          !(Config !== undefined && isObject(Config) && Config["PrivateZone"] === true),
      ),
  },
];

/** https://docs.aws.amazon.com/acm/latest/APIReference/API_ListCertificates.html */
export const certificateCalls: readonly CallRow[] = [
  {
    action: "ListCertificates",
    affects: ["dns"],
    pageSize: 1000,
    skip: (recorded) =>
      itemsOf(recorded, "elbv2:DescribeListeners", "Listeners").some(
        ({ Certificates }) => Array.isArray(Certificates) && Certificates.length > 0,
      )
        ? undefined
        : "no listener has a certificate",
  },
];
