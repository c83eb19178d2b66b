import type { Json, JsonObject } from "../../src/model/json.ts";

export const project = "postern-demo";
export const projectNumber = "480000000001";
export const region = "us-central1";
const zone = `${region}-a`;
const root = `https://www.googleapis.com/compute/v1/projects/${project}`;

/** Self-links: `linkOf("global/networks/main")`. */
export const linkOf = (path: string): string => `${root}/${path}`;
export const zonal = (path: string): string => linkOf(`zones/${zone}/${path}`);
export const zoneLink = linkOf(`zones/${zone}`);
export const network = linkOf("global/networks/main");
export const subnetwork = linkOf(`regions/${region}/subnetworks/apps`);
export const accountOf = (name: string): string => `${name}@${project}.iam.gserviceaccount.com`;

/** A rule of the classic firewall that lets TCP in to machines with a tag. */
export interface GcpRule {
  readonly name: string;
  readonly port: number;
  readonly from: readonly string[];
}

export function firewallRule({ name, port, from }: GcpRule, index: number): JsonObject {
  return {
    id: String(7_000_000 + index),
    name: `allow-${name}`,
    network,
    selfLink: linkOf(`global/firewalls/allow-${name}`),
    direction: "INGRESS",
    priority: 1000,
    disabled: false,
    allowed: [{ IPProtocol: "tcp", ports: [String(port)] }],
    sourceRanges: from,
    targetTags: [name],
  };
}

export interface GcpMachine {
  /** Also its network tag. */
  readonly name: string;
  readonly address: string;
  readonly publicAddress?: string;
  /** Name of its service account. */
  readonly account?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly metadata?: Readonly<Record<string, string>>;
}

export function machine(facts: GcpMachine, index: number): JsonObject {
  const { name, address, publicAddress, account, labels, metadata = {} } = facts;
  return {
    id: String(9_000_000 + index),
    name,
    selfLink: zonal(`instances/${name}`),
    zone: zoneLink,
    status: "RUNNING",
    canIpForward: false,
    tags: { items: [name], fingerprint: "42WmSpB8rSM=" },
    ...(labels && { labels: { ...labels } }),
    metadata: { items: Object.entries(metadata).map(([key, value]): Json => ({ key, value })) },
    serviceAccounts:
      account === undefined
        ? []
        : [
            {
              email: accountOf(account),
              scopes: ["https://www.googleapis.com/auth/cloud-platform"],
            },
          ],
    networkInterfaces: [
      {
        name: "nic0",
        network,
        subnetwork,
        networkIP: address,
        stackType: "IPV4_ONLY",
        ...(publicAddress !== undefined && {
          accessConfigs: [
            {
              type: "ONE_TO_ONE_NAT",
              name: "External NAT",
              natIP: publicAddress,
              networkTier: "PREMIUM",
            },
          ],
        }),
      },
    ],
  };
}

/** One network with one subnet, a default route and the rules given. */
export function networkOf(rules: readonly GcpRule[]): JsonObject {
  const firewalls = rules.map(firewallRule);
  const range = "10.30.0.0/24";
  const route = (name: string, more: JsonObject): JsonObject => ({
    name,
    network,
    selfLink: linkOf(`global/routes/${name}`),
    ...more,
  });
  return {
    networks: [
      {
        id: "5550001",
        name: "main",
        selfLink: network,
        selfLinkWithId: linkOf("global/networks/5550001"),
        autoCreateSubnetworks: false,
        networkFirewallPolicyEnforcementOrder: "AFTER_CLASSIC_FIREWALL",
        routingConfig: { routingMode: "REGIONAL" },
      },
    ],
    subnetworks: [
      {
        name: "apps",
        selfLink: subnetwork,
        network,
        ipCidrRange: range,
        region: linkOf(`regions/${region}`),
        purpose: "PRIVATE",
        stackType: "IPV4_ONLY",
      },
    ],
    routes: [
      route("default-internet", {
        priority: 1000,
        destRange: "0.0.0.0/0",
        nextHopGateway: linkOf("global/gateways/default-internet-gateway"),
        routeType: "STATIC",
      }),
      route("subnet-apps", {
        priority: 0,
        destRange: range,
        nextHopNetwork: network,
        routeType: "SUBNET",
      }),
    ],
    firewalls,
    "networks.getEffectiveFirewalls": { [network]: { firewalls, firewallPolicys: [] } },
  };
}
