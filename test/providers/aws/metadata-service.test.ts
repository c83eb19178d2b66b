import { describe, expect, test } from "vitest";
import { normalise } from "../../../providers/aws/normalise.ts";
import type { JsonObject } from "../../../src/model/json.ts";
import type { Snapshot } from "../../../src/model/snapshot.ts";

/** The metadata service of the one instance whose description holds `options`. */
function read(options: JsonObject | undefined) {
  const snapshot: Snapshot = {
    provider: "aws",
    scope: { provider: "aws", id: "111122223333", regions: ["eu-central-1"] },
    gaps: [],
    pages: [
      {
        call: "ec2:DescribeInstances",
        region: "eu-central-1",
        params: {},
        page: 0,
        at: "2026-11-25T12:00:00Z",
        sha256: "a".repeat(64),
        body: {
          Reservations: [
            { Instances: [{ InstanceId: "i-1", ...(options && { MetadataOptions: options }) }] },
          ],
        },
      },
    ],
  };
  return normalise(snapshot).workloads[0]?.metadataService;
}

describe("metadata options of an instance", () => {
  test.each([
    [
      { HttpTokens: "optional", HttpPutResponseHopLimit: 2, HttpEndpoint: "enabled" },
      { state: "on", legacy: "answered", hopLimit: 2 },
    ],
    [
      { HttpTokens: "required", HttpPutResponseHopLimit: "1" },
      { state: "on", legacy: "refused", hopLimit: 1 },
    ],
    [
      { HttpTokens: "optional", HttpEndpoint: "disabled" },
      { state: "off", legacy: "answered" },
    ],
  ])("%o", (options, expected) => {
    expect(read(options)).toMatchObject(expected);
  });

  test("name the place where they stand", () => {
    expect(read({ HttpTokens: "required" })?.source).toMatchObject({
      call: "ec2:DescribeInstances",
      pointer: "/Reservations/0/Instances/0/MetadataOptions",
    });
  });

  test.each([undefined, {}, { HttpTokens: "sometimes" }])("are absent for %o", (options) => {
    expect(read(options)).toBeUndefined();
  });
});
