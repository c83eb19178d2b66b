import type { RemediationStep } from "../../model/finding.ts";
import type { WorkloadContext } from "../rule.ts";

/** A developer tool has one right place: the developer's own machine. */
export function keepOnOwnMachine({ workload }: WorkloadContext): RemediationStep[] {
  return [
    {
      kind: "design",
      text: `Stop the developer tool on ${workload.name} and start it on the developer's own machine only, bound to 127.0.0.1 and with its session token on (never DANGEROUSLY_OMIT_AUTH); reach a remote server from there through an SSH or VPN tunnel.`,
    },
  ];
}
