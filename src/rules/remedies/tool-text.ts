import type { RemediationStep } from "../../model/finding.ts";
import type { WorkloadContext } from "../rule.ts";

/** What a server tells agents about its tools is code that they run. */
export function reviewToolText({ workload }: WorkloadContext): RemediationStep[] {
  return [
    {
      kind: "design",
      text: `Find out where the texts of the tools of ${workload.name} come from: compare them with the source of the version that should run, and take the server as compromised if they differ.`,
    },
    {
      kind: "design",
      text: "Write descriptions for people, without hidden characters and without orders to an agent; let clients pin the listing they reviewed and ask before a changed one is used.",
    },
  ];
}
