import { pathSteps, serverStep } from "./chain.ts";
import { fail, fingerprintDoubts, pathDoubts, pathUnsettled } from "./doubts.ts";
import { internetPath } from "./paths.ts";
import { watch } from "./remedies/logging.ts";
import { closeNetwork } from "./remedies/network.ts";
import { requireSignIn } from "./remedies/sign-in.ts";
import { pass } from "./rule.ts";
import type { ServerRule } from "./rule.ts";
import { anyOf, unknown } from "./verdicts.ts";

export const mcpExposed: ServerRule = {
  id: "mcp-exposed",
  about: "server",
  title: "An MCP server can be reached from the internet",
  risk: "What is public is sooner or later attacked, with or without authentication.",
  references: [
    "https://modelcontextprotocol.io/specification/2025-06-18/basic/security_best_practices",
  ],
  rows: ["networkSurface"],
  curedByDelegation: "no",
  controls: ["exposure"],
  check: (context) =>
    anyOf(
      context.server.endpoints.map((endpoint) => {
        const path = internetPath(context, endpoint);
        if (!path) return pass;
        if (pathUnsettled(context, path)) {
          return unknown(
            `Whether ${endpoint.url} is reachable from the internet is open: ${pathDoubts(path).join("; ")}`,
            context.server.severity,
          );
        }
        return fail({
          severity: context.server.severity,
          assumptions: [...pathDoubts(path), ...fingerprintDoubts(endpoint)],
          title: `${endpoint.url} on ${context.workload.name} is reachable from the internet`,
          evidence: [...pathSteps(path), serverStep(endpoint)],
        });
      }),
    ),
  remedy: (context) => ({
    summary: `Narrow the sources of ${context.workload.name} to its clients.`,
    steps: [...closeNetwork(context), ...requireSignIn(context), ...watch(context)],
  }),
};
