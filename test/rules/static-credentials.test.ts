import { describe, expect, test } from "vitest";
import type { Workload, WorkloadText } from "../../src/model/inventory.ts";
import type { Gap } from "../../src/model/snapshot.ts";
import type { RulesInput } from "../../src/rules/contexts.ts";
import {
  aLink,
  anEndpoint,
  anExposure,
  anIdentity,
  apiSource,
  aPlainTool,
  aServer,
  aWorkload,
} from "../fixtures/builders.ts";
import { judge } from "./judge.ts";

const detail = { ...apiSource, call: "ec2:DescribeInstanceAttribute" };
const userData = (text: string): WorkloadText => ({ kind: "user-data", text, source: detail });
const script = userData(
  "#!/bin/bash\nexport GITHUB_TOKEN=[secret:github-token:0123456789abcdef]\nrun",
);
const configured = (changes: Partial<Workload>): Partial<RulesInput> => ({
  servers: [aServer({ endpoints: [anEndpoint({ tools: [aPlainTool()] })] })],
  workloads: [aWorkload({ texts: [script], ...changes })],
});
const runsCode = aServer({ endpoints: [anEndpoint({ tools: [aPlainTool({ access: "exec" })] })] });
const keyOf = "arn:aws:iam::111122223333:user/ci";
const owner = (power: "broad" | "manages"): Partial<RulesInput> => ({
  ...configured({}),
  servers: [
    aServer({
      endpoints: [anEndpoint({ tools: [aPlainTool()] })],
      identities: [aLink({ id: keyOf, how: "static-key" })],
    }),
  ],
  identities: new Map([[keyOf, anIdentity({ id: keyOf, kind: "user", power })]]),
});
const denied: Gap = {
  call: "ec2:DescribeInstanceAttribute",
  scope: "111122223333",
  region: "eu-central-1",
  params: { InstanceId: "i-1", Attribute: "userData" },
  reason: "denied",
  detail: "UnauthorizedOperation",
  affects: ["user-data"],
};

describe("static-credentials", () => {
  test("a secret in user data is shown by type, place and fingerprint, with the call that showed it", () => {
    expect(judge("static-credentials", configured({}))).toMatchObject({
      severity: "high",
      certainty: "certain",
      title: "github-token in the user data of web-1",
      evidence: expect.arrayContaining([
        {
          kind: "workload",
          id: "i-1",
          because:
            "A secret of type github-token stands in line 2 of the user data; its fingerprint is 0123456789abcdef.",
          source: detail,
        },
      ]),
    });
  });

  test("a secret in a tag counts as well", () => {
    expect(
      judge(
        "static-credentials",
        configured({ texts: [], tags: { key: "[secret:api-key:00000000000000ff]" } }),
      ),
    ).toMatchObject({ title: "api-key in the tags of web-1" });
  });

  test("one secret twice in a script is one secret", () => {
    expect(
      judge("static-credentials", configured({ texts: [userData(script.text + script.text)] })),
    ).toMatchObject({ evidence: { length: 4 + 1 + 3 } });
  });

  test("a workload that is no server is judged too", () => {
    expect(judge("static-credentials", { ...configured({}), servers: [] })).toMatchObject({
      severity: "high",
      subject: { kind: "workload", id: "i-1" },
    });
  });

  test("tools that run code make it critical", () => {
    expect(judge("static-credentials", { ...configured({}), servers: [runsCode] })).toMatchObject({
      severity: "critical",
    });
  });

  test.each([
    ["broad", "critical"],
    ["manages", "high"],
  ] as const)("a key whose owner's power is %s is %s", (power, severity) => {
    expect(judge("static-credentials", owner(power))).toMatchObject({ severity });
  });

  test.each([
    ["a script without a secret", "#!/bin/bash\nnpx server"],
    ["a variable that is filled in elsewhere", "export TOKEN=$(aws secretsmanager get-secret)"],
    ["words that only look like a placeholder", "[secret:github-token:see-vault]"],
  ])("%s passes", (_, text) => {
    expect(judge("static-credentials", configured({ texts: [userData(text)] }))).toBe("pass");
  });

  test("read and empty user data passes", () => {
    expect(judge("static-credentials", configured({ texts: [] }))).toBe("pass");
  });

  test("unread user data is unknown and names the call", () => {
    expect(
      judge("static-credentials", { ...configured({ texts: [] }), gaps: [denied] }),
    ).toMatchObject({
      worst: "critical",
      best: "pass",
      because: expect.stringContaining("ec2:DescribeInstanceAttribute"),
    });
  });

  test("a gap of another instance, region or account keeps nothing open", () => {
    const gaps: Gap[] = [
      { ...denied, params: { InstanceId: "i-9" } },
      { ...denied, region: "eu-west-1" },
      { ...denied, scope: "444455556666" },
    ];

    expect(judge("static-credentials", { ...configured({ texts: [] }), gaps })).toBe("pass");
  });

  test("a workload that only its interfaces tell of is unknown", () => {
    expect(judge("static-credentials", configured({ texts: [], state: "unknown" }))).toMatchObject({
      worst: "critical",
    });
  });

  test("a named target has no configuration to read", () => {
    expect(
      judge("static-credentials", {
        servers: [],
        exposures: [anExposure({ provider: "named", scope: "named" })],
      }),
    ).toBe("pass");
  });
});
