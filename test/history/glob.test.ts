import { describe, expect, test } from "vitest";
import { fits } from "../../src/history/glob.ts";

describe("a pattern", () => {
  test.each([
    ["s3:*", "s3:GetObject", true],
    ["*", "", true],
    ["s3:Get*Tagging", "s3:GetObjectTagging", true],
    ["s3:Get*Tagging", "s3:GetTagging", true],
    ["ab*ba", "aba", false],
    ["s3:Get", "s3:GetObject", false],
    ["a*b*c", "a-c-b", false],
    ["a.c", "abc", false],
  ])("%s on %s: %s", (pattern, text, expected) => {
    expect(fits(pattern, text)).toBe(expected);
  });

  test("of many stars is decided at once", () => {
    expect(fits(`${"*a".repeat(20_000)}b`, "a".repeat(100_000))).toBe(false);
  });
});
