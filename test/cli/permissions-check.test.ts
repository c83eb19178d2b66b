import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { credentialsPresent } from "../../bin/credentials.ts";
import { startAwsMock } from "../../mocks/aws/index.ts";
import { awsDemoWorld } from "../../mocks/worlds/aws-demo.ts";
import { runCli } from "./run-cli.ts";

describe("postern permissions --check", () => {
  test("tries each call once and says which are denied", { timeout: 60_000 }, async () => {
    const deny = { kind: "deny", action: "DescribeVpcs" } as const;
    const mock = await startAwsMock(awsDemoWorld, { faults: [deny] });
    const { code, stdout, stderr } = await runCli(["permissions", "--check"], {
      env: {
        AWS_ACCESS_KEY_ID: "AKIAEXAMPLE",
        AWS_SECRET_ACCESS_KEY: "x",
        AWS_REGION: "us-east-1",
        AWS_ENDPOINT_URL: mock.url,
      },
    });
    await mock.close();
    expect(stderr).toBe(
      "Will read aws: credentials found (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY)\n",
    );
    expect(stdout).toMatch(/^aws 111122223333\n {2}call +permission +result\n/);
    expect(stdout).toMatch(/\n {2}ec2:DescribeVpcs +ec2:DescribeVpcs +denied \(/);
    expect(stdout).toMatch(/\n {2}ec2:DescribeInstances +ec2:DescribeInstances +ok\n/);
    expect(stdout).toMatch(/\n {2}\d+ ok, 1 denied, 0 failed, \d+ not-asked\n$/);
    expect(code).toBe(3);
    const lists = mock.calls.filter(({ action }) => action === "DescribeInstances");
    expect(lists).toHaveLength(1);
  });
});

describe("credentials of a cloud are found", () => {
  const home = mkdtempSync(join(tmpdir(), "postern-home-"));
  for (const folder of [".aws", ".oci"]) mkdirSync(join(home, folder));
  writeFileSync(join(home, ".aws/config"), "");
  const nobody = join(home, "nobody");

  test.each([
    ["aws", {}, home, "~/.aws/config"],
    ["aws", {}, nobody, undefined],
    ["aws", { AWS_ACCESS_KEY_ID: "A" }, nobody, undefined],
    ["aws", { AWS_PROFILE: "p" }, nobody, "AWS_PROFILE"],
    ["aws", { AWS_PROFILE: "" }, nobody, undefined],
    ["azure", { AZURE_CLIENT_ID: "A" }, home, undefined],
    ["gcp", { GOOGLE_APPLICATION_CREDENTIALS: join(home, "no") }, home, undefined],
    [
      "gcp",
      { GOOGLE_APPLICATION_CREDENTIALS: join(home, ".aws/config") },
      home,
      "the file of GOOGLE_APPLICATION_CREDENTIALS",
    ],
    ["oci", { OCI_RESOURCE_PRINCIPAL_VERSION: "2.2" }, home, "OCI_RESOURCE_PRINCIPAL_VERSION"],
    ["oci", {}, home, undefined],
  ] as const)("of %s with %j", (provider, environment, at, because) => {
    expect(credentialsPresent(provider, environment, at)).toBe(because);
  });
});
