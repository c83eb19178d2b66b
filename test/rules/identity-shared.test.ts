import { describe, expect, test } from "vitest";
import type { Workload } from "../../src/model/inventory.ts";
import type { Gap } from "../../src/model/snapshot.ts";
import { aLink, anExposure, aServer, aWorkload, roleArn } from "../fixtures/builders.ts";
import { judge } from "./judge.ts";

const batch = (changes: Partial<Workload> = {}): Workload =>
  aWorkload({ id: "i-2", name: "batch", ...changes });
const denied: Gap = {
  call: "ec2:DescribeInstances",
  scope: "111122223333",
  region: "eu-west-1",
  reason: "denied",
  detail: "UnauthorizedOperation",
  affects: ["workloads", "identity-links"],
};

describe("identity-shared", () => {
  test("a server and a workload that nobody can reach hold one identity", () => {
    expect(judge("identity-shared", { workloads: [aWorkload(), batch()] })).toMatchObject({
      severity: "medium",
      certainty: "certain",
      subject: { kind: "identity", id: roleArn },
      title: expect.stringContaining("batch, web-1"),
      evidence: expect.arrayContaining([expect.objectContaining({ kind: "workload", id: "i-2" })]),
    });
  });

  test("the chain begins at the source that reaches the server", () => {
    expect(judge("identity-shared", { workloads: [aWorkload(), batch()] })).toMatchObject({
      evidence: [{ kind: "source" }, ...Array.from({ length: 8 }, () => expect.anything())],
    });
  });

  test("an identity of one workload passes", () => {
    const other = aLink({ id: "arn:aws:iam::111122223333:role/batch" });

    expect(
      judge("identity-shared", { workloads: [aWorkload(), batch({ identities: [other] })] }),
    ).toBe("pass");
  });

  test("a link that does not hold is no sharing", () => {
    expect(
      judge("identity-shared", {
        workloads: [aWorkload(), batch({ identities: [aLink({ verdict: "no" })] })],
      }),
    ).toBe("pass");
  });

  test("two workloads of which none is a server are no concern of it", () => {
    expect(
      judge("identity-shared", {
        servers: [],
        exposures: [anExposure()],
        workloads: [aWorkload(), batch()],
      }),
    ).toBe("pass");
  });

  test("a candidate for the second holder is unknown", () => {
    const maybe = aLink({ verdict: "maybe", because: "Pod Identity of a cluster." });

    expect(
      judge("identity-shared", { workloads: [aWorkload(), batch({ identities: [maybe] })] }),
    ).toMatchObject({ worst: "medium", best: "pass", because: expect.stringContaining("batch") });
  });

  test("a server that only may hold it is unknown", () => {
    const maybe = aLink({ verdict: "maybe", because: "Pod Identity of a cluster." });

    expect(
      judge("identity-shared", {
        servers: [aServer({ identities: [maybe] })],
        workloads: [aWorkload({ identities: [maybe] }), batch()],
      }),
    ).toMatchObject({ worst: "medium", because: expect.stringContaining("Pod Identity") });
  });

  test("instances of another region that could not be listed leave it open", () => {
    expect(judge("identity-shared", { workloads: [aWorkload()], gaps: [denied] })).toMatchObject({
      worst: "medium",
      because: expect.stringContaining("ec2:DescribeInstances in eu-west-1"),
    });
  });

  test("a gap of another account does not", () => {
    expect(
      judge("identity-shared", {
        workloads: [aWorkload()],
        gaps: [{ ...denied, scope: "444455556666" }],
      }),
    ).toBe("pass");
  });
});
