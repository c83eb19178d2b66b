import { describe, expect, test } from "vitest";
import { catalogue } from "../../providers/aws/policy/actions.ts";
import { awsPolicy } from "../../providers/aws/policy/index.ts";
import { glob } from "../../providers/aws/policy/match.ts";
import { maxCharacters } from "../../providers/aws/policy/needed-documents.ts";
import { proposalOf } from "../../providers/aws/policy/needed-policy.ts";
import { awsNeeds } from "../../providers/aws/policy/needed.ts";
import type { Json } from "../../src/model/json.ts";
import type { ProposedPolicy } from "../../src/model/needed.ts";
import { allow, deny, estateOf, statement, type Given } from "./aws-estate.ts";

/** A small generator: the same numbers in every run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const granted = [
  "*",
  "s3:*",
  "s3:Get*",
  "s3:*Object*",
  "ec2:Describe*",
  "ec2:*Instances",
  "sns:*",
  "iam:*Role*",
  "dynamodb:?etItem",
  "sqs:SendMessage",
];
const wanted = [
  "s3:GetObject",
  "s3:Put*",
  "s3:*Bucket*",
  "ec2:Describe*",
  "ec2:TerminateInstances",
  "iam:Get*",
  "sns:CreateTopic",
  "dynamodb:*Item",
  "lambda:*",
];
const resources = [
  "*",
  "arn:aws:s3:::data/*",
  "arn:aws:ec2:*:*:instance/i-1",
  "arn:aws:s3:::${aws:username}/*",
];
const conditions = [undefined, { StringEquals: { "aws:RequestedRegion": "eu-west-1" } }];

function world(next: () => number): Given {
  const one = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!;
  const some = (): Json => {
    const draw = next();
    if (draw < 0.2) return deny(one(granted.slice(1)), one(resources), one(conditions));
    if (draw < 0.35)
      return statement({
        Effect: "Allow",
        NotAction: [one(granted.slice(1)), "iam:*"],
        Resource: "*",
      });
    if (draw < 0.45)
      return statement(
        { Sid: "same", Effect: "Allow", Action: one(granted), Resource: one(resources) },
        "2008-10-17",
      );
    if (draw < 0.55)
      return statement({ Effect: "Allow", Action: one(granted), NotResource: one(resources) });
    return allow([one(granted), one(granted)], one(resources), one(conditions));
  };
  return { identity: Array.from({ length: 1 + Math.floor(next() * 3) }, some) };
}

function bodies(policies: readonly ProposedPolicy[]): Json[] {
  return policies.map(({ document }): Json => JSON.parse(document));
}

const asked = (() => {
  const { names } = catalogue();
  return names.filter((name, at) => at % 67 === 0 || /^(?:s3|sns|sqs|iam|dynamodb):/.test(name));
})();

describe("the proposed policy of AWS, by the evaluator of this audit", () => {
  test.each(Array.from({ length: 24 }, (_, seed) => seed))(
    "world %i: allows what is needed and granted, and nothing else",
    (seed) => {
      const next = numbers(seed * 7919 + 1);
      const given = world(next);
      const needed = wanted.filter(() => next() < 0.4);
      const readOnly = seed % 4 === 3;
      const before = estateOf(given);
      const { policies } = proposalOf(before.identity, { needed, readOnly }, before.estate);
      const after = estateOf({ identity: bodies(policies) });
      const may = (side: typeof before, action: string, resource: string): string =>
        awsPolicy.decide(side.identity, action, resource, side.estate).verdict;
      const patterns = needed.map((pattern) => pattern.toLowerCase());
      for (const action of asked) {
        const isNeeded = patterns.some((pattern) => glob(pattern, action));
        const reads = awsNeeds.kinds(action).every(({ access }) => /^(?:list|read)$/.test(access));
        for (const resource of [
          "*",
          "arn:aws:s3:::data/x",
          "arn:aws:ec2:eu-west-1:111122223333:instance/i-1",
        ]) {
          const want = isNeeded && (!readOnly || reads) ? may(before, action, resource) : "no";
          expect(`${action} ${resource} ${may(after, action, resource)}`).toBe(
            `${action} ${resource} ${want}`,
          );
        }
      }
    },
  );

  test("every document is valid: version, distinct Sids, at most 6,144 characters", () => {
    const many = catalogue()
      .names.filter((name) => /^(?:ec2|iam|s3|rds):[a-m]/.test(name))
      .slice(0, 600);
    const { identity, estate } = estateOf({
      identity: [allow("*"), deny("s3:*", "arn:aws:s3:::a")],
    });
    const { policies } = proposalOf(identity, { needed: many, readOnly: false }, estate);
    expect(policies.length).toBeGreaterThan(1);
    for (const { document } of policies) {
      const body = JSON.parse(document);
      expect(JSON.stringify(body).length).toBeLessThanOrEqual(maxCharacters);
      const sids = body.Statement.map(({ Sid }: { Sid: string }) => Sid);
      expect(new Set(sids).size).toBe(sids.length);
      for (const sid of sids) expect(sid).toMatch(/^[A-Za-z0-9]+$/);
    }
    expect(new Set(policies.map(({ name }) => name)).size).toBe(policies.length);
  });

  test("what fits into no ten policies is not proposed", () => {
    const { identity, estate } = estateOf({ identity: [allow("*")] });
    const needed = catalogue().names.filter((_, at) => at % 4 === 0);
    const { policies, assumptions } = proposalOf(identity, { needed, readOnly: false }, estate);
    expect(policies).toEqual([]);
    expect(assumptions.join()).toMatch(/do not fit/);
  });

  test("every pattern of the tables stands for an action that exists", () => {
    const { products, services, categories } = awsNeeds.table;
    const all = [
      ...Object.values(products).flatMap(({ tools = {} }) => Object.values(tools).flat()),
      ...services.flatMap(({ verbs }) => Object.values(verbs).flat()),
      ...Object.values(categories).flat(),
    ];
    expect(all.filter((pattern) => awsNeeds.kinds(pattern).length === 0)).toEqual([]);
    const names = new Set(services.map(({ name }) => name));
    for (const [id, { services: own = [] }] of Object.entries(products))
      for (const name of own) expect(names, `${id} ${name}`).toContain(name);
    expect(services.filter(({ verbs }) => verbs.list.length === 0)).toEqual([]);
  });
});
