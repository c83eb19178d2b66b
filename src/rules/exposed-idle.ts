import type { Exposure, GateCode } from "../model/exposure.ts";
import { pathSteps } from "./chain.ts";
import { fail, pathDoubts } from "./doubts.ts";
import { takeDoorAway } from "./remedies/idle.ts";
import { closeNetwork } from "./remedies/network.ts";
import { pass } from "./rule.ts";
import type { WorkloadContext, WorkloadRule, Verdict } from "./rule.ts";
import { anyOf, unknown } from "./verdicts.ts";

export const exposedIdle: WorkloadRule = {
  id: "exposed-idle",
  about: "workload",
  title: "Something that does not run still has a way in from the internet",
  risk: "It is open again the moment somebody starts it, and by then nobody looks after it any more.",
  references: [],
  rows: ["networkSurface"],
  curedByDelegation: "no",
  controls: ["exposure"],
  check: (context) =>
    anyOf(
      context.exposures
        .filter(({ sources }) => sources === "internet")
        .map((path) => judge(context, path)),
    ),
  remedy: (context) => ({
    summary: `Take away the public way to ${context.workload.name}, or the workload itself.`,
    steps: [...takeDoorAway(context), ...closeNetwork(context)],
  }),
};

/** How each state that leaves a path without an answer reads. */
const states: Readonly<Partial<Record<GateCode, string>>> = {
  INSTANCE_NOT_RUNNING: "is stopped",
  LB_NO_TARGET: "is no target of its load balancer",
  LB_TARGET_UNHEALTHY: "is unhealthy behind its load balancer",
  LB_NO_LISTENER: "has a load balancer without a listener",
};

function judge({ workload, described }: WorkloadContext, path: Exposure): Verdict {
  const { latent, verdict } = path;
  if (latent === undefined) {
    return described?.state === "unknown"
      ? unknown(`Whether ${workload.name} runs was not read: only its interfaces are known.`, "low")
      : pass;
  }
  if (verdict === "unknown") {
    return unknown(
      `Whether a path leads to ${workload.name} is open: ${pathDoubts(path).join("; ")}`,
      "low",
    );
  }
  return fail({
    severity: "low",
    assumptions: pathDoubts(path),
    title: `${workload.name} ${states[latent] ?? `does not answer (${latent})`}, but the internet still has a path to it`,
    evidence: pathSteps(path),
  });
}
