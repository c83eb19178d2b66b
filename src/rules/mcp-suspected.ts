import { hintSteps, pathSteps } from "./chain.ts";
import { fail, pathDoubts } from "./doubts.ts";
import { reaches } from "./order.ts";
import { closeNetwork } from "./remedies/network.ts";
import { pass } from "./rule.ts";
import type { Held, SuspectRule } from "./rule.ts";

export const mcpSuspected: SuspectRule = {
  id: "mcp-suspected",
  about: "suspect",
  title: "A reachable workload looks like an MCP server",
  risk: "Its configuration points to an MCP server that no probe could confirm or rule out.",
  references: ["https://modelcontextprotocol.io/specification/2025-06-18/basic/transports"],
  rows: ["networkSurface"],
  curedByDelegation: "no",
  controls: ["exposure"],
  check: (context) => {
    const { exposures, fingerprints, workload, hints, held, unreadLinks } = context;
    const [path] = exposures;
    if (!path) return pass;
    const strong = held.some(couldManage) || unreadLinks !== undefined;
    return fail({
      severity: strong ? "medium" : "low",
      assumptions: [
        ...pathDoubts(path),
        fingerprints[0]
          ? `The probe did not settle it: ${fingerprints[0].because}`
          : "No probe was made.",
      ],
      title: `${workload.name} looks like an MCP server and is reachable`,
      evidence: [...pathSteps(path), ...hintSteps(workload.id, hints)],
    });
  },
  remedy: (context) => ({
    summary: `Find out what ${context.workload.name} runs; close it until that is known.`,
    steps: closeNetwork(context),
  }),
};

function couldManage({ link, report }: Held): boolean {
  if (link.verdict === "no") return false;
  return !report || reaches(report.power === "unknown" ? report.worst : report.power, "manages");
}
