import type { PolicyEvaluator } from "../../../src/model/policy.ts";

export const gcpPolicy: PolicyEvaluator = {
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
