import { describe, expect, test } from "vitest";
import { classify } from "../../src/tools/classify.ts";
import { furtherServers } from "./further-servers.ts";
import { listed, parameters } from "./labelled.ts";
import { listedServers } from "./listed-servers.ts";
import { otherServers } from "./other-servers.ts";
import { startedServers } from "./started-servers.ts";

interface Row {
  readonly label: string;
  readonly access: string;
  readonly category: string;
  readonly found: ReturnType<typeof classify>;
}

function rowsOf(table: string): readonly Row[] {
  return table
    .trim()
    .split("\n")
    .map((line) => {
      const [server = "", tool = "", access = "", category = "", ...rest] = line.split("|");
      const names = (rest.pop() ?? "").split(",").filter((name) => name !== "");
      const given = listed(tool, {
        description: rest.join("|"),
        parameters: parameters(...names),
      });
      const found = classify(given, { useProductTables: false });
      return { label: `${server}/${tool}`, access, category, found };
    });
}

describe.each([
  ["other", otherServers],
  ["further", furtherServers],
  ["listed", listedServers],
  ["started", startedServers],
])("tools of %s servers", (_name, table) => {
  const rows = rowsOf(table);

  test("get the labelled access from rules alone in at least 95 of 100", () => {
    const wrong = rows.filter(({ access, found }) => found.access !== access);
    const names = wrong.map(({ label, found }) => `${label}: ${found.access}`);
    expect(1 - wrong.length / rows.length, names.join(", ")).toBeGreaterThanOrEqual(0.95);
  });

  test("are called read in at most one of 100 when they change something", () => {
    const mutating = rows.filter(({ access }) => access !== "read");
    const missed = mutating.filter(({ found }) => found.access === "read");
    const names = missed.map(({ label }) => label);
    expect(missed.length / mutating.length, names.join(", ")).toBeLessThanOrEqual(0.01);
  });

  test("get the labelled category among theirs in at least 90 of 100", () => {
    const wrong = rows.filter(
      ({ category, found }) => !found.categories.some((one) => category.split("/").includes(one)),
    );
    const names = wrong.map(({ label, found }) => `${label}: ${found.categories.join(" ")}`);
    expect(1 - wrong.length / rows.length, names.join(", ")).toBeGreaterThanOrEqual(0.9);
  });
});
