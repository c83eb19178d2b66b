import type { JsonObject } from "../model/json.ts";
import type { EstatePaths, Holder } from "../model/paths.ts";
import type { AzureDocuments } from "./identity-azure-documents.ts";
import { listOf, objectOf, textOf } from "./read-json.ts";

/** What leads from one identity to another in a labelled world, apart from who is how strong. */
export function azurePaths(
  world: JsonObject,
  documents: AzureDocuments,
  named: (name: string) => string,
): Omit<EstatePaths, "standings" | "memberships" | "groups"> {
  const resourcePolicies = new Map<string, string>();
  const fact = (id: string, body: JsonObject): void => {
    resourcePolicies.set(
      id.toLowerCase(),
      documents.keep(`facts of ${id}`, { kind: "resource", ...body }),
    );
  };
  const vaults = Object.entries(objectOf(world["keyVault"])).map(
    ([id, about]) => [id, objectOf(about)] as const,
  );
  for (const [id, { rbac = false }] of vaults) fact(id, { rbac });
  for (const { id, owners = [] } of listOf(world["applications"]).map(objectOf)) {
    fact(textOf(id) ?? "", { owners });
  }
  const workloads = objectOf(world["privilegedWorkloads"]);
  for (const { id, localAccounts = false } of listOf(workloads["aks"]).map(objectOf)) {
    fact(textOf(id) ?? "", { localAccounts });
  }
  // Deployment scripts run in containers; a null is a fact that was not read.
  const { deploymentScripts = false } = workloads;
  fact("microsoft.containerinstance", { usable: deploymentScripts });
  const host = textOf(objectOf(world["identity"])["vm"]);
  return {
    scope: textOf(world["auditedScope"]) ?? "",
    holders: Object.entries(workloads).flatMap(([kind, list]) =>
      listOf(list).map((raw): Holder => {
        const { id, runsAs } = objectOf(raw);
        return { id: textOf(id) ?? "", kind, identity: named(textOf(runsAs) ?? "") };
      }),
    ),
    credentials: vaults.flatMap(([id, { credentialOf }]) => {
      const of = textOf(credentialOf);
      return of === undefined ? [] : [{ id, of: named(of) }];
    }),
    resourcePolicies,
    resourceDenies: [],
    logins: new Map(),
    tags: new Map(),
    attachedTo: new Map(),
    otherVersions: new Map(),
    attachable: [],
    unreadTrust: new Set(),
    request: {},
    ...(host !== undefined && { host }),
  };
}
