import { describe, expect, test } from "vitest";
import { placesOf } from "../../src/report/places.ts";
import { anExposure, anIdentity, aServer, roleArn } from "../fixtures/builders.ts";
import { aReport } from "../fixtures/report.ts";

const workload = { id: "i-1", name: "web-1", kind: "instance", tags: {} } as const;
const home = { provider: "aws", scope: "111122223333", region: "eu-central-1" };

describe("the place of a subject", () => {
  test.each([
    ["server", "server-1", { ...home, name: "web-1" }],
    ["exposure", "exposure-1", { ...home, name: "web-1" }],
    ["workload", "i-1", { ...home, name: "web-1" }],
    ["workload", "i-2", { ...home, region: "", name: "db-1" }],
    ["identity", roleArn, { ...home, name: roleArn }],
    ["server", "10.0.0.1:80", { provider: "named", scope: "", region: "", name: "10.0.0.1:80" }],
  ] as const)("of %s %s is known from the report", (kind, id, expected) => {
    expect(placesOf(aReport())({ kind, id })).toEqual(expected);
  });

  test("an identity that no known workload holds lives in the only scope of its cloud, if there is one", () => {
    const identities = [anIdentity({ workloads: ["gone"] })];
    const [scope] = aReport().scopes;
    const scopeIn = (scopes: (typeof scope)[]) =>
      placesOf(aReport({ identities, scopes: scopes.filter((one) => one !== undefined) }))({
        kind: "identity",
        id: roleArn,
      }).scope;

    expect(scopeIn([scope])).toBe("111122223333");
    expect(scopeIn([scope, { ...scope!, id: "2" }])).toBe("");
  });

  test("what a server says goes before what an exposure says", () => {
    const report = aReport({
      servers: [aServer({ region: "eu-west-1" })],
      exposures: [anExposure({ workload, region: "us-east-1" })],
    });

    expect(placesOf(report)({ kind: "workload", id: "i-1" }).region).toBe("eu-west-1");
  });
});
