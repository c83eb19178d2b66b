import { expect, test } from "vitest";
import { redactText } from "../../src/hints/redact.ts";

const key = new Uint8Array(32).fill(9);
const alnum = "aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY";
const aws = ["wJalrXUtnFEMI/K7MDENG/", "bPxRfiCYEXAMPLEQ9Z"].join("");

/**
 * Each with no other word of the first search in it, so that a word that is lost there is missed here. Beginnings and
 * ends are put together only now: no scanner takes this file for a leak.
 */
const secrets: readonly (readonly [type: string, start: string, rest: string])[] = [
  ["password", "db_pw", "d=hunter2hunter2"],
  ["secret", "my_cred", "ential=hunter2hunter2"],
  ["aws-secret-access-key", "AS", `IAIOSFODNN7EXAMPLE ${aws}`],
  ["aws-session-token", "Fwo", `GZXIvYXdz${"Ab1/".repeat(21)}`],
  ["aws-session-token", "IQo", `Jb3JpZ2lu${"Ab1/".repeat(21)}`],
  ["slack-token", "xa", `pp-${alnum}`],
  ["slack-webhook", "hooks", `.slack.com/services/T0001/B0002/${alnum}`],
  ["stripe-key", "wh", `sec_${alnum}`],
  ["stripe-key", "sk", `_test_${alnum}`],
  ["stripe-key", "rk", `_live_${alnum}`],
  ["gcp-oauth", "ya", `29.${alnum}`],
  ["gcp-oauth", "GO", `CSPX-${alnum}`],
  ["gcp-api-key", "AI", `za${alnum}abc`],
  ["vault-token", "hv", `b.${alnum}`],
  ["vault-token", "hv", `r.${alnum}`],
  ...["p", "o", "u", "s", "r"].map(
    (letter) => ["github-token", "gh", `${letter}_${alnum}abcd`] as const,
  ),
  ...["pat", "dt", "rt", "ptt", "cbt", "ft", "soat", "imt", "agent", "oas"].map(
    (kind) => ["gitlab-token", "gl", `${kind}-${alnum}`] as const,
  ),
  ...["a", "b", "e", "o", "p", "r", "s"].map(
    (kind) => ["slack-token", "xo", `x${kind}-${alnum}`] as const,
  ),
  ...["AzFu", "AzSe", "AzCa", "ACDb", "ACRd", "AIoT", "APIM", "+ASt", "+AEh", "+ASb", "+ACR"].map(
    (mark) => ["azure-service-key", "aB3dE5", `${"fG7h".repeat(8)}${mark}Ab12xy`] as const,
  ),
  ["digitalocean-token", "do", `o_v1_${"0123456789abcdef".repeat(4)}`],
  ["digitalocean-token", "do", `r_v1_${"0123456789abcdef".repeat(4)}`],
  ["azure-devops-token", "my_p", `at = ${"abcdefgh234567".repeat(4).slice(0, 52)}`],
  ["azure-devops-token", "a", `${"Bc3d".repeat(19).slice(0, 75)}AZDOab12`],
  ["azure-devops-token", "pa", `t = ${"abcdefgh234567".repeat(4).slice(0, 52)}`],
  ["presigned-url", "a?X-Amz-Sign", `ature=${"0123456789abcdef".repeat(4)}`],
  ["presigned-url", "a?X-Goog-Sign", `ature=${"0123456789abcdef".repeat(4)}`],
  ["azure-account-key", "x;Shared", `Secret=${"Ab1+".repeat(8)}`],
  ["azure-account-key", "x;SharedAccess", `Key=${"Ab1+".repeat(8)}`],
  ["azure-account-key", "x;account", `key=${"Ab1+".repeat(8)}`],
  ["slack-webhook", "hooks", `.slack.com/workflows/T0001/A0002/${alnum}`],
  ["azure-client-secret", "abc", `8Q~${alnum}`],
  ["azure-sas-signature", "x?s", `ig=${alnum}`],
  ["azure-account-key", "Ab", `${"1+Xy".repeat(21)}==`],
  ["azure-function-key", "a.azurewebsites", `.net/api/x?code=${alnum}`],
  ["telegram-token", "123456789:", `AA${alnum}a`],
  ["terraform-token", "aB3dE5fG7hJ9kL.atl", `asv1.${alnum}${alnum}`],
  ["databricks-token", "da", `pi${"0123456789abcdef".repeat(2)}`],
  ["sendgrid-key", "S", `G.${alnum}.${alnum}`],
  ["url-password", "redis:", "//me:hunter2hunter2@db/0"],
  ["bearer-token", "Bea", `rer ${alnum}`],
  ["basic-credentials", "Author", "ization: Basic aHVudGVyMmh1bnRlcjI="],
  ["basic-credentials", '"au', 'th": "aHVudGVyMmh1bnRlcjI="'],
  ["password", "cu", "rl -u me:hunter2hunter2 a"],
  ["password", "my", "sqldump -phunter2hunter2"],
  ["password", "mar", "iadb -phunter2hunter2"],
  ["password", "podman lo", "gin -p hunter2hunter2"],
  ["password", "net us", "er me hunter2hunter2 /add"],
];

test.each(secrets)("a secret of type %s that begins with %s is found by its own word", (...row) => {
  const [type, start, rest] = row;
  const text = start + rest;
  const redacted = redactText(text, key);
  expect(redacted).toContain(`[secret:${type}:`);
  expect(redacted).not.toContain(rest.slice(-12));
  const inText = redactText(`first line\n${text}\nlast line`, key);
  expect(inText).toContain(`[secret:${type}:`);
  expect(inText).toMatch(/^first line\n[^]*\nlast line$/);
});
