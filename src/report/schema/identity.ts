import { z } from "zod";
import {
  accesses,
  breadths,
  families,
  permissionVerdicts,
  policyLayers,
  powers,
} from "../../model/identity.ts";
import { needBases } from "../../model/needed.ts";
import { count, provider, source, texts } from "./shared.ts";

const verdict = z.enum(permissionVerdicts);
const power = z.enum(powers);

const grant = z.strictObject({
  plane: z.enum(["control", "data"]),
  access: z.enum(accesses),
  family: z.enum(families),
  breadth: z.enum(breadths),
  condition: z.enum(["none", "caller-satisfiable", "workload-bound", "unknown"]),
  verdict,
  action: z.string(),
  resource: z.string(),
  via: texts,
  raw: texts,
  actions: count,
  wholeFamily: z.boolean(),
});

const proposed = z.array(
  z.strictObject({
    name: z.string(),
    format: z.enum(["aws-iam", "azure-role"]),
    document: z.string(),
  }),
);

const needed = z.strictObject({
  status: z.literal("proposal"),
  verdict,
  tools: z.array(z.strictObject({ tool: z.string(), basis: z.enum(needBases), actions: texts })),
  actions: texts,
  unneeded: z.array(
    z.strictObject({
      family: z.enum(families),
      whole: z.boolean(),
      accesses: z.array(z.enum(accesses)),
      grants: texts,
      via: texts,
      lastUsed: z.string().optional(),
      because: z.enum(["tools", "use"]),
    }),
  ),
  missing: texts,
  policies: proposed,
  readOnly: proposed,
  assumptions: texts,
});

export const identity = z.strictObject({
  id: z.string(),
  name: z.string().optional(),
  provider,
  kind: z.enum([
    "role",
    "user",
    "managed-identity",
    "service-account",
    "instance-principal",
    "resource-principal",
  ]),
  workloads: texts,
  power: z.enum([...powers, "unknown"]),
  powers: z.array(power),
  verdict,
  breadth: z.enum(breadths),
  grants: z.array(grant),
  escalations: texts,
  limits: z.array(
    z.strictObject({
      layer: z.enum([...policyLayers, "deny", "scopes", "directory"]),
      id: z.string(),
      state: z.enum(["read", "unread", "unsupported"]),
      detail: z.string(),
    }),
  ),
  assumptions: texts,
  worst: power,
  best: power,
  because: z.array(
    z.strictObject({
      power,
      permission: z.string(),
      statement: z.string(),
      because: z.string(),
      source,
      resource: z.string(),
    }),
  ),
  needed: needed.optional(),
});
