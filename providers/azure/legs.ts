import type { GateCode, IpFamily } from "../../src/model/exposure.ts";
import type { Workload } from "../../src/model/inventory.ts";
import type { Gate, Leg, Party } from "../../src/model/network.ts";
import { sourceOf, type Node } from "../reader.ts";

export const nobody: Party = { addresses: [], groups: [] };
export const client: Party = { addresses: "client", groups: [] };

/** A gate that is closed whatever the packet. */
export function closed(
  code: GateCode,
  id: string,
  because: string,
  node: Node,
  latent = false,
): Gate {
  return {
    kind: "state",
    code,
    id,
    open: false,
    because,
    source: sourceOf(node),
    ...(latent && { latent }),
  };
}

export function workloadStop(workload: Workload, because: string): Leg["stop"] {
  return { kind: "workload", id: workload.id, because, source: workload.source };
}

/** A stopped workload keeps its exposure latent; the state comes last, since everything before it still passes. */
export function stateLegs(workload: Workload, family: IpFamily): Leg[] {
  if (workload.state !== "stopped") return [];
  const gate: Gate = {
    kind: "state",
    code: "INSTANCE_NOT_RUNNING",
    id: workload.id,
    open: false,
    latent: true,
    because: `${workload.name} is not running`,
    source: workload.source,
  };
  const stop = workloadStop(workload, `${workload.name} is not running`);
  return [{ family, from: client, to: nobody, own: [gate], stop }];
}

/** What has to be taken for granted about a workload that was not fully read. */
export function stateAssumptions({ state, name }: Workload): string[] {
  return state === "unknown" ? [`the power state of ${name} was not read: it is taken to run`] : [];
}
