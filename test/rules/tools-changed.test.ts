import { describe, expect, test } from "vitest";
import type { RulesInput } from "../../src/rules/contexts.ts";
import { driftedTools } from "../../src/history/drifted-tools.ts";
import type { Tool } from "../../src/model/tool.ts";
import { anEndpoint, aPlainTool, aServer } from "../fixtures/builders.ts";
import { judge } from "./judge.ts";

const listing = (tools: readonly Tool[] | undefined) => [
  aServer({ endpoints: [anEndpoint({ tools: tools ?? [], toolsListed: tools !== undefined })] }),
];
const against = (
  before: readonly Tool[] | undefined,
  after: readonly Tool[] | undefined,
): Partial<RulesInput> => {
  const [was, servers] = [listing(before), listing(after)];
  return {
    servers,
    baseline: { servers: was, changes: driftedTools({ servers: was }, { servers }) },
  };
};
const query = aPlainTool();

describe("tools-changed", () => {
  test("is not evaluated without a baseline", () => {
    expect(judge("tools-changed", { servers: listing([query]) })).toBe("pass");
  });

  test("the same tools pass, one less too", () => {
    expect(judge("tools-changed", against([query], [query]))).toBe("pass");
    expect(judge("tools-changed", against([query], []))).toBe("pass");
  });

  test.each([
    ["a new tool", [query, aPlainTool({ name: "drop" })], "drop (added)"],
    ["another schema", [aPlainTool({ schemaSha256: "f".repeat(64) })], "query (schema)"],
    ["another access", [aPlainTool({ access: "destructive" })], "query (access)"],
  ] as const)("%s fails", (_, after, named) => {
    expect(judge("tools-changed", against([query], after))).toMatchObject({
      severity: "medium",
      title: `web-1 changed its tools: ${named}`,
      evidence: expect.arrayContaining([
        expect.objectContaining({
          kind: "tool",
          because: expect.stringContaining("Against the baseline"),
        }),
      ]),
    });
  });

  test("a list that was refused then or now is unknown", () => {
    expect(judge("tools-changed", against(undefined, [query]))).toMatchObject({
      worst: "medium",
      because: expect.stringContaining("in the baseline"),
    });
    expect(judge("tools-changed", against([query], undefined))).toMatchObject({
      because: expect.stringContaining("in this run"),
    });
  });

  test("a server that the baseline does not hold has no tools to compare", () => {
    expect(
      judge("tools-changed", { servers: listing([query]), baseline: { servers: [], changes: [] } }),
    ).toBe("pass");
  });
});
