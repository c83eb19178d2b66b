import type { JsonObject } from "../../src/model/json.ts";
import type { Fault } from "../oci/faults.ts";
import type { OciWorld } from "../oci/index.ts";
import type { DemoServer } from "./demo-servers.ts";
import {
  compartment,
  instanceOf,
  loadBalancer,
  machines,
  networkOf,
  type OciMachine,
} from "./oci-network.ts";

const tenancy = "ocid1.tenancy.oc1..local";
const anyone = "0.0.0.0/0";
const plantedPassword = "Pl4nted-0nly-4-Demo";

/** Holds a planted secret that opens nothing. */
const cloudInit = [
  "#!/bin/bash",
  `export DATABASE_URL=postgres://agent:${plantedPassword}@10.40.2.200:5432/app`,
  "npx -y mcp-proxy --port 8000 -- npx -y @modelcontextprotocol/server-filesystem /srv",
].join("\n");

const list: readonly OciMachine[] = [
  {
    name: "ops-agent",
    subnet: "public",
    address: "10.40.1.11",
    publicAddress: "192.0.2.11",
    rules: [{ port: 8000, from: anyone }],
    tags: { owner: "platform-ops@example.com", CostCenter: "oci-77" },
    userData: cloudInit,
  },
  { name: "oci-tools", subnet: "private", address: "10.40.2.12" },
  {
    name: "inventory",
    subnet: "public",
    address: "10.40.1.13",
    publicAddress: "192.0.2.13",
    rules: [{ port: 8080, from: anyone }],
  },
  {
    name: "drop-zone",
    subnet: "public",
    address: "10.40.1.14",
    publicAddress: "192.0.2.14",
    rules: [{ port: 8000, from: anyone }],
  },
  {
    name: "release-bot",
    subnet: "public",
    address: "10.40.1.15",
    publicAddress: "192.0.2.15",
    rules: [{ port: 3333, from: anyone }],
  },
  {
    name: "legacy-bot",
    subnet: "public",
    address: "10.40.1.16",
    publicAddress: "192.0.2.16",
    rules: [{ port: 3001, from: anyone }],
  },
  {
    name: "intranet-mcp",
    subnet: "public",
    address: "10.40.1.17",
    publicAddress: "192.0.2.17",
    rules: [{ port: 8000, from: "10.0.0.0/8" }],
  },
];

/** Each machine that a policy speaks about is the one member of a group of its name. */
const groups: JsonObject[] = [
  "ops-agent",
  "oci-tools",
  "inventory",
  "drop-zone",
  "release-bot",
].map((name) => ({
  id: `ocid1.dynamicgroup.oc1..${name}`,
  compartmentId: tenancy,
  name,
  description: `The instance ${name}`,
  matchingRule: `ANY {instance.id = '${instanceOf(name)}'}`,
  lifecycleState: "ACTIVE",
}));

const statements: readonly string[] = [
  "Allow dynamic-group ops-agent to manage all-resources in tenancy",
  "Allow dynamic-group oci-tools to manage instance-family in compartment agents",
  "Allow dynamic-group oci-tools to use instance-agent-command-family in compartment agents",
  "Allow dynamic-group oci-tools to manage object-family in tenancy",
  "Allow dynamic-group inventory to inspect all-resources in tenancy",
  "Allow dynamic-group drop-zone to manage objects in compartment agents where target.bucket.name = 'mcp-uploads'",
  "Allow dynamic-group release-bot to manage policies in tenancy",
  "Deny dynamic-group release-bot to manage policies in tenancy",
];

const policies: JsonObject[] = [
  {
    id: "ocid1.policy.oc1..agents",
    compartmentId: tenancy,
    name: "agents",
    description: "What the agents may do",
    statements,
    lifecycleState: "ACTIVE",
  },
];

/** A tenancy of one region: seven instances and a load balancer. */
export const ociDemoWorld: OciWorld = {
  regions: {
    "us-ashburn-1": {
      core: {
        ...networkOf([
          { name: "public", cidrBlock: "10.40.1.0/24", public: true, rules: [] },
          {
            name: "front",
            cidrBlock: "10.40.4.0/24",
            public: true,
            rules: [{ port: 80, from: anyone }],
          },
          {
            name: "private",
            cidrBlock: "10.40.2.0/24",
            public: false,
            rules: [{ port: 8080, from: "10.40.4.0/24" }],
          },
        ]),
        ...machines(list),
      },
      loadBalancer: {
        loadBalancers: [
          loadBalancer({
            name: "lb-demo",
            publicAddress: "192.0.2.50",
            subnet: "front",
            target: "10.40.2.12",
            targetPort: 8080,
          }),
        ],
      },
      identity: {
        compartments: [{ id: compartment, compartmentId: tenancy, name: "agents" }],
        dynamicGroups: groups,
        policies,
      },
    },
  },
};

export const ociDemoFaults: readonly Fault[] = [];

export const ociDemoServers: readonly DemoServer[] = [
  { workload: "ops-agent", address: "192.0.2.11", port: 8000, kind: "file-gateway" },
  { workload: "oci-tools", address: "192.0.2.50", port: 80, kind: "oci-tools" },
  { workload: "inventory", address: "192.0.2.13", port: 8080, kind: "everything" },
  { workload: "drop-zone", address: "192.0.2.14", port: 8000, kind: "everything" },
  { workload: "release-bot", address: "192.0.2.15", port: 3333, kind: "api-key" },
  { workload: "legacy-bot", address: "192.0.2.16", port: 3001, kind: "notes" },
];
