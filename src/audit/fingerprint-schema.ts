import { z } from "zod";
import type { Json } from "../model/json.ts";
import { authenticationVerdicts, confidences, type Fingerprint } from "../model/server.ts";

const text = z.string().max(100_000);
const texts = z.array(text).max(10_000);
const count = z.number().nonnegative();

const tool = z.strictObject({
  name: text,
  title: text.optional(),
  description: text,
  parameters: z.array(z.strictObject({ name: text, type: text, values: texts })),
  annotations: z.strictObject({
    readOnlyHint: z.boolean().optional(),
    destructiveHint: z.boolean().optional(),
    idempotentHint: z.boolean().optional(),
    openWorldHint: z.boolean().optional(),
  }),
  schemaSha256: text,
});

const exchange = z.strictObject({
  url: text,
  method: text,
  status: count.optional(),
  requestSha256: text,
  responseSha256: text,
  bytes: count,
  ms: count,
  outcome: text,
});

const fingerprint = z.strictObject({
  target: text,
  url: text,
  confidence: z.enum(confidences),
  because: text,
  era: z.enum(["modern", "legacy"]).optional(),
  transport: z.enum(["streamable-http", "http+sse"]).optional(),
  protocolVersions: texts,
  serverInfo: z.strictObject({ name: text, version: text }).optional(),
  instructionsSha256: text.optional(),
  capabilities: texts,
  tls: z.strictObject({
    mode: z.enum(["none", "tls", "mtls"]),
    version: text.optional(),
    certificate: z
      .strictObject({ sha256: text, names: texts, notAfter: text, selfSigned: z.boolean() })
      .optional(),
  }),
  authentication: z.strictObject({
    verdict: z.enum(authenticationVerdicts),
    scheme: text.optional(),
    evidence: texts,
    advertisesOauth: z.boolean(),
  }),
  banners: texts.optional(),
  tools: z.array(tool).max(10_000).optional(),
  resources: count.optional(),
  prompts: count.optional(),
  truncated: z.boolean(),
  exchanges: z.array(exchange).max(10_000),
  warnings: texts,
});

/** Whether a line of `probe/<scope>.jsonl` is what a probe once wrote. */
export function isFingerprint(value: Json | Fingerprint): value is Fingerprint {
  return fingerprint.safeParse(value).success;
}
