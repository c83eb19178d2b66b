import { describe, expect, test } from "vitest";
import type { MetadataService, Workload } from "../../src/model/inventory.ts";
import type { Gap } from "../../src/model/snapshot.ts";
import type { Tool } from "../../src/model/tool.ts";
import type { RulesInput } from "../../src/rules/contexts.ts";
import {
  anEndpoint,
  anExposure,
  apiSource,
  aPlainTool,
  aServer,
  aWorkload,
} from "../fixtures/builders.ts";
import { judge } from "./judge.ts";

const service = (changes: Partial<MetadataService>): MetadataService => ({
  state: "on",
  legacy: "refused",
  hopLimit: 1,
  source: { ...apiSource, pointer: "/Reservations/0/Instances/0/MetadataOptions" },
  ...changes,
});
const machine = (
  metadata: Partial<MetadataService>,
  changes: Partial<Workload> = {},
  tools: readonly Tool[] = [aPlainTool()],
): Partial<RulesInput> => ({
  servers: [aServer({ endpoints: [anEndpoint({ tools })] })],
  workloads: [aWorkload({ metadataService: service(metadata), ...changes })],
});
const legacy = { legacy: "answered" } as const;
const script = (text: string): Partial<Workload> => ({
  texts: [{ kind: "user-data", text, source: apiSource }],
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

describe("metadata-unprotected", () => {
  test("IMDSv1 fails medium and shows where it was read", () => {
    expect(judge("metadata-unprotected", machine(legacy))).toMatchObject({
      severity: "medium",
      certainty: "certain",
      title: expect.stringContaining("IMDSv1"),
      evidence: expect.arrayContaining([expect.objectContaining({ source: service({}).source })]),
      controls: expect.arrayContaining([expect.objectContaining({ framework: "CIS AWS" })]),
    });
  });

  test.each([
    ["docker", script("apt-get install -y docker.io\ndocker run mcp")],
    ["an EKS node", script("/etc/eks/bootstrap.sh prod")],
    ["a cluster's tag", { tags: { "kubernetes.io/cluster/prod": "owned" } }],
  ] satisfies [string, Partial<Workload>][])(
    "a hop limit over 1 fails under containers: %s",
    (_, changes) => {
      expect(judge("metadata-unprotected", machine({ hopLimit: 2 }, changes))).toMatchObject({
        severity: "medium",
        title: expect.stringContaining("2 hops"),
      });
    },
  );

  test.each([
    ["fetch any URL", aPlainTool({ host: ["fetches-urls"] }), "fetch any URL"],
    ["run code", aPlainTool({ access: "exec" }), "memory of the server's process"],
  ])("is high with tools that %s, and says why", (_, tool, says) => {
    expect(judge("metadata-unprotected", machine(legacy, {}, [tool]))).toMatchObject({
      severity: "high",
      title: expect.stringContaining(says),
    });
  });

  test("tools that read files do not make it high", () => {
    expect(
      judge("metadata-unprotected", machine(legacy, {}, [aPlainTool({ host: ["reads-files"] })])),
    ).toMatchObject({ severity: "medium" });
  });

  test.each([
    ["session tokens and one hop", machine({})],
    ["a service that is off", machine({ ...legacy, state: "off" })],
    ["two hops without containers", machine({ hopLimit: 2 }, script("npx server"))],
    ["one hop under containers", machine({}, script("docker run mcp"))],
    [
      "a task, whose host is not the customer's",
      {
        ...machine(legacy),
        exposures: [anExposure({ workload: { id: "i-1", name: "t", kind: "task", tags: {} } })],
      },
    ],
  ] satisfies [string, Partial<RulesInput>][])("%s passes", (_, changes) => {
    expect(judge("metadata-unprotected", changes)).toBe("pass");
  });

  test("two hops with unread user data are unknown and name the call", () => {
    expect(
      judge("metadata-unprotected", { ...machine({ hopLimit: 2 }), gaps: [denied] }),
    ).toMatchObject({
      worst: "high",
      best: "pass",
      because: expect.stringContaining("ec2:DescribeInstanceAttribute"),
    });
  });

  test("one hop needs no user data", () => {
    expect(judge("metadata-unprotected", { ...machine({}), gaps: [denied] })).toBe("pass");
  });

  test("options that were not read are unknown on AWS, and not there to read on GCP", () => {
    const { metadataService: _, ...unread } = aWorkload();

    expect(judge("metadata-unprotected", { workloads: [unread] })).toMatchObject({
      worst: "high",
      because: expect.stringContaining("metadata options"),
    });
    expect(
      judge("metadata-unprotected", {
        servers: [],
        exposures: [anExposure({ provider: "gcp" })],
        workloads: [{ ...unread, provider: "gcp" }],
      }),
    ).toBe("pass");
  });
});
