// oxlint-disable typescript/no-unnecessary-template-expression -- split, so that no scanner takes them for leaks
import { describe, expect, test } from "vitest";
import { inventory, machine, scope, type Answers } from "./recorded-answers.ts";

describe("static keys", () => {
  const id = `AK${"IA"}QWERTYUIOPASDFGH`;
  const arn = `arn:aws:iam::${scope}:user/ci`;
  const world = (script: string, Status: string): Answers => ({
    ...machine,
    "ec2:DescribeInstanceAttribute": [
      [
        { InstanceId: "i-1", Attribute: "userData" },
        { InstanceId: "i-1", UserData: { Value: script } },
      ],
    ],
    "iam:GetAccountAuthorizationDetails": {
      UserDetailList: [{ UserName: "ci", Arn: arn }],
      RoleDetailList: [
        {
          RoleName: "r",
          Arn: `arn:aws:iam::${scope}:role/r`,
          CreateDate: "2026-01-01T00:00:00Z",
          RoleLastUsed: {},
        },
        { RoleName: "s", Arn: `arn:aws:iam::${scope}:role/s`, CreateDate: "2026-01-01T00:00:00Z" },
      ],
    },
    "iam:ListAccessKeys": [
      [
        { UserName: "ci" },
        {
          AccessKeyMetadata: [
            { UserName: "ci", AccessKeyId: id, Status, CreateDate: "2024-05-01T00:00:00Z" },
          ],
        },
      ],
    ],
    "iam:GetAccessKeyLastUsed": [
      [
        { AccessKeyId: id },
        { UserName: "ci", AccessKeyLastUsed: { LastUsedDate: "2026-11-20T00:00:00Z" } },
      ],
    ],
  });
  const secret = "[secret:aws-secret-access-key:0123456789abcdef]";

  test("a key beside its secret makes its user an identity of the workload", () => {
    expect(inventory(world(`${id} ${secret}`, "Active")).workloads[0]?.identities).toMatchObject([
      { id: arn, how: "static-key", verdict: "yes" },
    ]);
  });

  test("a key id alone may be known without its secret, and an inactive key opens nothing", () => {
    expect(inventory(world(id, "Active")).workloads[0]?.identities).toMatchObject([
      { verdict: "maybe" },
    ]);
    expect(inventory(world(`${id} ${secret}`, "Inactive")).workloads[0]?.identities).toEqual([]);
  });

  test("age and last use are told, and which roles were never used", () => {
    const { keyRings, uses } = inventory(world("", "Active"));

    expect(keyRings).toMatchObject([
      {
        identity: arn,
        keys: [{ id, createdAt: "2024-05-01T00:00:00Z", lastUsedAt: "2026-11-20T00:00:00Z" }],
      },
    ]);
    expect(uses).toMatchObject([
      { identity: `arn:aws:iam::${scope}:role/r`, since: "2026-01-01T00:00:00Z" },
    ]);
  });
});
