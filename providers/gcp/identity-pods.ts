import type { IdentityLink, PolicyDocument } from "../../src/model/identity.ts";
import type { Workload } from "../../src/model/inventory.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, flag, items, listed, text, type Node } from "../reader.ts";
import { resourceOperations } from "./calls-resources.ts";

/** A Kubernetes account that some binding names. */
export interface Pod {
  /** `POOL[NAMESPACE/ACCOUNT]` */
  readonly id: string;
  readonly name: string;
  readonly source: PolicyDocument["source"];
}

/** Accounts of whole namespaces and clusters are named by no binding, and so by no list. */
const maxPods = 100;

const forms: readonly RegExp[] = [
  /"serviceAccount:([^"[\]]+\.svc\.id\.goog)\[([^\]/"]+)\/([^\]/"]+)\]"/g,
  /workloadIdentityPools\/([^"/]+\.svc\.id\.goog)\/subject\/ns\/([^/"]+)\/sa\/([^/"]+)"/g,
];

/**
 * Pods by the bindings that name them, of pools that a cluster of the project uses.
 * https://cloud.google.com/kubernetes-engine/docs/concepts/workload-identity
 */
export function podsOf(snapshot: Snapshot, policies: readonly PolicyDocument[]): readonly Pod[] {
  const pools = new Set(clustersOf(snapshot).map(({ pool }) => pool));
  const found = new Map<string, Pod>();
  for (const { id: of, body, source } of policies) {
    if (!of.endsWith("#allow")) continue;
    const written = JSON.stringify(body);
    for (const [, pool = "", namespace, account] of forms.flatMap((form) =>
      Array.from(written.matchAll(form)),
    )) {
      const id = `${pool}[${namespace}/${account}]`;
      if (pools.has(pool) && !found.has(id) && found.size < maxPods) {
        found.set(id, { id, name: `${namespace}/${account}`, source });
      }
    }
  }
  return [...found.values()];
}

interface Cluster {
  readonly key: string;
  readonly name: string;
  readonly pool: string;
  /** Names of the node pools whose metadata server gives each pod its own account. */
  readonly shielded: ReadonlySet<string> | "all";
}

function clustersOf(snapshot: Snapshot): readonly Cluster[] {
  return listed(snapshot, resourceOperations.clusters, "clusters").map((node) => {
    const name = text(node, "name") ?? "";
    const autopilot = at(node, "autopilot");
    return {
      key: keyOf(name, text(node, "location")),
      name,
      pool: textAt(node, "workloadIdentityConfig", "workloadPool") ?? "",
      shielded:
        autopilot && flag(autopilot, "enabled") === true
          ? "all"
          : new Set(
              items(node, "nodePools")
                .filter(hidesNode)
                .map((pool) => text(pool, "name") ?? ""),
            ),
    };
  });
}

/** https://cloud.google.com/kubernetes-engine/docs/reference/rest/v1/NodeConfig#workloadmetadataconfig */
function hidesNode(pool: Node): boolean {
  const config = at(pool, "config");
  return (
    config !== undefined && textAt(config, "workloadMetadataConfig", "mode") === "GKE_METADATA"
  );
}

function textAt(node: Node, outer: string, inner: string): string | undefined {
  const found = at(node, outer);
  return found && text(found, inner);
}

function keyOf(name: string, location: string | undefined): string {
  return `${location ?? ""}/${name}`;
}

/** Labels that GKE gives its nodes. */
const labels = {
  node: "goog-gke-node",
  cluster: "goog-k8s-cluster-name",
  location: "goog-k8s-cluster-location",
  pool: "goog-k8s-node-pool-name",
} as const;

/** What answers on a node may be a pod: it then has the node's account only where nothing stands before it. */
export function withPods(
  workloads: readonly Workload[],
  snapshot: Snapshot,
  pods: readonly Pod[],
): readonly Workload[] {
  const clusters = new Map(clustersOf(snapshot).map((cluster) => [cluster.key, cluster]));
  return workloads.map((workload) => {
    const { tags, identities } = workload;
    if (!Object.hasOwn(tags, labels.node)) return workload;
    const cluster = clusters.get(keyOf(tags[labels.cluster] ?? "", tags[labels.location]));
    if (cluster && !isShielded(cluster, tags[labels.pool] ?? "")) return workload;
    const own = identities.map((link) => lessSure(link, reasonOf(cluster)));
    return { ...workload, identities: [...own, ...podLinks(cluster, pods)] };
  });
}

function lessSure({ id, how, because, source }: IdentityLink, reason: string): IdentityLink {
  return { id, how, verdict: "maybe", because: `${because}; ${reason}`, source };
}

function isShielded({ shielded }: Cluster, pool: string): boolean {
  return shielded === "all" || shielded.has(pool);
}

function reasonOf(cluster: Cluster | undefined): string {
  return cluster
    ? `pods of ${cluster.name} have accounts of their own, unless they stand in the node's network`
    : "whether its pods have accounts of their own was not read";
}

function podLinks(cluster: Cluster | undefined, pods: readonly Pod[]): IdentityLink[] {
  if (!cluster) return [];
  return pods
    .filter(({ id }) => id.startsWith(`${cluster.pool}[`))
    .map(({ id, name, source }) => ({
      id,
      how: "pod",
      verdict: "maybe",
      because: `a pod of ${cluster.name} may be the Kubernetes account ${name}`,
      source,
    }));
}
