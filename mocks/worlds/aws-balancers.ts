import type { Json, JsonObject } from "../../src/model/json.ts";
import { account } from "./aws-network.ts";

/** An internet-facing balancer with one listener that forwards to one target. */
export interface Balancer {
  readonly name: string;
  readonly type: "application" | "network";
  readonly at: string;
  readonly vpc: string;
  readonly dns: string;
  readonly port: number;
  readonly targetPort: number;
  readonly target: string;
  readonly group?: string;
  readonly nodes: readonly {
    readonly subnet: string;
    readonly zone: string;
    readonly address: string;
    readonly publicAddress: string;
  }[];
}

/** Suffix of the balancer's ARN: `app/web/1234`. */
const pathOf = ({ type, name }: Balancer) =>
  `${type === "application" ? "app" : "net"}/${name}/50dc6c495c0c9188`;

export function balancerInterfaces(balancer: Balancer): JsonObject[] {
  const { type, vpc, name, group, nodes } = balancer;
  const application = type === "application";
  return nodes.map(({ subnet, zone, address, publicAddress }, index) => {
    const Association = {
      PublicIp: publicAddress,
      IpOwnerId: application ? "amazon-elb" : "amazon",
    };
    return {
      NetworkInterfaceId: `eni-${name}-${index}`,
      SubnetId: `subnet-${vpc}-${subnet}`,
      VpcId: `vpc-${vpc}`,
      OwnerId: account,
      AvailabilityZone: zone,
      InterfaceType: application ? "interface" : "network_load_balancer",
      Status: "in-use",
      SourceDestCheck: application,
      Description: `ELB ${pathOf(balancer)}`,
      PrivateIpAddress: address,
      Association,
      PrivateIpAddresses: [{ Primary: true, PrivateIpAddress: address, Association }],
      Ipv6Addresses: [],
      Groups: group === undefined ? [] : [{ GroupId: `sg-${group}`, GroupName: group }],
      RequesterManaged: true,
      RequesterId: "amazon-elb",
      TagSet: [],
      Attachment: {
        AttachmentId: `eni-attach-${name}-${index}`,
        Status: "attached",
        DeviceIndex: 1,
        DeleteOnTermination: false,
        InstanceOwnerId: "amazon-elb",
      },
    };
  });
}

/** The answers of all elbv2 calls about some balancers. */
export function balancing(balancers: readonly Balancer[]): { readonly [command: string]: Json } {
  const arn = (kind: string, balancer: Balancer, tail = "") =>
    `arn:aws:elasticloadbalancing:${balancer.at}:${account}:${kind}/${pathOf(balancer)}${tail}`;
  const group = ({ at, name }: Balancer) =>
    `arn:aws:elasticloadbalancing:${at}:${account}:targetgroup/tg-${name}/73e2d6bc24d8a067`;
  const forward = (balancer: Balancer) => ({
    Type: "forward",
    TargetGroupArn: group(balancer),
    ForwardConfig: {
      TargetGroups: [{ TargetGroupArn: group(balancer), Weight: 1 }],
      TargetGroupStickinessConfig: { Enabled: false },
    },
  });
  const protocol = ({ type }: Balancer) => (type === "application" ? "HTTP" : "TCP");
  const map = (key: (balancer: Balancer) => string, value: (balancer: Balancer) => Json) =>
    Object.fromEntries(balancers.map((balancer) => [key(balancer), value(balancer)]));
  return {
    DescribeLoadBalancers: {
      LoadBalancers: balancers.map((balancer) => ({
        LoadBalancerArn: arn("loadbalancer", balancer),
        LoadBalancerName: balancer.name,
        Type: balancer.type,
        Scheme: "internet-facing",
        VpcId: `vpc-${balancer.vpc}`,
        State: { Code: "active" },
        IpAddressType: "ipv4",
        DNSName: balancer.dns,
        SecurityGroups: balancer.group === undefined ? [] : [`sg-${balancer.group}`],
        AvailabilityZones: balancer.nodes.map(({ subnet, zone, publicAddress }) => ({
          SubnetId: `subnet-${balancer.vpc}-${subnet}`,
          ZoneName: zone,
          LoadBalancerAddresses: balancer.type === "network" ? [{ IpAddress: publicAddress }] : [],
        })),
      })),
    },
    DescribeLoadBalancerAttributes: map(
      (balancer) => arn("loadbalancer", balancer),
      ({ type }) => ({
        Attributes: [
          { Key: "load_balancing.cross_zone.enabled", Value: String(type === "application") },
        ],
      }),
    ),
    DescribeListeners: map(
      (balancer) => arn("loadbalancer", balancer),
      (balancer) => ({
        Listeners: [
          {
            ListenerArn: arn("listener", balancer, "/f2f7dc8efc522ab2"),
            LoadBalancerArn: arn("loadbalancer", balancer),
            Port: balancer.port,
            Protocol: protocol(balancer),
            DefaultActions: [forward(balancer)],
          },
        ],
      }),
    ),
    DescribeRules: map(
      (balancer) => arn("listener", balancer, "/f2f7dc8efc522ab2"),
      (balancer) => ({
        Rules: [
          {
            RuleArn: arn("listener-rule", balancer, "/f2f7dc8efc522ab2/default"),
            Priority: "default",
            Conditions: [],
            Actions: [forward(balancer)],
            IsDefault: true,
          },
        ],
      }),
    ),
    DescribeTargetGroups: {
      TargetGroups: balancers.map((balancer) => ({
        TargetGroupArn: group(balancer),
        TargetGroupName: `tg-${balancer.name}`,
        Protocol: protocol(balancer),
        Port: balancer.targetPort,
        VpcId: `vpc-${balancer.vpc}`,
        TargetType: "instance",
        IpAddressType: "ipv4",
        HealthCheckEnabled: true,
        HealthCheckProtocol: protocol(balancer),
        HealthCheckPort: "traffic-port",
        LoadBalancerArns: [arn("loadbalancer", balancer)],
      })),
    },
    DescribeTargetGroupAttributes: map(group, ({ type }) => ({
      Attributes: [
        { Key: "load_balancing.cross_zone.enabled", Value: "use_load_balancer_configuration" },
        ...(type === "network" ? [{ Key: "preserve_client_ip.enabled", Value: "true" }] : []),
      ],
    })),
    DescribeTargetHealth: map(group, ({ target, targetPort }) => ({
      TargetHealthDescriptions: [
        {
          Target: { Id: target, Port: targetPort },
          HealthCheckPort: String(targetPort),
          TargetHealth: { State: "healthy" },
        },
      ],
    })),
  };
}
