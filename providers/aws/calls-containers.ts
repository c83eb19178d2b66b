import type { JsonObject } from "../../src/model/json.ts";
import type { Recorded } from "../call.ts";
import { batches, idsOf, textsOf } from "./calls-params.ts";
import type { CallRow } from "./calls-row.ts";

/** The most that a describing call takes in one request. */
const atOnce = 100;

const perCluster: CallRow["params"] = (recorded) =>
  textsOf(recorded, "ecs:ListClusters", "clusterArns").map((cluster) => ({ cluster }));

/** An ARN carries its cluster's name: `arn:aws:ecs:<region>:<account>:task/<cluster>/<id>`. */
function perBatch(
  call: string,
  list: string,
  as: string,
  more: JsonObject = {},
): NonNullable<CallRow["params"]> {
  return (recorded: Recorded) => {
    const all = textsOf(recorded, call, list);
    return textsOf(recorded, "ecs:ListClusters", "clusterArns").flatMap((cluster) => {
      const name = cluster.split("/").at(-1) ?? cluster;
      const own = all.filter((arn) => arn.split("/").at(-2) === name);
      return batches(own, atOnce).map((batch) => Object.assign({ cluster, [as]: batch }, more));
    });
  };
}

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Operations.html */
export const containerCalls: readonly CallRow[] = [
  { action: "ListClusters", affects: ["workloads"], pageSize: 100 },
  { action: "ListTasks", affects: ["workloads"], pageSize: 100, params: perCluster },
  {
    action: "DescribeTasks",
    affects: ["workloads", "interfaces", "identity-links"],
    params: perBatch("ecs:ListTasks", "taskArns", "tasks", { include: ["TAGS"] }),
  },
  {
    action: "ListContainerInstances",
    affects: ["interfaces"],
    pageSize: 100,
    params: perCluster,
    skip: (recorded) => withoutHosts(recorded),
  },
  {
    action: "DescribeContainerInstances",
    affects: ["interfaces"],
    params: perBatch("ecs:ListContainerInstances", "containerInstanceArns", "containerInstances"),
    skip: (recorded) => withoutHosts(recorded),
  },
  {
    action: "DescribeTaskDefinition",
    affects: ["workloads", "identity-links"],
    params: (recorded) => {
      const all = idsOf(
        recorded,
        "ecs:DescribeTasks",
        "tasks",
        "taskDefinitionArn",
        "taskDefinition",
      );
      return [...new Map(all.map((each) => [JSON.stringify(each), each])).values()];
    },
  },
];

/** Tasks on Fargate have interfaces of their own and no instance below. */
function withoutHosts(recorded: Recorded): string | undefined {
  const hosted = recorded
    .bodies("ecs:DescribeTasks")
    .some((body) => JSON.stringify(body).includes('"containerInstanceArn"'));
  return hosted ? undefined : "no task runs on an instance";
}
