import type { Approach, Gate } from "../../src/model/network.ts";
import { nobody } from "./balancer-legs.ts";
import { directApproaches, stateGate } from "./compute.ts";
import type { EcsTask } from "./ecs-tasks.ts";
import { bound } from "./bound-port.ts";
import type { Interfaces } from "./interfaces.ts";
import type { AwsNetwork } from "./network.ts";

/** The ways straight to a task: over its own interface, or over a port of the instance that it runs on. */
export function taskApproaches(task: EcsTask, known: Interfaces, network: AwsNetwork): Approach[] {
  const { workload, interface: own, instance } = task;
  if (own) {
    const found = known.byInstance.get(workload.id) ?? [];
    return found.length > 0 ? directApproaches(workload, found, network) : [unseen(task, own.id)];
  }
  if (instance === undefined)
    return task.unread === undefined ? [] : [unseen(task, "its instance")];
  const below = known.byInstance.get(instance) ?? [];
  const onto = directApproaches(workload, below, network);
  return task.ports.flatMap((port) => onto.map((way) => bound(way, task, port)));
}

/** A task whose interface is not in the list: nobody knows what leads to it. */
function unseen({ workload, unread }: EcsTask, what: string): Approach {
  const gate: Gate = {
    kind: "unread",
    limit: false,
    code: "NO_PUBLIC_ADDRESS",
    id: what,
    because: `${unread ?? "ec2:DescribeNetworkInterfaces"} was not read: the addresses of ${what} are unknown`,
    source: workload.source,
  };
  return {
    workload: workload.id,
    protocol: ["tcp"],
    via: [],
    family: "ipv4",
    entryPorts: { from: 0, to: 65_535 },
    legs: [
      {
        family: "ipv4",
        from: { addresses: "client", groups: [] },
        to: nobody,
        own: [gate, ...stateGate(workload)],
        stop: { kind: "workload", id: workload.id, because: "the task", source: workload.source },
      },
    ],
    entry: { hosts: [], paths: [], tls: "unknown" },
    backendTls: "unknown",
    authGate: "none",
    assumptions: [],
  };
}
