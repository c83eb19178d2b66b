import { expect, test } from "vitest";
import { isReference, isSecretValue } from "../../src/hints/secret-names.ts";

/** Written down again on purpose: a word that is lost from the source leaks, or hides what a report has to show. */
const words = (text: string): readonly string[] => text.trim().split(/\s+/);

test.each([
  "$(cat /run/secret)",
  "$",
  "${DB_PASSWORD}",
  "$DB_PASSWORD",
  "$env:DB_PASSWORD",
  "$config.password",
  "$1",
  "%DB_PASSWORD%",
  "{{ password }}",
  "`cat secret`",
  "\\${x}",
  "<your password>",
  "<password",
  "!Ref Password",
  "!vault x",
  "@Microsoft.KeyVault(SecretUri=x)",
  "arn:aws:ssm:x",
  "ocid1.vaultsecret.oc1",
  "https://vault.example",
  "file:secret",
  "op://vault/item",
  "ref+vault://x",
  "resolve:ssm:x",
  "ENC[abc]",
  "gcpsm:x",
  "sm://x",
  "projects/p/secrets/s",
  "/subscriptions/1",
  "process.env.X",
  "secrets[0]",
  "getSecret()",
  "/run/secrets/db",
  "~/.ssh/id",
  "C:\\secrets\\db",
  "****",
  "xxxx",
  "...",
  "---",
  "____",
  "your-password-here",
  "insert password",
  "replace_me 1",
  "[secret:password:0]",
  "[binary: 3]",
  "string",
  "Required",
  "n/a",
  "AKIAIOSFODNN7EXAMPLE",
  "AROAIOSFODNN7EXAMPLE",
  "sha256:abc",
])("%j stands where a secret would", (value) => {
  expect(isReference(value)).toBe(true);
  expect(isSecretValue("password", value)).toBe(false);
});

test.each([
  "hunter2hunter2",
  "$hunter2hunter2",
  "x%DB%",
  "xx{{",
  "<hunter2",
  "myarn:x",
  "Ab1/Cd2/Ef3/Gh4/Ij5/Kl6/Mn7",
  "requiredx",
  "yours",
  "AKIA1",
  "function2()x",
])("%j is a secret where one stands", (value) => {
  expect(isReference(value)).toBe(false);
  expect(isSecretValue("secret", value)).toBe(true);
});

test("a secret has three characters or more", () => {
  expect(isSecretValue("password", "a1")).toBe(false);
  expect(isSecretValue("password", "a1b")).toBe(true);
});

test.each(["4096", "10.5", "3600s", "12:30", "1,000ms", "10MB"])(
  "%s is a count and no token, but may be a password",
  (value) => {
    for (const type of ["token", "secret", "api-key"] as const) {
      expect(isSecretValue(type, value)).toBe(false);
    }
    expect(isSecretValue("password", value)).toBe(true);
  },
);

test.each(["1234567890123", "12abc", "1a2"])("%s is no count", (value) => {
  expect(isSecretValue("token", value)).toBe(true);
});

test.each(
  words(`
    string str text boolean bool number int integer object array any null none nil undefined true false yes no on off required
    optional enabled disabled default auto basic bearer redacted hidden masked sensitive await async new return n/a
  `),
)("the word %s is no secret", (word) => {
  expect(isReference(word)).toBe(true);
  expect(isReference(word.toUpperCase())).toBe(true);
  expect(isReference(`${word}9x`)).toBe(false);
  expect(isReference(`9${word}`)).toBe(false);
});

test.each(
  words(`
    args self this config cfg os process env settings options opts var local data module each params event request req input
    props secrets steps inputs
  `),
)("a member of %s is code", (word) => {
  expect(isReference(`${word}.a-b`)).toBe(true);
  expect(isReference(`${word}["a-b"]`)).toBe(true);
  expect(isReference(`${word}-b`)).toBe(false);
  expect(isReference(`9${word}.a-b`)).toBe(false);
});

test.each(words("your insert enter replace put"))("a blank that says %s is none", (word) => {
  for (const blank of ["-", "_", " "]) expect(isReference(`${word}${blank}key here`)).toBe(true);
  expect(isReference(`${word}key8!`)).toBe(false);
});

test.each(words("AKIA ASIA AROA AIDA"))("an id that begins with %s is an identifier", (prefix) => {
  expect(isReference(`${prefix}IOSFODNN7EXA`)).toBe(true);
  expect(isReference(`${prefix}IOSFODNN7EX`)).toBe(false);
  expect(isReference(`${prefix}iosfodnn7exa`)).toBe(false);
});

test.each(words("sha256 sha512 sha1 md5"))("a digest of %s is no secret", (word) => {
  expect(isReference(`${word}:ab12`)).toBe(true);
  expect(isReference(`x${word}:ab12`)).toBe(false);
});

test.each(
  words(`
    arn: ocid1. http:// https:// file: env: ssm: vault: op:// ref+ secretsmanager: secretref: keyvault resolve: sm:// gcpsm:
    gcp-sm: ENC[
  `),
)("what begins with %s says where the secret is", (prefix) => {
  expect(isReference(`${prefix}a-b9`)).toBe(true);
  expect(isReference(`9-${prefix}a-b9`)).toBe(false);
});

test.each(words("Ref Sub GetAtt ImportValue Join FindInMap Select vault env secret"))(
  "the tag !%s is a reference",
  (tag) => {
    expect(isReference(`!${tag} a-b`)).toBe(true);
    expect(isReference(`!${tag}9x-`)).toBe(false);
    expect(isReference(`9!${tag} a-b`)).toBe(false);
  },
);

test.each([
  ["/run/secrets/db", true],
  ["./run/secrets", true],
  ["../run/secrets/", true],
  ["~/run/secrets", true],
  ["/run", false],
  ["x/run/secrets!", false],
  ["/Abcdefghi1/Klmnopqrstu", false],
  ["/abcdefghi1/klmnopqrstu", true],
  ["/Abcdefghij/Klmnopqrstu", true],
  ["/Ab1/Klmnopqrst", true],
  ["D:\\x-9", true],
  ["9D:\\x-9", false],
  ["$abc_def", true],
  ["!ref a-b", true],
  ["ARN:aws:a-9", true],
  ["/Subscriptions/1-x!", true],
  ["XXXX", true],
  ["YOUR-key here", true],
  ["SHA256:a-b", true],
  ["your-key!9", false],
  ["xAKIAIOSFODNN7EXA", false],
  ["AKIAIOSFODNN7EXA/x", false],
  ["9$(x", false],
  ["/run/secrets/db!", false],
  ["$Abc.Def", true],
  ["$ABC9", true],
  ["$9", true],
  ["$abc9", false],
  ["9$ABC", false],
  ["$(x", true],
  ["$x(9", false],
  ["%A.b%", true],
  ["%A.b%9", false],
  ["9%A.b%", false],
  ["9{{x", false],
  ["${x", true],
  ["<A b./->", true],
  ["<9>x", false],
  ["<abc-d", true],
  ["9<abc>", false],
  ["abc.d()", true],
  ["abc(", true],
  ["abc.d", false],
  ["9abc()", false],
  ["abc()9", false],
  ["9[secret:x", false],
  ["[gzip:1", true],
  ["xxx", true],
  ["xx", false],
  ["xxx9", false],
  ["9xxx", false],
  ["..", true],
  ["---9", false],
  ["9@Microsoft.KeyVault", false],
  ["@microsoft.keyvault(x", true],
  ["9projects/a/secrets/b", false],
  ["projects/a/b/secrets/c9!", false],
  ["9/subscriptions/1!", false],
])("%s is a reference: %s", (value, reference) => {
  expect(isReference(value)).toBe(reference);
});
