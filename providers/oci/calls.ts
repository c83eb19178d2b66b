import type { Call, PageRequest, RawPage } from "../call.ts";
import { coreCalls, vnicCalls } from "./calls-core.ts";
import { dnsCalls } from "./calls-dns.ts";
import { frontCalls, zprCalls } from "./calls-front.ts";
import { functionCalls, identityCalls, keyUserCalls } from "./calls-identity.ts";
import { wafCalls } from "./calls-waf.ts";
import type { CallRow } from "./calls-row.ts";
import type { OciClients } from "./connect.ts";
import type { buckets } from "./limits.ts";
import { withoutNetworks } from "./call-params.ts";

/** The shape of the tenancy. https://docs.oracle.com/en-us/iaas/api/#/en/identity/20160918/ */
const tenancyCalls: readonly CallRow[] = [
  {
    operation: "identity:GetTenancy",
    service: "identity",
    method: "getTenancy",
    permissions: ["inspect tenancies"],
    affects: [],
    where: "scope",
    fixed: (tenancyId) => ({ tenancyId }),
  },
  {
    operation: "identity:ListRegionSubscriptions",
    service: "identity",
    method: "listRegionSubscriptions",
    permissions: ["inspect tenancies"],
    affects: ["regions"],
    where: "scope",
    fixed: (tenancyId) => ({ tenancyId }),
  },
  {
    operation: "identity:ListCompartments",
    service: "identity",
    method: "listCompartments",
    permissions: ["inspect compartments"],
    affects: ["workloads", "identities"],
    where: "scope",
    limit: 1000,
    fixed: (compartmentId) => ({
      compartmentId,
      compartmentIdInSubtree: true,
      accessLevel: "ACCESSIBLE",
    }),
  },
];

const zoneCalls: readonly CallRow[] = [
  {
    operation: "identity:ListAvailabilityDomains",
    service: "identity",
    method: "listAvailabilityDomains",
    permissions: ["inspect compartments"],
    affects: ["addresses"],
    where: "region",
    fixed: (compartmentId) => ({ compartmentId }),
    skip: withoutNetworks,
  },
];

/** Every call of an audit, networks first: a region without one is asked nothing else. */
export const calls: readonly Call<OciClients>[] = [
  ...tenancyCalls,
  ...identityCalls,
  ...dnsCalls,
  ...coreCalls.slice(0, 1),
  ...zoneCalls,
  ...coreCalls.slice(1),
  ...frontCalls,
  ...wafCalls,
  ...vnicCalls,
  ...functionCalls,
  ...keyUserCalls,
  ...zprCalls,
].map(callOf);

function callOf(row: CallRow): Call<OciClients> {
  const { operation, permissions, where, affects, per, params, detail, skip } = row;
  return {
    operation,
    permissions,
    where,
    affects,
    family: familyOf(row),
    ...(per && { per }),
    ...(params && { params }),
    ...(detail && { detail }),
    ...(skip && { skip }),
    fetch: (clients, request) => fetchPage(clients, row, request),
  };
}

function familyOf({ service }: CallRow): keyof typeof buckets {
  if (service === "identity" || service === "identitydomains") return "identity";
  return service === "network" || service === "compute" ? "core" : "other";
}

async function fetchPage(
  clients: OciClients,
  { service, method, limit, fixed }: CallRow,
  { region, params, token, signal }: PageRequest,
): Promise<RawPage> {
  const input = {
    ...(fixed && fixed(await clients.tenancy())),
    ...params,
    ...(limit !== undefined && { limit }),
    ...(token !== undefined && { page: token }),
  };
  return clients.send({ service, operation: method, region, input, signal });
}
