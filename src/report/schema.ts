import { z } from "zod";
import { toolCategories } from "../model/tool.ts";
import { blocked, exposure } from "./schema/exposure.ts";
import { finding, ruleReport, unknownVerdict } from "./schema/finding.ts";
import { identity } from "./schema/identity.ts";
import { plan } from "./schema/plan.ts";
import { server } from "./schema/server.ts";
import { count, gap, origin, texts } from "./schema/shared.ts";

const run = z.strictObject({
  id: z.string(),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  vantage: z.strictObject({ kind: z.enum(["internet", "inside"]), network: z.string().optional() }),
  options: z.record(z.string(), z.unknown()),
});

const scope = z.strictObject({
  provider: origin,
  id: z.string(),
  name: z.string().optional(),
  regions: texts,
  calls: count,
  gaps: z.array(gap),
  notAsked: z.array(z.strictObject({ service: z.string(), because: z.string() })).optional(),
});

const reason = z.strictObject({ target: z.string(), because: z.string() });

const coverage = z.strictObject({
  complete: z.boolean(),
  byScope: z.array(
    z.strictObject({
      provider: origin,
      id: z.string(),
      state: z.enum(["audited", "partly", "not"]),
      calls: count,
      gaps: count,
    }),
  ),
  probe: z.strictObject({
    targets: count,
    answered: count,
    skipped: z.array(reason),
    mismatches: z.array(reason),
  }),
});

const summary = z.strictObject({
  servers: count,
  open: count,
  plaintext: count,
  tools: count,
  toolsRead: count,
  managesCloud: count,
  byProvider: z.strictObject({
    aws: count,
    azure: count,
    gcp: count,
    oci: count,
    named: count.optional(),
  }),
  byCategory: z.partialRecord(z.enum(toolCategories), count),
  bySeverity: z.strictObject({
    info: count,
    low: count,
    medium: count,
    high: count,
    critical: count,
  }),
});

/** The report document, checked when a stored one is read. */
export const reportSchema = z.strictObject({
  schemaVersion: z.literal("1"),
  tool: z.strictObject({ name: z.literal("postern"), version: z.string() }),
  run,
  scopes: z.array(scope),
  exposures: z.array(exposure),
  blocked: z.array(blocked),
  servers: z.array(server),
  identities: z.array(identity),
  findings: z.array(finding),
  unknowns: z.array(unknownVerdict),
  coverage,
  summary,
  plan: plan.optional(),
  rules: z.array(ruleReport).optional(),
  costs: z
    .array(
      z.strictObject({
        resource: z.string(),
        month: z.string(),
        cost: z.string(),
        currency: z.string(),
      }),
    )
    .optional(),
});

/** JSON Schema, draft 2020-12. */
export function reportJsonSchema(): object {
  return z.toJSONSchema(reportSchema, { target: "draft-2020-12" });
}
