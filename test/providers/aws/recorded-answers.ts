import { normalise } from "../../../providers/aws/normalise.ts";
import type { Inventory } from "../../../src/model/inventory.ts";
import type { JsonObject } from "../../../src/model/json.ts";
import type { Gap, Page } from "../../../src/model/snapshot.ts";

export const scope = "111122223333";
export const region = "eu-central-1";

export type Answers = Readonly<
  Record<string, JsonObject | readonly (readonly [JsonObject, JsonObject])[]>
>;

function isList(value: Answers[string]): value is readonly (readonly [JsonObject, JsonObject])[] {
  return Array.isArray(value);
}

export function inventory(answers: Answers, gaps: readonly Gap[] = []): Inventory {
  const pages = Object.entries(answers).flatMap(([call, answer]): Page[] => {
    const all = isList(answer) ? answer : [[{}, answer] as const];
    return all.map(([params, body]) => ({
      call,
      region: call.startsWith("iam:") ? "global" : region,
      params,
      page: 0,
      at: "2026-11-25T12:00:00Z",
      sha256: "",
      body,
      last: true,
    }));
  });
  return normalise({
    provider: "aws",
    scope: { provider: "aws", id: scope, regions: [region] },
    pages,
    gaps,
  });
}

export const machine: Answers = {
  "ec2:DescribeInstances": {
    Reservations: [
      {
        Instances: [
          {
            InstanceId: "i-1",
            State: { Name: "running" },
            VpcId: "vpc-1",
            SubnetId: "subnet-1",
            NetworkInterfaces: [
              {
                NetworkInterfaceId: "eni-1",
                SubnetId: "subnet-1",
                VpcId: "vpc-1",
                Attachment: { DeviceIndex: 0, InstanceId: "i-1" },
                PrivateIpAddresses: [{ PrivateIpAddress: "10.0.1.4", Primary: true }],
              },
            ],
          },
        ],
      },
    ],
  },
  "ec2:DescribeSubnets": {
    Subnets: [{ SubnetId: "subnet-1", VpcId: "vpc-1", CidrBlock: "10.0.1.0/24" }],
  },
};
