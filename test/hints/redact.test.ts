import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { Json } from "../../src/model/json.ts";
import { redactPage, redactText } from "../../src/hints/redact.ts";

const key = new Uint8Array(32).fill(7);
const b64 = (text: string | Uint8Array): string => Buffer.from(text).toString("base64");
/** Planted secrets are put together here so that no scanner takes this file for a leak. */
const join = (...parts: readonly string[]): string => parts.join("");

const awsSecret = join("wJalrXUtnFEMI/K7MDENG/", "bPxRfiCYEXAMPLEKEY");
const pem = join(
  "-----BEGIN RSA PRIVATE",
  " KEY-----\n",
  "MIIEowIBAAKCAQEAx".repeat(8),
  "\n-----END RSA PRIVATE KEY-----",
);
const alnum = "aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY";

const secrets: readonly (readonly [type: string, text: string, secret: string])[] = [
  ["aws-secret-access-key", `aws_secret_access_key = ${awsSecret}`, awsSecret],
  ["aws-secret-access-key", `export AWS_SECRET_ACCESS_KEY="${awsSecret}"`, awsSecret],
  ["aws-secret-access-key", `"SecretAccessKey": "${awsSecret}"`, awsSecret],
  ["aws-secret-access-key", `AKIAIOSFODNN7EXAMPLE ${awsSecret}`, awsSecret],
  [
    "aws-session-token",
    `aws_session_token=${"FQoGZXIvYXdzE".repeat(12)}`,
    "FQoGZXIvYXdzE".repeat(12),
  ],
  ["private-key", pem, "MIIEowIBAAKCAQEAx"],
  ["private-key", JSON.stringify({ private_key: pem }), "MIIEowIBAAKCAQEAx"],
  ["private-key", pem.slice(0, 120), "MIIEowIBAAKCAQEAx"],
  ["github-token", join("gh", "p_", alnum, "abcd"), alnum],
  ["github-token", join("github", "_pat_", alnum), alnum],
  ["gitlab-token", join("gl", "pat-", alnum), alnum],
  ["slack-token", join("xo", "xb-123456789012-", alnum), alnum],
  ["slack-webhook", join("https://hooks.slack", ".com/services/T0001/B0002/", alnum), alnum],
  ["stripe-key", join("sk", "_live_", alnum), alnum],
  ["openai-key", join("sk", "-proj-", alnum), alnum],
  ["anthropic-key", join("sk", "-ant-api03-", alnum), alnum],
  ["huggingface-token", join("hf", "_", alnum), alnum],
  ["npm-token", join("np", "m_", alnum, "abcd"), alnum],
  ["pypi-token", join("py", "pi-AgE", alnum, alnum), alnum],
  ["sendgrid-key", join("S", "G.", alnum, ".", alnum), alnum],
  ["digitalocean-token", join("do", "p_v1_", "0123456789abcdef".repeat(4)), "0123456789abcdef"],
  ["databricks-token", join("da", "pi", "0123456789abcdef".repeat(2)), "0123456789abcdef"],
  ["vault-token", join("hv", "s.", alnum), alnum],
  ["terraform-token", join("aB3dE5fG7hJ9kL", ".atlas", "v1.", alnum, alnum), alnum],
  ["telegram-token", join("123456789", ":AA", alnum, "a"), alnum],
  [
    "presigned-url",
    join("https://b.s3.amazonaws.com/k?X-Amz-", "Signature=", "0123456789abcdef".repeat(4)),
    "0123456789abcdef",
  ],
  ["password", "<AdministratorPassword><Value>hunter2hunter2</Value>", "hunter2hunter2"],
  ["password", "net user admin hunter2hunter2 /add", "hunter2hunter2"],
  ["password", "docker login -u me -p hunter2hunter2 registry", "hunter2hunter2"],
  ["password", "curl -u me:hunter2hunter2 https://x", "hunter2hunter2"],
  ["private-key", `Private-Lines: 2\n${"Ab1+".repeat(20)}`, "Ab1+Ab1+"],
  [
    "basic-credentials",
    `{"auths":{"r":{"auth":"${b64("user:hunter2hunter2")}"}}}`,
    b64("user:hunter2hunter2"),
  ],
  ["jwt", join("ey", "JhbGciOiJIUzI1NiJ9.", "eyJzdWIiOiIxIn0.", alnum), alnum],
  [
    "azure-account-key",
    `DefaultEndpointsProtocol=https;AccountName=a;AccountKey=${"Ab1+".repeat(21)}Ab==;EndpointSuffix=x`,
    "Ab1+Ab1+",
  ],
  [
    "azure-sas-signature",
    `https://a.blob.core.windows.net/c?sv=2022&se=2030&sig=${alnum}%3D`,
    alnum,
  ],
  ["azure-client-secret", join("abc8", "Q~", alnum), alnum],
  ["gcp-api-key", join("AI", "za", alnum, "abc"), alnum],
  ["gcp-oauth", join("GOC", "SPX-", alnum), alnum],
  ["url-password", "postgres://app:hunter2hunter2@db.internal:5432/x", "hunter2hunter2"],
  ["bearer-token", `Authorization: Bearer ${alnum}`, alnum],
  [
    "basic-credentials",
    `Authorization: Basic ${b64("user:hunter2hunter2")}`,
    b64("user:hunter2hunter2"),
  ],
  ["password", "DB_PASSWORD=hunter2hunter2", "hunter2hunter2"],
  ["password", "password: hunter2,hunter2;x", "hunter2,hunter2;x"],
  ["password", "mysql -u root -phunter2hunter2 db", "hunter2hunter2"],
  ["password", "run --password hunter2hunter2 --port 80", "hunter2hunter2"],
  ["password", 'echo "ubuntu:hunter2hunter2" | chpasswd', "hunter2hunter2"],
  ["password", 'ConvertTo-SecureString "hunter2hunter2" -AsPlainText', "hunter2hunter2"],
  ["password", String.raw`{\"db_password\": \"hunter2hunter2\"}`, "hunter2hunter2"],
  ["password", 'secret_name: password="hunter2\\"hunter2"', 'hunter2\\"hunter2'],
  ["password", "Server=x;Password=hunter2hunter2;Port=1", "hunter2hunter2"],
  ["password", "pass_phrase=hunter2hunter2", "hunter2hunter2"],
  ["secret", "CLIENT_SECRET='hunter2hunter2'", "hunter2hunter2"],
  ["token", "csrfToken: hunter2hunter2", "hunter2hunter2"],
  ["api-key", "x-api-key: hunter2hunter2", "hunter2hunter2"],
  ["api-key", "OPENAI_API_KEY=hunter2hunter2", "hunter2hunter2"],
  ["token", "CLIENT_TOKEN=hunter2hunter2", "hunter2hunter2"],
  ["password", "DB_PASSWORD=$hunter2hunter2", "hunter2hunter2"],
  ["password", "DB_PASSWORD=!hunter2hunter2", "hunter2hunter2"],
  ["password", "DB_PASSWORD=<hunter2hunter2", "hunter2hunter2"],
  ["password", "DB_PASSWORD=hunter2(hunter2", "hunter2hunter2"],
  ["password", "DB_PASS=hunter2hunter2", "hunter2hunter2"],
  ["secret", "SECRET_STRIPE=hunter2hunter2", "hunter2hunter2"],
];

describe("a secret is replaced by its type and fingerprint", () => {
  test.each(secrets)("%s in %s", (type, text, secret) => {
    const redacted = redactText(text, key);
    expect(redacted).not.toContain(secret);
    expect(redacted).toMatch(new RegExp(`\\[secret:${type}:[0-9a-f]{16}\\]`));
  });

  test.each(secrets)("%s again when it is redacted twice: %s", (_type, text) => {
    const once = redactText(text, key);
    expect(redactText(once, key)).toBe(once);
  });
});

describe("encoded text", () => {
  const script = `#!/bin/bash\nexport DB_PASSWORD=hunter2hunter2\nnpx mcp-server --port 8080\n`;
  const mime = [
    'Content-Type: multipart/mixed; boundary="//"',
    "",
    "--//",
    "Content-Type: text/x-shellscript",
    "Content-Transfer-Encoding: base64",
    "",
    b64(script).replaceAll(/(.{60})/g, "$1\n"),
    "--//--",
  ].join("\n");

  test.each([
    ["base64", b64(script)],
    ["gzip in base64", b64(gzipSync(script))],
    ["MIME", b64(mime)],
    ["MIME with carriage returns", b64(mime.replaceAll("\n", "\r\n"))],
    ["gzip of MIME", b64(gzipSync(mime))],
    ["UTF-16", b64(Buffer.from(script, "utf16le"))],
    ["plain text", script],
    [
      "cloud-config with a file in base64",
      b64(`#cloud-config\nwrite_files:\n- content: ${b64(script)}\n`),
    ],
    [
      "cloud-config with a file in gzip",
      b64(`#cloud-config\nwrite_files:\n- content: ${b64(gzipSync(script))}\n`),
    ],
    ["wrapped base64", `cat <<EOF\n${b64(script + script).replaceAll(/(.{64})/g, "$1\n")}\nEOF`],
  ])("user data as %s is stored decoded, without the secret", (_name, data) => {
    for (const page of [
      { UserData: { Value: data } },
      { LaunchTemplateData: { UserData: data } },
      { metadata: { user_data: data } },
      { osProfile: { customData: data } },
      { items: [{ key: "user-data", value: data }] },
    ]) {
      const redacted = JSON.stringify(redactPage(page, key));
      expect(redacted).toContain("npx mcp-server --port 8080");
      expect(redacted).toMatch(/DB_PASSWORD=\[secret:password:/);
      expect(redacted).not.toContain("hunter2");
    }
  });

  test("user data without a secret is stored decoded as well", () => {
    expect(redactPage({ UserData: { Value: b64("#!/bin/sh\nnpx mcp\n") } }, key)).toEqual({
      UserData: { Value: "#!/bin/sh\nnpx mcp\n" },
    });
  });

  test("base64 elsewhere is only decoded when it hides a secret", () => {
    const harmless = b64("just some words about nothing");
    expect(redactPage({ note: harmless, other: b64(script) }, key)).toEqual({
      note: harmless,
      other: expect.stringContaining("[secret:password:"),
    });
  });

  test("a gzip bomb is not inflated beyond its cap and nothing of it is kept", () => {
    const bomb = b64(gzipSync(Buffer.alloc(64 * 1024 * 1024, 0x61)));
    expect(redactPage({ UserData: bomb }, key)).toEqual({
      UserData: "[binary: gzip, broken or over 1048576 bytes]",
    });
  });

  test("binary user data is described, not kept", () => {
    expect(redactPage({ UserData: b64(new Uint8Array(64).fill(200)) }, key)).toEqual({
      UserData: "[binary: 64 bytes, not text]",
    });
  });

  test("a fourth level of base64 is dropped, because nobody has looked into it", () => {
    const deep = b64(b64(b64(b64(b64(script)))));
    expect(JSON.stringify(redactPage({ UserData: deep }, key))).not.toContain(b64(script));
  });
});

describe("pages", () => {
  test("a value is a secret when its key or its pair's name says so", () => {
    const redacted = redactPage(
      {
        Environment: { Variables: { DB_PASSWORD: "hunter2hunter2", PORT: "8080" } },
        environment: [{ name: "API_KEY", value: "hunter2hunter2" }],
        Parameters: [{ ParameterKey: "DbPassword", ParameterValue: "hunter2hunter2" }],
        secret: { password: "hunter2hunter2" },
        tags: [{ Key: "password", Value: "hunter2hunter2" }],
        command: ["serve", "--api-key", "hunter2hunter2", "--port", "8080"],
      },
      key,
    );
    expect(JSON.stringify(redacted)).not.toContain("hunter2");
    expect(redacted).toMatchObject({
      Environment: {
        Variables: { DB_PASSWORD: expect.stringMatching(/^\[secret:password:/), PORT: "8080" },
      },
      command: [
        "serve",
        "--api-key",
        expect.stringMatching(/^\[secret:api-key:/),
        "--port",
        "8080",
      ],
    });
  });

  test("what an API says about its own objects stays as it is", () => {
    const page = {
      NextToken: "eyJ2IjoiMiIsImMiOiJhYmNkZWZnaGlqa2xtbm9w",
      ClientToken: "5b2b7b0e-1c1f-4c35-9c2e-0f4d6a1f2b3c",
      MetadataOptions: { HttpTokens: "optional" },
      AccessKeyId: "AKIAIOSFODNN7EXAMPLE",
      PasswordLastUsed: "2026-01-01T00:00:00.000Z",
      secrets: [
        { name: "DB_PASSWORD", valueFrom: "arn:aws:ssm:eu-west-1:111122223333:parameter/db" },
      ],
      KmsKeyId: "arn:aws:kms:eu-west-1:111122223333:key/1",
      minimumPasswordLength: 14,
      AssumeRolePolicyDocument: {
        Condition: { StringEquals: { "token.actions.githubusercontent.com:sub": "repo:org/repo" } },
      },
      PassRole: "allowed",
      env: [
        { name: "API", valueSource: { secretKeyRef: { secret: "db-password", version: "1" } } },
      ],
      none: null,
    };
    expect(redactPage(page, key)).toEqual(page);
  });

  test("equal secrets have equal fingerprints under one key and different ones under another", () => {
    const [a, b] = [
      redactText("password=hunter2hunter2", key),
      redactText("db.password: hunter2hunter2", key),
    ];
    expect(/[0-9a-f]{16}/.exec(a)?.[0]).toBe(/[0-9a-f]{16}/.exec(b)?.[0]);
    expect(redactText("password=hunter2hunter2", new Uint8Array(32))).not.toBe(a);
  });

  test("JSON nested without end is refused", () => {
    let page: Json = {};
    for (let depth = 0; depth < 300; depth++) page = { page };
    expect(() => redactPage(page, key)).toThrow(/nested deeper/);
  });

  test.each([
    ["one long word", "a".repeat(1_000_000)],
    ["many key headers", "-----BEGIN PRIVATE KEY-----".repeat(20_000)],
    ["many assignments", "password:".repeat(50_000)],
    ["many access keys", "AKIAIOSFODNN7EXAMPLE ".repeat(30_000)],
    ["many schemes", "https://a:".repeat(50_000)],
    ["many commands", "mysql ".repeat(50_000)],
    ["many quotes", 'secret="'.repeat(50_000)],
    ["wrapped lines", `${"A".repeat(64)}\n`.repeat(10_000)],
  ])("hostile text is read in bounded time: %s", (_name, text) => {
    const start = performance.now();
    redactText(text, key);
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});
