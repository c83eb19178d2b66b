import { expect, test } from "vitest";
import { secretNamed } from "../../src/hints/secret-names.ts";

/** Written down again on purpose: a word that is lost from the source leaks, or hides what a report has to show. */
const words = (text: string): readonly string[] => text.trim().split(/\s+/);

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
  ["clientTokenSecret", "token"],
  ["my-clientToken", "token"],
])("%s promises a %s", (name, type) => {
  expect(secretNamed(name)).toBe(type);
});

test.each([
  "key",
  "monkey",
  "passwordless",
  "passkeyx",
  "apikeys",
  "secretary",
  "tokenizer",
  "credentialsx",
  "myapi key",
  "apis key",
  "xclientTokens",
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
  "startToken",
  "public_accesskey",
  "pwdGuard",
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

test.each(
  words(`
    api access auth account private signing encryption master shared storage service function host admin webhook
  `),
)("a key of %s is a secret one", (word) => {
  expect(secretNamed(`${word}_key`)).toBe("api-key");
});

test.each(words("accesskey secretkey authkey privatekey accountkey apikey"))(
  "%s in one word is a key",
  (word) => {
    expect(secretNamed(`my${word}`)).toBe("api-key");
  },
);

test.each(
  words(`
    name names arn id ids ref refs url uri endpoint path file filename dir ttl type policy version versions count length size
    expiry expires expiration manager provider rotation enabled required timeout store location last used authentication
    algorithm format lifetime limit limits usage min max age reset prefix header field mode scope scopes issuer audience status
    state created updated date time at from engine group class namespace permissions signer config backend source placeholder
    hint label
  `),
)("the %s of a password is none", (word) => {
  expect(secretNamed(`password_${word}`)).toBeUndefined();
  expect(secretNamed(`${word}_password`)).toBe("password");
  expect(secretNamed(`password_x${word}`)).toBe("password");
  expect(secretNamed(`password_${word}x`)).toBe("password");
});

test.each(words("next page continuation pagination skip public"))(
  "a token of the word %s marks a place in a list",
  (word) => {
    expect(secretNamed(`${word}_token`)).toBeUndefined();
    expect(secretNamed(`x${word}_token`)).toBe("token");
    expect(secretNamed(`${word}x_token`)).toBe("token");
  },
);

test.each(words("com net org io dev cloud"))(
  "a host name under .%s is no name of a secret",
  (end) => {
    expect(secretNamed(`token.example.${end}`)).toBeUndefined();
    expect(secretNamed(`token.example.${end}:aud`)).toBeUndefined();
    expect(secretNamed(`${end}.token`)).toBe("token");
  },
);
