import type { JsonObject } from "../../src/model/json.ts";
import type { Packet, World } from "./brute-raw.ts";
import type { Dice } from "./dice.ts";
import { arns, condition, forward, targetGroup } from "./random-balancers.ts";
import {
  cidrs4,
  cidrs6,
  clients4,
  clients6,
  groupNames,
  lists,
  ports,
  subnetNames,
  workloads,
} from "./random-pools.ts";
import { acl, eni, group, table } from "./random-vpc.ts";

/** A VPC of two subnets with two instances, an application and a network balancer, drawn so that most gates pass. */
export function randomWorld(d: Dice): World {
  const subnets = subnetNames.map((SubnetId, i) => ({
    SubnetId,
    VpcId: "vpc-1",
    CidrBlock: `10.0.${i + 1}.0/24`,
    AvailabilityZone: i === 0 ? "us-east-1a" : "us-east-1b",
    Ipv6CidrBlockAssociationSet: [],
  }));
  const groups = (): JsonObject[] => [
    { GroupId: d.pick(["sg-a", "sg-b"]) },
    ...(d.chance(0.2) ? [{ GroupId: "sg-b" }] : []),
  ];
  const instances = workloads.map((InstanceId, n) =>
    eni(d, n, n === 0 ? "subnet-1" : "subnet-2", {
      Groups: groups(),
      Attachment: { InstanceId, DeviceIndex: 0, Status: "attached" },
    }),
  );
  const lbGroups = { alb: ["sg-lb"], nlb: d.chance(0.5) ? ["sg-lb"] : [] };
  const zones = d.chance(0.8) ? subnetNames : [d.pick(subnetNames)];
  const node = (kind: "alb" | "nlb") => (subnet: string, i: number) =>
    eni(d, (kind === "alb" ? 20 : 30) + i, subnet, {
      Groups: lbGroups[kind].map((GroupId) => ({ GroupId })),
      Description: `ELB ${arns[kind].split("loadbalancer/")[1]}`,
      Attachment: { InstanceOwnerId: "amazon-elb" },
      Ipv6Addresses: [{ Ipv6Address: `2001:db8:2::${i + (kind === "alb" ? 1 : 5)}` }],
    });
  const balancer = (kind: "alb" | "nlb"): JsonObject => ({
    LoadBalancerArn: arns[kind],
    LoadBalancerName: kind,
    Type: kind === "alb" ? "application" : "network",
    Scheme: d.chance(0.9) ? "internet-facing" : "internal",
    IpAddressType: d.pick(["ipv4", "dualstack"]),
    VpcId: "vpc-1",
    SecurityGroups: lbGroups[kind],
    State: { Code: "active" },
    AvailabilityZones: zones.map((SubnetId) => ({
      SubnetId,
      ZoneName: SubnetId === "subnet-1" ? "us-east-1a" : "us-east-1b",
    })),
  });
  const [web, raw] = [targetGroup(d, "tg-1", false), targetGroup(d, "tg-2", false)];
  const net = targetGroup(d, "tg-3", true);
  const rules = Array.from({ length: d.below(4) }, (_, i) => ({
    RuleArn: `rule-${i}`,
    Priority: String(d.pick([9, 10, 100]) + i),
    Conditions: [condition(d), ...(d.chance(0.3) ? [condition(d)] : [])],
    Actions: [forward(d)],
  }));
  return {
    ec2: {
      DescribeVpcs: { Vpcs: [{ VpcId: "vpc-1", CidrBlock: "10.0.0.0/16" }] },
      DescribeSubnets: { Subnets: subnets },
      DescribeInternetGateways: {
        InternetGateways: [
          {
            InternetGatewayId: "igw-1",
            Attachments: d.chance(0.95)
              ? [
                  {
                    VpcId: "vpc-1",
                    State: d.pick([
                      "available",
                      "available",
                      "available",
                      "attached",
                      d.pick(["available", "detaching"]),
                    ]),
                  },
                ]
              : [],
          },
        ],
      },
      DescribeRouteTables: {
        RouteTables: [
          table(d, "rtb-main", { Main: true }),
          ...d
            .some(subnetNames, 0.5)
            .map((SubnetId) => table(d, `rtb-${SubnetId}`, { Main: false, SubnetId })),
        ],
      },
      DescribeNetworkAcls: { NetworkAcls: subnetNames.map((subnet) => acl(d, subnet)) },
      DescribeSecurityGroups: { SecurityGroups: groupNames.map((id) => group(d, id)) },
      DescribeVpcBlockPublicAccessOptions: {
        VpcBlockPublicAccessOptions: {
          InternetGatewayBlockMode: d.pick([
            "off",
            "off",
            "off",
            "off",
            "off",
            "off",
            "off",
            "off",
            "block-ingress",
            "block-bidirectional",
          ]),
        },
      },
      DescribeVpcBlockPublicAccessExclusions: {
        VpcBlockPublicAccessExclusions: d.some([...subnetNames, "vpc-1"], 0.4).map((id) => ({
          ExclusionId: `vpcbpa-${id}`,
          ResourceArn: `arn:aws:ec2:us-east-1:111122223333:${id.split("-")[0]}/${id}`,
          InternetGatewayExclusionMode: d.pick(["allow-bidirectional", "allow-egress"]),
          State: d.pick([
            "create-complete",
            "update-complete",
            "delete-complete",
            "create-in-progress",
          ]),
        })),
      },
      GetManagedPrefixListEntries: Object.fromEntries(
        lists.map((id) => [
          id,
          { Entries: [...d.some(cidrs4, 0.25), ...d.some(cidrs6, 0.3)].map((Cidr) => ({ Cidr })) },
        ]),
      ),
      DescribeNetworkInterfaces: {
        NetworkInterfaces: [...instances, ...zones.map(node("alb")), ...zones.map(node("nlb"))],
      },
      DescribeInstances: {
        Reservations: [
          {
            Instances: workloads.map((InstanceId) => ({
              InstanceId,
              State: {
                Name: d.pick(["running", "running", "running", "running", "pending", "stopped"]),
              },
            })),
          },
        ],
      },
    },
    elbv2: {
      DescribeLoadBalancers: { LoadBalancers: [balancer("alb"), balancer("nlb")] },
      DescribeLoadBalancerAttributes: Object.fromEntries(
        Object.values(arns).map((arn) => [
          arn,
          {
            Attributes:
              d.chance(0.5) && arn === arns.nlb
                ? [{ Key: "load_balancing.cross_zone.enabled", Value: d.pick(["true", "false"]) }]
                : [],
          },
        ]),
      ),
      DescribeListeners: {
        [arns.alb]: {
          Listeners: [
            {
              ListenerArn: "listener-alb",
              Port: 443,
              Protocol: "HTTPS",
              DefaultActions: [forward(d)],
            },
          ],
        },
        [arns.nlb]: {
          Listeners: [
            {
              ListenerArn: "listener-nlb",
              Port: 8080,
              Protocol: net.group["Protocol"] ?? "TCP",
              DefaultActions: [{ Type: "forward", TargetGroupArn: "tg-3" }],
            },
          ],
        },
      },
      DescribeRules: { "listener-alb": { Rules: rules } },
      DescribeTargetGroups: { TargetGroups: [web.group, raw.group, net.group] },
      DescribeTargetGroupAttributes: {
        "tg-1": web.attributes,
        "tg-2": raw.attributes,
        "tg-3": net.attributes,
      },
      DescribeTargetHealth: { "tg-1": web.health, "tg-2": raw.health, "tg-3": net.health },
    },
  };
}

export function randomPacket(d: Dice): Packet {
  const family = d.chance(0.7) ? "ipv4" : "ipv6";
  const via = d.pick(["direct", "alb", "nlb", "nlb"]);
  const port = via === "direct" ? d.pick(ports) : d.pick([8000, 8000, 8000, 8080, 3000]);
  return {
    family,
    client: family === "ipv4" ? d.pick(clients4) : d.pick(clients6),
    protocol: d.chance(via === "alb" ? 0.95 : 0.7) ? "tcp" : "udp",
    workload: d.pick(workloads),
    port,
    via,
    entryPort: via === "direct" ? port : via === "alb" ? 443 : 8080,
  };
}
