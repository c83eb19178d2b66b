import type { Approach, Gate, Leg } from "../../src/model/network.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { items, listed, sourceOf, text, texts, type Node } from "../reader.ts";
import type { BalancerNode } from "./balancer-nodes.ts";
import type { Balancer } from "./balancers.ts";
import { balancerEnd, footholdLink, footholdIn, originSenders } from "./door-links.ts";
import { functionNamed } from "./functions.ts";
import { toBalancer, toWorkload, type Door, type Link } from "./front-doors.ts";
import { groupGates, type AwsNetwork } from "./network.ts";
import { originApproaches, type OriginLand } from "./origins.ts";
import { gapIn } from "./pages.ts";

/** What an integration of an API calls. */
export type ApiTarget =
  | { readonly kind: "function"; readonly arn: string }
  | { readonly kind: "listener"; readonly arn: string; readonly link: string }
  /** Found through Cloud Map, which no client here asks. */
  | { readonly kind: "discovered"; readonly arn: string; readonly link: string }
  | {
      readonly kind: "balancers";
      readonly link: string;
      readonly port: number;
      readonly balancer?: string;
    }
  | {
      readonly kind: "url";
      readonly host: string;
      readonly port: number;
      readonly tls: "http" | "https";
    };

/** The function of `arn:aws:apigateway:...:path/2015-03-31/functions/<arn>/invocations`, or of a plain ARN. */
export function functionTarget(uri: string): ApiTarget[] {
  const arn = /arn:[\w-]+:lambda:[\w-]*:\d*:function:[^/]+/.exec(uri)?.[0];
  return arn === undefined ? [] : [{ kind: "function", arn }];
}

export function urlTarget(uri: string): Extract<ApiTarget, { kind: "url" }>[] {
  const found = /^(https?):\/\/([^/:?{]+)(?::(\d+))?/i.exec(uri);
  const [, scheme = "", host = "", port] = found ?? [];
  if (host === "") return [];
  const tls = scheme.toLowerCase() === "https" ? "https" : "http";
  return [
    {
      kind: "url",
      host,
      tls,
      port: port === undefined ? (tls === "https" ? 443 : 80) : Number(port),
    },
  ];
}

/** Values of stage variables put where a URI names them; a URI without any is itself. */
export function withVariables(
  uri: string,
  stages: readonly Readonly<Record<string, string>>[],
): string[] {
  if (!uri.includes("${stageVariables.")) return [uri];
  return [
    ...new Set(
      stages.map((variables) =>
        uri.replaceAll(/\$\{stageVariables\.(\w+)\}/g, (_, name: string) => variables[name] ?? ""),
      ),
    ),
  ];
}

export function apiTargetApproaches(door: Door, target: ApiTarget, land: OriginLand): Approach[] {
  if (target.kind === "balancers") return behindLink(door, target, land);
  if (target.kind === "listener") return behindListener(door, target, land);
  if (target.kind === "discovered") return discovered(door, target, land);
  if (target.kind === "function") {
    const workload = functionNamed(target.arn, land);
    return workload ? [toWorkload(door, workload, 443)] : [];
  }
  const { host, port, tls } = target;
  const sender = originSenders(land.network, "apigateway");
  return originApproaches(door, { host, port, tls, sender, onto: () => [] }, land);
}

function behindListener(
  door: Door,
  target: Extract<ApiTarget, { kind: "listener" }>,
  land: OriginLand,
): Approach[] {
  const link = linkTo(target.link, land.network);
  return [...land.balancers.values()].flatMap((balancer) => {
    const listener = balancer.listeners.find(({ arn }) => arn === target.arn);
    if (listener) return toBalancer(door, balancer, listener.port, link, land);
    const gone = target.arn.includes(`listener/${balancer.arn.split(":loadbalancer/")[1]}/`);
    return gone ? toBalancer(door, balancer, 0, link, land) : [];
  });
}

/** Anything that runs in the VPC of the link may be registered there. */
function discovered(
  door: Door,
  { arn, link }: Extract<ApiTarget, { kind: "discovered" }>,
  { network, interfaces, workloads }: OriginLand,
): Approach[] {
  const { snapshot } = network;
  const [, , , region] = arn.split(":");
  const found = linkNamed(link, snapshot);
  const placed = found ? "ec2:DescribeSubnets" : linksCall;
  const anywhere = gapIn(snapshot, placed, {}, region) !== undefined;
  const vpcs = new Set(
    (found ? texts(found, "SubnetIds") : []).map((subnet) => network.subnets.get(subnet)?.vpc),
  );
  return interfaces.all.flatMap((each) => {
    const workload = each.instance === undefined ? undefined : workloads.get(each.instance);
    if (!workload || each.node.page.region !== region) return [];
    if (!anywhere && !vpcs.has(each.vpc)) return [];
    const because = `Cloud Map is not asked: whether ${workload.name} is registered with ${arn} is unknown`;
    const source = sourceOf(each.node);
    const gate: Gate = {
      kind: "unread",
      limit: false,
      code: "LB_NO_TARGET",
      id: arn,
      because,
      source,
    };
    return [toWorkload(door, workload, door.entryPorts.from, [gate])];
  });
}

const linksCall = "apigatewayv2:GetVpcLinks";

function linkNamed(id: string, snapshot: Snapshot): Node | undefined {
  return listed(snapshot, linksCall, "Items").find((each) => text(each, "VpcLinkId") === id);
}

function behindLink(
  door: Door,
  target: Extract<ApiTarget, { kind: "balancers" }>,
  land: OriginLand,
): Approach[] {
  const older = listed(land.network.snapshot, "apigateway:GetVpcLinks", "items").find(
    (each) => text(each, "id") === target.link,
  );
  const named = target.balancer === undefined ? [] : [target.balancer];
  const arns = older ? texts(older, "targetArns") : named;
  const link = older ? privateLink(land.network) : linkTo(target.link, land.network);
  return arns.flatMap((arn) => {
    const balancer = land.balancers.get(arn);
    return balancer ? toBalancer(door, balancer, target.port, link, land) : [];
  });
}

/** The second generation places interfaces into subnets; the balancer sees their addresses and groups. */
function linkTo(id: string, network: AwsNetwork): Link {
  const { snapshot } = network;
  const found = linkNamed(id, snapshot);
  if (!found) return missingLink(id, snapshot, network);
  const groups = texts(found, "SecurityGroupIds");
  const footholds = texts(found, "SubnetIds").map((subnet) => footholdIn(network, subnet, groups));
  const status = text(found, "VpcLinkStatus") ?? "AVAILABLE";
  const dead = status === "FAILED" || status === "DELETING";
  return footholdLink(network, footholds, () =>
    dead ? [stateOf(id, `the VPC link ${id} is ${status.toLowerCase()}`, found)] : [],
  );
}

function stateOf(id: string, because: string, node: Node): Gate {
  return {
    kind: "state",
    code: "FRONTEND_DISABLED",
    id,
    rule: id,
    open: false,
    because,
    source: sourceOf(node),
  };
}

function missingLink(id: string, snapshot: Snapshot, network: AwsNetwork): Link {
  const unread = gapIn(snapshot, linksCall);
  const gate = (node: BalancerNode): Gate =>
    unread
      ? {
          kind: "unread",
          limit: false,
          code: "LB_SG_NO_MATCH",
          id,
          because: `${linksCall} was not read: where ${id} is placed is unknown`,
          source: sourceOf(node.node),
        }
      : stateOf(id, `the VPC link ${id} does not exist`, node.node);
  return {
    legs: (balancer, node, port) => [
      {
        family: "ipv4",
        from: { addresses: [], groups: [] },
        to: { addresses: [], groups: [] },
        port,
        own: [gate(node)],
        stop: {
          kind: "balancer",
          id: balancer.name,
          because: `${node.id} is a node of ${balancer.name}`,
          source: sourceOf(balancer.node),
        },
      },
    ],
    seen: { addresses: network.subnets.values().next().value?.cidrs ?? [], groups: [] },
  };
}

/** Addresses that PrivateLink shows to a balancer's groups. */
const privateLinkSender = "100.64.0.1";

/**
 * The first generation comes over PrivateLink: targets see the balancer's own nodes, and its groups are asked unless that
 * is switched off. https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html
 */
function privateLink(network: AwsNetwork): Link {
  return {
    legs: (balancer: Balancer, node: BalancerNode, port: number): Leg[] => {
      const asked =
        text(balancer.node, "EnforceSecurityGroupInboundRulesOnPrivateLinkTraffic") !== "off";
      const end = balancerEnd(balancer, node);
      const key = `privatelink|${node.subnet}|${balancer.groups.join(",")}`;
      const chain = network.chain(key, () =>
        groupGates(network, end.groups, "LB_SG_NO_MATCH", end.node),
      );
      return [
        {
          family: "ipv4",
          from: { addresses: [privateLinkSender], groups: [] },
          to: { addresses: [], groups: [] },
          port,
          own: [],
          ...(asked && { chain }),
          stop: {
            kind: "balancer",
            id: balancer.name,
            because: `${node.id} is a node of ${balancer.name}`,
            source: sourceOf(balancer.node),
          },
        },
      ];
    },
    seen: "node",
  };
}

export function itemsIn(pages: readonly Node[] | undefined, key: string): Node[] {
  return (pages ?? []).flatMap((page) => items(page, key));
}
