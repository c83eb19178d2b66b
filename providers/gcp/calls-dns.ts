import { aggregated } from "./calls-compute-row.ts";
import { distinct, textIn, under, type CallRow } from "./calls-row.ts";

/**
 * Only public zones: what a private one says holds inside its networks alone. A name that is not read closes and opens
 * nothing, so a denied call leaves no judgement open. https://cloud.google.com/dns/docs/reference/rest/v1
 */
export const nameCalls: readonly CallRow[] = [
  {
    operation: "dns.managedZones.list",
    service: "dns",
    permissions: ["dns.managedZones.list"],
    affects: ["dns"],
    offIsEmpty: true,
    request: ({ project }) => ({
      path: `/dns/v1/projects/${project}/managedZones`,
      query: { maxResults: 500 },
    }),
  },
  {
    operation: "dns.resourceRecordSets.list",
    service: "dns",
    permissions: ["dns.resourceRecordSets.list"],
    affects: ["dns"],
    params: (recorded) =>
      distinct(
        under(recorded.bodies("dns.managedZones.list"), "managedZones")
          .filter((zone) => textIn(zone, "visibility") !== "private")
          .map((zone) => ({ zone: textIn(zone, "name") })),
      ),
    request: ({ project, params: { zone = "" } }) => ({
      path: `/dns/v1/projects/${project}/managedZones/${zone}/rrsets`,
      query: { maxResults: 1000 },
    }),
  },
  {
    ...aggregated("sslCertificates", ["dns"]),
    skip: (recorded) =>
      ["compute.targetHttpsProxies.aggregatedList", "compute.targetSslProxies.list"].some((call) =>
        JSON.stringify(recorded.bodies(call)).includes('"sslCertificates"'),
      )
        ? undefined
        : "no front end has a certificate",
  },
];
