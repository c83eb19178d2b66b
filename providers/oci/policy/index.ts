import type { PolicyEvaluator } from "../../../src/permissions/contract.ts";
import { decide } from "./decide.ts";
import { escalations } from "./escalations.ts";
import { hopsOf } from "./hops.ts";
import { limitsOf } from "./limits.ts";
import { neutralGrants } from "./neutral.ts";
import { ociNeeds } from "./needed.ts";
import { adminProbes } from "./probes.ts";

/** The policies of an OCI tenancy, evaluated from recorded statements and dynamic groups. */
export const ociPolicy: PolicyEvaluator = {
  grants: neutralGrants,
  decide,
  limits: limitsOf,
  adminProbes,
  escalations,
  hops: hopsOf,
  needs: ociNeeds,
};
