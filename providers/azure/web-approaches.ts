import type { AuthGate, IpFamily, PortRange } from "../../src/model/exposure.ts";
import type { Approach, Gate } from "../../src/model/network.ts";
import { sourceOf, type Node } from "../reader.ts";
import { client, nobody, stateAssumptions, stateLegs, workloadStop } from "./legs.ts";
import type { Workload } from "../../src/model/inventory.ts";

/** The front door of a managed platform. */
export interface PlatformDoor {
  readonly workload: Workload;
  readonly name: string;
  readonly families: readonly IpFamily[];
  readonly hosts: readonly string[];
  readonly gates: readonly Gate[];
  readonly authGate: AuthGate;
  /** Paths that `authGate` lets off. */
  readonly openPaths: readonly string[];
  readonly assumptions: readonly string[];
  readonly node: Node;
}

/** One port of it: what a client dials, and what the workload listens on. */
export interface PlatformPort {
  readonly entry: PortRange;
  /** Absent = as dialled. */
  readonly port?: number;
  readonly tls: "http" | "https" | "unknown";
  readonly gates?: readonly Gate[];
  readonly authGate?: AuthGate;
  /** Prefixes that it is about; absent = all. */
  readonly paths?: readonly string[];
}

export function platformApproaches(door: PlatformDoor, ports: readonly PlatformPort[]): Approach[] {
  const { workload, name, node } = door;
  const all = [...ports, ...letOff(door, ports)];
  return door.families.flatMap((family) =>
    all.map(({ entry, port, tls, gates = [], authGate, paths = [] }): Approach => ({
      workload: workload.id,
      protocol: ["tcp"],
      via: [name],
      family,
      entryPorts: entry,
      legs: [
        {
          family,
          from: client,
          to: nobody,
          own: [...door.gates, ...gates],
          stop: {
            kind: "edge",
            id: name,
            because: `the platform takes what comes for ${door.hosts[0] ?? workload.name}`,
            source: sourceOf(node),
          },
        },
        {
          family,
          from: client,
          to: nobody,
          ...(port !== undefined && { port }),
          own: [],
          stop: workloadStop(workload, `the platform forwards to ${workload.name}`),
        },
        ...stateLegs(workload, family),
      ],
      entry: { hosts: door.hosts, paths, tls },
      backendTls: "unknown",
      authGate: authGate ?? door.authGate,
      assumptions: [...stateAssumptions(workload), ...door.assumptions],
    })),
  );
}

/** The client chooses the path, so that those without sign-in are ways of their own. */
function letOff(
  { authGate: own, openPaths }: PlatformDoor,
  ports: readonly PlatformPort[],
): PlatformPort[] {
  if (openPaths.length === 0) return [];
  const paths = openPaths.map((path) => path.replace(/\*$/, ""));
  return ports
    .filter(({ authGate = own }) => authGate !== "none")
    .map((port) => Object.assign({}, port, { authGate: "none" as const, paths }));
}
