import type { EvidenceStep } from "../model/finding.ts";
import type { ServerEndpoint } from "../model/server.ts";
import { serverStep, toolSteps } from "./chain.ts";
import { fail, fingerprintDoubts } from "./doubts.ts";
import { watch } from "./remedies/logging.ts";
import { pass } from "./rule.ts";
import type { Baseline, ServerContext, ServerRule, Verdict } from "./rule.ts";
import { unknown } from "./verdicts.ts";

/** Tools that a title shows. */
const shown = 5;

export const toolsChanged: ServerRule = {
  id: "tools-changed",
  about: "server",
  title: "The tools of an MCP server are not those that were reviewed",
  risk: "A tool that changes after its review does what nobody agreed to, and agents call it all the same.",
  references: ["https://owasp.org/www-project-mcp-top-10/"],
  rows: ["audit"],
  curedByDelegation: "no",
  controls: ["tools"],
  check,
  remedy: (context) => ({
    summary: `Review the changed tools of ${context.workload.name}, then take this run as the new baseline.`,
    steps: [
      {
        kind: "design",
        text: "Pin the version of the server, review each tool that is new or different, and let clients ask again before they call it.",
      },
      ...watch(context),
    ],
  }),
};

function check(context: ServerContext): Verdict {
  const { baseline, server, workload } = context;
  if (!baseline?.server) return pass;
  const changes = baseline.changes.filter(({ change }) => change !== "removed");
  if (changes.length === 0) return notListed(context, baseline);
  const touched = server.endpoints.filter(({ url }) => changes.some((each) => each.url === url));
  const names = [...new Set(changes.map(({ tool, change }) => `${tool} (${change})`))];
  const rest = names.length - shown;
  return fail({
    severity: "medium",
    assumptions: touched.flatMap(fingerprintDoubts),
    title: `${workload.name} changed its tools: ${names.slice(0, shown).join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`,
    evidence: touched.flatMap((endpoint) => stepsOf(endpoint, changes)),
  });
}

function stepsOf(endpoint: ServerEndpoint, changes: Baseline["changes"]): EvidenceStep[] {
  const own = changes.filter(({ url }) => url === endpoint.url);
  const tools = endpoint.tools.filter(({ name }) => own.some(({ tool }) => tool === name));
  const why = new Map(own.map(({ tool, because }) => [tool, because]));
  const steps = toolSteps(endpoint, tools).map(({ kind, id, source }) => {
    const because = `Against the baseline, ${why.get(id) ?? "it is another"}.`;
    return { kind, id, source, because };
  });
  return [serverStep(endpoint), ...steps];
}

function notListed({ server }: ServerContext, { server: before }: Baseline): Verdict {
  const hidden = server.endpoints.find((now) => {
    const was = before?.endpoints.find(({ url }) => url === now.url);
    return was && (!was.toolsListed || !now.toolsListed);
  });
  return hidden
    ? unknown(
        `tools/list of ${hidden.url} did not succeed ${hidden.toolsListed ? "in the baseline" : "in this run"}, so what changed is open.`,
        "medium",
      )
    : pass;
}
