import type { Json, JsonObject } from "../../src/model/json.ts";
import type { Dice } from "./dice.ts";
import { cidrs4, cidrs6, workloads } from "./random-pools.ts";

export const arns = {
  alb: "arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/app/alb/1",
  nlb: "arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/net/nlb/2",
} as const;

export function targetGroup(
  d: Dice,
  arn: string,
  network: boolean,
): { group: JsonObject; health: JsonObject; attributes: JsonObject } {
  const TargetType = d.pick(["instance", "ip"]);
  const Protocol = network ? d.pick(["TCP", "TCP", "UDP", "TCP_UDP"]) : "HTTP";
  const target = (id: string, n: number): Json => ({
    Target: {
      Id: TargetType === "ip" ? (d.chance(0.8) ? addressOf(n) : `10.0.1.${200 + n}`) : id,
      ...(d.chance(0.7) && { Port: d.pick([8000, 8080, 3000]) }),
    },
    TargetHealth: {
      State: d.pick([
        "healthy",
        "healthy",
        "healthy",
        "healthy",
        "unhealthy",
        "unused",
        "draining",
      ]),
    },
  });
  const preserve = d.pick(["true", "false", ""]);
  const cross = d.pick(["true", "false", "use_load_balancer_configuration", ""]);
  return {
    group: {
      TargetGroupArn: arn,
      TargetGroupName: arn,
      VpcId: "vpc-1",
      Protocol,
      Port: 8000,
      TargetType,
      IpAddressType: "ipv4",
      LoadBalancerArns: [network ? arns.nlb : arns.alb],
    },
    health: { TargetHealthDescriptions: d.some(workloads, 0.9).map(target) },
    attributes: {
      Attributes: [
        ...(network && preserve !== ""
          ? [{ Key: "preserve_client_ip.enabled", Value: preserve }]
          : []),
        ...(cross === "" ? [] : [{ Key: "load_balancing.cross_zone.enabled", Value: cross }]),
      ],
    },
  };
}

const addressOf = (n: number): string => `10.0.${n === 0 ? 1 : 2}.${10 + n}`;

export function forward(d: Dice): JsonObject {
  const [a, b] = [{ TargetGroupArn: "tg-1" }, { TargetGroupArn: "tg-2" }];
  if (d.chance(0.2)) return { Type: "redirect" };
  if (d.chance(0.6)) return { Type: "forward", ...d.pick([a, b]) };
  const weight = (): { Weight: number } => ({ Weight: d.pick([0, 1, 5]) });
  return {
    Type: "forward",
    ForwardConfig: {
      TargetGroups: [
        { ...a, ...weight() },
        { ...b, ...weight() },
      ],
    },
  };
}

export function condition(d: Dice): JsonObject {
  return d.pick<JsonObject>([
    { Field: "source-ip", SourceIpConfig: { Values: [d.pick(cidrs4), d.pick(cidrs6)] } },
    { Field: "host-header", HostHeaderConfig: { Values: [d.pick(["a.example.com", "*"])] } },
    { Field: "path-pattern", PathPatternConfig: { Values: [d.pick(["/mcp", "/*"])] } },
  ]);
}
