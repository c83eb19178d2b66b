import { describe, expect, test } from "vitest";
import { parseCondition } from "../../../providers/azure/policy/condition-parser.ts";
import { conditionHolds } from "../../../providers/azure/policy/condition.ts";

const attribute = "@Request[Microsoft.X/y:Name]";
const id = "@Request[Microsoft.X/y:Id]";
const facts = {
  "request:microsoft.x/y:name": "Blue",
  "request:microsoft.x/y:starred": "a*c",
  "request:microsoft.x/y:id": "8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
  "request:microsoft.x/y:none": null,
};
const holds = (text: string, operation = "Microsoft.X/y/write") =>
  conditionHolds({ text, version: "2.0" }, { operation, facts }).verdict;

describe("conditions hold as documented", () => {
  test.each([
    ["ActionMatches{'Microsoft.X/*/write'}", "yes"],
    ["!(ActionMatches{'Microsoft.X/y/read'})", "yes"],
    ["NOT ActionMatches{'Microsoft.X/y/write'}", "no"],
    [`${attribute} StringEquals 'Blue'`, "yes"],
    [`${attribute} StringEquals 'blue'`, "no"],
    [`${attribute} StringEqualsIgnoreCase 'blue'`, "yes"],
    [`${attribute} StringNotEquals 'blue'`, "yes"],
    [`${attribute} StringLike 'B*e'`, "yes"],
    [`${attribute} StringLike 'Bl?e'`, "yes"],
    [`${attribute} StringLike 'B?e'`, "no"],
    [`${attribute} StringLike 'Bl.e'`, "no"],
    [`${attribute} StringLike 'b*E'`, "no"],
    [`${attribute} StringLikeIgnoreCase 'b*E'`, "yes"],
    [`${attribute} StringNotLike 'R*'`, "yes"],
    ["@Request[Microsoft.X/y:Starred] StringLike 'a\\*c'", "yes"],
    [`${attribute} StringLike 'B\\*e'`, "no"],
    [`${id} GuidEquals 8E3AF657-A8FF-443C-A75C-2FE8C4BCB635`, "yes"],
    [`${id} ForAnyOfAnyValues:GuidEquals{8e3af657a8ff443ca75c2fe8c4bcb635}`, "yes"],
    [`${id} ForAnyOfAllValues:GuidNotEquals{8e3af657a8ff443ca75c2fe8c4bcb635}`, "no"],
    [`${id} GuidNotEquals 8e3af657-a8ff-443c-a75c-2fe8c4bcb636`, "yes"],
    [`${attribute} StringStartsWith 'Bl'`, "yes"],
    [`${attribute} ForAnyOfAnyValues:StringEquals {'Red', 'Blue'}`, "yes"],
    [`${attribute} ForAnyOfAllValues:StringNotEquals {'Red', 'Blue'}`, "no"],
    [`${attribute} NumericEquals 1`, "maybe"],
    [`Exists ${attribute}`, "yes"],
    ["Exists @Request[Microsoft.X/y:None]", "no"],
    ["NotExists @Request[Microsoft.X/y:None]", "yes"],
    ["@Request[Microsoft.X/y:None] StringEquals 'a'", "no"],
    ["@Resource[Microsoft.X/y:Unread] StringEquals 'a'", "maybe"],
    [`@Resource[unread] BoolEquals true || ${attribute} StringEquals 'Blue'`, "yes"],
    [`@Resource[unread] BoolEquals true AND ${attribute} StringEquals 'Red'`, "no"],
    [`@Environment[UtcNow] DateTimeLessThan '2027-01-01T00:00:00Z'`, "maybe"],
  ])("%s: %s", (text, expected) => {
    expect(holds(text)).toBe(expected);
  });
});

describe("several values on the right of one on the left", () => {
  test.each([
    ["ForAnyOfAnyValues:StringEquals", "yes"],
    ["ForAllOfAnyValues:StringEquals", "yes"],
    ["ForAnyOfAllValues:StringEquals", "no"],
    ["ForAllOfAllValues:StringEquals", "no"],
    ["ForAnyOfAnyValues:StringNotEquals", "yes"],
    ["ForAllOfAnyValues:StringNotEquals", "yes"],
    ["ForAnyOfAllValues:StringNotEquals", "no"],
    ["ForAllOfAllValues:StringNotEquals", "no"],
  ])("%s {'Blue', 'Red'}: %s", (operator, expected) => {
    expect(holds(`${attribute} ${operator} {'Blue', 'Red'}`)).toBe(expected);
  });

  const role = "@Request[Microsoft.Authorization/roleAssignments:RoleDefinitionId]";
  const owner = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
  const reader = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
  const roleHolds = (operator: string, asked: string) =>
    conditionHolds(
      { text: `${role} ${operator} {${owner}, ${reader}}`, version: "2.0" },
      {
        operation: "Microsoft.Authorization/roleAssignments/write",
        facts: { "request:microsoft.authorization/roleassignments:roledefinitionid": asked },
      },
    ).verdict;

  test.each(["ForAnyOfAllValues:GuidNotEquals", "ForAnyOfAnyValues:GuidNotEquals"])(
    "%s of roles leaves out each of them, as the documented examples say of either",
    (operator) => {
      expect(roleHolds(operator, owner)).toBe("no");
      expect(roleHolds(operator, reader)).toBe("no");
      expect(roleHolds(operator, "b24988ac-6180-42a0-ab88-20f7382dd24c")).toBe("yes");
    },
  );
});

describe("an attribute on the right", () => {
  test.each([
    [`${attribute} StringEquals @Request[Microsoft.X/y:Name]`, "yes"],
    [`${attribute} StringEquals @Request[Microsoft.X/y:Starred]`, "no"],
    [`${attribute} StringEquals @Request[Microsoft.X/y:None]`, "no"],
    [`${attribute} StringEquals @Principal[Unread]`, "maybe"],
  ])("%s: %s", (text, expected) => {
    expect(holds(text)).toBe(expected);
  });
});

describe("suboperations", () => {
  const text = "ActionMatches{'Microsoft.Storage/x/read'} AND SubOperationMatches{'Blob.List'}";
  const of = (suboperation?: string | null) =>
    conditionHolds(
      { text, version: undefined },
      {
        operation: "Microsoft.Storage/x/read",
        facts: suboperation === undefined ? {} : { suboperation },
      },
    ).verdict;

  test("are open where an operation may have some and none is named", () => {
    expect([of(), of("Blob.List"), of("Blob.Read"), of(null)]).toEqual([
      "maybe",
      "yes",
      "no",
      "no",
    ]);
    expect(holds("SubOperationMatches{'Blob.List'}", "Microsoft.KeyVault/x/read")).toBe("maybe");
    expect(holds("SubOperationMatches{'Blob.List'}", "Microsoft.Compute/x/read")).toBe("no");
  });
});

test.each([
  ["1.0", "yes"],
  ["2.0", "yes"],
  [undefined, "yes"],
  ["3.0", "maybe"],
])("a condition in version %s is decided: %s", (version, verdict) => {
  const held = conditionHolds({ text: `Exists ${attribute}`, version }, { operation: "x", facts });
  expect(held.verdict).toBe(verdict);
  expect(held.assumptions).toHaveLength(verdict === "maybe" ? 1 : 0);
});

describe("what is outside the grammar is named with its position, and undecided", () => {
  test.each([
    ["", 0],
    ["(", 1],
    ["@Future[a] StringEquals 'x'", 0],
    [`${attribute} NewOperator 'x'`, 29],
    [`${attribute} ForSome:StringEquals 'x'`, 29],
    ["ActionMatches{Microsoft.X}", 14],
    ["ActionMatches{'a'} ActionMatches{'b'}", 19],
    [`${attribute} StringEquals {'a',}`, 47],
    [`${attribute} StringEquals 'a`, 42],
    ["ActionMatches{'a'} AND", 22],
  ])("%s at %i", (text, position) => {
    expect(parseCondition(text)).toMatchObject({ fault: { position } });
    if (text !== "") expect(holds(text)).toBe("maybe");
  });
});
