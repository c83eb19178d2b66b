import { z } from "zod";
import { authGates, gateCodes, ipFamilies, workloadKinds } from "../../model/exposure.ts";
import { certainties, evidenceKinds, severities } from "../../model/finding.ts";
import { origins, providers } from "../../model/provider.ts";
import { gapReasons, knowledge } from "../../model/snapshot.ts";

export const provider = z.enum(providers);
export const origin = z.enum(origins);
export const severity = z.enum(severities);
export const certainty = z.enum(certainties);
export const ipFamily = z.enum(ipFamilies);
export const authGate = z.enum(authGates);
export const gateCode = z.enum(gateCodes);
export const texts = z.array(z.string());
export const count = z.int().min(0);
export const port = z.int().min(0).max(65_535);

export const portRange = z.strictObject({ from: port, to: port });

export const workloadRef = z.strictObject({
  id: z.string(),
  name: z.string(),
  kind: z.enum(workloadKinds),
  tags: z.record(z.string(), z.string()),
});

export const source = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("api"),
    call: z.string(),
    requestId: z.string().optional(),
    region: z.string(),
    page: count,
    pointer: z.string(),
  }),
  z.strictObject({
    kind: z.literal("wire"),
    url: z.string(),
    method: z.string(),
    requestSha256: z.string(),
    responseSha256: z.string(),
  }),
  z.strictObject({ kind: z.literal("rule"), id: z.string() }),
]);

export const evidenceStep = z.strictObject({
  kind: z.enum(evidenceKinds),
  id: z.string(),
  because: z.string(),
  source,
});

export const gap = z.strictObject({
  call: z.string(),
  scope: z.string(),
  region: z.string().optional(),
  params: z.record(z.string(), z.unknown()).optional(),
  reason: z.enum(gapReasons),
  detail: z.string(),
  affects: z.array(z.enum(knowledge)),
});
