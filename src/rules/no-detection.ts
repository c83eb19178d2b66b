import type { Origin } from "../model/provider.ts";
import { pathSteps } from "./chain.ts";
import { fail } from "./doubts.ts";
import { keptOf, logStep, type WantedLog } from "./logs.ts";
import { keepLogs } from "./remedies/logging.ts";
import { pass } from "./rule.ts";
import type { ServerContext, ServerRule, Verdict } from "./rule.ts";
import { unknown } from "./verdicts.ts";

export const noDetection: ServerRule = {
  id: "no-detection",
  about: "server",
  title: "The provider's threat detection is off where an MCP server runs",
  risk: "Stolen credentials and unusual calls, which the provider would notice by itself, go unseen.",
  references: [
    "https://docs.aws.amazon.com/guardduty/latest/ug/what-is-guardduty.html",
    "https://learn.microsoft.com/azure/defender-for-cloud/defender-for-cloud-introduction",
    "https://cloud.google.com/security-command-center/docs/security-command-center-overview",
    "https://docs.oracle.com/iaas/cloud-guard/home.htm",
  ],
  rows: ["audit"],
  curedByDelegation: "no",
  controls: ["audit"],
  check,
  remedy: (context) => ({
    summary: `Switch on threat detection for ${context.scope}.`,
    steps: keepLogs(context, wantedOf(context)),
  }),
};

const products: Readonly<Record<Origin, string>> = {
  aws: "GuardDuty",
  azure: "Defender for Cloud",
  gcp: "Security Command Center",
  oci: "Cloud Guard",
  named: "threat detection",
};

function wantedOf({ scope, provider }: ServerContext): WantedLog {
  return { kind: "detection", about: scope, name: `record of ${products[provider]}` };
}

function check(context: ServerContext): Verdict {
  const { provider, scope, server, exposures } = context;
  if (provider === "named") return pass;
  const { off, open } = keptOf(context, [wantedOf(context)]);
  const [missing] = off;
  if (!missing) return open.length > 0 ? unknown(open.join(" "), "low") : pass;
  return fail({
    severity: "low",
    assumptions: [],
    title: `${products[provider]} is off for ${scope}${missing.found.region === undefined ? "" : ` in ${server.region}`}`,
    evidence: [...pathSteps(exposures[0]), logStep(missing.found)],
  });
}
