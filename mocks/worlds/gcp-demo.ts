import type { JsonObject } from "../../src/model/json.ts";
import type { Fault } from "../gcp/faults.ts";
import type { GcpWorld } from "../gcp/index.ts";
import type { DemoServer } from "./demo-servers.ts";
import { balancing, frontEnds } from "./gcp-balancer.ts";
import {
  accountOf,
  machine,
  networkOf,
  project,
  projectNumber,
  type GcpMachine,
  type GcpRule,
} from "./gcp-network.ts";
import { roles, type GcpRoleName } from "./gcp-roles.ts";

const anyone = ["0.0.0.0/0"];
const plantedPassword = "Pl4nted-0nly-4-Demo";

/** Holds a planted secret that opens nothing. */
const startupScript = [
  "#!/bin/bash",
  `export DATABASE_URL=postgres://agent:${plantedPassword}@10.30.0.200:5432/app`,
  "npx -y mcp-proxy --port 8000 -- npx -y @modelcontextprotocol/server-filesystem /srv",
].join("\n");

const machines: readonly GcpMachine[] = [
  {
    name: "agent-runner",
    address: "10.30.0.11",
    publicAddress: "198.51.100.141",
    account: "agent-runner",
    labels: { owner: "ml-platform", "cost-center": "cc-2040" },
    metadata: { "startup-script": startupScript, "enable-oslogin": "TRUE" },
  },
  {
    name: "gcloud-tools",
    address: "10.30.0.12",
    account: "gcloud-tools",
    metadata: { "enable-oslogin": "TRUE" },
  },
  {
    name: "catalog",
    address: "10.30.0.13",
    publicAddress: "198.51.100.143",
    account: "catalog",
    metadata: { "enable-oslogin": "TRUE" },
  },
  {
    name: "uploads",
    address: "10.30.0.14",
    publicAddress: "198.51.100.144",
    account: "uploads",
    metadata: { "enable-oslogin": "TRUE" },
  },
  {
    name: "onboarding",
    address: "10.30.0.15",
    publicAddress: "198.51.100.145",
    account: "onboarding",
    metadata: { "enable-oslogin": "TRUE" },
  },
  {
    name: "vendor-bot",
    address: "10.30.0.16",
    publicAddress: "198.51.100.146",
    account: "vendor-bot",
    metadata: { "enable-oslogin": "TRUE" },
  },
  { name: "back-office", address: "10.30.0.17", publicAddress: "198.51.100.147" },
];

const rules: readonly GcpRule[] = [
  { name: "agent-runner", port: 8000, from: anyone },
  { name: "gcloud-tools", port: 8080, from: frontEnds },
  { name: "catalog", port: 8080, from: anyone },
  { name: "uploads", port: 8000, from: ["0.0.0.0/1", "128.0.0.0/1"] },
  { name: "onboarding", port: 3333, from: anyone },
  { name: "vendor-bot", port: 9000, from: anyone },
  { name: "back-office", port: 8000, from: ["10.0.0.0/8"] },
];

function binding(account: string, role: GcpRoleName | `organizations/${string}`): JsonObject {
  return { role, members: [`serviceAccount:${accountOf(account)}`] };
}

const bindings: readonly JsonObject[] = [
  binding("agent-runner", "roles/owner"),
  binding("gcloud-tools", "roles/editor"),
  binding("catalog", "roles/compute.viewer"),
  {
    ...binding("uploads", "roles/storage.objectAdmin"),
    condition: {
      title: "One bucket",
      expression: "resource.name.startsWith('projects/_/buckets/postern-demo-uploads/objects/')",
    },
  },
  binding("onboarding", "roles/resourcemanager.projectIamAdmin"),
  // What this role holds is known to the organisation alone.
  binding("vendor-bot", "organizations/800000000001/roles/vendorAgent"),
];

const denyPolicy = `policies/cloudresourcemanager.googleapis.com%2Fprojects%2F${project}/denypolicies/no-policy-changes`;

const emptyPolicy: JsonObject = { version: 1, etag: "ACAB" };
const accounts = machines.flatMap(({ account }) => account ?? []);
const accountName = (account: string): string =>
  `projects/${project}/serviceAccounts/${accountOf(account)}`;

/** A project in a folder of an organisation: seven machines and an external Application Load Balancer. */
export const gcpDemoWorld: GcpWorld = {
  project,
  config: {
    compute: {
      ...networkOf(rules),
      instances: machines.map(machine),
      ...balancing({
        name: "front-demo",
        publicAddress: "198.51.100.150",
        target: "gcloud-tools",
        address: "10.30.0.12",
        targetPort: 8080,
      }),
    },
    resourceManager: {
      projects: [
        {
          name: `projects/${projectNumber}`,
          projectId: project,
          parent: "folders/700000000001",
          state: "ACTIVE",
        },
      ],
      folders: [
        {
          name: "folders/700000000001",
          parent: "organizations/800000000001",
          displayName: "demo",
          state: "ACTIVE",
        },
      ],
      organizations: [
        { name: "organizations/800000000001", displayName: "example.com", state: "ACTIVE" },
      ],
      getIamPolicy: {
        [`projects/${project}`]: { bindings, version: 3, etag: "ACAB" },
        "folders/700000000001": emptyPolicy,
        "organizations/800000000001": emptyPolicy,
      },
    },
    iam: {
      serviceAccounts: accounts.map((account, index) => ({
        name: accountName(account),
        projectId: project,
        uniqueId: String(100_000_000_000 + index),
        email: accountOf(account),
        displayName: account,
      })),
      "serviceAccounts.getIamPolicy": Object.fromEntries(
        accounts.map((account) => [accountName(account), emptyPolicy]),
      ),
      roles: roles(),
      denyPolicies: [
        {
          name: denyPolicy,
          kind: "DenyPolicy",
          displayName: "Policies change by pipeline only",
          rules: [
            {
              denyRule: {
                deniedPrincipals: [
                  `principal://iam.googleapis.com/projects/-/serviceAccounts/${accountOf("onboarding")}`,
                ],
                deniedPermissions: [
                  "cloudresourcemanager.googleapis.com/projects.setIamPolicy",
                  "cloudresourcemanager.googleapis.com/projects.createPolicyBinding",
                  "cloudresourcemanager.googleapis.com/projects.updatePolicyBinding",
                  "cloudresourcemanager.googleapis.com/projects.deletePolicyBinding",
                ],
              },
            },
          ],
        },
      ],
    },
  },
};

/** Roles of the organisation are not this auditor's to read. */
export const gcpDemoFaults: readonly Fault[] = [
  { kind: "deny", operation: "iam.organizations.roles.list" },
];

export const gcpDemoServers: readonly DemoServer[] = [
  { workload: "agent-runner", address: "198.51.100.141", port: 8000, kind: "file-gateway" },
  { workload: "gcloud-tools", address: "198.51.100.150", port: 80, kind: "gcloud-tools" },
  { workload: "catalog", address: "198.51.100.143", port: 8080, kind: "everything" },
  { workload: "uploads", address: "198.51.100.144", port: 8000, kind: "everything" },
  { workload: "onboarding", address: "198.51.100.145", port: 3333, kind: "api-key" },
  { workload: "vendor-bot", address: "198.51.100.146", port: 9000, kind: "modern-only" },
];
