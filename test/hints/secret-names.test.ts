import { expect, test } from "vitest";
import { isReference, isSecretValue, secretNamed } from "../../src/hints/secret-names.ts";

test.each([
  ["mysqlpassword", "password"],
  ["DB_PASSWD", "password"],
  ["passphrase", "password"],
  ["userPasscode", "password"],
  ["pass", "password"],
  ["db-pwd", "password"],
  ["pass_phrase", "password"],
  ["apikey", "api-key"],
  ["MyAccessKey", "api-key"],
  ["secretkey", "api-key"],
  ["authkey2", "api-key"],
  ["privatekey", "api-key"],
  ["accountkey", "api-key"],
  ["API_KEY", "api-key"],
  ["SSHPrivateKey", "api-key"],
  ["hostKey", "api-key"],
  ["clientsecret", "secret"],
  ["secret", "secret"],
  ["csrfToken", "token"],
  ["token1", "token"],
  ["credential", "secret"],
  ["CREDENTIALS", "secret"],
  ["--password", "password"],
  ["idToken", "token"],
  ["urlSecret", "secret"],
  ["publicPassword", "password"],
  ["pageSecret", "secret"],
  ["CLIENT_TOKEN", "token"],
])("%s promises a %s", (name, type) => {
  expect(secretNamed(name)).toBe(type);
});

test.each([
  "key",
  "monkey",
  "primary key",
  "PassRole",
  "passThrough",
  "pwdFile",
  "compass",
  "mycredentials",
  "passwordPolicy",
  "SecretArn",
  "token_url",
  "apiKeyId",
  "secretHashAlgorithm",
  "NextToken",
  "pageToken",
  "continuation_token",
  "paginationToken",
  "skip-token",
  "public key",
  "ClientToken",
  "requestToken",
  "idempotencyToken",
  "StartingToken",
  "changeToken",
  "syncToken",
  "lockToken",
  "ownerToken",
  "token.actions.githubusercontent.com:sub",
  "password.example.org",
  "",
])("%j promises no secret", (name) => {
  expect(secretNamed(name)).toBeUndefined();
});

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

test.each(["4096", "10.5", "3600s", "12:30", "1,000ms"])(
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
