import type { Json, JsonObject } from "../../src/model/json.ts";
import { account } from "./aws-network.ts";

export interface Statement {
  readonly Effect: "Allow" | "Deny";
  readonly Action?: string | readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource: string | readonly string[];
}

/** A role that instances assume, with the instance profile of the same name. */
export interface InstanceRole {
  readonly name: string;
  readonly inline?: readonly Statement[];
  /** Names of attached policies that AWS manages. */
  readonly managed?: readonly string[];
}

/** IAM hands out documents URL-encoded. */
function documentOf(statements: readonly JsonObject[]): string {
  return encodeURIComponent(JSON.stringify({ Version: "2012-10-17", Statement: statements }));
}

const trust = documentOf([
  { Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" },
]);

export function identities(
  roles: readonly InstanceRole[],
  managed: { readonly [name: string]: readonly Statement[] },
): { readonly [command: string]: Json } {
  return {
    GetAccountAuthorizationDetails: {
      UserDetailList: [],
      GroupDetailList: [],
      RoleDetailList: roles.map((role) => ({
        ...roleOf(role),
        RolePolicyList: role.inline
          ? [
              {
                PolicyName: "inline",
                PolicyDocument: documentOf(role.inline.map((one) => ({ ...one }))),
              },
            ]
          : [],
        AttachedManagedPolicies: (role.managed ?? []).map((PolicyName) => ({
          PolicyName,
          PolicyArn: managedArn(PolicyName),
        })),
        InstanceProfileList: [profileOf(role)],
        Tags: [],
      })),
      Policies: Object.entries(managed).map(([PolicyName, statements]) => ({
        PolicyName,
        PolicyId: `ANPA${PolicyName.toUpperCase()}`,
        Arn: managedArn(PolicyName),
        Path: "/",
        DefaultVersionId: "v1",
        AttachmentCount: roles.filter((role) => role.managed?.includes(PolicyName)).length,
        IsAttachable: true,
        PolicyVersionList: [
          {
            Document: documentOf(statements.map((one) => ({ ...one }))),
            VersionId: "v1",
            IsDefaultVersion: true,
            CreateDate: "2025-01-01T00:00:00Z",
          },
        ],
      })),
      IsTruncated: false,
    },
    ListInstanceProfiles: { InstanceProfiles: roles.map(profileOf), IsTruncated: false },
  };
}

function roleOf({ name }: InstanceRole): JsonObject {
  return {
    Path: "/",
    RoleName: name,
    RoleId: `AROA${name.toUpperCase()}`,
    Arn: `arn:aws:iam::${account}:role/${name}`,
    CreateDate: "2025-06-01T00:00:00Z",
    AssumeRolePolicyDocument: trust,
  };
}

function profileOf(role: InstanceRole): JsonObject {
  return {
    Path: "/",
    InstanceProfileName: role.name,
    InstanceProfileId: `AIPA${role.name.toUpperCase()}`,
    Arn: `arn:aws:iam::${account}:instance-profile/${role.name}`,
    CreateDate: "2025-06-01T00:00:00Z",
    Roles: [roleOf(role)],
  };
}

function managedArn(name: string): string {
  return `arn:aws:iam::aws:policy/${name}`;
}
