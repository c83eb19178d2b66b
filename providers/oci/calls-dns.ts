import { itemsOf, perCompartment, textOf } from "./call-params.ts";
import type { CallRow } from "./calls-row.ts";

const common = { service: "dns", where: "scope", affects: ["dns"] } as const;

/**
 * Only public zones: what a private one says holds inside its networks alone. They belong to no region. A name that is
 * not read closes and opens nothing. https://docs.oracle.com/en-us/iaas/api/#/en/dns/20180115/
 */
export const dnsCalls: readonly CallRow[] = [
  {
    ...common,
    operation: "dns:ListZones",
    method: "listZones",
    permissions: ["inspect dns-zones"],
    limit: 100,
    params: perCompartment,
    fixed: () => ({ scope: "GLOBAL" }),
  },
  {
    ...common,
    operation: "dns:GetZoneRecords",
    method: "getZoneRecords",
    permissions: ["read dns-zones", "read dns-records"],
    limit: 100,
    params: (recorded) =>
      itemsOf(recorded, "dns:ListZones")
        .filter((zone) => (textOf(zone, "scope") ?? "GLOBAL") === "GLOBAL")
        .flatMap((zone) => textOf(zone, "id") ?? [])
        .map((zoneNameOrId) => ({ zoneNameOrId })),
  },
  {
    ...common,
    operation: "dns:ListSteeringPolicyAttachments",
    method: "listSteeringPolicyAttachments",
    permissions: ["inspect dns-steering-policy-attachments"],
    limit: 100,
    params: perCompartment,
  },
  {
    ...common,
    operation: "dns:GetSteeringPolicy",
    method: "getSteeringPolicy",
    permissions: ["read dns-steering-policies"],
    params: (recorded) => {
      const ids = itemsOf(recorded, "dns:ListSteeringPolicyAttachments").flatMap(
        (each) => textOf(each, "steeringPolicyId") ?? [],
      );
      return [...new Set(ids)].map((steeringPolicyId) => ({ steeringPolicyId }));
    },
  },
];
