import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { signatures } from "../../src/probe/signatures/index.ts";

const folder = new URL("../../src/probe/signatures/", import.meta.url);
const machinery = new Set([
  "index.ts",
  "identify.ts",
  "registry.ts",
  "signature.ts",
  "packages.ts",
]);
const families = readdirSync(folder).filter((file) => !machinery.has(file));

test("the index holds every signature of every file in the folder, and no other", async () => {
  const exported: unknown[] = [];
  for (const file of families) {
    const family: Readonly<Record<string, unknown>> = await import(new URL(file, folder).href);
    for (const value of Object.values(family)) if (Array.isArray(value)) exported.push(...value);
  }
  expect(new Set(exported)).toEqual(new Set(signatures));
  expect(exported.length).toBe(signatures.length);
});

test("every id stands once", () => {
  const ids = signatures.map((one) => one.id);
  expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
});

test.each(signatures.map((one) => [one.id, one] as const))(
  "%s says where its signs come from",
  (_, one) => {
    expect(one.source).toMatch(/^https:\/\//);
    expect(
      one.serverNames.length + one.toolSets.length + (one.banners?.length ?? 0),
    ).toBeGreaterThan(1);
  },
);
