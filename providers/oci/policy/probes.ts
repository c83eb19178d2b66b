import type { AdminProbe } from "../../../src/permissions/contract.ts";

const docs = "https://docs.oracle.com/en-us/iaas/Content/Identity";
const appliesTo = ["instance-principal", "resource-principal", "user"] as const;

/** Everything in the tenancy, or the policies that give it. */
export const adminProbes: readonly AdminProbe[] = [
  {
    id: "oci-manage-all-resources",
    because: "manages all resources of the tenancy",
    actions: ["manage all-resources"],
    resource: "*",
    appliesTo,
    source: `${docs}/policyreference/policyreference_topic-Resource-Types.htm`,
  },
  ...(["POLICY_CREATE", "POLICY_UPDATE"] as const).map((permission) => ({
    id: `oci-${permission.toLowerCase().replace("_", "-")}`,
    because: "writes policies of the tenancy, and so may give itself everything",
    actions: [permission],
    resource: "*",
    appliesTo,
    source: `${docs}/Reference/iampolicyreference.htm`,
  })),
];
