import type { EstateIndex } from "../../../src/model/estate.ts";
import type { Decision, Identity } from "../../../src/model/identity.ts";
import { unreadDoubt } from "../../../src/permissions/contract.ts";
import { valuesOf, witnesses } from "./witness.ts";

/** How things of one kind of holder are listed, and what they can be. */
interface Listing {
  /** Without any of them a thing, or what it runs as, is not seen. */
  readonly calls: readonly string[];
  /** The ARN after its account, as `witnesses` takes it. */
  readonly arn: string;
  /** The service that a role has to trust to be held by one. */
  readonly service: string;
  /** What the role has to hold for its thing to be reached. */
  readonly needs?: string;
}

const instances = {
  calls: ["ec2:DescribeInstances"],
  arn: "ec2:instance/{name}",
  service: "ec2.amazonaws.com",
} as const;
const clusters = ["ecs:ListClusters"];
const tasks = [...clusters, "ecs:ListTasks", "ecs:DescribeTasks", "ecs:DescribeTaskDefinition"];

/** By kind of holder; kinds that no call lists are left out. */
const listings: Readonly<Record<string, Listing>> = {
  ec2: instances,
  ssmManaged: { ...instances, needs: "ssm:UpdateInstanceInformation" },
  host: instances,
  lambda: {
    calls: ["lambda:ListFunctions"],
    arn: "lambda:function:{name}",
    service: "lambda.amazonaws.com",
  },
  ecsTask: { calls: tasks, arn: "ecs:task/{name}/postern", service: "ecs-tasks.amazonaws.com" },
  ecsCluster: { calls: clusters, arn: "ecs:cluster/{name}", service: "ecs-tasks.amazonaws.com" },
  ecsContainerInstance: {
    calls: [...clusters, "ecs:ListContainerInstances"],
    arn: "ecs:container-instance/{name}/postern",
    service: "ecs-tasks.amazonaws.com",
  },
  apprunner: {
    calls: ["apprunner:ListServices", "apprunner:DescribeService"],
    arn: "apprunner:service/{name}/postern",
    service: "tasks.apprunner.amazonaws.com",
  },
};

/** Things of one kind that a list which was not read may hold. */
interface Unseen extends Omit<Listing, "calls" | "arn"> {
  /** ARNs that such a thing could have: nothing that the caller's policies say of names keeps all of them out. */
  readonly things: readonly string[];
  readonly doubt: Decision;
}

/** `undefined` where every list of the kind was read, or none was asked. */
export function unseenOf(
  kind: string | undefined,
  caller: Identity,
  estate: EstateIndex,
): Unseen | undefined {
  const listing = listings[kind ?? ""];
  const gap = estate.gaps
    .get(`aws/${caller.scope}`)
    ?.find(({ call }) => listing?.calls.includes(call) === true);
  if (!listing || !gap) return undefined;
  const { calls: _, arn, ...rest } = listing;
  const places = valuesOf(caller, "ecs:cluster", estate).map((cluster) =>
    cluster.replace(":cluster/", ":task/").concat("/postern"),
  );
  return {
    ...rest,
    things: witnesses(caller, arn, estate, places),
    doubt: unreadDoubt(
      gap.call,
      "something that runs as a stronger role may be among what it lists",
    ),
  };
}
