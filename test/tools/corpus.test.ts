import { describe, expect, test } from "vitest";
import { classify } from "../../src/tools/classify.ts";
import { asListed, labelledTools, missingCorpus } from "./labelled.ts";

const byRules = { useProductTables: false };

describe.skipIf(missingCorpus)("labelled tools (needs shared/groundtruth/mcp)", () => {
  const answers = labelledTools().map((label) => ({ label, tool: classify(asListed(label), byRules) }));

  test("at least 88 % get exactly the labelled access from rules alone", () => {
    const exact = answers.filter((one) => one.tool.access === one.label.access).length;
    expect(exact / answers.length).toBeGreaterThanOrEqual(0.88);
  });

  test("at most 1 % of the tools that change something are called read", () => {
    const mutating = answers.filter((one) => one.label.access !== "read");
    const missed = mutating.filter((one) => one.tool.access === "read").map((one) => one.label.tool);
    expect(missed.length / mutating.length, missed.join(", ")).toBeLessThanOrEqual(0.01);
  });

  test("most tools of every category are recognised as such", ({ annotate }) => {
    const counts = new Map<string, { of: number; told: number }>();
    for (const { label, tool } of answers) {
      const count = counts.get(label.category) ?? { of: 0, told: 0 };
      const told = tool.categories.includes(label.category) ? 1 : 0;
      counts.set(label.category, { of: count.of + 1, told: count.told + told });
    }
    const rows = [...counts].map(([category, { of, told }]) => `${category} ${told}/${of}`);
    void annotate(rows.join(", "));
    const told = [...counts.values()].reduce((sum, one) => sum + one.told, 0);
    expect(told / answers.length, rows.join(", ")).toBeGreaterThanOrEqual(0.85);
    const labels = answers.reduce((sum, one) => sum + one.tool.categories.length, 0);
    expect(labels / answers.length, "labels a tool").toBeLessThan(2);
  });

  test("every verdict names the words that told it", () => {
    for (const { tool } of answers) {
      const because = tool.evidence.filter((one) => one.verdict.startsWith(tool.access));
      expect(because.length, tool.name).toBeGreaterThan(0);
    }
  });
});
