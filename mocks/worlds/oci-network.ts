import type { JsonObject } from "../../src/model/json.ts";

/** OCIDs of the demo's region: `ocidOf("vcn", "main")`. */
export const ocidOf = (kind: string, name: string): string => `ocid1.${kind}.oc1.iad.${name}`;
export const compartment = "ocid1.compartment.oc1..agents";

const vcnId = ocidOf("vcn", "main");
const own = { compartmentId: compartment, vcnId, lifecycleState: "AVAILABLE" };
const tcp = "6";

/** TCP to one port from a prefix. */
export interface OciRule {
  readonly port: number;
  readonly from: string;
}

function ingress({ port, from }: OciRule): JsonObject {
  return {
    protocol: tcp,
    source: from,
    sourceType: "CIDR_BLOCK",
    isStateless: false,
    tcpOptions: { destinationPortRange: { min: port, max: port } },
  };
}

const egress = {
  protocol: "all",
  destination: "0.0.0.0/0",
  destinationType: "CIDR_BLOCK",
  isStateless: false,
};

interface OciSubnet {
  readonly name: string;
  readonly cidrBlock: string;
  readonly public: boolean;
  readonly rules: readonly OciRule[];
}

/** One network with an internet gateway, a NAT gateway, and subnets of either kind. */
export function networkOf(subnets: readonly OciSubnet[]): JsonObject {
  const igw = ocidOf("internetgateway", "main");
  const nat = ocidOf("natgateway", "main");
  const table = (name: string, networkEntityId: string): JsonObject => ({
    ...own,
    id: ocidOf("routetable", name),
    displayName: name,
    routeRules: [
      {
        destination: "0.0.0.0/0",
        destinationType: "CIDR_BLOCK",
        networkEntityId,
        routeType: "STATIC",
      },
    ],
  });
  return {
    vcns: [
      {
        id: vcnId,
        compartmentId: compartment,
        displayName: "main",
        cidrBlocks: ["10.40.0.0/16"],
        lifecycleState: "AVAILABLE",
      },
    ],
    internetGateways: [{ ...own, id: igw, displayName: "igw-main", isEnabled: true }],
    routeTables: [table("public", igw), table("private", nat)],
    subnets: subnets.map(({ name, cidrBlock, public: open }) => ({
      ...own,
      id: ocidOf("subnet", name),
      displayName: name,
      cidrBlock,
      routeTableId: ocidOf("routetable", open ? "public" : "private"),
      securityListIds: [ocidOf("securitylist", name)],
      prohibitPublicIpOnVnic: !open,
      prohibitInternetIngress: !open,
    })),
    securityLists: subnets.map(({ name, rules }) => ({
      ...own,
      id: ocidOf("securitylist", name),
      displayName: `sl-${name}`,
      ingressSecurityRules: rules.map(ingress),
      egressSecurityRules: [egress],
    })),
  };
}

/** A group of each machine that has rules of its own. */
export interface OciMachine {
  readonly name: string;
  readonly subnet: string;
  readonly address: string;
  readonly publicAddress?: string;
  readonly rules?: readonly OciRule[];
  readonly tags?: Readonly<Record<string, string>>;
  /** Cloud-init script, plain. */
  readonly userData?: string;
}

const groupOf = (name: string): string => ocidOf("networksecuritygroup", name);
export const instanceOf = (name: string): string => ocidOf("instance", name);

export function machines(list: readonly OciMachine[]): JsonObject {
  const grouped = list.filter(({ rules = [] }) => rules.length > 0);
  return {
    instances: list.map(({ name, tags = {}, userData }) => ({
      id: instanceOf(name),
      compartmentId: compartment,
      displayName: name,
      lifecycleState: "RUNNING",
      region: "iad",
      shape: "VM.Standard.E5.Flex",
      freeformTags: { ...tags },
      definedTags: {},
      instanceOptions: { areLegacyImdsEndpointsDisabled: userData === undefined },
      metadata:
        userData === undefined ? {} : { user_data: Buffer.from(userData).toString("base64") },
    })),
    vnicAttachments: list.map(({ name, subnet }) => ({
      id: ocidOf("vnicattachment", name),
      compartmentId: compartment,
      instanceId: instanceOf(name),
      vnicId: ocidOf("vnic", name),
      subnetId: ocidOf("subnet", subnet),
      lifecycleState: "ATTACHED",
    })),
    vnics: list.map(({ name, subnet, address, publicAddress, rules = [] }) => ({
      id: ocidOf("vnic", name),
      compartmentId: compartment,
      displayName: name,
      subnetId: ocidOf("subnet", subnet),
      privateIp: address,
      ...(publicAddress !== undefined && { publicIp: publicAddress }),
      isPrimary: true,
      skipSourceDestCheck: false,
      lifecycleState: "AVAILABLE",
      nsgIds: rules.length === 0 ? [] : [groupOf(name)],
    })),
    networkSecurityGroups: grouped.map(({ name }) => ({
      ...own,
      id: groupOf(name),
      displayName: `nsg-${name}`,
    })),
    networkSecurityGroupSecurityRules: Object.fromEntries(
      grouped.map(({ name, rules = [] }) => [
        groupOf(name),
        rules.map((rule, index) => ({
          id: `${name}-${index}`,
          direction: "INGRESS",
          isValid: true,
          ...ingress(rule),
        })),
      ]),
    ),
  };
}

/** A public load balancer on port 80 in front of one address. */
export interface OciBalancer {
  readonly name: string;
  readonly publicAddress: string;
  readonly subnet: string;
  readonly target: string;
  readonly targetPort: number;
}

export function loadBalancer(balancer: OciBalancer): JsonObject {
  const { name, publicAddress, subnet, target, targetPort } = balancer;
  const backend = `${target}:${targetPort}`;
  return {
    id: ocidOf("loadbalancer", name),
    compartmentId: compartment,
    displayName: name,
    lifecycleState: "ACTIVE",
    shapeName: "flexible",
    isPrivate: false,
    ipAddresses: [{ ipAddress: publicAddress, isPublic: true }],
    subnetIds: [ocidOf("subnet", subnet)],
    networkSecurityGroupIds: [],
    listeners: {
      http: { name: "http", port: 80, protocol: "HTTP", defaultBackendSetName: "main" },
    },
    backendSets: {
      main: {
        name: "main",
        policy: "ROUND_ROBIN",
        healthChecker: { protocol: "TCP", port: targetPort },
        backends: [
          {
            name: backend,
            ipAddress: target,
            port: targetPort,
            weight: 1,
            backup: false,
            drain: false,
            offline: false,
          },
        ],
      },
    },
  };
}
