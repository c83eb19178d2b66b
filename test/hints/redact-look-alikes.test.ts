import { expect, test } from "vitest";
import { redactText } from "../../src/hints/redact.ts";

const key = new Uint8Array(32).fill(7);

const lookAlikes: readonly string[] = [
  "AKIAIOSFODNN7EXAMPLE",
  "arn:aws:iam::111122223333:role/secret-reader",
  "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-password-a1b2c3",
  "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "AKIAIOSFODNN7EXAMPLE da39a3ee5e6b4b0d3255bfef95601890afd80709",
  "10.0.0.0/16, 2001:db8::/32",
  "i-0123456789abcdef0 eni-0123456789abcdef0",
  "ocid1.instance.oc1.iad.anuwcljtexampleaaaaabbbbbbbccccccc",
  "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/v",
  "DB_PASSWORD=${DB_PASSWORD}",
  "DB_PASSWORD=$DB_PASSWORD",
  'TOKEN="$(aws secretsmanager get-secret-value --secret-id x)"',
  "password: {{ vault_password }}",
  "password=<your password>",
  "password: ********",
  "secret: arn:aws:secretsmanager:eu-west-1:111122223333:secret:x",
  "password = var.db_password",
  "password=@Microsoft.KeyVault(SecretUri=https://v.vault.azure.net/secrets/x)",
  "token: projects/p/secrets/s/versions/latest",
  "secret_name=prod/db",
  "password_file: /run/secrets/db",
  "DB_PASSWORD_FILE=/run/secrets/db",
  "token_endpoint: https://login.example.com/token",
  "max_tokens: 4096",
  "tokenizer=cl100k_base",
  "HttpTokens: required",
  "nextToken=abcdefghijklmnop",
  "PWD=/home/ubuntu",
  "bypass=everything",
  "https://example.com:8443/path@v2",
  "git@github.com:org/repo.git",
  "sk-folding-cube-animation-class",
  "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQC7 user@host",
  "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----",
  "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----",
  "passwordAuthentication: no",
  '{"StringLike":{"token.actions.githubusercontent.com:sub":"repo:org/*"}}',
  '"Action":["iam:PassRole","iam:CreateAccessKey","secretsmanager:GetSecretValue"]',
  `sha512-${"Ab1+".repeat(21)}Ab==`,
  "password = os.getenv('DB')",
  "--discovery-token-ca-cert-hash sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4",
  "DbPassword: !Ref DbPassword",
];

test.each(lookAlikes)("what only looks like a secret stays: %s", (text) => {
  expect(redactText(text, key)).toBe(text);
});
