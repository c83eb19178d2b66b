import { readdirSync } from "node:fs";
import { basename } from "node:path";
import { describe, expect, test } from "vitest";
import { signatures } from "../src/probe/signatures/index.ts";
import { reporters } from "../src/report/index.ts";
import type { Reporter } from "../src/report/reporter.ts";
import { rules } from "../src/rules/index.ts";

/** Values that a folder exports and that are meant for its registry, by the file that exports them. */
async function exportedFrom<T>(
  folder: string,
  isEntry: (value: unknown) => value is T,
): Promise<{ file: string; entry: T }[]> {
  const place = new URL(`../src/${folder}/`, import.meta.url);
  const files = readdirSync(place).filter((name) => name.endsWith(".ts") && name !== "index.ts");
  const modules = await Promise.all(
    files.map(async (name) => {
      const exports: Record<string, unknown> = await import(new URL(name, place).href);
      return Object.values(exports)
        .filter(isEntry)
        .map((entry) => ({ file: basename(name, ".ts"), entry }));
    }),
  );
  return modules.flat();
}

function isRule(value: unknown): value is { readonly id: string } {
  return typeof value === "object" && value !== null && "id" in value && "check" in value;
}

function isSignatureList(value: unknown): value is readonly { readonly id: string }[] {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((item) => typeof item === "object" && item !== null && "id" in item)
  );
}

function isReporter(value: unknown): value is Reporter {
  return typeof value === "object" && value !== null && "render" in value;
}

describe("the registry of rules", () => {
  test("holds every rule that a file of its folder exports, once", async () => {
    const exported = await exportedFrom("rules", isRule);
    expect(rules.map((rule) => rule.id).toSorted()).toEqual(
      exported.map(({ entry }) => entry.id).toSorted(),
    );
    expect(new Set(rules.map((rule) => rule.id)).size).toBe(rules.length);
    expect(exported.length).toBeGreaterThan(10);
  });

  test("names each rule as its file", async () => {
    const exported = await exportedFrom("rules", isRule);
    expect(exported.filter(({ file, entry }) => file !== entry.id)).toEqual([]);
  });
});

describe("the registry of signatures", () => {
  test("holds every signature that a file of its folder exports, once", async () => {
    const exported = await exportedFrom("probe/signatures", isSignatureList);
    const ids = signatures.map((signature) => signature.id);
    expect(ids.toSorted()).toEqual(
      [...new Set(exported.flatMap(({ entry }) => entry.map(({ id }) => id)))].toSorted(),
    );
  });
});

describe("the registry of report formats", () => {
  test("holds every format that a file of its folder exports, under the name of the file", async () => {
    const exported = await exportedFrom("report", isReporter);
    expect(Object.keys(reporters).toSorted()).toEqual(exported.map(({ file }) => file).toSorted());
    expect(new Set(Object.values(reporters))).toEqual(new Set(exported.map(({ entry }) => entry)));
  });
});
