import type { Json, JsonObject } from "../../src/model/json.ts";

export const subscription = "0d3e0000-0000-4000-8000-000000000001";
export const location = "eastus";
const group = `/subscriptions/${subscription}/resourceGroups/postern-demo/providers`;

/** Resource id in the demo's one resource group: `idOf("Microsoft.Network/publicIPAddresses", "pip-a")`. */
export const idOf = (type: string, name: string): string => `${group}/${type}/${name}`;

export function resource(type: string, name: string, more: JsonObject): JsonObject {
  return { id: idOf(type, name), name, type, location, ...more };
}

/** A rule that lets TCP in. */
export interface AzureRule {
  /** A port, or a range. */
  readonly port: number | string;
  readonly from: string;
}

const lists = {
  sourcePortRanges: [],
  destinationPortRanges: [],
  sourceAddressPrefixes: [],
  destinationAddressPrefixes: [],
};

interface NamedRule extends JsonObject {
  readonly name: string;
}

function rule(name: string, priority: number, facts: JsonObject): NamedRule {
  const properties = { priority, direction: "Inbound", sourcePortRange: "*", ...facts, ...lists };
  return { name, properties };
}

/** https://learn.microsoft.com/azure/virtual-network/network-security-groups-overview#default-security-rules */
const defaults: readonly NamedRule[] = [
  rule("AllowVnetInBound", 65000, {
    access: "Allow",
    protocol: "*",
    sourceAddressPrefix: "VirtualNetwork",
    destinationAddressPrefix: "VirtualNetwork",
    destinationPortRange: "*",
  }),
  rule("AllowAzureLoadBalancerInBound", 65001, {
    access: "Allow",
    protocol: "*",
    sourceAddressPrefix: "AzureLoadBalancer",
    destinationAddressPrefix: "*",
    destinationPortRange: "*",
  }),
  rule("DenyAllInBound", 65500, {
    access: "Deny",
    protocol: "*",
    sourceAddressPrefix: "*",
    destinationAddressPrefix: "*",
    destinationPortRange: "*",
  }),
];

const groupType = "Microsoft.Network/networkSecurityGroups";

export function securityGroup(name: string, rules: readonly AzureRule[]): JsonObject {
  const id = idOf(groupType, name);
  const below = (kind: string, each: NamedRule): JsonObject => ({
    id: `${id}/${kind}/${each.name}`,
    type: `${groupType}/${kind}`,
    ...each,
  });
  const own = rules.map(({ port, from }, i) =>
    rule(`allow-${port}`, 100 + 10 * i, {
      access: "Allow",
      protocol: "Tcp",
      sourceAddressPrefix: from,
      destinationAddressPrefix: "*",
      destinationPortRange: String(port),
    }),
  );
  return resource(groupType, name, {
    properties: {
      securityRules: own.map((each) => below("securityRules", each)),
      defaultSecurityRules: defaults.map((each) => below("defaultSecurityRules", each)),
    },
  });
}

const networkType = "Microsoft.Network/virtualNetworks";
const network = "vnet-demo";
export const subnetId = (name: string): string => `${idOf(networkType, network)}/subnets/${name}`;

/** Subnets by name: prefix and security group. */
export function virtualNetwork(
  subnets: Readonly<Record<string, { readonly prefix: string; readonly group?: string }>>,
): JsonObject {
  return resource(networkType, network, {
    properties: {
      addressSpace: { addressPrefixes: ["10.20.0.0/16"] },
      subnets: Object.entries(subnets).map(([name, about]): Json => ({
        id: subnetId(name),
        name,
        properties: {
          addressPrefix: about.prefix,
          ...(about.group !== undefined && {
            networkSecurityGroup: { id: idOf(groupType, about.group) },
          }),
        },
      })),
    },
  });
}

export function publicAddress(name: string, ipAddress: string): JsonObject {
  return resource("Microsoft.Network/publicIPAddresses", name, {
    sku: { name: "Standard", tier: "Regional" },
    properties: {
      ipAddress,
      publicIPAllocationMethod: "Static",
      publicIPAddressVersion: "IPv4",
    },
  });
}

export interface AzureMachine {
  readonly name: string;
  readonly address: string;
  readonly publicAddress?: string;
  readonly group: string;
  /** Object id of its system-assigned identity. */
  readonly principal?: string;
  /** Name and object id of a user-assigned identity. */
  readonly assigned?: { readonly name: string; readonly principal: string };
  readonly tags?: Readonly<Record<string, string>>;
}

/** A machine with its interface and its public address. */
export function machine(facts: AzureMachine): JsonObject[] {
  const { name, address, group: guard, tags } = facts;
  const nic = idOf("Microsoft.Network/networkInterfaces", `nic-${name}`);
  const front = facts.publicAddress === undefined ? [] : [`pip-${name}`];
  return [
    ...front.map((each) => publicAddress(each, facts.publicAddress ?? "")),
    resource("Microsoft.Network/networkInterfaces", `nic-${name}`, {
      properties: {
        networkSecurityGroup: { id: idOf(groupType, guard) },
        virtualMachine: { id: idOf("Microsoft.Compute/virtualMachines", name) },
        ipConfigurations: [
          {
            id: `${nic}/ipConfigurations/ipconfig1`,
            name: "ipconfig1",
            properties: {
              primary: true,
              privateIPAddress: address,
              privateIPAddressVersion: "IPv4",
              subnet: { id: subnetId("app") },
              ...(front[0] !== undefined && {
                publicIPAddress: { id: idOf("Microsoft.Network/publicIPAddresses", front[0]) },
              }),
            },
          },
        ],
      },
    }),
    resource("Microsoft.Compute/virtualMachines", name, {
      ...(tags && { tags: { ...tags } }),
      ...identityOf(facts),
      properties: {
        networkProfile: { networkInterfaces: [{ id: nic }] },
        instanceView: { statuses: [{ code: "PowerState/running" }] },
      },
    }),
  ];
}

export const assignedIdentityType = "Microsoft.ManagedIdentity/userAssignedIdentities";

function identityOf({ principal, assigned }: AzureMachine): JsonObject {
  if (principal !== undefined)
    return { identity: { type: "SystemAssigned", principalId: principal } };
  if (!assigned) return {};
  const id = idOf(assignedIdentityType, assigned.name);
  const userAssignedIdentities = { [id]: { principalId: assigned.principal } };
  return { identity: { type: "UserAssigned", userAssignedIdentities } };
}
