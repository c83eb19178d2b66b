import { z } from "zod";
import { cutKinds } from "../../model/plan.ts";
import { origin, severity, texts } from "./shared.ts";
import { remediationStep } from "./finding.ts";

const cut = {
  kind: z.enum(cutKinds),
  target: z.string(),
  change: z.string(),
};

export const plan = z.strictObject({
  changes: z.array(
    z.strictObject({
      id: z.string(),
      ...cut,
      provider: origin,
      scope: z.string(),
      region: z.string(),
      steps: z.array(remediationStep),
      ends: texts,
    }),
  ),
  exact: z.boolean(),
  atLeast: z.int().nonnegative(),
  left: texts,
  servers: z.array(
    z.strictObject({
      server: z.string(),
      now: severity,
      cuts: z.array(
        z.strictObject({
          cut: z.string(),
          ...cut,
          leaves: z.union([severity, z.literal("gone")]),
        }),
      ),
    }),
  ),
  assumptions: texts,
});
