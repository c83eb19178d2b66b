import { stableId } from "../hash.ts";
import type { Exposure } from "../model/exposure.ts";
import type { Source } from "../model/finding.ts";
import type { Target } from "../model/server.ts";
import type { Gap } from "../model/snapshot.ts";
import { isAddress } from "./probe-targets.ts";

/** The one scope of a probe run: ADR 12. */
export const namedScope = { provider: "named", id: "named", region: "none" } as const;

const source: Source = { kind: "rule", id: "postern:named-target" };

const assumption =
  "The target was named on the command line and no control plane was read: who else can reach it is not known.";

export const namedGap: Gap = {
  call: "postern probe",
  scope: namedScope.id,
  reason: "unsupported",
  detail:
    "Targets were named, not read from a cloud: which identities their workloads hold is not known",
  affects: ["identity-links"],
};

/** Networks whose addresses mean nothing outside them; from anywhere else the target is on the internet. */
const inner: readonly (readonly [address: RegExp, network: string])[] = [
  [/^127\./, "127.0.0.0/8"],
  [/^10\./, "10.0.0.0/8"],
  [/^172\.(?:1[6-9]|2\d|3[01])\./, "172.16.0.0/12"],
  [/^192\.168\./, "192.168.0.0/16"],
  [/^100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./, "100.64.0.0/10"],
  [/^::1$/, "::1/128"],
  [/^f[cd][0-9a-f]{2}:/, "fc00::/7"],
];

/** The path to a named target that answered: seen on the wire from here, and nothing more. */
export function namedExposure(target: Target): Exposure {
  const { address, port, hosts, paths, tls, family } = target;
  const id = hosts[0] ?? address;
  const network = inner.find(([pattern]) => pattern.test(address))?.[1];
  return {
    id: stableId("exposure", namedScope.provider, target.id),
    provider: namedScope.provider,
    scope: namedScope.id,
    region: namedScope.region,
    workload: { id, name: id, kind: "instance", tags: {} },
    protocol: "tcp",
    portRange: { from: port, to: port },
    sources: network === undefined ? "internet" : [network],
    families: [family],
    via: "direct",
    entry: {
      ...(isAddress(address) && { address }),
      port: { from: port, to: port },
      hosts,
      paths,
      tls,
    },
    backendTls: tls,
    authGate: "none",
    certainty: "maybe",
    assumptions: [assumption],
    verdict: "reachable",
    hops: [
      { kind: "source", id: "postern", because: "Postern dialled it from where it ran.", source },
      { kind: "workload", id, because: "It was named; no inventory holds it.", source },
    ],
  };
}
