import { ipFamilies, type IpFamily, type PortRange } from "../../src/model/exposure.ts";
import type { Approach, Gate } from "../../src/model/network.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import {
  at,
  flag,
  items,
  listed,
  number,
  pagesOf,
  sourceOf,
  text,
  texts,
  type Node,
} from "../reader.ts";
import { itemsIn } from "./api-targets.ts";
import type { BalancerNode } from "./balancers.ts";
import {
  footholdIn,
  footholdLegs,
  footholdLink,
  interfaceEnd,
  originSenders,
  type Foothold,
} from "./door-links.ts";
import { doorLeg, finished, shut, toBalancer, toWorkload, type Door } from "./front-doors.ts";
import { admitsDistribution, urlEffect, type FunctionUrl } from "./function-urls.ts";
import { gatewayGate, vpcOf } from "./network.ts";
import { asleep, originApproaches, stopAt, type OriginLand } from "./origins.ts";
import { gapIn, pagesBy } from "./pages.ts";
import { publicAccessGate } from "./public-access-block.ts";

/** Ways through CloudFront. https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_DistributionSummary.html */
export function distributionApproaches(snapshot: Snapshot, land: OriginLand): Approach[] {
  return pagesOf(snapshot, "cloudfront:ListDistributions")
    .flatMap((page) => itemsIn([at(page, "DistributionList") ?? page], "Items"))
    .flatMap((node) => throughDistribution(node, land));
}

function throughDistribution(node: Node, land: OriginLand): Approach[] {
  const host = text(node, "DomainName");
  const id = text(node, "Id");
  if (host === undefined || id === undefined) return [];
  const origins = new Map(
    listIn(node, "Origins").map((each) => [text(each, "Id") ?? "", each] as const),
  );
  const groups = new Map(
    listIn(node, "OriginGroups").map((each) => [
      text(each, "Id") ?? "",
      listIn(each, "Members").flatMap((member) => text(member, "OriginId") ?? []),
    ]),
  );
  const fallback = at(node, "DefaultCacheBehavior");
  const behaviours = [...listIn(node, "CacheBehaviors"), ...(fallback ? [fallback] : [])];
  return behaviours.flatMap((behaviour) => {
    const target = text(behaviour, "TargetOriginId") ?? "";
    return (groups.get(target) ?? [target])
      .flatMap((name) => origins.get(name) ?? [])
      .flatMap((origin) =>
        entriesOf(behaviour).flatMap((entry) =>
          familiesOf(node).flatMap((family) =>
            ontoOrigin(doorOf(node, host, id, behaviour, entry, family), origin, node, land),
          ),
        ),
      );
  });
}

function listIn(node: Node, key: string): Node[] {
  const list = at(node, key);
  return list ? items(list, "Items") : [];
}

function familiesOf(node: Node): readonly IpFamily[] {
  return flag(node, "IsIPV6Enabled") === true ? ipFamilies : ["ipv4"];
}

/** A redirect to HTTPS never reaches the origin. */
function entriesOf(behaviour: Node): number[] {
  return text(behaviour, "ViewerProtocolPolicy") === "allow-all" ? [80, 443] : [443];
}

function doorOf(
  node: Node,
  host: string,
  id: string,
  behaviour: Node,
  entry: number,
  family: IpFamily,
): Door {
  const off = flag(node, "Enabled") === false;
  const own: Gate[] = off ? [shut("FRONTEND_DISABLED", id, `${id} is disabled`, node)] : [];
  const aliases = at(node, "Aliases");
  const path = text(behaviour, "PathPattern");
  const acl = text(node, "WebACLId") ?? "";
  const ports: PortRange = { from: entry, to: entry };
  return {
    family,
    protocol: ["tcp"],
    via: [host],
    legs: [doorLeg(family, host, node, own, `${id} serves ${host}`)],
    entry: {
      address: host,
      hosts: aliases ? texts(aliases, "Items") : [],
      paths: path === undefined || path === "*" ? [] : [path.startsWith("/") ? path : `/${path}`],
      tls: entry === 443 ? "https" : "http",
    },
    entryPorts: ports,
    authGate: gateOf(node, behaviour),
    assumptions: [
      ...(acl === ""
        ? []
        : [`the web ACL of ${id} is not evaluated: it is taken to let requests pass`]),
      ...restrictions(node, id),
    ],
  };
}

function gateOf(node: Node, behaviour: Node): Door["authGate"] {
  const signed = ["TrustedKeyGroups", "TrustedSigners"].some((key) => {
    const list = at(behaviour, key);
    return list !== undefined && flag(list, "Enabled") === true;
  });
  if (signed) return "signed-url";
  const mtls = at(node, "ViewerMtlsConfig");
  return mtls && text(mtls, "Mode") === "required" ? "mtls" : "none";
}

function restrictions(node: Node, id: string): string[] {
  const all = at(node, "Restrictions");
  const geo = all && at(all, "GeoRestriction");
  const type = geo && text(geo, "RestrictionType");
  return type === undefined || type === "none"
    ? []
    : [`${id} admits clients of some countries only`];
}

/** Ports by the origin's protocol policy; `match-viewer` follows the client. */
function portOf(config: Node, entry: PortRange): { port: number; tls: "http" | "https" } {
  const policy = text(config, "OriginProtocolPolicy") ?? "match-viewer";
  const plain = policy === "http-only" || (policy === "match-viewer" && entry.from === 80);
  return plain
    ? { port: number(config, "HTTPPort") ?? 80, tls: "http" }
    : { port: number(config, "HTTPSPort") ?? 443, tls: "https" };
}

function ontoOrigin(door: Door, origin: Node, distribution: Node, land: OriginLand): Approach[] {
  const inside = at(origin, "VpcOriginConfig");
  const vpcOrigin = inside && text(inside, "VpcOriginId");
  if (vpcOrigin !== undefined) return ontoVpcOrigin(door, vpcOrigin, land);
  const custom = at(origin, "CustomOriginConfig");
  const host = text(origin, "DomainName");
  if (!custom || host === undefined) return [];
  const signs = (text(origin, "OriginAccessControlId") ?? "") !== "";
  const arn = text(distribution, "ARN") ?? "";
  const sender = originSenders(land.network, "cloudfront");
  const onto = (url: FunctionUrl, from: Door): Approach[] =>
    ontoUrl(url, from, signs ? arn : undefined);
  return originApproaches(door, { host, ...portOf(custom, door.entryPorts), sender, onto }, land);
}

/** With an access control the distribution signs for everyone who asks it, so the function's own gate is passed. */
function ontoUrl(url: FunctionUrl, door: Door, signer: string | undefined): Approach[] {
  const via = [...door.via, "lambda-url"];
  if (url.auth === "NONE" || signer === undefined) {
    const { gates, assumptions = [] } = urlEffect(url, door.family);
    const authGate = url.auth === "NONE" ? door.authGate : "iam";
    const all = { ...door, via, authGate, assumptions: [...door.assumptions, ...assumptions] };
    return [toWorkload(all, url.workload, 443, gates)];
  }
  const admits = admitsDistribution(url, signer);
  const { name } = url.workload;
  const because = `the resource policy of ${name} does not admit ${signer}`;
  const code = "RESOURCE_POLICY_NOT_PUBLIC";
  const gates: Gate[] =
    admits === true
      ? []
      : admits === false
        ? [shut(code, name, because, url.node)]
        : [
            {
              kind: "unread",
              limit: true,
              code,
              id: name,
              because: `whether the resource policy of ${name} admits ${signer} is unknown`,
              source: sourceOf(url.node),
            },
          ];
  return [toWorkload({ ...door, via }, url.workload, 443, gates)];
}

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html */
function ontoVpcOrigin(door: Door, id: string, land: OriginLand): Approach[] {
  const { network, balancers, interfaces, workloads } = land;
  const { snapshot } = network;
  const page = pagesBy(snapshot, "cloudfront:GetVpcOrigin", "Id").get(id)?.[0];
  const whole = page && at(page, "VpcOrigin");
  const config = whole && at(whole, "VpcOriginEndpointConfig");
  const summary = pagesOf(snapshot, "cloudfront:ListVpcOrigins")
    .flatMap((each) => itemsIn([at(each, "VpcOriginList") ?? each], "Items"))
    .find((each) => text(each, "Id") === id);
  const arn = (config && text(config, "Arn")) ?? (summary && text(summary, "OriginEndpointArn"));
  if (arn === undefined) return [];
  const unread = !config && gapIn(snapshot, "cloudfront:GetVpcOrigin", { Id: id });
  const where = config ?? summary;
  if (!where) return [];
  const { port: told, tls } = portOf(where, door.entryPorts);
  const asked = unread ? unsure(door, id, where) : door;
  const balancer = balancers.get(arn);
  if (balancer) {
    const vpc = text(balancer.node, "VpcId") ?? "";
    const footholds = footholdsOf(id, vpc, balancer.nodes, land);
    const first = (node: BalancerNode): Gate[] => [
      gatewayGate(network, node.subnet, node.node),
      publicAccessGate(snapshot, node.subnet, vpcOf(network, node.subnet, node.node), node.node),
    ];
    const link = footholdLink(network, footholds, first);
    const ports = unread ? balancer.listeners.map(({ port }) => port) : [told];
    return ports.flatMap((port) => toBalancer(asked, balancer, port, link, land));
  }
  const own = interfaces.byInstance.get(arn.split("/").at(-1) ?? "")?.[0];
  const workload = own?.instance === undefined ? undefined : workloads.get(own.instance);
  if (!own || !workload) return [];
  const first = [
    gatewayGate(network, own.subnet, own.node),
    publicAccessGate(snapshot, own.subnet, own.vpc, own.node),
  ];
  const end = interfaceEnd(own);
  const legs = footholdLegs(
    network,
    footholdsOf(id, own.vpc, [own], land),
    end,
    told,
    stopAt(own, workload),
    first,
  );
  return legs.map((leg) => finished(asked, workload, [leg, ...asleep(workload)], tls));
}

/** Which port the origin is dialled on is in an answer that was not read. */
function unsure(door: Door, id: string, node: Node): Door {
  const gate: Gate = {
    kind: "unread",
    limit: false,
    code: "LB_NO_LISTENER",
    id,
    because: `cloudfront:GetVpcOrigin was not read: the port that ${id} dials is unknown`,
    source: sourceOf(node),
  };
  const because = `${id} is the origin`;
  return { ...door, legs: [...door.legs, doorLeg(door.family, id, node, [gate], because)] };
}

/** CloudFront's own interfaces in the VPC, and its group there; unseen ones are taken to lie beside the origin. */
function footholdsOf(
  id: string,
  vpc: string,
  near: readonly { readonly subnet: string }[],
  { network, interfaces }: OriginLand,
): Foothold[] {
  const { addresses: outside, unread } = originSenders(network, "cloudfront");
  const seen = interfaces.all.filter(
    (each) =>
      each.vpc === vpc && (each.description.includes(id) || /^CloudFront/i.test(each.description)),
  );
  const groups = listed(network.snapshot, "ec2:DescribeSecurityGroups", "SecurityGroups")
    .filter(
      (each) =>
        text(each, "VpcId") === vpc &&
        text(each, "GroupName") === "CloudFront-VPCOrigins-Service-SG",
    )
    .flatMap((each) => text(each, "GroupId") ?? []);
  if (seen.length > 0)
    return seen.map((each) => ({
      subnet: each.subnet,
      addresses: [...each.addresses.map((own) => own.private), ...outside],
      groups: each.groups.length > 0 ? each.groups : groups,
      ...(unread !== undefined && { unread }),
    }));
  return [...new Set(near.map(({ subnet }) => subnet))].map((subnet) => ({
    ...(unread !== undefined && { unread }),
    ...footholdIn(network, subnet, groups, outside),
  }));
}
