import { serverStep, toolSteps } from "./chain.ts";
import { fail, fingerprintDoubts } from "./doubts.ts";
import { pass } from "./rule.ts";
import type { ServerRule } from "./rule.ts";
import { namesOf } from "./tool-facts.ts";
import { anyOf } from "./verdicts.ts";

export const toolAnnotationsMislead: ServerRule = {
  id: "tool-annotations-mislead",
  about: "server",
  title: "A tool's annotations say less than what it does",
  risk: "Clients that trust the hints run a changing tool without asking the user.",
  references: ["https://modelcontextprotocol.io/specification/2025-06-18/schema#toolannotations"],
  rows: ["audit"],
  curedByDelegation: "no",
  controls: ["tools"],
  check: ({ server }) =>
    anyOf(
      server.endpoints.map((endpoint) => {
        const tools = endpoint.tools.filter(({ annotationConflict }) => annotationConflict);
        if (tools.length === 0) return pass;
        return fail({
          severity: "low",
          assumptions: fingerprintDoubts(endpoint),
          title: `Annotations of ${namesOf(tools)} at ${endpoint.url} contradict what the tools do`,
          evidence: [serverStep(endpoint), ...toolSteps(endpoint, tools)],
        });
      }),
    ),
  remedy: ({ workload }) => ({
    summary: `Correct the annotations of the tools of ${workload.name}.`,
    steps: [
      {
        kind: "design",
        text: "Set readOnlyHint to false and destructiveHint to true on every tool that changes or deletes; let clients ask before they run it.",
      },
    ],
  }),
};
