import { expect, test } from "vitest";
import { selectionOf, wantsScope, wantsWorkload } from "../../src/audit/selection.ts";

const scope = { id: "111122223333", name: "prod-eu" };
const workload = { id: "i-1", name: "mcp-gateway" };

test.each<[string[], string[], boolean, boolean]>([
  [[], [], true, true],
  [["prod-*"], [], true, true],
  [["test-*"], [], true, false],
  [["scope:test-*"], [], false, false],
  [["scope:test-*", "workload:mcp-*"], [], true, true],
  [["workload:prod-*"], [], true, false],
  [["mcp-*"], [], true, true],
  [["i-1"], ["mcp-*"], true, false],
  [[], ["1111*"], false, false],
  [[], ["workload:1111*"], true, true],
  [["prod-eu"], ["prod-eu"], false, false],
  [[], ["scope:mcp-gateway"], true, true],
])("include %j and exclude %j: scope %s, workload %s", (include, exclude, wanted, kept) => {
  expect(wantsScope({ include, exclude }, scope)).toBe(wanted);
  expect(wantsWorkload({ include, exclude }, scope, workload)).toBe(kept);
});

test("a recorded selection is read for what it is", () => {
  expect(selectionOf({ include: ["a", 1], exclude: "x" })).toEqual({ include: ["a"], exclude: [] });
  expect(selectionOf({})).toEqual({ include: [], exclude: [] });
});
