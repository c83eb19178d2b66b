import type { Identity, PolicyAttachment, PolicyDocument } from "../../src/model/identity.ts";
import type { Workload } from "../../src/model/inventory.ts";
import type { Holder, PathFacts } from "../../src/model/paths.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, flag, items, listed, pagesOf, sourceOf, text, texts, type Node } from "../reader.ts";
import { bearing, decode, versionOf } from "./identity.ts";
import { organizationOf, under } from "./organization.ts";
import { gapIn, pagesBy } from "./pages.ts";

const call = "iam:GetAccountAuthorizationDetails";

interface Known {
  readonly identities: readonly Identity[];
  readonly policies: readonly PolicyDocument[];
}

/** The identities of an account with what leads from one to another: holders, groups, other versions, trusts. */
export function withPaths(
  known: Known,
  snapshot: Snapshot,
  workloads: readonly Workload[],
): Known & { readonly paths: PathFacts } {
  const versions = otherVersions(snapshot);
  const organization = organizationOf(snapshot);
  const functions = functionPolicies(snapshot, workloads);
  return {
    identities: known.identities.map((identity) => under(organization, identity)),
    policies: [
      ...known.policies,
      ...[...versions.values()].flat(),
      ...organization.documents,
      ...functions.values(),
    ],
    paths: {
      resourcePolicies: new Map([...functions].map(([arn, { id }]) => [arn, id])),
      request: organization.request,
      resourceDenies: organization.resourceDenies,
      holders: [
        ...workloads.flatMap((workload) => holdersOf(workload, snapshot)),
        ...placesFor(snapshot),
      ],
      groups: groupsOf(snapshot),
      memberships: membershipsOf(snapshot),
      tags: tagsOf(known.identities, workloads, snapshot),
      otherVersions: new Map(
        [...versions].map(([policy, documents]) => [policy, documents.map(({ id }) => id)]),
      ),
      attachable: known.policies.flatMap(({ id }) => (isCustomer(id) ? [id] : [])),
      unreadTrust: new Set(
        known.identities.flatMap(({ id, kind, policies }) =>
          kind === "role" && !policies.some(trusts) ? [id] : [],
        ),
      ),
      profiles: profilesOf(snapshot),
      // The details of an account name neither keys nor passwords of its users.
      unreadLogins: new Set([snapshot.scope.id]),
    },
  };
}

function trusts({ layer }: PolicyAttachment): boolean {
  return layer === "trust";
}

/** By service and resource of the workload's ARN: the kind of holder that the rules speak of. */
const kinds: readonly (readonly [pattern: RegExp, kind: string, needs?: string])[] = [
  [/^arn:[^:]+:ec2:.*:instance\//, "ec2"],
  // https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-instance-permissions.html
  [/^arn:[^:]+:ec2:.*:instance\//, "ssmManaged", "ssm:UpdateInstanceInformation"],
  [/^arn:[^:]+:lambda:.*:function:/, "lambda"],
  [/^arn:[^:]+:ecs:.*:task\//, "ecsTask"],
  [/^arn:[^:]+:apprunner:.*:service\//, "apprunner"],
];

function holdersOf(workload: Workload, snapshot: Snapshot): Holder[] {
  return workload.identities.flatMap(({ id: identity, how, verdict }) => {
    if (how !== "platform" && how !== "metadata") return [];
    const id = arnOf(workload, identity, snapshot);
    return kinds.flatMap(([pattern, kind, needs]) =>
      pattern.test(id)
        ? [{ id, kind, identity, verdict, ...(needs !== undefined && { needs }) }]
        : [],
    );
  });
}

/** Where tasks can run: nothing runs as them, so they have no identity. */
function placesFor(snapshot: Snapshot): Holder[] {
  const places = [
    ["ecs:ListClusters", "clusterArns", "ecsCluster"],
    ["ecs:ListContainerInstances", "containerInstanceArns", "ecsContainerInstance"],
  ] as const;
  return places.flatMap(([source, list, kind]) =>
    pagesOf(snapshot, source)
      .flatMap((page) => texts(page, list))
      .map((id) => ({ id, kind, identity: "" })),
  );
}

/** Instances are known by their id; everything else by its ARN. */
function arnOf(
  { id, kind, region }: Pick<Workload, "id" | "kind" | "region">,
  identity: string,
  { scope }: Snapshot,
): string {
  if (kind !== "instance" || id.startsWith("arn:")) return id;
  const partition = /^arn:([^:]+):/.exec(identity)?.[1] ?? "aws";
  return `arn:${partition}:ec2:${region}:${scope.id}:instance/${id}`;
}

/** By the function's ARN. An alias's policy does not bear on changing the function, and is left out. */
function functionPolicies(
  snapshot: Snapshot,
  workloads: readonly Workload[],
): ReadonlyMap<string, PolicyDocument> {
  const pages = pagesBy(snapshot, "lambda:GetPolicy", "FunctionName");
  return new Map(
    workloads.flatMap(({ id, kind, name, region }) => {
      if (kind !== "function") return [];
      const page = pages
        .get(name)
        ?.find(
          ({ page: { params, region: asked } }) =>
            asked === region && params["Qualifier"] === undefined,
        );
      const policy = page && at(page, "Policy");
      if (!policy) return [];
      const body = decode(policy.value);
      return [
        [id, { id: `${id}#policy`, name: "policy", body, source: sourceOf(policy) }] as const,
      ];
    }),
  );
}

function groupsOf(snapshot: Snapshot): NonNullable<PathFacts["groups"]> {
  return listed(snapshot, call, "GroupDetailList").flatMap((group) => {
    const id = text(group, "Arn");
    if (id === undefined) return [];
    const { attachments } = bearing(group, id, "GroupPolicyList");
    return [{ id, policies: attachments.map(({ policy }) => policy) }];
  });
}

/** `null` for a user with a group that the details leave out. */
function membershipsOf(snapshot: Snapshot): ReadonlyMap<string, readonly string[] | null> {
  const arns = new Map(
    listed(snapshot, call, "GroupDetailList").flatMap((group): [string, string][] => {
      const name = text(group, "GroupName");
      const arn = text(group, "Arn");
      return name === undefined || arn === undefined ? [] : [[name, arn]];
    }),
  );
  return new Map(
    listed(snapshot, call, "UserDetailList").flatMap((user) => {
      const id = text(user, "Arn");
      if (id === undefined) return [];
      const groups = texts(user, "GroupList").map((name) => arns.get(name));
      const all = groups.filter((group) => group !== undefined);
      return [[id, all.length === groups.length ? all : null] as const];
    }),
  );
}

function profilesOf(snapshot: Snapshot): NonNullable<PathFacts["profiles"]> {
  return new Map(
    listed(snapshot, call, "RoleDetailList").flatMap((role) => {
      const id = text(role, "Arn");
      const profiles = items(role, "InstanceProfileList").flatMap((one) => text(one, "Arn") ?? []);
      return id === undefined || profiles.length === 0 ? [] : [[id, profiles] as const];
    }),
  );
}

function tagsOf(
  identities: readonly Identity[],
  workloads: readonly Workload[],
  snapshot: Snapshot,
): NonNullable<PathFacts["tags"]> {
  const instances = workloads.filter(
    ({ kind, region }) =>
      kind === "instance" && !gapIn(snapshot, "ec2:DescribeInstances", {}, region),
  );
  return new Map([
    ...identities.map(({ id, tags }) => [id, tags] as const),
    ...instances.map(
      (one) => [arnOf(one, one.identities[0]?.id ?? "", snapshot), one.tags] as const,
    ),
  ]);
}

/** Versions of customer policies that are not in force; those of AWS cannot be switched. */
function otherVersions(snapshot: Snapshot): ReadonlyMap<string, readonly PolicyDocument[]> {
  return new Map(
    listed(snapshot, call, "Policies").flatMap((policy) => {
      const id = text(policy, "Arn");
      if (id === undefined || !isCustomer(id)) return [];
      const documents = items(policy, "PolicyVersionList").flatMap((version) =>
        flag(version, "IsDefaultVersion") === false ? documentOf(id, version) : [],
      );
      return documents.length === 0 ? [] : [[id, documents] as const];
    }),
  );
}

function documentOf(policy: string, version: Node): PolicyDocument[] {
  const name = text(version, "VersionId");
  return name === undefined ? [] : versionOf(`${policy}#version/${name}`, name, version);
}

function isCustomer(policy: string): boolean {
  return /^arn:[^:]+:iam::\d{12}:policy\//.test(policy);
}
