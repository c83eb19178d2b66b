import type { IpFamily } from "../src/model/exposure.ts";
import type { Approach, Leg } from "../src/model/network.ts";

/** The way to a machine's own address: any port, nothing in front of it. */
export function directApproach(about: {
  readonly workload: string;
  readonly family: IpFamily;
  readonly legs: readonly Leg[];
  /** Absent or empty where it has none: the way is told as closed then. */
  readonly address: string | undefined;
  readonly assumptions: readonly string[];
}): Approach {
  const { workload, family, legs, address, assumptions } = about;
  return {
    workload,
    protocol: ["tcp", "udp"],
    via: [],
    family,
    entryPorts: { from: 0, to: 65_535 },
    legs,
    entry: {
      ...(address !== undefined && address !== "" && { address }),
      hosts: [],
      paths: [],
      tls: "unknown",
    },
    backendTls: "unknown",
    authGate: "none",
    assumptions,
  };
}
