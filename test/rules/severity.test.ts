import { describe, expect, test } from "vitest";
import type { Consequence } from "../../src/model/server.ts";
import { severityOf } from "../../src/rules/severity.ts";

const columns: readonly Consequence[] = [
  "admin",
  "escalates",
  "broad",
  "reads-sensitive",
  "manages",
  "unknown",
  "reads",
  "none",
];

const across = (authentication: "open" | "shared" | "delegated", fromInternet: boolean): string =>
  columns
    .map((consequence) => severityOf({ authentication, consequence, maybe: false, fromInternet }))
    .join(" ");

describe("severity of a server", () => {
  test.each([
    ["open", "critical critical critical critical high high high medium"],
    ["shared", "critical critical high high high high medium low"],
    ["delegated", "high high medium medium medium medium low info"],
  ] as const)("follows the table for %s from the internet", (row, expected) => {
    expect(across(row, true)).toBe(expected);
  });

  test.each([
    ["open", "high high high high medium medium medium low"],
    ["shared", "high high medium medium medium medium low info"],
    ["delegated", "medium medium low low low low info info"],
  ] as const)("is one step lower for %s inside, never below info", (row, expected) => {
    expect(across(row, false)).toBe(expected);
  });

  test("an escalation that rests on a maybe counts as broad", () => {
    const facts = {
      authentication: "shared",
      consequence: "escalates",
      fromInternet: true,
    } as const;

    expect(severityOf({ ...facts, maybe: true })).toBe("high");
  });

  test("an administrator that rests on a maybe keeps the worst case", () => {
    const facts = { authentication: "shared", consequence: "admin", fromInternet: true } as const;

    expect(severityOf({ ...facts, maybe: true })).toBe("critical");
  });
});
