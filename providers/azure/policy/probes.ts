import type { AdminProbe } from "../../../src/model/policy.ts";
import { assignmentFacts, leadingRoles } from "./choices.ts";

/** Who writes any assignment on a subscription is its owner at will. */
export const adminProbes: readonly AdminProbe[] = [
  {
    id: "assigns-any-role",
    because: "the identity can assign itself Owner of the whole subscription",
    actions: ["Microsoft.Authorization/roleAssignments/write"],
    resource: "*",
    facts: assignmentFacts(leadingRoles.owner, { principal: "{self}", type: "ServicePrincipal" }),
    appliesTo: ["managed-identity", "service-account"],
    source: "https://learn.microsoft.com/azure/role-based-access-control/role-assignments-steps",
  },
];
