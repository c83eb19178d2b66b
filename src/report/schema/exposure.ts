import { z } from "zod";
import {
  origin,
  authGate,
  certainty,
  evidenceStep,
  gateCode,
  ipFamily,
  port,
  portRange,
  provider,
  source,
  texts,
  workloadRef,
} from "./shared.ts";

const tls = z.enum(["http", "https", "unknown"]);
const protocol = z.enum(["tcp", "udp"]);

const hop = z.strictObject({
  kind: evidenceStep.shape.kind.extract([
    "source",
    "edge",
    "balancer",
    "listener",
    "gate",
    "port",
    "workload",
  ]),
  id: z.string(),
  rule: z.string().optional(),
  because: z.string(),
  source,
});

export const exposure = z.strictObject({
  id: z.string(),
  provider: origin,
  scope: z.string(),
  region: z.string(),
  workload: workloadRef,
  protocol,
  portRange,
  sources: z.union([z.literal("internet"), texts]),
  families: z.array(ipFamily),
  via: z.string(),
  entry: z.strictObject({
    address: z.string().optional(),
    port: portRange,
    hosts: texts,
    paths: texts,
    tls,
  }),
  backendTls: tls,
  authGate,
  certainty,
  assumptions: texts,
  verdict: z.enum(["reachable", "unknown"]),
  hops: z.array(hop),
  latent: gateCode.optional(),
  sourcePorts: portRange.optional(),
});

export const blocked = z.strictObject({
  provider,
  scope: z.string(),
  workload: workloadRef,
  protocol,
  port: portRange,
  family: ipFamily,
  firstGate: gateCode,
  gates: z.array(
    z.strictObject({ code: gateCode, rule: z.string().optional(), because: z.string(), source }),
  ),
  via: z.string(),
  entryPort: port.optional(),
});
