import type { AwsWorld } from "../aws/index.ts";
import { balancerInterfaces, balancing, type Balancer } from "./aws-balancers.ts";
import {
  elasticAddress,
  instance,
  machineInterface,
  securityGroup,
  type Machine,
} from "./aws-machines.ts";
import { account, network } from "./aws-network.ts";
import { identities, type InstanceRole, type Statement } from "./aws-roles.ts";
import type { DemoServer } from "./demo-servers.ts";

const at = "us-east-1";
const vpc = "demo";
const anyone = ["0.0.0.0/0"];

const onPublicSubnet = { vpc, subnet: "public-a", zone: `${at}a` } as const;
const onPrivateSubnet = { vpc, subnet: "private-a", zone: `${at}a` } as const;

const machines: readonly Machine[] = [
  {
    ...onPublicSubnet,
    id: "i-0a000000000000001",
    name: "agent-gateway",
    address: "10.0.1.11",
    publicAddress: "203.0.113.11",
    elastic: true,
    group: "agent-gateway",
    role: "agent-gateway",
    imdsv1: true,
    tags: { owner: "platform@example.com" },
  },
  {
    ...onPrivateSubnet,
    id: "i-0a000000000000002",
    name: "cloud-tools",
    address: "10.0.11.12",
    group: "cloud-tools",
    role: "cloud-tools",
  },
  {
    ...onPublicSubnet,
    id: "i-0a000000000000003",
    name: "inventory-reader",
    address: "10.0.1.13",
    publicAddress: "203.0.113.13",
    group: "inventory-reader",
    role: "inventory-reader",
  },
  {
    ...onPrivateSubnet,
    id: "i-0a000000000000004",
    name: "modern-mcp",
    address: "10.0.11.14",
    group: "modern-mcp",
  },
  {
    ...onPublicSubnet,
    id: "i-0a000000000000005",
    name: "deploy-bot",
    address: "10.0.1.15",
    publicAddress: "203.0.113.15",
    group: "deploy-bot",
    role: "deploy-bot",
    tags: { owner: "release@example.com" },
  },
  {
    ...onPublicSubnet,
    id: "i-0a000000000000006",
    name: "internal-mcp",
    address: "10.0.1.16",
    publicAddress: "203.0.113.16",
    group: "internal-mcp",
  },
  {
    ...onPublicSubnet,
    id: "i-0a000000000000007",
    name: "website",
    address: "10.0.1.17",
    publicAddress: "203.0.113.17",
    group: "website",
  },
  {
    ...onPublicSubnet,
    id: "i-0a000000000000008",
    name: "team-notes",
    address: "10.0.1.18",
    publicAddress: "203.0.113.18",
    group: "team-notes",
  },
  {
    ...onPublicSubnet,
    id: "i-0a000000000000009",
    name: "file-share",
    address: "10.0.1.19",
    publicAddress: "203.0.113.19",
    group: "file-share",
    role: "inventory-reader",
  },
];

const groups = [
  securityGroup(vpc, "agent-gateway", [
    { port: 8000, from: anyone },
    { port: 22, from: ["10.0.0.0/8"] },
  ]),
  securityGroup(vpc, "cloud-tools", [{ port: 3001, group: "front-door" }]),
  securityGroup(vpc, "front-door", [{ port: 80, from: anyone }]),
  securityGroup(vpc, "inventory-reader", [{ port: 8080, from: anyone }]),
  securityGroup(vpc, "modern-mcp", [{ port: 9000, from: anyone }]),
  securityGroup(vpc, "deploy-bot", [{ port: 3333, from: anyone }]),
  securityGroup(vpc, "internal-mcp", [{ port: 8000, from: ["10.0.0.0/8"] }]),
  securityGroup(vpc, "website", [{ port: 8088, from: anyone }]),
  securityGroup(vpc, "team-notes", [{ port: 3001, from: anyone }]),
  securityGroup(vpc, "file-share", [{ port: 8000, from: ["0.0.0.0/1", "128.0.0.0/1"] }]),
];

const balancers: readonly Balancer[] = [
  {
    name: "postern-demo",
    type: "application",
    at,
    vpc,
    dns: "postern-demo-1234567890.us-east-1.elb.amazonaws.com",
    port: 80,
    targetPort: 3001,
    target: "i-0a000000000000002",
    group: "front-door",
    nodes: [
      { subnet: "public-a", zone: `${at}a`, address: "10.0.1.50", publicAddress: "203.0.113.50" },
      { subnet: "public-b", zone: `${at}b`, address: "10.0.2.50", publicAddress: "203.0.113.51" },
    ],
  },
  {
    name: "postern-modern",
    type: "network",
    at,
    vpc,
    dns: "postern-modern-0987654321.elb.us-east-1.amazonaws.com",
    port: 9000,
    targetPort: 9000,
    target: "i-0a000000000000004",
    nodes: [
      { subnet: "public-a", zone: `${at}a`, address: "10.0.1.60", publicAddress: "203.0.113.60" },
    ],
  },
];

const managed: { readonly [name: string]: readonly Statement[] } = {
  AdministratorAccess: [{ Effect: "Allow", Action: "*", Resource: "*" }],
  PowerUserAccess: [
    { Effect: "Allow", NotAction: ["iam:*", "organizations:*", "account:*"], Resource: "*" },
    {
      Effect: "Allow",
      Action: [
        "account:GetAccountInformation",
        "iam:ListRoles",
        "organizations:DescribeOrganization",
      ],
      Resource: "*",
    },
  ],
};

const roles: readonly InstanceRole[] = [
  { name: "agent-gateway", managed: ["AdministratorAccess"] },
  {
    name: "cloud-tools",
    inline: [{ Effect: "Allow", Action: ["ec2:*", "s3:*", "rds:*"], Resource: "*" }],
  },
  {
    name: "inventory-reader",
    inline: [
      {
        Effect: "Allow",
        Action: ["ec2:Describe*", "s3:ListAllMyBuckets", "rds:Describe*"],
        Resource: "*",
      },
    ],
  },
  {
    name: "deploy-bot",
    managed: ["PowerUserAccess"],
    inline: [
      {
        Effect: "Deny",
        Action: ["s3:DeleteBucket", "rds:DeleteDBInstance", "kms:ScheduleKeyDeletion"],
        Resource: "*",
      },
    ],
  },
];

const plantedPassword = "Pl4nted-0nly-4-Demo";

/** Holds two planted secrets that open nothing. They are put together here so that no scanner takes this file for a leak. */
const userData = [
  "#!/bin/bash",
  `export DATABASE_URL=postgres://mcp:${plantedPassword}@db.demo.internal:5432/app`,
  `export GITHUB_TOKEN=ghp_${plantedPassword.replaceAll("-", "").padEnd(36, "x7Qa")}`,
  "npx -y @modelcontextprotocol/server-everything streamableHttp",
].join("\n");

const withInterfaces = [
  ...machines.map(machineInterface),
  ...balancers.flatMap(balancerInterfaces),
];

/** One account: a region with nine machines and two balancers, and two regions with nothing in them. */
export const awsDemoWorld: AwsWorld = {
  account,
  regions: {
    [at]: {
      ec2: {
        ...network(vpc, at, {
          "public-a": "10.0.1.0/24",
          "public-b": "10.0.2.0/24",
          "private-a": "10.0.11.0/24",
        }),
        DescribeNetworkInterfaces: { NetworkInterfaces: withInterfaces },
        DescribeInstances: {
          Reservations: machines.map((machine) => ({
            ReservationId: machine.id.replace("i-", "r-"),
            OwnerId: account,
            Groups: [],
            Instances: [instance(machine)],
          })),
        },
        DescribeAddresses: {
          Addresses: machines.filter(({ elastic }) => elastic).map(elasticAddress),
        },
        DescribeSecurityGroups: { SecurityGroups: groups },
        DescribeInstanceAttribute: Object.fromEntries(
          machines.map(({ id, name }) => [
            id,
            {
              InstanceId: id,
              UserData:
                name === "agent-gateway" ? { Value: Buffer.from(userData).toString("base64") } : {},
            },
          ]),
        ),
      },
      elbv2: balancing(balancers),
    },
    "eu-central-1": {},
    "eu-west-1": {},
  },
  global: { iam: identities(roles, managed) },
};

export const awsDemoServers: readonly DemoServer[] = [
  { workload: "i-0a000000000000001", address: "203.0.113.11", port: 8000, kind: "file-gateway" },
  {
    workload: "i-0a000000000000002",
    address: "postern-demo-1234567890.us-east-1.elb.amazonaws.com",
    port: 80,
    kind: "cloud-tools",
  },
  { workload: "i-0a000000000000002", address: "203.0.113.50", port: 80, kind: "cloud-tools" },
  { workload: "i-0a000000000000002", address: "203.0.113.51", port: 80, kind: "cloud-tools" },
  { workload: "i-0a000000000000003", address: "203.0.113.13", port: 8080, kind: "everything" },
  {
    workload: "i-0a000000000000004",
    address: "postern-modern-0987654321.elb.us-east-1.amazonaws.com",
    port: 9000,
    kind: "modern-only",
  },
  { workload: "i-0a000000000000004", address: "203.0.113.60", port: 9000, kind: "modern-only" },
  { workload: "i-0a000000000000005", address: "203.0.113.15", port: 3333, kind: "api-key" },
  { workload: "i-0a000000000000007", address: "203.0.113.17", port: 8088, kind: "not-mcp" },
  { workload: "i-0a000000000000008", address: "203.0.113.18", port: 3001, kind: "notes" },
  { workload: "i-0a000000000000009", address: "203.0.113.19", port: 8000, kind: "file-gateway" },
];
