import { readFileSync } from "node:fs";
import { awsPolicy } from "../../providers/aws/policy/index.ts";
import { answerAwsCase } from "../../src/conformance/identity-aws.ts";
import type { Json, JsonObject } from "../../src/model/json.ts";

const world: JsonObject = JSON.parse(
  readFileSync(new URL("../conformance/iam/aws-world.json", import.meta.url), "utf8"),
);
const now = "2026-11-22T00:00:00Z";
export const account = "111122223333";
export const iam = (name: string): string => `arn:aws:iam::${account}:${name}`;
export const self = iam("role/mcp-server");
export const admins = "arn:aws:iam::aws:policy/AdministratorAccess";
export const power = "arn:aws:iam::aws:policy/PowerUserAccess";
export const audit = "arn:aws:iam::aws:policy/SecurityAudit";
export const secret = `arn:aws:secretsmanager:eu-west-1:${account}:secret:ops-key-AbCdEf`;

export const statement = (
  effect: string,
  actions: Json,
  resources: Json,
  condition?: Json,
): JsonObject => ({
  Effect: effect,
  Action: actions,
  Resource: resources,
  ...(condition !== undefined && { Condition: condition }),
});
export const policy = (...statements: JsonObject[]): JsonObject => ({
  Version: "2012-10-17",
  Statement: statements,
});
export const may = (actions: Json, resources: Json = "*", condition?: Json): JsonObject =>
  policy(statement("Allow", actions, resources, condition));
export const equals = (key: string, value: Json): Json => ({ StringEquals: { [key]: value } });
export const boundary = may(["s3:*", "logs:*"]);
export const toAlice = { secrets: [{ arn: secret, credentialOf: iam("user/alice"), tags: {} }] };
export const far = (trust: Json): JsonObject => ({
  roles: [
    {
      arn: "arn:aws:iam::444455556666:role/far",
      trust,
      power: "admin",
      breadth: "account",
      tags: {},
    },
  ],
});
export const near = (trust: Json, more: JsonObject = {}): JsonObject => ({
  roles: [{ arn: iam("role/near"), trust, power: "admin", breadth: "account", tags: {}, ...more }],
});
export const trusting = (
  principal: Json,
  condition?: Json,
  action = "sts:AssumeRole",
): JsonObject =>
  policy({
    Effect: "Allow",
    Principal: principal,
    Action: action,
    ...(condition !== undefined && { Condition: condition }),
  });
export const all = policy(statement("Allow", "*", "*"));
export const nothing = may("sts:GetCallerIdentity");
export const issuer = "oidc.eks.eu-west-1.amazonaws.com/id/ABC";

export type Row = readonly [title: string, expected: "yes" | "no" | "maybe", entry: JsonObject];

/** What the search answers for an entry in the shared world. */
export function answer(entry: JsonObject): string {
  return answerAwsCase(entry, world, awsPolicy, now).verdict;
}
