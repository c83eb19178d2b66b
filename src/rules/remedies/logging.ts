import type { RemediationStep } from "../../model/finding.ts";
import type { WorkloadContext } from "../rule.ts";

/** Step 7: logging and alerts. */
export function watch({ workload }: WorkloadContext): RemediationStep[] {
  return [
    {
      kind: "design",
      text: `Log who called which tool of ${workload.name} with which token, and alert on failed sign-ins and on destructive calls.`,
    },
  ];
}
