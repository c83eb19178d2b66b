import type { PortRange } from "../../src/model/exposure.ts";
import type { Approach, Gate } from "../../src/model/network.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, listed, number, pagesOf, sourceOf, text, type Node } from "../reader.ts";
import { itemsIn } from "./api-targets.ts";
import {
  footholdIn,
  footholdLegs,
  footholdLink,
  interfaceEnd,
  originSenders,
  type Foothold,
} from "./door-links.ts";
import { doorLeg, finished, toBalancer, type Door } from "./front-doors.ts";
import { gatewayGate, vpcOf } from "./network.ts";
import { asleep, stopAt, type OriginLand } from "./origins.ts";
import { gapIn, pagesBy } from "./pages.ts";
import { publicAccessGate } from "./public-access-block.ts";

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-vpc-origins.html */
export function ontoVpcOrigin(door: Door, id: string, land: OriginLand): Approach[] {
  const origin = vpcOriginOf(land.network.snapshot, id);
  if (!origin) return [];
  const { arn, node, unread } = origin;
  const { port, tls } = portOf(node, door.entryPorts);
  const asked = unread ? unsure(door, id, node) : door;
  const balancer = land.balancers.get(arn);
  if (!balancer) return ontoMachine(asked, origin, port, tls, land);
  const footholds = footholdsOf(id, text(balancer.node, "VpcId") ?? "", balancer.nodes, land);
  const link = footholdLink(land.network, footholds, (each) => entryGates(land, each));
  const ports = unread ? balancer.listeners.map((each) => each.port) : [port];
  return ports.flatMap((each) => toBalancer(asked, balancer, each, link, land));
}

interface VpcOrigin {
  readonly id: string;
  readonly arn: string;
  readonly node: Node;
  /** The list names the origin, but the answer with its ports was not read. */
  readonly unread: boolean;
}

function vpcOriginOf(snapshot: Snapshot, id: string): VpcOrigin | undefined {
  const page = pagesBy(snapshot, "cloudfront:GetVpcOrigin", "Id").get(id)?.[0];
  const whole = page && at(page, "VpcOrigin");
  const config = whole && at(whole, "VpcOriginEndpointConfig");
  const summary = pagesOf(snapshot, "cloudfront:ListVpcOrigins")
    .flatMap((each) => itemsIn([at(each, "VpcOriginList") ?? each], "Items"))
    .find((each) => text(each, "Id") === id);
  const arn = (config && text(config, "Arn")) ?? (summary && text(summary, "OriginEndpointArn"));
  const node = config ?? summary;
  if (arn === undefined || !node) return undefined;
  const unread = !config && gapIn(snapshot, "cloudfront:GetVpcOrigin", { Id: id }) !== undefined;
  return { id, arn, node, unread };
}

/** Nothing enters a VPC that has no gateway or blocks public access. */
export function entryGates(
  { network }: OriginLand,
  { subnet, node }: { readonly subnet: string; readonly node: Node },
): Gate[] {
  return [
    gatewayGate(network, subnet, node),
    publicAccessGate(network.snapshot, subnet, vpcOf(network, subnet, node), node),
  ];
}

function ontoMachine(
  door: Door,
  { id, arn }: VpcOrigin,
  port: number,
  tls: Approach["backendTls"],
  land: OriginLand,
): Approach[] {
  const own = land.interfaces.byInstance.get(arn.split("/").at(-1) ?? "")?.[0];
  const workload = own?.instance === undefined ? undefined : land.workloads.get(own.instance);
  if (!own || !workload) return [];
  const footholds = footholdsOf(id, own.vpc, [own], land);
  const stop = stopAt(own, workload);
  const first = entryGates(land, own);
  return footholdLegs(land.network, footholds, interfaceEnd(own), port, stop, first).map((leg) =>
    finished(door, workload, [leg, ...asleep(workload)], tls),
  );
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
export function footholdsOf(
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
    return seen.map((each) =>
      Object.assign(
        {
          subnet: each.subnet,
          addresses: each.addresses.map((own) => own.private).concat(outside),
          groups: each.groups.length > 0 ? each.groups : groups,
        },
        unread !== undefined && { unread },
      ),
    );
  return [...new Set(near.map(({ subnet }) => subnet))].map((subnet) =>
    Object.assign(
      {},
      unread !== undefined && { unread },
      footholdIn(network, subnet, groups, outside),
    ),
  );
}

/** Ports by the origin's protocol policy; `match-viewer` follows the client. */
export function portOf(config: Node, entry: PortRange): { port: number; tls: "http" | "https" } {
  const policy = text(config, "OriginProtocolPolicy") ?? "match-viewer";
  const plain = policy === "http-only" || (policy === "match-viewer" && entry.from === 80);
  return plain
    ? { port: number(config, "HTTPPort") ?? 80, tls: "http" }
    : { port: number(config, "HTTPSPort") ?? 443, tls: "https" };
}
