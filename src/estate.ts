import type { BuildEstate } from "./model/estate.ts";
import type { Identity, PolicyDocument } from "./model/identity.ts";
import type { PathFacts } from "./model/paths.ts";
import type { Gap } from "./model/snapshot.ts";
import { mergePaths } from "./permissions/merge-paths.ts";

export const buildEstate: BuildEstate = (inventories, startedAt) => {
  const identities = new Map<string, Identity>();
  const policies = new Map<string, PolicyDocument>();
  const gaps = new Map<string, readonly Gap[]>();
  const scopePaths = new Map<string, PathFacts>();
  for (const inventory of inventories) {
    for (const identity of inventory.identities) identities.set(identity.id, identity);
    // A provider-managed policy is listed by every scope that uses it, and is the same in each.
    for (const policy of inventory.policies)
      if (!policies.has(policy.id)) policies.set(policy.id, policy);
    const scope = `${inventory.provider}/${inventory.scope}`;
    gaps.set(scope, [...(gaps.get(scope) ?? []), ...inventory.gaps]);
    if (inventory.paths) scopePaths.set(scope, inventory.paths);
  }
  return {
    identities,
    policies,
    gaps,
    ...(startedAt !== undefined && { startedAt }),
    ...(scopePaths.size > 0 && { paths: mergePaths(scopePaths.values()), scopePaths }),
  };
};
