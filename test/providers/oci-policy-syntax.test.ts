import { describe, expect, test } from "vitest";
import { parseMatchingRule } from "../../providers/oci/policy/matching-rule.ts";
import { parseStatement } from "../../providers/oci/policy/parser.ts";
import { statements } from "./oci-policy-productions.ts";

describe("a policy statement", () => {
  test("of every production parses to its tree", () => {
    expect(statements.length).toBeGreaterThan(500);
    const wrong = statements.flatMap(([text, tree]) => {
      const parsed = parseStatement(text);
      return parsed.ok ? [] : [{ text, tree, parsed }];
    });
    expect(wrong).toEqual([]);
    for (const [text, tree] of statements) {
      expect(parseStatement(text), text).toEqual({ ok: true, tree });
    }
  });

  test("a group may be called id", () => {
    expect(parseStatement("allow group id, b to read buckets in tenancy")).toMatchObject({
      tree: { subject: { refs: [{ name: "id" }, { name: "b" }] } },
    });
  });
});

const head = "Allow group A to read buckets in tenancy";

const malformed: readonly (readonly [text: string, at: string, expected: string])[] = [
  ["", "1:1", "allow, deny, endorse, admit or define"],
  ["grant group A to read buckets in tenancy", "1:1", "allow, deny, endorse, admit or define"],
  ["Allow", "1:6", "a subject (any-user, any-group, group, dynamic-group, service or resource)"],
  [
    "Allow users A to read buckets in tenancy",
    "1:7",
    "a subject (any-user, any-group, group, dynamic-group, service or resource)",
  ],
  ["Allow group to read buckets in tenancy", "1:13", "the name of a group, or id"],
  ["Allow group A, to read buckets in tenancy", "1:16", "the name of a group, or id"],
  ["Allow group '' to read buckets in tenancy", "1:13", "the name of a group, or id"],
  ["Allow dynamic-group", "1:20", "the name of a dynamic-group, or id"],
  [
    "Allow dynamic-group D/ to read buckets in tenancy",
    "1:24",
    "the name after the identity domain",
  ],
  ["Allow group id A to read buckets in tenancy", "1:16", "an OCID"],
  ["Allow service to read buckets in tenancy", "1:15", "the name of a service"],
  ["Allow resource 'x' to read buckets in tenancy", "1:16", "the kind of a resource"],
  ["Allow resource x 'a'/b to read buckets in tenancy", "1:22", "a quoted name"],
  ["Allow group A B to read buckets in tenancy", "1:17", "a resource type"],
  ["Allow group A to", "1:17", "a verb (inspect, read, use or manage) or {"],
  ["Allow group A to in tenancy", "1:18", "a verb (inspect, read, use or manage) or {"],
  ["Allow group A to read in tenancy", "1:23", "a resource type"],
  ["Allow group A to read 'buckets' in tenancy", "1:23", "a resource type"],
  ["Allow group A to {} in tenancy", "1:19", "a permission"],
  ["Allow group A to {A B} in tenancy", "1:21", ", or }"],
  ["Allow group A to {A, in tenancy", "1:22", "a permission"],
  ["Allow group A to read buckets", "1:30", "in"],
  ["Allow group A to read buckets tenancy", "1:31", "in"],
  ["Allow group A to read buckets in", "1:33", "tenancy or compartment"],
  ["Allow group A to read buckets in region", "1:34", "tenancy or compartment"],
  ["Allow group A to read buckets in any-tenancy", "1:34", "tenancy or compartment"],
  ["Allow group A to read buckets in compartment", "1:45", "the name of a compartment, or id"],
  ["Allow group A to read buckets in compartment A:", "1:48", "the name of a compartment"],
  ["Allow group A to read buckets in compartment id A", "1:49", "an OCID"],
  [`${head} twice`, "1:42", "where or the end of the statement"],
  [`${head} where`, "1:47", "a variable"],
  [`${head} where 'x' = 'y'`, "1:48", "a variable"],
  [`${head} where a 'y'`, "1:50", "=, !=, in, not in, before, after or between"],
  [`${head} where a =`, "1:51", "a value"],
  [`${head} where a = b c`, "1:54", "where or the end of the statement"],
  [`${head} where a ! b`, "1:50", "!="],
  [`${head} where any {}`, "1:53", "a variable"],
  [`${head} where any {a = b`, "1:58", ", or }"],
  [`${head} where any {a = b,}`, "1:59", "a variable"],
  [`${head} where {a = b}`, "1:48", "a variable"],
  [`${head} where a in 'b'`, "1:53", "("],
  [`${head} where a in ()`, "1:54", "a value"],
  [`${head} where a in (b c)`, "1:56", ", or )"],
  [`${head} where a not b`, "1:54", "in"],
  [`${head} where a between 'b' 'c'`, "1:62", "and"],
  [`${head} where a = /b`, "1:52", "a closing / for this pattern"],
  [`${head} where a = 'b`, "1:52", "a closing ' for this quote"],
  [`${head}\nwhere a\r\n = "b`, "3:4", 'a closing " for this quote'],
  [`${head} where a = \u2018b\u2019`, "1:52", "a straight quote (' or \")"],
  [`${head} where a = 'b\u201D`, "1:54", "a straight quote (' or \")"],
  [`${head} where a = \u201Eb\u201C`, "1:52", "a straight quote (' or \")"],
  ["Allow group A\u200B to read buckets in tenancy", "1:14", "no invisible character"],
  ["Allow group 'A\u200D' to read buckets in tenancy", "1:15", "no invisible character"],
  ["\uFEFFAllow group A to read buckets in tenancy", "1:1", "no invisible character"],
  ["Allow group A to\u00A0read buckets in tenancy", "1:17", "an ordinary space"],
  ["Allow group A\u0000 to read buckets in tenancy", "1:14", "no control character"],
  [`${head} where ${"all {".repeat(25)}a = b`, "1:172", "at most 24 groups in each other"],
  ["x".repeat(40_000), "1:32769", "at most 32768 characters"],
  [
    "Define user A as ocid1.user.oc1..a",
    "1:8",
    "tenancy, group, dynamic-group, compartment or service",
  ],
  ["Define tenancy as ocid1.tenancy.oc1..a", "1:16", "a name for the tenancy"],
  ["Define tenancy A ocid1.tenancy.oc1..a", "1:18", "as"],
  ["Define tenancy A as B", "1:21", "an OCID"],
  [
    "Define tenancy A as ocid1.tenancy.oc1..a where b = c",
    "1:42",
    "where or the end of the statement",
  ],
  ["Endorse group A to read buckets in elsewhere", "1:36", "tenancy, any-tenancy or compartment"],
  ["Endorse group A to read buckets in compartment A of B", "1:53", "tenancy"],
  ["Endorse group A to read buckets in tenancy B with in tenancy C", "1:51", "a resource type"],
  ["Endorse group A to read buckets in tenancy B with buckets of C", "1:59", "in"],
  [
    "Admit group A of any-tenancy to read buckets in tenancy",
    "1:18",
    "tenancy (any-tenancy goes with any-user only)",
  ],
  ["Admit any-user of B to read buckets in tenancy", "1:19", "tenancy or any-tenancy"],
  ["Admit any-user of tenancy to read buckets in tenancy", "1:27", "the name of a tenancy"],
];

describe("a malformed statement", () => {
  test.each(malformed)("%j is refused at %s: expected %s", (text, at, expected) => {
    const parsed = parseStatement(text);
    if (parsed.ok) throw new Error("parsed");
    const { line, column } = parsed.problem;
    expect([`${line}:${column}`, parsed.problem.expected]).toEqual([at, expected]);
  });

  test("says what stands there instead", () => {
    expect(parseStatement(`${head} where a = \u2018b\u2019`)).toMatchObject({
      problem: { found: "U+2018", offset: 51 },
    });
    expect(parseStatement("Allow users A")).toMatchObject({ problem: { found: "users" } });
    expect(parseStatement("Allow")).toMatchObject({ problem: { found: "the end" } });
  });
});

const inMcp = { kind: "compare", path: "instance.compartment.id", equal: true, value: "c" };

describe("a matching rule", () => {
  test.each([
    ["instance.compartment.id = 'c'", inMcp],
    ["Instance.Compartment.Id='c'", inMcp],
    ["instance.id != 'c'", { ...inMcp, path: "instance.id", equal: false }],
    ["resource.type = 'c'", { ...inMcp, path: "resource.type" }],
    ["tag.Ops.role.value", { kind: "tagged", tag: "ops.role" }],
    ['tag.ops.role.value = "c"', { ...inMcp, path: { tag: "ops.role" } }],
    ["ALL {instance.compartment.id = 'c'}", { kind: "all", of: [inMcp] }],
    [
      "any {instance.compartment.id = 'c', tag.a.b.value,}",
      { kind: "any", of: [inMcp, { kind: "tagged", tag: "a.b" }] },
    ],
    ["{instance.compartment.id = 'c'}", { kind: "bare", of: [inMcp] }],
    [
      "All {Any {instance.compartment.id = 'c'}}",
      { kind: "all", of: [{ kind: "any", of: [inMcp] }] },
    ],
  ])("%s parses to its tree", (text, tree) => {
    expect(parseMatchingRule(text)).toEqual({ ok: true, tree });
  });

  test.each([
    ["", 1],
    ["all {}", 6],
    ["all {instance.id = 'c'", 23],
    ["instance.id", 12],
    ["instance.id = c", 15],
    ["instance.name = 'c'", 1],
    ["instance.id = 'c' x", 19],
    ["all instance.id = 'c'", 1],
    ["tag.a.value = 'c'", 1],
    ["instance.id = \u2018c\u2019", 15],
  ])("%j is refused at column %i", (text, column) => {
    expect(parseMatchingRule(text)).toMatchObject({ ok: false, problem: { line: 1, column } });
  });
});
