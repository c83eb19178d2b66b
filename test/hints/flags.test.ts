import { describe, expect, test } from "vitest";
import { redactText } from "../../src/hints/redact.ts";
import { replaceSecrets } from "../../src/hints/replace.ts";

const key = new Uint8Array(32).fill(3);
const redacts = (text: string): boolean => redactText(text, key) !== text;

describe("a value behind a name without a sign between them", () => {
  test.each([
    "run --password correcthorse",
    'run --password "correct horse"',
    "run --api-key abcdefg",
    "run -token a1b2c3d4",
    "set token a1b2c3d4",
    "  set token a1b2c3d4",
    "setx API_TOKEN a1b2c3d4",
    "setenv DB_PASSWORD a1b2c3d4",
    "x; set token a1b2c3d4",
  ])("is a secret after a flag or a command that sets: %s", (text) => {
    expect(redacts(text)).toBe(true);
  });

  test.each([
    "the password correcthorse",
    "the token a1b2c3d4",
    "run -token abcdefgh",
    "run -token a1b2c3d",
    "set token abcdefgh",
    "set token a1b2c3d",
    "reset token a1b2c3d4",
    "set the token a1b2c3d4",
    "settle token a1b2c3d4",
  ])("is none in a sentence: %s", (text) => {
    expect(redacts(text)).toBe(false);
  });
});

describe("what stands around a secret stays", () => {
  test.each([
    ["a password=hunter2hunter2 b", /^a password=\[secret:password:\w{16}\] b$/],
    ["password=hunter2hunter2", /^password=\[secret:password:\w{16}\]$/],
    [
      "password=hunter2hunter2; token=hunter3hunter3, x",
      /^password=\[secret:password:\w{16}\]; token=\[secret:token:\w{16}\], x$/,
    ],
    ["name is x", /^name is x$/],
    [
      "arn:aws:iam::1:role/x password=hunter2hunter2",
      /^arn:aws:iam::1:role\/x password=\[secret:password:\w{16}\]$/,
    ],
    ["warn:password=hunter2hunter2", /^warn:password=\[secret:password:\w{16}\]$/],
    ["the token = hunterhunter", /^the token = \[secret:token:\w{16}\]$/],
    [
      `x${" ".repeat(20)}DB_PASSWORD: 'hunter2 hunter2' y`,
      /DB_PASSWORD: '\[secret:password:\w{16}\]' y$/,
    ],
    ["https://a:hunter2hunter2@b/c", /^https:\/\/a:\[secret:url-password:\w{16}\]@b\/c$/],
    ["https://a:${PASSWORD}@b/c", /^https:\/\/a:\$\{PASSWORD\}@b\/c$/],
    [
      "a password=$X password=hunter2hunter2",
      /^a password=\$X password=\[secret:password:\w{16}\]$/,
    ],
  ])("%s", (text, told) => {
    expect(redactText(text, key)).toMatch(told);
  });

  test("even when the word before the name is longer than what is looked at", () => {
    const long = `${"x".repeat(59)}_password=hunter2hunter2`;
    expect(redactText(long, key)).toContain("[secret:password:");
  });

  test.each([
    [`arn:${"a".repeat(100)}:secret:name9name9`, false],
    [`arn:${"a".repeat(130)}:secret:name9name9`, true],
    ["{{resolve:secretsmanager:a:secret:name9name9}}", false],
    ["[secret:password:0123456789abcdef]", false],
  ])("%s is one: %s", (text, replaced) => {
    expect(replaceSecrets(text, key) !== text).toBe(replaced);
  });
});
