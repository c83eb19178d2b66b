import { expect, test } from "vitest";
import { withPaths } from "../../../providers/aws/identity-paths.ts";
import { awsPolicy } from "../../../providers/aws/policy/index.ts";
import { buildEstate } from "../../../src/estate.ts";
import type { PolicyDocument } from "../../../src/model/identity.ts";
import type { Workload } from "../../../src/model/inventory.ts";
import type { Json, JsonObject } from "../../../src/model/json.ts";
import type { Page } from "../../../src/model/snapshot.ts";
import { judge } from "../../../src/permissions/power.ts";
import { account, allow, now } from "../aws-estate.ts";
import { arn, billing, caller, identity, name, source, strong, trust } from "./path-words.ts";

interface Read {
  readonly pages?: readonly Page[];
  readonly workloads?: readonly Workload[];
  /** Calls that were not read. */
  readonly unread?: readonly string[];
  /** The caller's own policy. */
  readonly own?: Json;
  /** The service that both roles trust. */
  readonly trusted?: string;
  /** What the stronger role may do. */
  readonly strongOwn?: Json;
}

function standingOf({
  pages = [],
  workloads = [],
  unread = [],
  own = allow("ec2:DescribeInstances"),
  strongOwn = allow("*"),
  trusted = "lambda",
}: Read) {
  const policies: PolicyDocument[] = [
    { id: "own", name: "own", body: own, source },
    { id: "all", name: "all", body: allow("*"), source },
    { id: "strong", name: "strong", body: strongOwn, source },
    { id: "trust", name: "trust", body: trust(trusted), source },
  ];
  const scope = { provider: "aws", id: account, regions: [] } as const;
  const identities = [identity(caller, "own"), identity(strong, "strong")];
  const found = withPaths(
    { identities, policies },
    { provider: "aws", scope, pages, gaps: [] },
    workloads,
  );
  // Levels of the organisation are the test's own.
  const gaps = unread.map((call) => ({
    call,
    scope: account,
    reason: "denied" as const,
    detail: "",
    affects: [],
  }));
  const estate = buildEstate(
    [{ provider: "aws", scope: account, gaps, ...found, identities }],
    now,
  );
  return judge(identities[0]!, [], awsPolicy, estate);
}

const powerOf = (read: Read): string => standingOf(read).power;

const pageOf = (call: string, params: JsonObject, body: Json): Page => ({
  call,
  region: "eu-west-1",
  params,
  page: 0,
  at: now,
  sha256: "0",
  body,
});

function powerWith(statement: Json, params: JsonObject = { FunctionName: name }): string {
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  return powerOf({ pages: [pageOf("lambda:GetPolicy", params, { Policy })], workloads: [billing] });
}

const update = { Effect: "Allow", Action: "lambda:UpdateFunctionCode", Resource: arn };

test.each<[string, Json, string]>([
  ["names the role for changing its code", { ...update, Principal: { AWS: caller } }, "escalates"],
  ["names another role", { ...update, Principal: { AWS: strong } }, "reads"],
  [
    "names the account, and the role's own policies are silent",
    { ...update, Principal: { AWS: `arn:aws:iam::${account}:root` } },
    "reads",
  ],
  [
    "lets everybody call it",
    { ...update, Action: "lambda:InvokeFunctionUrl", Principal: "*" },
    "reads",
  ],
])("a function whose policy %s", (_, statement, power) => {
  expect(powerWith(statement)).toBe(power);
});

test("the policy of an alias says nothing about the function's code", () => {
  const statement = { ...update, Principal: { AWS: caller } };
  expect(powerWith(statement, { FunctionName: name, Qualifier: "live" })).toBe("reads");
});

const runs = allow(["iam:PassRole", "ecs:RegisterTaskDefinition", "ecs:RunTask"]);
const cluster = `arn:aws:ecs:eu-west-1:${account}:cluster/prod`;

test.each([
  ["that is listed", { clusterArns: [cluster] }, "escalates"],
  ["that is not there", { clusterArns: [] }, "manages"],
])("a role that may run tasks of its own in a cluster %s", (_, body, power) => {
  const pages = [pageOf("ecs:ListClusters", {}, body)];
  expect(powerOf({ pages, own: runs, trusted: "ecs-tasks" })).toBe(power);
});

const machine = (holder: string): Workload => ({
  ...billing,
  id: "i-1",
  name: "i-1",
  kind: "instance",
  identities: [{ id: holder, how: "platform", verdict: "yes", because: "its profile", source }],
});

test.each([
  ["its own machine", caller, "escalates"],
  ["the machine of another role", strong, "manages"],
])("a role that may change the profile of %s", (_, holder, power) => {
  const own = allow(["iam:PassRole", "ec2:ReplaceIamInstanceProfileAssociation"]);
  expect(powerOf({ workloads: [machine(holder)], own, trusted: "ec2" })).toBe(power);
});

const sends = allow("ssm:SendCommand");
const rewrites = allow("lambda:UpdateFunctionCode");

test.each<[string, Read, string]>([
  [
    "code of functions that were not listed",
    { own: rewrites, unread: ["lambda:ListFunctions"] },
    "escalates maybe",
  ],
  ["code of functions where there is none", { own: rewrites }, "manages yes"],
  [
    "machines that were not listed",
    { own: sends, trusted: "ec2", unread: ["ec2:DescribeInstances"] },
    "escalates maybe",
  ],
  [
    "machines that were not listed, of roles that Systems Manager is closed to",
    {
      own: sends,
      trusted: "ec2",
      unread: ["ec2:DescribeInstances"],
      strongOwn: allow("iam:*"),
    },
    "none yes",
  ],
])("a role that may change %s", (_, read, wanted) => {
  const { power, verdict } = standingOf(read);
  expect(`${power} ${verdict}`).toBe(wanted);
});

test.each([
  ["its own machine", "i-1", "escalates"],
  ["another machine alone", "i-2", "manages"],
])("a role that may give its machine a profile, and take one off %s", (_, id, power) => {
  const taken = `arn:aws:ec2:eu-west-1:${account}:instance/${id}`;
  const own = {
    Statement: [
      {
        Effect: "Allow",
        Action: ["iam:PassRole", "ec2:AssociateIamInstanceProfile"],
        Resource: "*",
      },
      { Effect: "Allow", Action: "ec2:DisassociateIamInstanceProfile", Resource: taken },
    ],
  };
  expect(powerOf({ workloads: [machine(caller)], own, trusted: "ec2" })).toBe(power);
});
