import { pathSteps, serverStep, toolSteps } from "./chain.ts";
import { fail, fingerprintDoubts, pathDoubts, vantageDoubts } from "./doubts.ts";
import { pathTo } from "./paths.ts";
import { watch } from "./remedies/logging.ts";
import { closeNetwork } from "./remedies/network.ts";
import { delegateTokens, requireSignIn } from "./remedies/sign-in.ts";
import { encrypt } from "./remedies/tls.ts";
import { pass } from "./rule.ts";
import type { ServerRule } from "./rule.ts";
import { listsOpenly } from "./tool-facts.ts";
import { anyOf, unknown } from "./verdicts.ts";

export const mcpOpen: ServerRule = {
  id: "mcp-open",
  about: "server",
  title: "An MCP server lists its tools without credentials",
  risk: "Every caller gets the same access as the server itself, and nobody can tell afterwards who it was.",
  references: ["https://modelcontextprotocol.io/specification/2025-06-18/basic/authorization"],
  rows: ["networkSurface", "audit"],
  curedByDelegation: "yes",
  controls: ["exposure", "audit"],
  check: (context) =>
    anyOf(
      context.server.endpoints.map((endpoint) => {
        const { authentication, toolsListed, url, tools } = endpoint;
        if (authentication.verdict === "open" && !toolsListed) {
          return unknown(`tools/list of ${url} did not succeed.`, context.server.severity);
        }
        if (!listsOpenly(endpoint)) return pass;
        const path = pathTo(endpoint, context);
        return fail({
          severity: context.server.severity,
          assumptions: [
            ...(path ? pathDoubts(path) : []),
            ...vantageDoubts(context, path),
            ...fingerprintDoubts(endpoint),
          ],
          title: `${url} lists ${tools.length} tools to anyone ${path?.sources === "internet" ? "on the internet" : "who can reach it"}`,
          evidence: [...pathSteps(path), serverStep(endpoint), ...toolSteps(endpoint, tools)],
        });
      }),
    ),
  remedy: (context) => ({
    summary: `Close ${context.workload.name} or demand a token from every caller.`,
    steps: [
      ...closeNetwork(context),
      ...encrypt(context),
      ...requireSignIn(context),
      ...delegateTokens(context),
      ...watch(context),
    ],
  }),
};
