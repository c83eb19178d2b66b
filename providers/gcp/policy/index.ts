import type { PolicyEvaluator } from "../../../src/permissions/contract.ts";
import { decide } from "./decide.ts";
import { escalations } from "./escalations.ts";
import { grantsOf } from "./grants.ts";
import { hopsOf } from "./hops.ts";
import { layersOf } from "./layers.ts";
import { gcpNeeds } from "./needed.ts";
import { adminProbes } from "./probes.ts";

/** Google Cloud IAM, evaluated from recorded policies and roles. */
export const gcpPolicy: PolicyEvaluator = {
  grants: grantsOf,
  decide,
  limits: (identity, estate) => layersOf(identity, estate).states,
  adminProbes,
  escalations,
  hops: hopsOf,
  needs: gcpNeeds,
};
