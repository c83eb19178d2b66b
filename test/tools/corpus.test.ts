import { describe, expect, test } from "vitest";
import { classify } from "../../src/tools/classify.ts";
import { asListed, labelledTools, missingCorpus } from "./labelled.ts";

const byRules = { useProductTables: false };

describe.skipIf(missingCorpus)("labelled tools (needs shared/groundtruth/mcp)", () => {
  const answers = labelledTools().map((label) => ({
    label,
    tool: classify(asListed(label), byRules),
  }));

  test("at least 88 % get exactly the labelled access from rules alone", () => {
    const exact = answers.filter((one) => one.tool.access === one.label.access).length;
    expect(exact / answers.length).toBeGreaterThanOrEqual(0.88);
  });

  test("at most 1 % of the tools that change something are called read", () => {
    const mutating = answers.filter((one) => one.label.access !== "read");
    const missed = mutating
      .filter((one) => one.tool.access === "read")
      .map((one) => one.label.tool);
    expect(missed.length / mutating.length, missed.join(", ")).toBeLessThanOrEqual(0.01);
  });

  const categories = [...new Set(answers.map((one) => one.label.category))].toSorted();
  const recall = categories.map((category) => {
    const labelled = answers.filter((one) => one.label.category === category);
    const told = labelled.filter((one) => one.tool.categories.includes(category));
    return { category, told: told.length, of: labelled.length };
  });

  test.each(recall)("category $category is told of $told of $of tools", ({ told, of }) => {
    expect(told / of).toBeGreaterThanOrEqual(0.5);
  });

  test("at least 85 % of the labelled categories are told, with fewer than two a tool", () => {
    const told = recall.reduce((sum, one) => sum + one.told, 0);
    const said = answers.reduce((sum, one) => sum + one.tool.categories.length, 0);
    expect(told / answers.length).toBeGreaterThanOrEqual(0.85);
    expect(said / answers.length).toBeLessThan(2);
  });

  test("every verdict names the words that told it", () => {
    for (const { tool } of answers) {
      const because = tool.evidence.filter((one) => one.verdict.startsWith(tool.access));
      expect(because.length, tool.name).toBeGreaterThan(0);
    }
  });
});
