import type { IpFamily } from "../../src/model/exposure.ts";
import type { Workload } from "../../src/model/inventory.ts";
import type { Approach, Leg } from "../../src/model/network.ts";
import { sourceOf } from "../reader.ts";
import { nobody } from "./balancer-legs.ts";
import { stateGate } from "./compute.ts";
import type { EcsTask, HostPort } from "./ecs-tasks.ts";

/** A task on a port of an instance. */
export interface Hosted {
  readonly task: EcsTask;
  readonly port: HostPort;
}

/** Tasks by `<instance>/<host port>`. */
export function hostedTasks(tasks: readonly EcsTask[]): Map<string, Hosted[]> {
  const out = new Map<string, Hosted[]>();
  for (const task of tasks)
    for (const port of task.instance === undefined ? [] : task.ports) {
      const key = `${task.instance}/${port.host}`;
      out.set(key, [...(out.get(key) ?? []), { task, port }]);
    }
  return out;
}

/** A packet for the host's port is one for the container's. */
export function bound(way: Approach, { workload }: EcsTask, port: HostPort): Approach {
  const at = way.legs.findIndex(({ stop }) => stop.kind === "workload");
  const onto = way.legs[at];
  if (!onto) return way;
  const last: Leg = {
    family: onto.family,
    from: nobody,
    to: nobody,
    port: port.container,
    own: [],
    stop: {
      kind: "workload",
      id: workload.id,
      because: `host port ${port.host} is port ${port.container} of the container`,
      source: sourceOf(port.source),
    },
  };
  return {
    ...way,
    workload: workload.id,
    protocol: way.protocol.filter((each) => each === port.protocol),
    ...(way.via.length === 0 && { entryPorts: { from: port.host, to: port.host } }),
    legs: [
      ...way.legs.slice(0, at),
      { ...onto, port: port.host },
      last,
      ...way.legs.slice(at + 1),
      ...(way.via.length === 0 ? [] : asleep(workload, onto.family)),
    ],
  };
}

function asleep(workload: Workload, family: IpFamily): Leg[] {
  const own = stateGate(workload);
  if (own.length === 0) return [];
  const because = "its state";
  const stop = { kind: "workload", id: workload.id, because, source: workload.source } as const;
  return [{ family, from: nobody, to: nobody, own, stop }];
}
