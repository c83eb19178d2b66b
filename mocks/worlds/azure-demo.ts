import type { JsonObject } from "../../src/model/json.ts";
import type { AzureWorld } from "../azure/index.ts";
import type { Fault } from "../azure/faults.ts";
import { applicationGateway } from "./azure-gateway.ts";
import {
  assignedIdentityType,
  machine,
  resource,
  securityGroup,
  subscription,
  virtualNetwork,
  type AzureMachine,
} from "./azure-network.ts";
import {
  denyAssignment,
  onlyRole,
  roleAssignment,
  roleDefinitions,
  type AzureAssignment,
} from "./azure-roles.ts";
import type { DemoServer } from "./demo-servers.ts";

const principal = (index: number): string =>
  `0b1ec700-0000-4000-8000-${String(index).padStart(12, "0")}`;
const agent = principal(1);
const tools = { name: "id-tools", principal: principal(2) };
const reader = principal(3);
const access = principal(4);
const deploy = principal(5);
const vendor = principal(6);
const readers = "09600000-0000-4000-8000-000000000001";

const machines: readonly AzureMachine[] = [
  {
    name: "vm-agent",
    address: "10.20.1.11",
    publicAddress: "198.51.100.11",
    group: "nsg-agent",
    principal: agent,
    tags: { owner: "data-platform@example.com", CostCenter: "4711" },
  },
  { name: "vm-tools", address: "10.20.1.12", group: "nsg-tools", assigned: tools },
  {
    name: "vm-reports",
    address: "10.20.1.13",
    publicAddress: "198.51.100.13",
    group: "nsg-reports",
    principal: reader,
  },
  {
    name: "vm-access",
    address: "10.20.1.14",
    publicAddress: "198.51.100.14",
    group: "nsg-access",
    principal: access,
  },
  {
    name: "vm-deploy",
    address: "10.20.1.15",
    publicAddress: "198.51.100.15",
    group: "nsg-deploy",
    principal: deploy,
  },
  {
    name: "vm-vendor",
    address: "10.20.1.16",
    publicAddress: "198.51.100.16",
    group: "nsg-vendor",
    principal: vendor,
  },
  {
    name: "vm-intranet",
    address: "10.20.1.17",
    publicAddress: "198.51.100.17",
    group: "nsg-intranet",
    principal: agent.replace(/1$/, "7"),
  },
];

const groups = [
  securityGroup("nsg-gateway", [
    { port: 80, from: "Internet" },
    { port: "65200-65535", from: "GatewayManager" },
  ]),
  securityGroup("nsg-agent", [{ port: 8000, from: "Internet" }]),
  securityGroup("nsg-tools", [{ port: 8080, from: "10.20.8.0/24" }]),
  securityGroup("nsg-reports", [{ port: 8080, from: "*" }]),
  securityGroup("nsg-access", [{ port: 8000, from: "0.0.0.0/0" }]),
  securityGroup("nsg-deploy", [{ port: 3333, from: "Internet" }]),
  securityGroup("nsg-vendor", [{ port: 3001, from: "Internet" }]),
  securityGroup("nsg-intranet", [{ port: 8000, from: "10.0.0.0/8" }]),
];

const assignments: readonly AzureAssignment[] = [
  { principal: agent, role: "Owner" },
  { principal: tools.principal, role: "Contributor" },
  { principal: readers, role: "Reader", group: true },
  {
    principal: access,
    role: "Role Based Access Control Administrator",
    condition: onlyRole("Reader"),
  },
  { principal: deploy, role: "Role Based Access Control Administrator" },
  // A custom role of a management group that the auditor may not read.
  { principal: vendor, role: { definition: "c0570000-0000-4000-8000-000000000001" } },
];

const plantedPassword = "Pl4nted-0nly-4-Demo";

/** A container instance has a public address of its own. The planted secret opens nothing. */
const notes: JsonObject = resource("Microsoft.ContainerInstance/containerGroups", "team-notes", {
  tags: { team: "support" },
  properties: {
    osType: "Linux",
    ipAddress: {
      type: "Public",
      ip: "198.51.100.18",
      ports: [{ port: 3001, protocol: "TCP" }],
    },
    instanceView: { state: "Running" },
    containers: [
      {
        name: "notes",
        properties: {
          image: "node:20-slim",
          command: ["npx", "-y", "@modelcontextprotocol/server-everything", "sse"],
          ports: [{ port: 3001, protocol: "TCP" }],
          environmentVariables: [
            { name: "PORT", value: "3001" },
            {
              name: "DATABASE_URL",
              value: `postgres://notes:${plantedPassword}@notes.postgres.database.azure.com:5432/notes`,
            },
          ],
        },
      },
    ],
  },
});

/** A subscription with seven machines, a container instance and an Application Gateway. */
export const azureDemoWorld: AzureWorld = {
  subscription,
  groups: { [reader]: [readers] },
  resources: [
    virtualNetwork({
      app: { prefix: "10.20.1.0/24" },
      gateway: { prefix: "10.20.8.0/24", group: "nsg-gateway" },
    }),
    ...groups,
    ...machines.flatMap(machine),
    ...applicationGateway({
      name: "agw-demo",
      publicAddress: "198.51.100.50",
      target: "10.20.1.12",
      targetPort: 8080,
    }),
    notes,
    resource(assignedIdentityType, tools.name, { properties: { principalId: tools.principal } }),
    ...roleDefinitions(),
    ...assignments.map(roleAssignment),
    denyAssignment(deploy, [
      "Microsoft.Authorization/roleAssignments/*",
      "Microsoft.Authorization/roleDefinitions/*",
      "Microsoft.Authorization/denyAssignments/*",
    ]),
  ],
};

/** Eligible roles need a licence that not every tenant has, and a right of their own. */
export const azureDemoFaults: readonly Fault[] = [
  { kind: "deny", path: "/roleEligibilityScheduleInstances" },
];

export const azureDemoServers: readonly DemoServer[] = [
  { workload: "vm-agent", address: "198.51.100.11", port: 8000, kind: "file-gateway" },
  { workload: "vm-tools", address: "198.51.100.50", port: 80, kind: "azure-tools" },
  { workload: "vm-reports", address: "198.51.100.13", port: 8080, kind: "everything" },
  { workload: "vm-access", address: "198.51.100.14", port: 8000, kind: "everything" },
  { workload: "vm-deploy", address: "198.51.100.15", port: 3333, kind: "api-key" },
  { workload: "vm-vendor", address: "198.51.100.16", port: 3001, kind: "modern-only" },
  { workload: "team-notes", address: "198.51.100.18", port: 3001, kind: "notes" },
];
