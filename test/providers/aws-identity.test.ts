import { describe, expect, test } from "vitest";
import type { Json } from "../../src/model/json.ts";
import type { Gap, Page, Snapshot } from "../../src/model/snapshot.ts";
import { identities, identityLinks } from "../../providers/aws/identity.ts";
import { awsPolicy } from "../../providers/aws/policy/index.ts";
import { buildEstate } from "../../src/estate.ts";
import { judge } from "../../src/permissions/power.ts";
import { account, allow, inventoryOf, now } from "./aws-estate.ts";

const call = "iam:GetAccountAuthorizationDetails";
const arn = (path: string): string => `arn:aws:iam::${account}:${path}`;
const encoded = (document: Json): string => encodeURIComponent(JSON.stringify(document));
const source = { kind: "rule", id: "test" } as const;

function snapshot(bodies: readonly Json[], gaps: readonly Gap[] = []): Snapshot {
  const pages = bodies.map((body, page): Page => ({
    call,
    region: "global",
    params: {},
    page,
    at: now,
    sha256: "0",
    body,
  }));
  return { provider: "aws", scope: { provider: "aws", id: account, regions: [] }, pages, gaps };
}

const role = {
  Arn: arn("role/mcp"),
  RoleName: "mcp",
  AssumeRolePolicyDocument: encoded({
    Statement: {
      Effect: "Allow",
      Action: "sts:AssumeRole",
      Principal: { Service: "ec2.amazonaws.com" },
    },
  }),
  RolePolicyList: [{ PolicyName: "inline", PolicyDocument: encoded(allow("s3:GetObject")) }],
  AttachedManagedPolicies: [{ PolicyName: "own", PolicyArn: arn("policy/own") }],
  PermissionsBoundary: {
    PermissionsBoundaryType: "Policy",
    PermissionsBoundaryArn: arn("policy/fence"),
  },
  InstanceProfileList: [{ Arn: arn("instance-profile/mcp"), InstanceProfileName: "mcp" }],
  Tags: [{ Key: "team", Value: "data" }],
};
const own = {
  Arn: arn("policy/own"),
  PolicyName: "own",
  PolicyVersionList: [
    { VersionId: "v1", IsDefaultVersion: false, Document: encoded(allow("*")) },
    { VersionId: "v2", IsDefaultVersion: true, Document: encoded(allow("ec2:Describe*")) },
  ],
};
const user = {
  Arn: arn("user/svc"),
  UserName: "svc",
  GroupList: ["ops", "gone"],
  UserPolicyList: [],
  AttachedManagedPolicies: [],
};
const group = {
  Arn: arn("group/ops"),
  GroupName: "ops",
  GroupPolicyList: [{ PolicyName: "g", PolicyDocument: encoded(allow("sqs:*")) }],
  AttachedManagedPolicies: [],
};

function powerOf(detail: Json): readonly [string, string, string, string] {
  const found = identities(snapshot([detail]));
  const estate = buildEstate([inventoryOf(found.identities, found.policies)], now);
  const { power, verdict, worst, best } = judge(found.identities[0]!, [], awsPolicy, estate);
  return [power, verdict, worst, best];
}

describe("identities of an account", () => {
  test("a role carries its inline, attached, boundary and trust policies", () => {
    const found = identities(snapshot([{ RoleDetailList: [role] }, { Policies: [own] }]));
    expect(found.identities).toEqual([
      {
        id: role.Arn,
        provider: "aws",
        scope: account,
        kind: "role",
        name: "mcp",
        tags: { team: "data" },
        policies: [
          { policy: `${role.Arn}#inline/inline`, layer: "grant", via: role.Arn },
          { policy: own.Arn, layer: "grant", via: role.Arn },
          { policy: arn("policy/fence"), layer: "boundary", via: role.Arn },
          { policy: `${role.Arn}#trust`, layer: "trust", via: role.Arn },
        ],
        source: { kind: "api", call, region: "global", page: 0, pointer: "/RoleDetailList/0" },
      },
    ]);
  });

  test("documents are decoded, the default version counts, and each says where it stands", () => {
    const { policies } = identities(snapshot([{ RoleDetailList: [role] }, { Policies: [own] }]));
    const [managed] = policies;
    expect(managed!.body).toEqual(allow("ec2:Describe*"));
    expect(managed!.source).toMatchObject({
      page: 1,
      pointer: "/Policies/0/PolicyVersionList/1/Document",
    });
    expect(policies.map(({ id }) => id)).toEqual([
      own.Arn,
      `${role.Arn}#inline/inline`,
      `${role.Arn}#trust`,
    ]);
  });

  test("a user inherits from its groups, and a group that was not listed stays unread", () => {
    const found = identities(snapshot([{ UserDetailList: [user], GroupDetailList: [group] }]));
    expect(found.identities[0]!.policies).toEqual([
      { policy: `${group.Arn}#inline/g`, layer: "grant", via: group.Arn },
      { policy: "group gone", layer: "grant", via: "gone" },
    ]);
  });

  test.each<[string, Json]>([
    ["broken encoding", "%E0%A4%A"],
    ["no JSON", "hello"],
    ["too long", "a".repeat(200_000)],
    ["a number", 7],
  ])("a document with %s is unread, not empty", (_, body) => {
    const inline = { PolicyName: "x", PolicyDocument: body };
    expect(
      powerOf({
        RoleDetailList: [
          {
            ...role,
            RolePolicyList: [inline],
            AttachedManagedPolicies: [],
            PermissionsBoundary: null,
          },
        ],
      }),
    ).toEqual(["unknown", "maybe", "admin", "none"]);
  });

  test("a managed policy whose document is missing leaves the power unknown", () => {
    expect(powerOf({ RoleDetailList: [{ ...role, PermissionsBoundary: null }] })).toEqual([
      "unknown",
      "maybe",
      "admin",
      "none",
    ]);
  });

  test("a missing boundary only limits", () => {
    expect(powerOf({ RoleDetailList: [{ ...role, AttachedManagedPolicies: [] }] })).toEqual([
      "reads-sensitive",
      "maybe",
      "reads-sensitive",
      "none",
    ]);
  });

  test.each<Json>([
    null,
    7,
    "x",
    [],
    {},
    { RoleDetailList: 7 },
    { RoleDetailList: [null, {}, { Arn: 7 }] },
  ])("hostile page %j gives nothing", (body) => {
    expect(identities(snapshot([body]))).toEqual({ identities: [], policies: [] });
  });
});

describe("identities of a workload", () => {
  const profile = arn("instance-profile/mcp");
  const gap: Gap = { call, scope: account, reason: "denied", detail: "", affects: ["grants"] };

  test("an instance profile leads to its role", () => {
    const [link] = identityLinks(snapshot([{ RoleDetailList: [role] }]))(profile, source);
    expect(link).toMatchObject({ id: role.Arn, how: "platform", verdict: "yes" });
    expect(link!.source).toMatchObject({ pointer: "/RoleDetailList/0/InstanceProfileList/0" });
  });

  test.each<[string, Snapshot, string | undefined, readonly string[]]>([
    ["no profile", snapshot([]), undefined, []],
    ["a profile without a role", snapshot([{ RoleDetailList: [] }]), profile, []],
    ["a profile when nothing of IAM was read", snapshot([]), profile, ["maybe"]],
    [
      "a profile when IAM was cut short",
      snapshot([{ RoleDetailList: [] }], [gap]),
      profile,
      ["maybe"],
    ],
  ])("%s", (_, given, id, verdicts) => {
    expect(identityLinks(given)(id, source).map(({ verdict }) => verdict)).toEqual(verdicts);
  });
});
