import type { AwsConfig, AwsWorld } from "../aws/index.ts";
import { balancerInterfaces, balancing, type Balancer } from "./aws-balancers.ts";
import { instance, machineInterface, securityGroup, type Machine } from "./aws-machines.ts";
import { account, network } from "./aws-network.ts";
import { identities, type InstanceRole } from "./aws-roles.ts";

/** How much an account holds, all its regions together. */
export interface AwsSize {
  readonly regions: number;
  /** Regions that hold something; the others are empty. */
  readonly used: number;
  readonly instances: number;
  readonly groups: number;
  readonly balancers: number;
  readonly roles: number;
}

/** The account of the call budget. */
export const largeAccount: AwsSize = {
  regions: 17,
  used: 3,
  instances: 675,
  groups: 80,
  balancers: 15,
  roles: 40,
};

/** The regions that are enabled in every account, by age. */
const regionNames = [
  "us-east-1",
  "eu-west-1",
  "us-west-2",
  "us-west-1",
  "ap-southeast-1",
  "ap-northeast-1",
  "sa-east-1",
  "ap-southeast-2",
  "eu-central-1",
  "ap-northeast-2",
  "ap-south-1",
  "us-east-2",
  "ca-central-1",
  "eu-west-2",
  "eu-west-3",
  "ap-northeast-3",
  "eu-north-1",
] as const;

const ports = [22, 443, 3000, 8000, 8080, 9000];

/** The same world for the same size; every third machine has a public address, every second group is open. */
export function awsLargeWorld(size: AwsSize = largeAccount): AwsWorld {
  const names = regionNames.slice(0, size.regions);
  const roles = range(size.roles).map((index): InstanceRole => ({
    name: `role-${index}`,
    inline: [
      {
        Effect: "Allow",
        Action: ["ec2:Describe*", `s3:${index % 5 === 0 ? "*" : "Get*"}`],
        Resource: "*",
      },
    ],
  }));
  return {
    account,
    regions: Object.fromEntries(
      names.map((name, index) => [name, index < size.used ? usedRegion(name, index, size) : {}]),
    ),
    global: { iam: identities(roles, {}) },
  };
}

function usedRegion(at: string, index: number, size: AwsSize): AwsConfig {
  const vpc = `v${index}`;
  const groups = share(size.groups, index, size.used);
  const machines = range(share(size.instances, index, size.used)).map((number) =>
    machineOf(at, vpc, index, number, groups, size.roles),
  );
  const balancers = range(share(size.balancers, index, size.used)).map((number) =>
    balancerOf(at, vpc, number, machines),
  );
  return {
    ec2: {
      ...network(vpc, at, {
        "public-a": "10.0.0.0/20",
        "public-b": "10.0.16.0/20",
        "private-a": "10.0.32.0/20",
      }),
      DescribeInstances: {
        Reservations: machines.map((machine) => ({
          ReservationId: machine.id.replace("i-", "r-"),
          OwnerId: account,
          Groups: [],
          Instances: [instance(machine)],
        })),
      },
      DescribeNetworkInterfaces: {
        NetworkInterfaces: [
          ...machines.map(machineInterface),
          ...balancers.flatMap(balancerInterfaces),
        ],
      },
      DescribeSecurityGroups: {
        SecurityGroups: range(groups).map((number) => groupOf(vpc, number)),
      },
    },
    elbv2: balancing(balancers),
  };
}

function groupOf(vpc: string, number: number) {
  const port = ports[number % ports.length] ?? 443;
  return securityGroup(vpc, `${vpc}-${number}`, [
    { port, from: number % 2 === 0 ? ["0.0.0.0/0"] : [`10.${number}.0.0/16`] },
  ]);
}

function machineOf(
  at: string,
  vpc: string,
  place: number,
  number: number,
  groups: number,
  roles: number,
): Machine {
  const isPublic = number % 3 === 0;
  return {
    id: `i-0${place}${number.toString(16).padStart(15, "0")}`,
    name: `worker-${number}`,
    vpc,
    subnet: isPublic ? "public-a" : "private-a",
    zone: `${at}a`,
    address: `10.0.${(isPublic ? 0 : 32) + Math.floor(number / 250)}.${(number % 250) + 4}`,
    ...(isPublic && {
      publicAddress: `198.51.${100 + place * 8 + Math.floor(number / 250)}.${(number % 250) + 1}`,
    }),
    group: `${vpc}-${number % groups}`,
    ...(roles > 0 && { role: `role-${number % roles}` }),
  };
}

function balancerOf(
  at: string,
  vpc: string,
  number: number,
  machines: readonly Machine[],
): Balancer {
  return {
    name: `web-${number}`,
    type: "application",
    at,
    vpc,
    dns: `web-${number}.${at}.elb.amazonaws.com`,
    port: 80,
    targetPort: 8000,
    target: machines[number]?.id ?? "i-0",
    group: `${vpc}-0`,
    nodes: ["a", "b"].map((zone, index) => ({
      subnet: `public-${zone}`,
      zone: `${at}${zone}`,
      address: `10.0.${index * 16 + 15}.${number + 4}`,
      publicAddress: `198.51.${90 + index}.${number + 1}`,
    })),
  };
}

/** The part of `total` that one of `places` gets when it is dealt out evenly. */
function share(total: number, index: number, places: number): number {
  return Math.floor(total / places) + (index < total % places ? 1 : 0);
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}
