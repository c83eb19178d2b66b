import { afterEach, beforeAll, expect, test } from "vitest";
import type { AwsConfig } from "../../../mocks/aws/index.ts";
import { withPodIdentities } from "../../../providers/aws/cluster-identities.ts";
import { adapters } from "../../../providers/index.ts";
import type { IdentityLink } from "../../../src/model/identity.ts";
import type { Inventory } from "../../../src/model/inventory.ts";
import type { Json, JsonObject } from "../../../src/model/json.ts";
import type { Page, Snapshot } from "../../../src/model/snapshot.ts";
import { asked, closeMocks, one, prepare, useExampleCredentials } from "../aws-harness.ts";

beforeAll(useExampleCredentials);
afterEach(closeMocks);

const account = "111122223333";
const issuer = "oidc.eks.us-east-1.amazonaws.com/id/ABCDEF";
const encoded = (document: Json): string => encodeURIComponent(JSON.stringify(document));
const trust = (provider: string) =>
  encoded({
    Version: "2012-10-17",
    Statement: {
      Effect: "Allow",
      Action: "sts:AssumeRoleWithWebIdentity",
      Principal: { Federated: `arn:aws:iam::${account}:oidc-provider/${provider}` },
    },
  });
const role = (name: string, document: string) => ({
  Arn: `arn:aws:iam::${account}:role/${name}`,
  RoleName: name,
  RoleId: `AROA${name}`,
  Path: "/",
  CreateDate: "2026-01-01T00:00:00Z",
  AssumeRolePolicyDocument: document,
});
const iam = {
  GetAccountAuthorizationDetails: {
    IsTruncated: false,
    RoleDetailList: [
      role("irsa", trust(issuer)),
      role("other-cluster", trust("oidc.eks.us-east-1.amazonaws.com/id/OTHER")),
    ],
  },
};
const eks = {
  DescribeCluster: {
    prod: { cluster: { name: "prod", identity: { oidc: { issuer: `https://${issuer}` } } } },
  },
  ListPodIdentityAssociations: {
    prod: {
      associations: [
        { clusterName: "prod", associationId: "a-1", namespace: "tools", serviceAccount: "mcp" },
      ],
    },
  },
  DescribePodIdentityAssociation: {
    "a-1": {
      association: {
        clusterName: "prod",
        associationId: "a-1",
        namespace: "tools",
        serviceAccount: "mcp",
        roleArn: `arn:aws:iam::${account}:role/pods`,
      },
    },
  },
};

function node(tags: Readonly<Record<string, string>>): AwsConfig {
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  return {
    ec2: {
      DescribeNetworkInterfaces: {
        NetworkInterfaces: [{ NetworkInterfaceId: "eni-1", Attachment: { InstanceId: "i-1" } }],
      },
      DescribeInstances: {
        Reservations: [{ Instances: [{ InstanceId: "i-1", State: { Name: "running" }, Tags }] }],
      },
    },
    iam,
    eks,
  };
}

async function read(
  config: AwsConfig,
): Promise<{ readonly inventory: Inventory; readonly calls: readonly string[] }> {
  const adapter = await adapters.aws!();
  const { context, gaps, mock } = await prepare(one(config));
  const [scope] = await adapter.scopes(context);
  const pages: Page[] = [];
  for await (const page of adapter.collect(scope!, context)) pages.push(page);
  const inventory = adapter.normalise({ provider: "aws", scope: scope!, pages, gaps });
  return { inventory, calls: asked(mock).filter((name) => name.startsWith("eks:")) };
}

const linksOf = ({ workloads }: Inventory): readonly IdentityLink[] =>
  workloads.find(({ id }) => id === "i-1")?.identities ?? [];

test.each([
  [{ "eks:cluster-name": "prod" }],
  [{ "aws:eks:cluster-name": "prod" }],
  [{ "kubernetes.io/cluster/prod": "owned" }],
])("a node tagged %o may have the roles of the cluster's pods", async (tags) => {
  const { inventory } = await read(node(tags));
  const links = linksOf(inventory);
  expect(links.map(({ id, how, verdict }) => [id.split("/").at(-1), how, verdict])).toEqual([
    ["pods", "pod", "maybe"],
    ["irsa", "pod", "maybe"],
  ]);
  expect(links[0]?.because).toContain("tools/mcp");
  expect(links[1]?.because).toContain("prod");
});

test("a machine of no cluster asks nothing of EKS and has no pod's role", async () => {
  const { inventory, calls } = await read(node({ Name: "plain" }));
  expect(calls).toEqual([]);
  expect(linksOf(inventory)).toEqual([]);
});

test("a node of a cluster that EKS does not know has no pod's role", async () => {
  const gone = { $error: "ResourceNotFoundException" };
  const { inventory } = await read({
    ...node({ "kubernetes.io/cluster/own": "owned" }),
    eks: { DescribeCluster: gone, ListPodIdentityAssociations: gone },
  });
  expect(inventory.gaps).toEqual([]);
  expect(linksOf(inventory)).toEqual([]);
});

test("a node of a cluster that could not be read may have roles that are not known", async () => {
  const denied = { $error: "AccessDeniedException" };
  const { inventory } = await read({
    ...node({ "eks:cluster-name": "prod" }),
    eks: { DescribeCluster: denied, ListPodIdentityAssociations: denied },
  });
  expect(linksOf(inventory).map(({ id, verdict }) => [id, verdict])).toEqual([
    ["pods of prod", "maybe"],
  ]);
});

test("an association that could not be read leaves a role of the pods unknown", async () => {
  const { inventory } = await read({
    ...node({ "eks:cluster-name": "prod" }),
    eks: { ...eks, DescribePodIdentityAssociation: { $error: "AccessDeniedException" } },
  });
  expect(linksOf(inventory).map(({ id }) => id)).toEqual([
    `arn:aws:iam::${account}:role/irsa`,
    "pods of prod",
  ]);
});

test("roles that could not be read may be those of the pods", async () => {
  const { inventory } = await read({
    ...node({ "eks:cluster-name": "prod" }),
    iam: { GetAccountAuthorizationDetails: { $error: "AccessDenied" } },
  });
  expect(linksOf(inventory).map(({ id }) => id)).toEqual([
    `arn:aws:iam::${account}:role/pods`,
    "pods of prod",
  ]);
});

test("every node of a cluster has its links and none of a namesake's elsewhere, and what was not read is told of each node itself", () => {
  const page = (call: string, params: JsonObject, body: JsonObject): Page => ({
    call,
    region: "us-east-1",
    params,
    page: 0,
    at: "2026-11-25T00:00:00Z",
    sha256: "0",
    body,
  });
  const denied = { call: "eks:ListPodIdentityAssociations", region: "us-east-1" } as const;
  const otherIssuer = "https://oidc.eks.us-east-1.amazonaws.com/id/OTHER";
  const namesake = { cluster: { name: "prod", identity: { oidc: { issuer: otherIssuer } } } };
  const snapshot: Snapshot = {
    provider: "aws",
    scope: { provider: "aws", id: account, regions: ["us-east-1"] },
    pages: [
      { ...page("eks:DescribeCluster", { name: "prod" }, namesake), region: "eu-west-1" },
      page("eks:DescribeCluster", { name: "prod" }, eks.DescribeCluster.prod),
      page("iam:GetAccountAuthorizationDetails", {}, iam.GetAccountAuthorizationDetails),
    ],
    gaps: [{ ...denied, scope: account, reason: "denied", detail: "", affects: [] }],
  };
  const linked = withPodIdentities(snapshot);
  const found = ["i-1", "i-2"].map((id) =>
    linked({
      id,
      name: id,
      kind: "instance",
      tags: { "eks:cluster-name": "prod" },
      provider: "aws",
      scope: account,
      region: "us-east-1",
      state: "running",
      identities: [],
      texts: [],
      source: { kind: "rule", id },
    }),
  );
  expect(found.map(({ identities }) => identities.map(({ id }) => id.split("/").at(-1)))).toEqual([
    ["irsa", "pods of prod"],
    ["irsa", "pods of prod"],
  ]);
  expect(found.map(({ identities }) => identities[1]?.source)).toEqual([
    { kind: "rule", id: "i-1" },
    { kind: "rule", id: "i-2" },
  ]);
});
