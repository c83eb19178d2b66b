import { existsSync, readFileSync } from "node:fs";
import type { PolicyDocument } from "../../src/model/identity.ts";
import type { Json } from "../../src/model/json.ts";

const file = new URL("../../../shared/catalogues/aws-managed-policies.json", import.meta.url);

/** AWS's own policies, when the catalogue stands beside the checkout. */
export function managedPolicies(): readonly PolicyDocument[] | undefined {
  if (!existsSync(file)) return undefined;
  const { policies }: { policies: Record<string, Json> } = JSON.parse(readFileSync(file, "utf8"));
  const source = { kind: "rule", id: "bench" } as const;
  return Object.entries(policies).map(([id, body]) => ({ id, name: id, body, source }));
}
