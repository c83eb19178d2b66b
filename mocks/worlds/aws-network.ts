import type { JsonObject } from "../../src/model/json.ts";

/** Pieces of an AWS estate in the shape of the SDK's output; ids are derived from names, so a world reads like a sketch. */
export const account = "111122223333";

export function network(vpc: string, at: string, cidrs: { readonly [subnet: string]: string }) {
  const publicSubnets = Object.keys(cidrs).filter((name) => name.startsWith("public"));
  const subnetId = (name: string) => `subnet-${vpc}-${name}`;
  return {
    DescribeVpcs: {
      Vpcs: [
        {
          VpcId: `vpc-${vpc}`,
          OwnerId: account,
          CidrBlock: "10.0.0.0/16",
          IsDefault: false,
          State: "available",
          CidrBlockAssociationSet: [
            { CidrBlock: "10.0.0.0/16", CidrBlockState: { State: "associated" } },
          ],
          Ipv6CidrBlockAssociationSet: [],
          Tags: [{ Key: "Name", Value: vpc }],
        },
      ],
    },
    DescribeSubnets: {
      Subnets: Object.entries(cidrs).map(([name, CidrBlock], index) => ({
        SubnetId: subnetId(name),
        VpcId: `vpc-${vpc}`,
        OwnerId: account,
        CidrBlock,
        State: "available",
        SubnetArn: `arn:aws:ec2:${at}:${account}:subnet/${subnetId(name)}`,
        AvailabilityZone: `${at}${"abc"[index % 3] ?? "a"}`,
        MapPublicIpOnLaunch: name.startsWith("public"),
        Ipv6CidrBlockAssociationSet: [],
      })),
    },
    DescribeInternetGateways: {
      InternetGateways: [
        {
          InternetGatewayId: `igw-${vpc}`,
          OwnerId: account,
          Attachments: [{ VpcId: `vpc-${vpc}`, State: "available" }],
        },
      ],
    },
    DescribeRouteTables: {
      RouteTables: [
        routeTable(vpc, "main", [{ Main: true }], false),
        routeTable(
          vpc,
          "public",
          publicSubnets.map((name) => ({ Main: false, SubnetId: subnetId(name) })),
          true,
        ),
      ],
    },
    DescribeNetworkAcls: {
      NetworkAcls: [
        {
          NetworkAclId: `acl-${vpc}`,
          VpcId: `vpc-${vpc}`,
          OwnerId: account,
          IsDefault: true,
          Associations: Object.keys(cidrs).map((name) => ({
            SubnetId: subnetId(name),
            NetworkAclId: `acl-${vpc}`,
            NetworkAclAssociationId: `aclassoc-${vpc}-${name}`,
          })),
          Entries: [true, false].flatMap((Egress) => [
            {
              RuleNumber: 100,
              Egress,
              RuleAction: "allow",
              Protocol: "-1",
              CidrBlock: "0.0.0.0/0",
            },
            {
              RuleNumber: 32767,
              Egress,
              RuleAction: "deny",
              Protocol: "-1",
              CidrBlock: "0.0.0.0/0",
            },
          ]),
        },
      ],
    },
    DescribeVpcBlockPublicAccessOptions: {
      VpcBlockPublicAccessOptions: {
        AwsAccountId: account,
        AwsRegion: at,
        State: "default-state",
        InternetGatewayBlockMode: "off",
        ManagedBy: "account",
        ExclusionsAllowed: "allowed",
      },
    },
    DescribeVpcBlockPublicAccessExclusions: { VpcBlockPublicAccessExclusions: [] },
  };
}

function routeTable(
  vpc: string,
  name: string,
  associations: readonly JsonObject[],
  toInternet: boolean,
): JsonObject {
  const id = `rtb-${vpc}-${name}`;
  const local = {
    State: "active",
    Origin: "CreateRouteTable",
    DestinationCidrBlock: "10.0.0.0/16",
    GatewayId: "local",
  };
  const open = {
    State: "active",
    Origin: "CreateRoute",
    DestinationCidrBlock: "0.0.0.0/0",
    GatewayId: `igw-${vpc}`,
  };
  return {
    RouteTableId: id,
    VpcId: `vpc-${vpc}`,
    OwnerId: account,
    PropagatingVgws: [],
    Associations: associations.map((association, index) => ({
      ...association,
      RouteTableId: id,
      RouteTableAssociationId: `rtbassoc-${vpc}-${name}-${index}`,
      AssociationState: { State: "associated" },
    })),
    Routes: toInternet ? [local, open] : [local],
  };
}
