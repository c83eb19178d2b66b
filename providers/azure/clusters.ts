import type { PolicyDocument } from "../../src/model/identity.ts";
import type { Holder } from "../../src/model/paths.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, flag, sourceOf, text, type Node } from "../reader.ts";
import type { Principal } from "./identity-principals.ts";
import { clusterCall } from "./operations-identity.ts";
import { idOf, keyOf, props, resourcesOf } from "./pages.ts";
import type { ResourceFacts } from "./vaults.ts";

/** A cluster whose pods get tokens of the identity of its nodes. */
export interface Cluster extends Principal {
  readonly node: Node;
}

/**
 * The identity of a cluster's nodes is another than that of its control plane, which no pod can ask for a token.
 * https://learn.microsoft.com/azure/aks/use-managed-identity
 */
export function clusters(snapshot: Snapshot): readonly Cluster[] {
  return resourcesOf(snapshot, clusterCall).flatMap((node): Cluster[] => {
    const profile = at(props(node), "identityProfile");
    const nodes = profile && at(profile, "kubeletidentity");
    const principal = nodes && text(nodes, "objectId");
    if (principal === undefined) return [];
    const named = (nodes && text(nodes, "resourceId")) ?? idOf(node);
    return [{ principal: principal.toLowerCase(), named, node }];
  });
}

export function clusterHolders(snapshot: Snapshot): readonly Holder[] {
  return clusters(snapshot).map(({ principal, node }) => ({
    id: idOf(node),
    kind: "managedClusters",
    identity: principal,
  }));
}

export function isCluster(id: string): boolean {
  return /\/providers\/microsoft\.containerservice\/managedclusters\/[^/]+$/i.test(id);
}

/** Whether the credential of a local administrator exists. https://learn.microsoft.com/azure/aks/manage-local-accounts-managed-azure-ad */
export function clusterFacts(snapshot: Snapshot): ResourceFacts {
  const facts = resourcesOf(snapshot, clusterCall).map((node): [string, PolicyDocument] => {
    const localAccounts = flag(props(node), "disableLocalAccounts") !== true;
    const id = `facts of ${idOf(node)}`;
    const body = { kind: "resource", localAccounts };
    return [keyOf(idOf(node)), { id, name: id, body, source: sourceOf(node) }];
  });
  return {
    documents: facts.map(([, document]) => document),
    resourcePolicies: new Map(facts.map(([id, document]) => [id, document.id])),
  };
}
