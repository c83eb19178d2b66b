import { z } from "zod";
import { certainty, evidenceStep, severity, texts } from "./shared.ts";

const subject = z.strictObject({
  kind: z.enum(["server", "exposure", "identity", "workload"]),
  id: z.string(),
});

export const remediationStep = z.strictObject({
  kind: z.enum(["cli", "iac", "design"]),
  text: z.string(),
});

const control = z.strictObject({
  framework: z.string(),
  version: z.string(),
  id: z.string(),
  fit: z.enum(["direct", "related", "partial"]),
});

export const ruleReport = z.strictObject({
  id: z.string(),
  title: z.string(),
  risk: z.string(),
  references: texts,
  controls: z.array(control),
});

export const finding = z.strictObject({
  id: z.string(),
  rule: z.string(),
  severity,
  verdict: z.literal("fail"),
  certainty,
  assumptions: texts,
  title: z.string(),
  subject,
  evidence: z.array(evidenceStep),
  remediation: z.strictObject({
    summary: z.string(),
    steps: z.array(remediationStep),
  }),
  controls: z.array(control),
  owner: z.string().optional(),
  mute: z.strictObject({ reason: z.string(), owner: z.string(), until: z.string() }).optional(),
  firstSeen: z.string().optional(),
});

const bound = z.union([severity, z.literal("pass")]);

export const unknownVerdict = z.strictObject({
  rule: z.string(),
  subject,
  because: z.string(),
  worst: bound,
  best: bound,
});
