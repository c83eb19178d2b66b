import type { IpFamily } from "../../src/model/exposure.ts";
import type { Gate } from "../../src/model/network.ts";
import { parsePrefix } from "../../src/net/address.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { longestFor } from "../../src/net/longest-prefix.ts";
import {
  at,
  isObject,
  items,
  listed,
  pagesOf,
  sourceOf,
  text,
  texts,
  type Node,
} from "../reader.ts";
import type { AwsNetwork } from "./network.ts";

/** What comes in through the gateway is sent through a machine before it reaches the subnet. */
export interface Detour {
  readonly machine: string;
  /** Subnet of the machine, whose own route leads on to the gateway. */
  readonly subnet?: string;
  readonly families: readonly IpFamily[];
  readonly gates: readonly Gate[];
}

/** Reads the route table that is associated with the internet gateway itself. */
export function detourOf(network: AwsNetwork, subnetId: string): Detour | undefined {
  const subnet = network.subnets.get(subnetId);
  const gateway = subnet && network.gateways.get(subnet.vpc);
  const id = gateway && text(gateway, "InternetGatewayId");
  if (!subnet) return undefined;
  const edge = id === undefined ? edgeOf(network, subnet.vpc) : network.routes.byGateway.get(id);
  if (!edge) return undefined;
  const routes = network.routes.tables.get(text(edge, "RouteTableId") ?? "")?.routes ?? [];
  const hits = subnet.cidrs.flatMap((cidr) => {
    const own = parsePrefix(cidr);
    if (!own) return [];
    const route = longestFor(routes, cidr);
    return route && route.next !== "local" ? [{ family: own.family, route }] : [];
  });
  const machine = hits[0]?.route.target;
  if (machine === undefined) return undefined;
  const families = hits.filter(({ route }) => route.target === machine).map(({ family }) => family);
  const place = subnetOf(network.snapshot, machine);
  return {
    machine,
    ...(place !== undefined && { subnet: place }),
    families,
    gates: [{ ...machineGate(network.snapshot, machine, edge), families }],
  };
}

/** The edge table of a VPC whose gateway is not listed; gateways other than the internet's have none of their own there. */
function edgeOf({ routes }: AwsNetwork, vpc: string | undefined): Node | undefined {
  return [...routes.byGateway].find(
    ([gateway, table]) => gateway.startsWith("igw-") && text(table, "VpcId") === vpc,
  )?.[1];
}

/** Without the subnet's own addresses nobody can say whether an edge table sends its traffic through a machine. */
export function unknownDetour(
  network: AwsNetwork,
  subnetId: string,
  vpc: string,
  node: Node,
): Gate[] {
  const edge = network.subnets.has(subnetId) ? undefined : edgeOf(network, vpc);
  const id = edge && text(edge, "RouteTableId");
  if (id === undefined) return [];
  const because = `ec2:DescribeSubnets was not read: whether ${id} sends what is for ${subnetId} through a machine is unknown`;
  const source = sourceOf(node);
  return [{ kind: "unread", limit: false, code: "MIDDLEBOX_DENY", id, source, because }];
}

/** The table as a reply sees it that has to go back through the machine; interned beside the original. */
export function throughMachine({ routes }: AwsNetwork, id: string, { machine }: Detour): string {
  const key = `${id}@${machine}`;
  const table = routes.tables.get(id);
  if (table && !routes.tables.has(key))
    routes.tables.set(key, {
      ...table,
      routes: table.routes.map((route) =>
        route.target === machine && route.next !== "dropped"
          ? Object.assign({}, route, { next: "internet" } as const)
          : route.next === "internet"
            ? Object.assign({}, route, { next: "asymmetric" } as const)
            : route,
      ),
    });
  return key;
}

function subnetOf(snapshot: Snapshot, machine: string): string | undefined {
  const endpoint = listed(snapshot, "ec2:DescribeVpcEndpoints", "VpcEndpoints").find(
    (each) => text(each, "VpcEndpointId") === machine,
  );
  if (endpoint) return texts(endpoint, "SubnetIds")[0];
  const found = listed(snapshot, "ec2:DescribeNetworkInterfaces", "NetworkInterfaces").find(
    (each) =>
      text(each, "NetworkInterfaceId") === machine ||
      (text(each, "Description") ?? "").endsWith(` ${machine}`),
  );
  return found && text(found, "SubnetId");
}

const denies = /^aws:drop/;

/** A network firewall is judged by its defaults; what its rule groups or a foreign appliance do is an assumption. */
function machineGate(
  snapshot: Snapshot,
  machine: string,
  edge: Node,
): Exclude<Gate, { kind: "rules" }> {
  const policy = policyOf(snapshot, machine);
  const body = policy && at(policy, "FirewallPolicy");
  const base = { code: "MIDDLEBOX_DENY", id: machine, source: sourceOf(policy ?? edge) } as const;
  if (!policy || !body) {
    const because = `${machine} is taken to let the traffic pass: what it filters cannot be read`;
    return { ...base, kind: "unread", limit: true, because };
  }
  const answer = at(policy, "FirewallPolicyResponse");
  const name = (answer && text(answer, "FirewallPolicyName")) ?? machine;
  const stateless = texts(body, "StatelessDefaultActions");
  const stateful = stateless.includes("aws:forward_to_sfe");
  const drops = stateful
    ? texts(body, "StatefulDefaultActions").some((action) => denies.test(action))
    : stateless.some((action) => denies.test(action));
  const groups = [
    ...items(body, "StatelessRuleGroupReferences"),
    ...(stateful ? items(body, "StatefulRuleGroupReferences") : []),
  ];
  if (groups.length > 0) {
    const because = `the rule groups of ${name} are not evaluated: its default is taken to ${drops ? "drop" : "pass"}`;
    return { ...base, kind: "unread", limit: !drops, because };
  }
  const because = `${name} ${drops ? "drops" : "passes"} what comes through ${machine} by default`;
  return { ...base, kind: "state", open: !drops, rule: name, because };
}

function policyOf(snapshot: Snapshot, machine: string): Node | undefined {
  const firewall = pagesOf(snapshot, "network-firewall:DescribeFirewall").find((page) => {
    const status = at(page, "FirewallStatus");
    const states = status && at(status, "SyncStates");
    return (
      states &&
      isObject(states.value) &&
      Object.keys(states.value).some((zone) => {
        const state = at(states, zone);
        const attachment = state && at(state, "Attachment");
        return attachment && text(attachment, "EndpointId") === machine;
      })
    );
  });
  const own = firewall && at(firewall, "Firewall");
  const arn = own && text(own, "FirewallPolicyArn");
  if (arn === undefined) return undefined;
  return pagesOf(snapshot, "network-firewall:DescribeFirewallPolicy", {
    FirewallPolicyArn: arn,
  })[0];
}
