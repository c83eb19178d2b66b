import { describe, expect, test } from "vitest";
import { withPaths } from "../../providers/aws/identity-paths.ts";
import { identities } from "../../providers/aws/identity.ts";
import { awsPolicy } from "../../providers/aws/policy/index.ts";
import { buildEstate } from "../../src/estate.ts";
import type { Identity, IdentityReport, PolicyDocument } from "../../src/model/identity.ts";
import type { Workload } from "../../src/model/inventory.ts";
import type { Json, JsonObject } from "../../src/model/json.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { judge } from "../../src/permissions/power.ts";
import { account, allow, now } from "../providers/aws-estate.ts";

const source = { kind: "rule", id: "test" } as const;
const iam = (path: string, owner = account): string => `arn:aws:iam::${owner}:${path}`;
const me = iam("role/me");
const boss = iam("role/boss");
const trusting = (principal: Json): JsonObject => ({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: principal, Action: "sts:AssumeRole" }],
});
const byLambda = trusting({ Service: "lambda.amazonaws.com" });
const open: PolicyDocument = { id: "p-Full", name: "Full", body: allow("*"), source };

const role = (arn: string, document: Json, trust: Json = byLambda, tags: Json = []): Json => ({
  Arn: arn,
  RoleName: arn.slice(arn.lastIndexOf("/") + 1),
  AssumeRolePolicyDocument: trust,
  RolePolicyList: [{ PolicyName: "own", PolicyDocument: document }],
  Tags: tags,
});

interface Account {
  readonly id?: string;
  readonly details: JsonObject;
  readonly workloads?: readonly Workload[];
  readonly scps?: "read" | "unread";
}

function workload(id: string, identity: string, kind: Workload["kind"] = "function"): Workload {
  return {
    id,
    name: id,
    kind,
    tags: {},
    provider: "aws",
    scope: account,
    region: "eu-west-1",
    state: "running",
    identities: [{ id: identity, how: "platform", verdict: "yes", because: "", source }],
    texts: [],
    source,
  };
}

function inventory({ id = account, details, workloads = [], scps = "read" }: Account) {
  const snapshot: Snapshot = {
    provider: "aws",
    scope: { provider: "aws", id, regions: [] },
    pages: [
      {
        call: "iam:GetAccountAuthorizationDetails",
        region: "global",
        params: {},
        page: 0,
        at: now,
        sha256: "0",
        body: details,
      },
    ],
    gaps: [],
  };
  const found = withPaths(identities(snapshot), snapshot, workloads);
  const under = (one: Identity): Identity => ({
    ...one,
    policies: [...one.policies, { policy: open.id, layer: "organization", via: "root" }],
  });
  return {
    provider: "aws" as const,
    scope: id,
    identities: scps === "read" ? found.identities.map(under) : found.identities,
    policies: [...found.policies, open],
    paths: found.paths,
    gaps: [],
  };
}

function report(accounts: readonly Account[], id = me): IdentityReport {
  const estate = buildEstate(accounts.map(inventory), now);
  return judge(estate.identities.get(id)!, ["w"], awsPolicy, estate);
}

const code = allow("lambda:UpdateFunctionCode");
const fn = `arn:aws:lambda:eu-west-1:${account}:function:f`;

describe("an identity escalates to what really exists", () => {
  test("code in a function that runs as an administrator", () => {
    const given = {
      details: { RoleDetailList: [role(me, code), role(boss, allow("*"))] },
      workloads: [workload(fn, boss)],
    };
    const found = report([given]);
    expect([found.power, found.verdict, found.breadth]).toEqual(["escalates", "yes", "account"]);
    expect(found.escalations).toEqual([
      `changes the code of a function (lambda-003): becomes ${boss}, which is admin (account)`,
    ]);
    expect(found.because[0]).toMatchObject({
      power: "escalates",
      permission: `lambda:UpdateFunctionCode on ${boss}`,
      statement: `${me}#inline/own#0`,
    });
  });

  test("without the function, or with one that is no stronger, it does not", () => {
    const details = { RoleDetailList: [role(me, code), role(boss, allow("*"))] };
    expect(report([{ details }]).power).not.toBe("escalates");
    const weak = { RoleDetailList: [role(me, code), role(boss, allow("ec2:Describe*"))] };
    expect(report([{ details: weak, workloads: [workload(fn, boss)] }]).escalations).toEqual([]);
  });

  test("an SCP that nobody read leaves a maybe that names it", () => {
    const found = report([
      {
        details: { RoleDetailList: [role(me, code), role(boss, allow("*"))] },
        workloads: [workload(fn, boss)],
        scps: "unread",
      },
    ]);
    expect([found.power, found.verdict, found.best]).toEqual(["escalates", "maybe", "none"]);
    expect(found.assumptions).toHaveLength(1);
    expect(found.assumptions[0]).toContain("service control policies were not read");
  });

  test("three hops are explained one by one, four are too far", () => {
    const name = (n: number): string => iam(`role/r${n}`);
    const chain = (length: number): Json[] =>
      Array.from({ length }, (_, n) =>
        role(
          n === 0 ? me : name(n),
          n === length - 1 ? allow("*") : allow("sts:AssumeRole", name(n + 1)),
          trusting({ AWS: n === 1 ? me : name(n - 1) }),
        ),
      );
    expect(report([{ details: { RoleDetailList: chain(4) } }]).escalations).toHaveLength(3);
    expect(report([{ details: { RoleDetailList: chain(5) } }]).escalations).toEqual([]);
  });

  test("a role of another account of the run counts when both sides allow", () => {
    const far = iam("role/far", "444455556666");
    const here = { details: { RoleDetailList: [role(me, allow("sts:AssumeRole", far))] } };
    const there = (trust: Json): Account => ({
      id: "444455556666",
      details: { RoleDetailList: [role(far, allow("*"), trust)] },
    });
    expect(report([here, there(trusting({ AWS: me }))]).power).toBe("escalates");
    expect(report([here, there(trusting({ AWS: iam("role/other") }))]).escalations).toEqual([]);
  });

  test("power user access is broad alone and escalates beside a stronger workload", () => {
    const power = {
      Version: "2012-10-17",
      Statement: [
        { Effect: "Allow", NotAction: ["iam:*", "organizations:*", "account:*"], Resource: "*" },
        {
          Effect: "Allow",
          Action: ["iam:CreateServiceLinkedRole", "iam:DeleteServiceLinkedRole", "iam:ListRoles"],
          Resource: "*",
        },
      ],
    };
    const alone = { details: { RoleDetailList: [role(me, power), role(boss, allow("*"))] } };
    expect(report([alone]).power).toBe("broad");
    expect(report([{ ...alone, workloads: [workload("i-1", boss, "instance")] }]).power).toBe(
      "escalates",
    );
  });
});

describe("what the account's details say", () => {
  const group = (document: Json): Json => ({
    Arn: iam("group/ops"),
    GroupName: "ops",
    GroupPolicyList: [{ PolicyName: "g", PolicyDocument: document }],
  });
  const user = (document: Json, groups: readonly string[]): Json => ({
    Arn: iam("user/me"),
    UserName: "me",
    GroupList: groups,
    UserPolicyList: [{ PolicyName: "own", PolicyDocument: document }],
  });
  const asUser = (details: JsonObject) => report([{ details }], iam("user/me"));

  test.each<[string, Json, string]>([
    ["an administrator", allow("*"), "admin"],
    ["a reader", allow("ec2:Describe*"), "none"],
  ])("joining the group of %s", (_, document, reached) => {
    const join = allow("iam:AddUserToGroup", iam("group/ops"));
    const found = asUser({ UserDetailList: [user(join, [])], GroupDetailList: [group(document)] });
    expect(found.escalations.join(" ")).toContain(reached === "admin" ? "which is admin" : "");
    expect(found.power === "escalates").toBe(reached === "admin");
  });

  test("another version of the own policy takes the place of the one in force", () => {
    const policy = (document: Json): Json => ({
      Arn: iam("policy/own"),
      PolicyName: "own",
      PolicyVersionList: [
        { VersionId: "v1", IsDefaultVersion: false, Document: document },
        {
          VersionId: "v2",
          IsDefaultVersion: true,
          Document: allow("iam:SetDefaultPolicyVersion", iam("policy/own")),
        },
      ],
    });
    const holder: Json = {
      Arn: me,
      RoleName: "me",
      AssumeRolePolicyDocument: byLambda,
      AttachedManagedPolicies: [{ PolicyArn: iam("policy/own") }],
    };
    const beside = (document: Json) =>
      report([{ details: { RoleDetailList: [holder], Policies: [policy(document)] } }]);
    expect(beside(allow("*")).power).toBe("escalates");
    expect(beside(allow("ec2:Describe*")).power).not.toBe("escalates");
  });

  test("keys that no list counts leave a new key open, unless an old one may go", () => {
    const alice: Json = {
      Arn: iam("user/alice"),
      UserName: "alice",
      UserPolicyList: [{ PolicyName: "all", PolicyDocument: allow("*") }],
    };
    const asRole = (...actions: string[]) =>
      report([
        {
          details: {
            RoleDetailList: [role(me, allow(actions, iam("user/alice")))],
            UserDetailList: [alice],
          },
        },
      ]);
    expect(asRole("iam:CreateAccessKey")).toMatchObject({ power: "escalates", verdict: "maybe" });
    expect(asRole("iam:CreateAccessKey", "iam:DeleteAccessKey")).toMatchObject({
      power: "escalates",
      verdict: "yes",
    });
    expect(asRole("iam:DeleteAccessKey").power).not.toBe("escalates");
  });

  test("a shell on an instance needs an agent that may register", () => {
    const shell = (document: Json) =>
      report([
        {
          details: {
            RoleDetailList: [role(me, allow("ssm:StartSession")), role(boss, document)],
          },
          workloads: [workload("i-1", boss, "instance")],
        },
      ]).power;
    expect(shell(allow("*"))).toBe("escalates");
    expect(shell(allow("s3:*"))).not.toBe("escalates");
  });
});
