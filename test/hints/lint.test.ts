// oxlint-disable typescript/no-unnecessary-template-expression -- split, so that no scanner takes them for leaks
import { describe, expect, test } from "vitest";
import { needsLint, replaceLinted } from "../../src/hints/lint.ts";

const key = new Uint8Array(32);
const linear = `lin${"_api_"}${"a1B2".repeat(10)}`;

describe("the linter", () => {
  test("replaces what the patterns do not know, and keeps what stands around it", async () => {
    expect(await replaceLinted(`before ${linear} after`, key)).toMatch(
      /^before \[secret:linear:[0-9a-f]{16}\] after$/,
    );
  });

  test("is not asked about texts in which it could find nothing", () => {
    expect(needsLint("#!/bin/bash\napt-get update\napt-get install -y nginx")).toBe(false);
    expect(needsLint(linear)).toBe(true);
  });

  test("leaves access key ids, which are identifiers, and placeholders", async () => {
    const text = `AK${"IA"}QWERTYUIOPASDFGH secret_key postgres://u:[secret:url-password:0123456789abcdef]@db/x`;

    expect(await replaceLinted(text, key)).toBe(text);
  });

  test("is not switched off by a comment in the text", async () => {
    expect(await replaceLinted(`// secretlint-disable\n${linear}`, key)).not.toContain(linear);
  });

  test.each([
    ["many at signs", "https://a:b@".repeat(20_000)],
    ["one long word", `sk-${"a".repeat(200_000)}`],
    ["many headers", "-----BEGIN PRIVATE KEY-----\n".repeat(8_000)],
    ["many key names", "aws_secret_access_key=".repeat(10_000)],
    ["many connection strings", "postgres://a:".repeat(15_000)],
    ["spaces after names", `secret_key${" ".repeat(200_000)}`],
  ])("reads hostile text in bounded time: %s", async (_, text) => {
    const started = performance.now();
    await replaceLinted(text, key);

    expect(performance.now() - started).toBeLessThan(3_000);
  });
});
