import { z } from "zod";
import { identityHows, permissionVerdicts, powers } from "../../model/identity.ts";
import { authenticationVerdicts, confidences } from "../../model/server.ts";
import { hostAbilities, manageVerbs, toolAccesses, toolCategories } from "../../model/tool.ts";
import {
  count,
  origin,
  portRange,
  provider,
  severity,
  source,
  texts,
  workloadRef,
} from "./shared.ts";

const tool = z.strictObject({
  name: z.string(),
  access: z.enum(toolAccesses),
  categories: z.array(z.enum(toolCategories)),
  manages: z.strictObject({ cloud: provider, verbs: z.array(z.enum(manageVerbs)) }).optional(),
  router: z.boolean(),
  discloses: z.boolean(),
  host: z.array(z.enum(hostAbilities)),
  annotationConflict: z.boolean(),
  evidence: z.array(
    z.strictObject({
      verdict: z.string(),
      field: z.enum(["name", "title", "description", "parameter", "annotation", "product"]),
      text: z.string(),
      because: z.string(),
    }),
  ),
  schemaSha256: z.string(),
});

const product = z.strictObject({
  id: z.string(),
  name: z.string(),
  basis: z.enum(["signals", "claimed"]),
  kind: z.enum(["server", "gateway", "framework", "developer-tool"]).optional(),
  manages: provider.optional(),
  because: z.string(),
});

const tls = z.strictObject({
  mode: z.enum(["none", "tls", "mtls"]),
  version: z.string().optional(),
  certificate: z
    .strictObject({
      sha256: z.string(),
      names: texts,
      notAfter: z.string(),
      selfSigned: z.boolean(),
    })
    .optional(),
  endsAt: z.enum(["workload", "balancer"]),
});

const exchange = z.strictObject({
  url: z.string(),
  method: z.string(),
  status: z.int().optional(),
  requestSha256: z.string(),
  responseSha256: z.string(),
  bytes: count,
  ms: z.number().min(0),
  outcome: z.string(),
});

const endpoint = z.strictObject({
  url: z.string(),
  confidence: z.enum(confidences),
  era: z.enum(["modern", "legacy"]).optional(),
  transport: z.enum(["streamable-http", "http+sse"]).optional(),
  protocolVersions: texts,
  serverInfo: z.strictObject({ name: z.string(), version: z.string() }).optional(),
  product: product.optional(),
  tls,
  authentication: z.strictObject({
    verdict: z.enum(authenticationVerdicts),
    scheme: z.string().optional(),
    evidence: texts,
    advertisesOauth: z.boolean(),
  }),
  tools: z.array(tool),
  toolsListed: z.boolean(),
  resources: count,
  prompts: count,
  requests: z.array(exchange),
  warnings: texts,
  exposures: texts,
});

const cellWord = z.union([severity, z.enum(["none", "unknown"])]);
const cell = z.strictObject({ now: cellWord, withOAuth: cellWord, because: texts });

export const server = z.strictObject({
  id: z.string(),
  provider: origin,
  scope: z.string(),
  region: z.string(),
  workload: workloadRef,
  ports: z.array(portRange),
  endpoints: z.array(endpoint),
  identities: z.array(
    z.strictObject({
      id: z.string(),
      how: z.enum(identityHows),
      verdict: z.enum(permissionVerdicts),
      because: z.string(),
      source,
    }),
  ),
  consequence: z.enum([...powers, "unknown"]),
  worst: z.enum(powers),
  best: z.enum(powers),
  severity,
  matrix: z.strictObject({
    credentialExposure: cell,
    privilegeEscalation: cell,
    networkSurface: cell,
    audit: cell,
  }),
  findings: texts,
});
