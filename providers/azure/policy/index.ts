import type { PolicyEvaluator } from "../../../src/permissions/contract.ts";
import { decide } from "./decide.ts";
import { escalations } from "./escalations.ts";
import { grantsOf } from "./grants.ts";
import { hopsOf } from "./hops.ts";
import { limitsOf } from "./limits.ts";
import { azureNeeds } from "./needed.ts";
import { adminProbes } from "./probes.ts";

/** Azure RBAC, evaluated from recorded assignments, definitions and deny assignments. */
export const azurePolicy: PolicyEvaluator = {
  grants: grantsOf,
  decide,
  limits: limitsOf,
  adminProbes,
  escalations,
  hops: hopsOf,
  needs: azureNeeds,
};
