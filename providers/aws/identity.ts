import type {
  Identity,
  IdentityLink,
  PolicyAttachment,
  PolicyDocument,
} from "../../src/model/identity.ts";
import type { Json } from "../../src/model/json.ts";
import type { Source } from "../../src/model/finding.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, flag, items, listed, sourceOf, tagsOf, text, type Node } from "../reader.ts";

const call = "iam:GetAccountAuthorizationDetails";

/** Characters of one document before decoding; IAM's own largest is 10,240 a role, encoded at most three times that. */
const maxDocument = 131_072;

/** All roles and users with every policy that bears on them. Groups appear as the `via` of their members' policies. */
export function identities(snapshot: Snapshot): {
  readonly identities: readonly Identity[];
  readonly policies: readonly PolicyDocument[];
} {
  const groups = new Map(
    listed(snapshot, call, "GroupDetailList").flatMap((group): [string, Bearing][] => {
      const name = text(group, "GroupName");
      const arn = text(group, "Arn");
      return name === undefined || arn === undefined
        ? []
        : [[name, bearing(group, arn, "GroupPolicyList")]];
    }),
  );
  const found = [
    ...listed(snapshot, call, "RoleDetailList").flatMap((node) => roleOf(node, snapshot)),
    ...listed(snapshot, call, "UserDetailList").flatMap((node) => userOf(node, snapshot, groups)),
  ];
  return {
    identities: found.map(({ identity }) => identity),
    policies: [
      ...listed(snapshot, call, "Policies").flatMap(managedPolicy),
      ...[...groups.values()].flatMap(({ documents }) => documents),
      ...found.flatMap(({ documents }) => documents),
    ],
  };
}

interface Bearing {
  readonly attachments: readonly PolicyAttachment[];
  readonly documents: readonly PolicyDocument[];
}

interface Found {
  readonly identity: Identity;
  readonly documents: readonly PolicyDocument[];
}

function roleOf(node: Node, snapshot: Snapshot): Found[] {
  const own = principal(node, snapshot, "RoleName", "RolePolicyList");
  if (!own) return [];
  const trust = at(node, "AssumeRolePolicyDocument");
  const id = `${own.id}#trust`;
  return [
    {
      identity: {
        ...own.identity,
        kind: "role",
        policies: [
          ...own.bearing.attachments,
          ...(trust ? [{ policy: id, layer: "trust" as const, via: own.id }] : []),
        ],
      },
      documents: [...own.bearing.documents, ...(trust ? [document(id, "trust", trust)] : [])],
    },
  ];
}

function userOf(node: Node, snapshot: Snapshot, groups: ReadonlyMap<string, Bearing>): Found[] {
  const own = principal(node, snapshot, "UserName", "UserPolicyList");
  if (!own) return [];
  const inherited = items(node, "GroupList").flatMap(({ value }): readonly PolicyAttachment[] => {
    if (typeof value !== "string") return [];
    // A group that is not in the details leaves its policies unread.
    return (
      groups.get(value)?.attachments ?? [{ policy: `group ${value}`, layer: "grant", via: value }]
    );
  });
  return [
    {
      identity: {
        ...own.identity,
        kind: "user",
        policies: [...own.bearing.attachments, ...inherited],
      },
      documents: own.bearing.documents,
    },
  ];
}

function principal(
  node: Node,
  snapshot: Snapshot,
  nameKey: string,
  inlineKey: string,
): { id: string; identity: Omit<Identity, "kind" | "policies">; bearing: Bearing } | undefined {
  const id = text(node, "Arn");
  const name = text(node, nameKey);
  if (id === undefined || name === undefined) return undefined;
  const source = sourceOf(node);
  const identity = {
    id,
    provider: "aws",
    scope: snapshot.scope.id,
    name,
    tags: tagsOf(node),
    source,
  } as const;
  return { id, identity, bearing: bearing(node, id, inlineKey) };
}

/** Inline and attached policies and the boundary of a role, user or group. */
export function bearing(node: Node, arn: string, inlineKey: string): Bearing {
  const attachments: PolicyAttachment[] = [];
  const documents: PolicyDocument[] = [];
  for (const inline of items(node, inlineKey)) {
    const name = text(inline, "PolicyName") ?? inline.pointer;
    const id = `${arn}#inline/${name}`;
    attachments.push({ policy: id, layer: "grant", via: arn });
    documents.push(document(id, name, at(inline, "PolicyDocument") ?? inline));
  }
  for (const attached of items(node, "AttachedManagedPolicies")) {
    const policy = text(attached, "PolicyArn");
    if (policy !== undefined) attachments.push({ policy, layer: "grant", via: arn });
  }
  const boundary = at(node, "PermissionsBoundary");
  const policy = boundary && text(boundary, "PermissionsBoundaryArn");
  if (policy !== undefined) attachments.push({ policy, layer: "boundary", via: arn });
  return { attachments, documents };
}

function managedPolicy(node: Node): PolicyDocument[] {
  const id = text(node, "Arn");
  const standard = items(node, "PolicyVersionList").find((version) =>
    flag(version, "IsDefaultVersion"),
  );
  return id === undefined || !standard
    ? []
    : versionOf(id, text(node, "PolicyName") ?? id, standard);
}

/** The content of one version of a managed policy; empty where it was not sent. */
export function versionOf(id: string, name: string, version: Node): PolicyDocument[] {
  const body = at(version, "Document");
  return body ? [document(id, name, body)] : [];
}

function document(id: string, name: string, node: Node): PolicyDocument {
  return { id, name, body: decode(node.value), source: sourceOf(node) };
}

/** IAM sends documents as URL-encoded JSON; what cannot be decoded stays as it is and is unread for the evaluator. */
export function decode(value: Json): Json {
  if (typeof value !== "string" || value.length > maxDocument)
    return typeof value === "string" ? null : value;
  try {
    const plain: Json = JSON.parse(
      value.trimStart().startsWith("{") ? value : decodeURIComponent(value),
    );
    return plain;
  } catch {
    return null;
  }
}

/** The roles in an instance profile. EC2 hands out the credentials of each on the metadata service. */
export function identityLinks(
  snapshot: Snapshot,
): (instanceProfileArn: string | undefined, source: Source) => IdentityLink[] {
  const roles = new Map<string, IdentityLink[]>();
  for (const role of listed(snapshot, call, "RoleDetailList")) {
    const id = text(role, "Arn");
    if (id === undefined) continue;
    for (const profile of items(role, "InstanceProfileList")) {
      const arn = text(profile, "Arn");
      if (arn === undefined) continue;
      const because = `instance profile ${arn} holds the role`;
      const link: IdentityLink = {
        id,
        how: "platform",
        verdict: "yes",
        because,
        source: sourceOf(profile),
      };
      roles.set(arn, [...(roles.get(arn) ?? []), link]);
    }
  }
  const unread =
    snapshot.gaps.some((gap) => gap.call === call) ||
    !snapshot.pages.some((page) => page.call === call);
  return (arn, source) => {
    if (arn === undefined) return [];
    const links = roles.get(arn);
    if (links) return links;
    // A profile without a role gives no credentials; only an unread IAM leaves the question open.
    if (!unread) return [];
    const because = `the instance has profile ${arn}, but ${call} could not be read, so its role is not known`;
    return [{ id: arn, how: "platform", verdict: "maybe", because, source }];
  };
}
