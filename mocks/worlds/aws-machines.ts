import type { JsonObject } from "../../src/model/json.ts";
import { account } from "./aws-network.ts";

/** One inbound rule: a port, open to prefixes or to another group. */
export interface Inbound {
  readonly port: number;
  readonly from?: readonly string[];
  readonly group?: string;
}

export function securityGroup(vpc: string, name: string, inbound: readonly Inbound[]): JsonObject {
  return {
    GroupId: `sg-${name}`,
    GroupName: name,
    Description: `${name} of ${vpc}`,
    VpcId: `vpc-${vpc}`,
    OwnerId: account,
    IpPermissions: inbound.map(({ port, from = [], group }) => ({
      IpProtocol: "tcp",
      FromPort: port,
      ToPort: port,
      IpRanges: from.map((CidrIp) => ({ CidrIp })),
      Ipv6Ranges: [],
      PrefixListIds: [],
      UserIdGroupPairs: group === undefined ? [] : [{ GroupId: `sg-${group}`, UserId: account }],
    })),
    IpPermissionsEgress: [
      {
        IpProtocol: "-1",
        IpRanges: [{ CidrIp: "0.0.0.0/0" }],
        Ipv6Ranges: [],
        PrefixListIds: [],
        UserIdGroupPairs: [],
      },
    ],
    Tags: [],
  };
}

/** A machine with one interface. */
export interface Machine {
  readonly id: string;
  readonly name: string;
  readonly vpc: string;
  readonly subnet: string;
  readonly zone: string;
  readonly address: string;
  readonly publicAddress?: string;
  /** Allocation of an elastic address; without it a public address is the subnet's own. */
  readonly elastic?: boolean;
  readonly group: string;
  /** Name of the role and of its instance profile. */
  readonly role?: string;
  readonly tags?: { readonly [key: string]: string };
  readonly imdsv1?: boolean;
}

export function instance(machine: Machine): JsonObject {
  const {
    id,
    name,
    vpc,
    subnet,
    zone,
    address,
    publicAddress,
    group,
    role,
    tags = {},
    imdsv1,
    elastic,
  } = machine;
  const { SubnetId, VpcId, NetworkInterfaceId, OwnerId, Status, Groups } =
    machineInterface(machine);
  const association = publicAddress !== undefined && {
    Association: { PublicIp: publicAddress, IpOwnerId: elastic ? account : "amazon" },
  };
  return {
    InstanceId: id,
    ImageId: "ami-0demo",
    InstanceType: "t3.small",
    LaunchTime: "2026-03-02T08:00:00Z",
    State: { Name: "running", Code: 16 },
    VpcId: `vpc-${vpc}`,
    SubnetId: `subnet-${vpc}-${subnet}`,
    PrivateIpAddress: address,
    Placement: { AvailabilityZone: zone },
    ...(publicAddress !== undefined && { PublicIpAddress: publicAddress }),
    SecurityGroups: [{ GroupId: `sg-${group}`, GroupName: group }],
    ...(role !== undefined && {
      IamInstanceProfile: {
        Arn: `arn:aws:iam::${account}:instance-profile/${role}`,
        Id: `AIPA${role.toUpperCase()}`,
      },
    }),
    MetadataOptions: {
      State: "applied",
      HttpTokens: imdsv1 ? "optional" : "required",
      HttpPutResponseHopLimit: 2,
      HttpEndpoint: "enabled",
    },
    NetworkInterfaces: [
      {
        NetworkInterfaceId,
        SubnetId,
        VpcId,
        OwnerId,
        Status,
        Groups,
        PrivateIpAddress: address,
        ...association,
        PrivateIpAddresses: [{ Primary: true, PrivateIpAddress: address, ...association }],
        Ipv6Addresses: [],
        Attachment: { AttachmentId: `eni-attach-${id}`, DeviceIndex: 0, Status: "attached" },
      },
    ],
    Tags: Object.entries({ Name: name, ...tags }).map(([Key, Value]) => ({ Key, Value })),
  };
}

export function machineInterface(machine: Machine): JsonObject {
  const { id, vpc, subnet, zone, address, publicAddress, elastic, group } = machine;
  const association = publicAddress !== undefined && {
    Association: {
      PublicIp: publicAddress,
      IpOwnerId: elastic ? account : "amazon",
      ...(elastic && { AllocationId: `eipalloc-${id}`, AssociationId: `eipassoc-${id}` }),
    },
  };
  return {
    NetworkInterfaceId: `eni-${id}`,
    SubnetId: `subnet-${vpc}-${subnet}`,
    VpcId: `vpc-${vpc}`,
    OwnerId: account,
    AvailabilityZone: zone,
    InterfaceType: "interface",
    Status: "in-use",
    SourceDestCheck: true,
    Description: "",
    PrivateIpAddress: address,
    ...association,
    PrivateIpAddresses: [{ Primary: true, PrivateIpAddress: address, ...association }],
    Ipv6Addresses: [],
    Groups: [{ GroupId: `sg-${group}`, GroupName: group }],
    RequesterManaged: false,
    Attachment: {
      AttachmentId: `eni-attach-${id}`,
      Status: "attached",
      DeviceIndex: 0,
      DeleteOnTermination: true,
      InstanceId: id,
      InstanceOwnerId: account,
    },
    TagSet: [],
  };
}

export function elasticAddress({ id, publicAddress, address }: Machine): JsonObject {
  return {
    AllocationId: `eipalloc-${id}`,
    AssociationId: `eipassoc-${id}`,
    Domain: "vpc",
    InstanceId: id,
    NetworkInterfaceId: `eni-${id}`,
    NetworkInterfaceOwnerId: account,
    PrivateIpAddress: address,
    ...(publicAddress !== undefined && { PublicIp: publicAddress }),
  };
}
