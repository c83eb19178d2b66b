import type { PolicyEvaluator } from "../../../src/permissions/contract.ts";
import { decide } from "./decide.ts";
import { escalations } from "./escalations.ts";
import { grantsOf } from "./grants.ts";
import { hopsOf } from "./hops.ts";
import { layersOf } from "./layers.ts";
import { awsNeeds } from "./needed.ts";
import { adminProbes } from "./probes.ts";

/** AWS IAM, evaluated from recorded documents. */
export const awsPolicy: PolicyEvaluator = {
  grants: grantsOf,
  decide,
  limits: (identity, estate) => layersOf(identity, estate).states,
  adminProbes,
  escalations,
  hops: hopsOf,
  needs: awsNeeds,
};
