import { expect, test } from "vitest";
import { awsPolicy } from "../../providers/aws/policy/index.ts";
import { isStronger } from "../../src/permissions/escalation.ts";
import { answer, iam, may, self } from "./aws-questions.ts";

/** Roles that each trust the one before; the last one is an administrator. */
const chain = (length: number) =>
  Array.from({ length }, (_, index) => ({
    arn: iam(`role/hop-${index + 1}`),
    trust: [index === 0 ? self : iam(`role/hop-${index}`)],
    power: index === length - 1 ? "admin" : "none",
    breadth: "account",
    tags: {},
    identity: [may("sts:AssumeRole", iam(`role/hop-${index + 2}`))],
  }));

test.each([
  [1, "yes"],
  [3, "yes"],
  [4, "no"],
])("an administrator %i hops away: %s", (length, expected) => {
  expect(answer({ identity: [may("s3:ListAllMyBuckets")], world: { roles: chain(length) } })).toBe(
    expected,
  );
});

test.each([
  ["admin", "account", "broad", "account", true],
  ["broad", "account", "broad", "group", true],
  ["broad", "account", "broad", "account", false],
  ["reads", "organization", "manages", "resource", false],
  ["none", "account", "none", "resource", false],
] as const)(
  "%s at %s against %s at %s: stronger is %s",
  (power, breadth, other, wide, expected) => {
    expect(isStronger({ power, breadth }, { power: other, breadth: wide })).toBe(expected);
  },
);

test("every rule has an id of its own and a source", () => {
  const ids = awsPolicy.escalations.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(awsPolicy.escalations.filter(({ source }) => !source.startsWith("https://"))).toEqual([]);
  const published = awsPolicy.escalations.filter(({ source }) =>
    source.includes("pathfinding.cloud"),
  );
  expect(published).toHaveLength(76);
});
