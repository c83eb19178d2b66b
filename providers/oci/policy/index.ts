import type { PolicyEvaluator } from "../../../src/model/policy.ts";

export const ociPolicy: PolicyEvaluator = {
  grants: () => [],
  decide: () => ({
    verdict: "maybe",
    statements: [],
    because: "not evaluated",
    assumptions: ["not evaluated"],
  }),
  limits: () => [],
  adminProbes: [],
  escalations: [],
};
