import type { EvidenceStep } from "../model/finding.ts";
import type { ServerEndpoint } from "../model/server.ts";
import { suspiciousText } from "../model/tool.ts";
import type { Tool } from "../model/tool.ts";
import { pathSteps, serverStep, toolSteps } from "./chain.ts";
import { fail, fingerprintDoubts } from "./doubts.ts";
import { pathTo } from "./paths.ts";
import { watch } from "./remedies/logging.ts";
import { closeNetwork } from "./remedies/network.ts";
import { reviewToolText } from "./remedies/tool-text.ts";
import { pass } from "./rule.ts";
import type { ServerContext, ServerRule, Verdict } from "./rule.ts";
import { namesOf } from "./tool-facts.ts";
import { anyOf, unknown } from "./verdicts.ts";

export const toolTextSuspicious: ServerRule = {
  id: "tool-text-suspicious",
  about: "server",
  title: "A tool's text is hidden or speaks to the agent",
  risk: "An agent follows what it reads in a listing: such a text can make it leak data or misuse other tools, and its user sees nothing.",
  references: [
    "https://invariantlabs.ai/blog/mcp-security-notification-tool-poisoning-attacks",
    "https://owasp.org/www-project-mcp-top-10/",
  ],
  rows: ["networkSurface"],
  curedByDelegation: "no",
  controls: ["tool-text", "tools"],
  check: (context) => anyOf(context.server.endpoints.map((endpoint) => judge(context, endpoint))),
  remedy: (context) => ({
    summary: `Review the texts of the tools of ${context.workload.name} before any agent reads them again.`,
    steps: [...reviewToolText(context), ...closeNetwork(context), ...watch(context)],
  }),
};

function judge(context: ServerContext, endpoint: ServerEndpoint): Verdict {
  if (!endpoint.toolsListed) {
    return unknown(`tools/list of ${endpoint.url} did not succeed.`, "medium");
  }
  const tools = endpoint.tools.filter((tool) => reasonsOf(tool).length > 0);
  if (tools.length === 0) return pass;
  return fail({
    severity: "medium",
    assumptions: fingerprintDoubts(endpoint),
    title: `The text of ${namesOf(tools)} at ${endpoint.url} is hidden or speaks to the agent`,
    evidence: [
      ...pathSteps(pathTo(endpoint, context)),
      serverStep(endpoint),
      ...toolSteps(endpoint, tools).map((step) => withReasons(step, tools)),
    ],
  });
}

function reasonsOf({ evidence }: Tool): string[] {
  return evidence
    .filter(({ verdict }) => verdict === suspiciousText)
    .map(({ field, text, because }) => `in its ${field} ${because}: "${text}"`);
}

function withReasons(step: EvidenceStep, tools: readonly Tool[]): EvidenceStep {
  const reasons = tools.filter(({ name }) => name === step.id).flatMap(reasonsOf);
  return { ...step, because: `The tool speaks to more than its user: ${reasons.join("; ")}.` };
}
