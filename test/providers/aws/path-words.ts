import type { Identity } from "../../../src/model/identity.ts";
import type { Workload } from "../../../src/model/inventory.ts";
import type { Json } from "../../../src/model/json.ts";
import { account } from "../aws-estate.ts";

export const source = { kind: "rule", id: "test" } as const;
export const name = "billing";
export const arn = `arn:aws:lambda:eu-west-1:${account}:function:${name}`;
export const caller = `arn:aws:iam::${account}:role/mcp`;
export const strong = `arn:aws:iam::${account}:role/admin`;

export const trust = (service: string): Json => ({
  Statement: {
    Effect: "Allow",
    Action: "sts:AssumeRole",
    Principal: { Service: `${service}.amazonaws.com` },
  },
});
export const identity = (id: string, policy: string): Identity => ({
  id,
  provider: "aws",
  scope: account,
  kind: "role",
  name: id.slice(id.lastIndexOf("/") + 1),
  tags: {},
  policies: [
    { policy, layer: "grant", via: id },
    { policy: "all", layer: "organization", via: "root" },
    { policy: "trust", layer: "trust", via: id },
  ],
  source,
});
export const billing: Workload = {
  id: arn,
  name,
  kind: "function",
  tags: {},
  provider: "aws",
  scope: account,
  region: "eu-west-1",
  state: "running",
  identities: [{ id: strong, how: "platform", verdict: "yes", because: "its role", source }],
  texts: [],
  source,
};
