import type { IpFamily } from "../../src/model/exposure.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, items, listed, number, text, texts, type Node } from "../reader.ts";
import { gapIn, pagesBy } from "./pages.ts";

export interface Target {
  readonly id: string;
  readonly port: number;
  /** Zone the registration names; `all` = outside the VPC. */
  readonly zone?: string;
  readonly state: "healthy" | "unhealthy" | "unused" | "draining";
  readonly node: Node;
}

export interface TargetGroup {
  readonly arn: string;
  readonly name: string;
  readonly vpc: string;
  readonly protocol: string;
  readonly port: number;
  readonly type: "instance" | "ip" | "lambda" | "alb";
  readonly family: IpFamily;
  readonly balancers: readonly string[];
  readonly attributes: ReadonlyMap<string, string>;
  /** Attributes could not be read: the defaults are assumed. */
  readonly assumption?: string;
  readonly targets: readonly Target[];
  readonly node: Node;
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetHealth.html */
const states: Readonly<Record<string, Target["state"]>> = {
  healthy: "healthy",
  "unhealthy.draining": "unhealthy",
  unhealthy: "unhealthy",
  initial: "unhealthy",
  unused: "unused",
  draining: "draining",
  unavailable: "healthy",
};

const attributesCall = "elbv2:DescribeTargetGroupAttributes";

export function targetGroups(snapshot: Snapshot): Map<string, TargetGroup> {
  const health = pagesBy(snapshot, "elbv2:DescribeTargetHealth", "TargetGroupArn");
  const settings = pagesBy(snapshot, attributesCall, "TargetGroupArn");
  const out = new Map<string, TargetGroup>();
  for (const node of listed(snapshot, "elbv2:DescribeTargetGroups", "TargetGroups")) {
    const arn = text(node, "TargetGroupArn");
    if (arn === undefined) continue;
    const port = number(node, "Port") ?? 0;
    const name = text(node, "TargetGroupName") ?? arn;
    const own = settings.get(arn);
    const unread =
      !own && gapIn(snapshot, attributesCall, { TargetGroupArn: arn }, node.page.region);
    out.set(arn, {
      arn,
      name,
      vpc: text(node, "VpcId") ?? "",
      protocol: text(node, "Protocol") ?? "",
      port,
      type: typeOf(text(node, "TargetType")),
      family: text(node, "IpAddressType") === "ipv6" ? "ipv6" : "ipv4",
      balancers: texts(node, "LoadBalancerArns"),
      attributes: attributesOf(own ?? []),
      ...(unread && {
        assumption: `${attributesCall} was not read: ${name} is taken to have default attributes`,
      }),
      targets: (health.get(arn) ?? [])
        .flatMap((page) => items(page, "TargetHealthDescriptions"))
        .flatMap((each) => toTarget(each, port)),
      node,
    });
  }
  return out;
}

export function attributesOf(pages: readonly Node[]): Map<string, string> {
  return new Map(
    pages
      .flatMap((page) => items(page, "Attributes"))
      .flatMap((each): [string, string][] => {
        const key = text(each, "Key");
        return key === undefined ? [] : [[key, text(each, "Value") ?? ""]];
      }),
  );
}

/**
 * Whether targets see the client's own address. Off by default for IP targets over TCP and TLS, always on for UDP and for
 * application balancers as targets. https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html
 */
export function preservesClient({ type, protocol, attributes }: TargetGroup): boolean {
  if (type === "alb" || /UDP|QUIC/.test(protocol)) return true;
  const setting = attributes.get("preserve_client_ip.enabled");
  return setting === undefined ? type !== "ip" : setting === "true";
}

const least = "target_group_health.unhealthy_state_routing.minimum_healthy_targets";

/**
 * Whether so few targets are healthy that the unhealthy ones are served too: by default, none.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health.html
 */
export function failsOpen({ targets, attributes }: TargetGroup): boolean {
  const healthy = targets.filter(({ state }) => state === "healthy").length;
  const served = targets.filter(({ state }) => state === "healthy" || state === "unhealthy").length;
  const [count, share] = ["count", "percentage"].map((key) =>
    Number(attributes.get(`${least}.${key}`)),
  );
  return healthy < (count || 1) || healthy * 100 < (share || 0) * served;
}

function toTarget(description: Node, fallback: number): Target[] {
  const target = at(description, "Target");
  const health = at(description, "TargetHealth");
  const id = target && text(target, "Id");
  if (!target || id === undefined) return [];
  const zone = text(target, "AvailabilityZone");
  return [
    {
      id,
      port: number(target, "Port") ?? fallback,
      ...(zone !== undefined && { zone }),
      state: states[(health && text(health, "State")) ?? "healthy"] ?? "healthy",
      node: description,
    },
  ];
}

function typeOf(text_: string | undefined): TargetGroup["type"] {
  return text_ === "ip" || text_ === "lambda" || text_ === "alb" ? text_ : "instance";
}
