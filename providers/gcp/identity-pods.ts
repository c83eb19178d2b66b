import type { IdentityLink, PolicyDocument } from "../../src/model/identity.ts";
import type { Workload } from "../../src/model/inventory.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, flag, items, listed, text, type Node } from "../reader.ts";
import { operations } from "./calls-identity.ts";
import { resourceOperations } from "./calls-resources.ts";
import { gapIn } from "./pages.ts";

/** A Kubernetes account that some binding names. */
export interface Pod {
  /** `POOL[NAMESPACE/ACCOUNT]` */
  readonly id: string;
  readonly name: string;
  readonly source: PolicyDocument["source"];
}

/** Accounts of whole namespaces and clusters are named by no binding, and so by no list. */
export interface Pods {
  readonly named: readonly Pod[];
  /** There are more than are looked at. */
  readonly cut: boolean;
}

/** Each node of a cluster may run any of them. */
const maxPods = 100;

const forms: readonly RegExp[] = [
  /"serviceAccount:([^"[\]]+\.svc\.id\.goog)\[([^\]/"]+)\/([^\]/"]+)\]"/g,
  /workloadIdentityPools\/([^"/]+\.svc\.id\.goog)\/subject\/ns\/([^/"]+)\/sa\/([^/"]+)"/g,
];

/**
 * Pods by the bindings that name them, of pools that a cluster of the project uses.
 * https://cloud.google.com/kubernetes-engine/docs/concepts/workload-identity
 */
export function podsOf(snapshot: Snapshot, policies: readonly PolicyDocument[]): Pods {
  const pools = new Set(clustersOf(snapshot).map(({ pool }) => pool));
  const found = new Map<string, Pod>();
  for (const { id: of, body, source } of policies) {
    if (!of.endsWith("#allow")) continue;
    const written = JSON.stringify(body);
    for (const [, pool = "", namespace, account] of forms.flatMap((form) =>
      Array.from(written.matchAll(form)),
    )) {
      const id = `${pool}[${namespace}/${account}]`;
      if (pools.has(pool) && !found.has(id)) {
        found.set(id, { id, name: `${namespace}/${account}`, source });
      }
    }
  }
  return { named: [...found.values()].slice(0, maxPods), cut: found.size > maxPods };
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
  pods: Pods,
): readonly Workload[] {
  const clusters = new Map(clustersOf(snapshot).map((cluster) => [cluster.key, cluster]));
  const unread = namingCalls.find((call) => gapIn(snapshot, call) !== undefined);
  return workloads.map((workload) => {
    const { tags, identities } = workload;
    if (!Object.hasOwn(tags, labels.node)) return workload;
    const cluster = clusters.get(keyOf(tags[labels.cluster] ?? "", tags[labels.location]));
    if (cluster && !isShielded(cluster, tags[labels.pool] ?? "")) return workload;
    const own = identities.map((link) => lessSure(link, reasonOf(cluster)));
    const links = cluster ? podLinks(cluster, pods, workload) : [];
    return { ...workload, identities: [...own, ...links, ...unreadLinks(unread, workload)] };
  });
}

/** What names the pods that a node may run. */
const namingCalls = [
  resourceOperations.clusters,
  operations.accountPolicy,
  operations.projectPolicy,
  operations.folderPolicy,
  operations.organizationPolicy,
] as const;

function unreadLinks(call: string | undefined, { tags, source }: Workload): IdentityLink[] {
  if (call === undefined) return [];
  const id = `pods of ${tags[labels.cluster] ?? "a cluster"}`;
  const because = `${call} was not fully read: which accounts the pods have is not known`;
  return [{ id, how: "pod", verdict: "maybe", because, source }];
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

function podLinks(
  { name: cluster, pool }: Cluster,
  { named, cut }: Pods,
  { source: node }: Workload,
): IdentityLink[] {
  const links = named
    .filter(({ id }) => id.startsWith(`${pool}[`))
    .map(({ id, name, source }): IdentityLink => {
      const because = `a pod of ${cluster} may be the Kubernetes account ${name}`;
      return { id, how: "pod", verdict: "maybe", because, source };
    });
  if (!cut) return links;
  const because = `more than ${maxPods} Kubernetes accounts are bound, and those after them were not looked at`;
  return [
    ...links,
    { id: `further pods of ${cluster}`, how: "pod", verdict: "maybe", because, source: node },
  ];
}
