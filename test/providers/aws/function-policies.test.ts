import { expect, test } from "vitest";
import { withPaths } from "../../../providers/aws/identity-paths.ts";
import { awsPolicy } from "../../../providers/aws/policy/index.ts";
import { buildEstate } from "../../../src/estate.ts";
import type { PolicyDocument } from "../../../src/model/identity.ts";
import type { Json, JsonObject } from "../../../src/model/json.ts";
import type { Page } from "../../../src/model/snapshot.ts";
import { judge } from "../../../src/permissions/power.ts";
import { account, allow, now } from "../aws-estate.ts";
import { arn, billing, caller, identity, name, source, strong, trust } from "./path-words.ts";

const documents: PolicyDocument[] = [
  { id: "reads", name: "reads", body: allow("ec2:DescribeInstances"), source },
  { id: "all", name: "all", body: allow("*"), source },
  { id: "trust", name: "trust", body: trust("lambda"), source },
];

function powerWith(statement: Json, params: JsonObject = { FunctionName: name }): string {
  const Policy = JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  const page: Page = {
    call: "lambda:GetPolicy",
    region: "eu-west-1",
    params,
    page: 0,
    at: now,
    sha256: "0",
    body: { Policy },
  };
  const scope = { provider: "aws", id: account, regions: [] } as const;
  const snapshot = { provider: "aws", scope, pages: [page], gaps: [] } as const;
  const known = {
    identities: [identity(caller, "reads"), identity(strong, "all")],
    policies: documents,
  };
  const found = withPaths(known, snapshot, [billing]);
  // Levels of the organisation are the test's own.
  const identities = known.identities;
  const estate = buildEstate(
    [{ provider: "aws", scope: account, gaps: [], ...found, identities }],
    now,
  );
  return judge(identities[0]!, [], awsPolicy, estate).power;
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
