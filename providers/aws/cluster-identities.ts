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

/**
 * The node with the roles that a pod on it may have. Which pod serves is not known without the cluster's own API, so no
 * link is certain.
 * https://docs.aws.amazon.com/eks/latest/userguide/pod-identities.html
 * https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html
 */
export function withPodIdentities(workload: Workload, snapshot: Snapshot): Workload {
  const cluster = workload.kind === "instance" ? clusterOf(workload.tags) : undefined;
  if (cluster === undefined) return workload;
  const { region } = workload;
  const own = new Set(workload.identities.map(({ id }) => id));
  const links = new Map<string, IdentityLink>();
  for (const link of [
    ...associated(cluster, region, snapshot),
    ...federated(cluster, region, snapshot),
    ...unread(cluster, workload, snapshot),
  ]) {
    if (!own.has(link.id) && !links.has(link.id)) links.set(link.id, link);
  }
  return links.size === 0
    ? workload
    : { ...workload, identities: [...workload.identities, ...links.values()] };
}

function associated(cluster: string, region: string, snapshot: Snapshot): IdentityLink[] {
  return pagesOf(snapshot, podCall).flatMap((page) => {
    const { params, region: asked } = page.page;
    const association = at(page, "association");
    const role = association && text(association, "roleArn");
    if (asked !== region || params["clusterName"] !== cluster || !association || role === undefined)
      return [];
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

/** Roles that trust tokens of the cluster. */
function federated(cluster: string, region: string, snapshot: Snapshot): IdentityLink[] {
  const issuer = pagesOf(snapshot, clusterCall)
    .filter(({ page: { params, region: asked } }) => asked === region && params["name"] === cluster)
    .map((page) => issuerOf(page)?.replace(/^https:\/\//, ""))
    .find((found) => found !== undefined && found !== "");
  if (issuer === undefined) return [];
  const provider = `:oidc-provider/${issuer}`;
  return listed(snapshot, "iam:GetAccountAuthorizationDetails", "RoleDetailList").flatMap(
    (role) => {
      const id = text(role, "Arn");
      const trust = at(role, "AssumeRolePolicyDocument");
      if (id === undefined || !trust || !trusts(id, trust, provider)) return [];
      const because = `its trust admits service accounts of cluster ${cluster}, of which it is a node`;
      return [linkTo(id, because, trust)];
    },
  );
}

function issuerOf(page: Node): string | undefined {
  const cluster = at(page, "cluster");
  const identity = cluster && at(cluster, "identity");
  const oidc = identity && at(identity, "oidc");
  return oidc && text(oidc, "issuer");
}

function trusts(role: string, trust: Node, provider: string): boolean {
  const document = { id: role, name: "trust", body: decode(trust.value), source: sourceOf(trust) };
  return parsePolicy(document).statements.some(
    ({ effect, principals = [] }) =>
      effect === "Allow" &&
      principals.some((one) => one.startsWith("federated:") && one.endsWith(provider)),
  );
}

function associationsOf(cluster: string, region: string, snapshot: Snapshot): readonly string[] {
  return pagesOf(snapshot, listCall)
    .filter(
      ({ page: { params, region: asked } }) =>
        asked === region && params["clusterName"] === cluster,
    )
    .flatMap((page) => items(page, "associations"))
    .flatMap((association) => text(association, "associationId") ?? []);
}

/** Where a list was not read, its pods may have any role. */
function unread(cluster: string, workload: Workload, snapshot: Snapshot): IdentityLink[] {
  const { region, source } = workload;
  const asked: readonly (readonly [string, Record<string, string>])[] = [
    [clusterCall, { name: cluster }],
    [listCall, { clusterName: cluster }],
    ...associationsOf(cluster, region, snapshot).map(
      (associationId) => [podCall, { clusterName: cluster, associationId }] as const,
    ),
  ];
  return asked
    .filter(([call, params]) => gapIn(snapshot, call, params, region) !== undefined)
    .map(([call]) => ({
      id: `pods of ${cluster}`,
      how: "pod",
      verdict: "maybe",
      because: `it is a node of cluster ${cluster}, and ${call} was not read, so the roles of its pods are not known`,
      source,
    }));
}

function linkTo(id: string, because: string, node: Node): IdentityLink {
  return { id, how: "pod", verdict: "maybe", because, source: sourceOf(node) };
}
