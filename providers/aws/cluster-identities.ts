import type { IdentityLink } from "../../src/model/identity.ts";
import type { Workload } from "../../src/model/inventory.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, items, listed, pagesOf, sourceOf, text, type Node } from "../reader.ts";
import { clusterOf } from "./calls-eks.ts";
import { decode } from "./identity.ts";
import { gapIn } from "./pages.ts";
import { parsePolicy } from "./policy/parse.ts";

const clusterCall = "eks:DescribeCluster";
const listCall = "eks:ListPodIdentityAssociations";
const podCall = "eks:DescribePodIdentityAssociation";
const rolesCall = "iam:GetAccountAuthorizationDetails";

/** What is known of the pods of one cluster. */
interface Pods {
  readonly links: readonly IdentityLink[];
  /** Calls that were not read. */
  readonly unread: readonly string[];
}

/**
 * Nodes with the roles that a pod on them may have. Which pod serves is not known without the cluster's own API, so no
 * link is certain.
 * https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html
 * https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html
 */
export function withPodIdentities(snapshot: Snapshot): (workload: Workload) => Workload {
  const roles = federatedRoles(snapshot);
  // A cluster may have thousands of nodes.
  const known = new Map<string, Pods>();
  return (workload) => {
    const cluster = workload.kind === "instance" ? clusterOf(workload.tags) : undefined;
    if (cluster === undefined) return workload;
    const key = `${workload.region} ${cluster}`;
    const pods = known.get(key) ?? podsOf(cluster, workload.region, snapshot, roles);
    known.set(key, pods);
    return withPods(workload, cluster, pods);
  };
}

function withPods(workload: Workload, cluster: string, { links, unread }: Pods): Workload {
  const own = new Set(workload.identities.map(({ id }) => id));
  const added = new Map<string, IdentityLink>();
  for (const link of [...links, ...unread.map((call) => unreadLink(cluster, call, workload))]) {
    if (!own.has(link.id) && !added.has(link.id)) added.set(link.id, link);
  }
  return added.size === 0
    ? workload
    : { ...workload, identities: [...workload.identities, ...added.values()] };
}

function podsOf(
  cluster: string,
  region: string,
  snapshot: Snapshot,
  roles: readonly FederatedRole[],
): Pods {
  return {
    links: [
      ...associated(cluster, region, snapshot),
      ...federated(cluster, region, snapshot, roles),
    ],
    unread: unreadCalls(cluster, region, snapshot),
  };
}

function associated(cluster: string, region: string, snapshot: Snapshot): IdentityLink[] {
  return pagesAbout(snapshot, podCall, "clusterName", cluster, region).flatMap((page) => {
    const association = at(page, "association");
    const role = association && text(association, "roleArn");
    if (!association || role === undefined) return [];
    const [namespace, account] = [
      text(association, "namespace"),
      text(association, "serviceAccount"),
    ];
    const because = `pods of ${namespace ?? "?"}/${account ?? "?"} in cluster ${cluster}, of which it is a node, have the role`;
    // A role of another account is what the pods end as.
    const target = text(association, "targetRoleArn");
    return [role, target]
      .filter((id) => id !== undefined)
      .map((id) => linkTo(id, because, association));
  });
}

function pagesAbout(
  snapshot: Snapshot,
  call: string,
  param: string,
  cluster: string,
  region: string,
): Node[] {
  return pagesOf(snapshot, call).filter(
    ({ page: { params, region: asked } }) => asked === region && params[param] === cluster,
  );
}

/** A role with the identity providers that its trust admits. */
interface FederatedRole {
  readonly id: string;
  readonly providers: readonly string[];
  readonly trust: Node;
}

function federatedRoles(snapshot: Snapshot): FederatedRole[] {
  if (pagesOf(snapshot, clusterCall).length === 0) return [];
  return listed(snapshot, rolesCall, "RoleDetailList").flatMap((role) => {
    const id = text(role, "Arn");
    const trust = at(role, "AssumeRolePolicyDocument");
    if (id === undefined || !trust) return [];
    const providers = providersIn(id, trust);
    return providers.length === 0 ? [] : [{ id, providers, trust }];
  });
}

function providersIn(role: string, trust: Node): string[] {
  const document = { id: role, name: "trust", body: decode(trust.value), source: sourceOf(trust) };
  return parsePolicy(document).statements.flatMap(({ effect, principals = [] }) =>
    effect === "Allow" ? principals.filter((one) => one.startsWith("federated:")) : [],
  );
}

/** Roles that trust tokens of the cluster. */
function federated(
  cluster: string,
  region: string,
  snapshot: Snapshot,
  roles: readonly FederatedRole[],
): IdentityLink[] {
  const issuer = pagesAbout(snapshot, clusterCall, "name", cluster, region)
    .map((page) => issuerOf(page)?.replace(/^https:\/\//, ""))
    .find((found) => found !== undefined && found !== "");
  if (issuer === undefined) return [];
  const because = `its trust admits service accounts of cluster ${cluster}, of which it is a node`;
  return roles
    .filter(({ providers }) => providers.some((one) => one.endsWith(`:oidc-provider/${issuer}`)))
    .map(({ id, trust }) => linkTo(id, because, trust));
}

function issuerOf(page: Node): string | undefined {
  const cluster = at(page, "cluster");
  const identity = cluster && at(cluster, "identity");
  const oidc = identity && at(identity, "oidc");
  return oidc && text(oidc, "issuer");
}

/** Where a list was not read, its pods may have any role. */
function unreadCalls(cluster: string, region: string, snapshot: Snapshot): string[] {
  const associations = pagesAbout(snapshot, listCall, "clusterName", cluster, region)
    .flatMap((page) => items(page, "associations"))
    .flatMap((association) => text(association, "associationId") ?? []);
  const asked: readonly (readonly [string, Record<string, string>])[] = [
    [clusterCall, { name: cluster }],
    [listCall, { clusterName: cluster }],
    [rolesCall, {}],
    ...associations.map(
      (associationId) => [podCall, { clusterName: cluster, associationId }] as const,
    ),
  ];
  return asked
    .filter(([call, params]) => gapIn(snapshot, call, params, region) !== undefined)
    .map(([call]) => call);
}

function unreadLink(cluster: string, call: string, { source }: Workload): IdentityLink {
  return {
    id: `pods of ${cluster}`,
    how: "pod",
    verdict: "maybe",
    because: `it is a node of cluster ${cluster}, and ${call} was not read, so the roles of its pods are not known`,
    source,
  };
}

function linkTo(id: string, because: string, node: Node): IdentityLink {
  return { id, how: "pod", verdict: "maybe", because, source: sourceOf(node) };
}
