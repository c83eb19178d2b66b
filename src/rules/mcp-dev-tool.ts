import type { ServerEndpoint } from "../model/server.ts";
import { pathSteps, serverStep } from "./chain.ts";
import { fail, fingerprintDoubts, pathDoubts, pathUnsettled, vantageDoubts } from "./doubts.ts";
import { pathTo } from "./paths.ts";
import { keepOnOwnMachine } from "./remedies/developer-tool.ts";
import { watch } from "./remedies/logging.ts";
import { closeNetwork } from "./remedies/network.ts";
import { pass } from "./rule.ts";
import type { ServerContext, ServerRule, Verdict } from "./rule.ts";
import { anyOf, unknown } from "./verdicts.ts";

export const mcpDevTool: ServerRule = {
  id: "mcp-dev-tool",
  about: "server",
  title: "A developer's test tool can be reached over the network",
  risk: "Tools of the Inspector class start any program on their host for whoever gets at them.",
  references: [
    "https://github.com/modelcontextprotocol/inspector#security-considerations",
    "https://nvd.nist.gov/vuln/detail/CVE-2025-49596",
  ],
  rows: ["networkSurface"],
  curedByDelegation: "no",
  controls: ["exposure", "tools"],
  check: (context) => anyOf(context.server.endpoints.map((endpoint) => judge(context, endpoint))),
  remedy: (context) => ({
    summary: `Take the developer tool off ${context.workload.name}.`,
    steps: [...closeNetwork(context), ...keepOnOwnMachine(context), ...watch(context)],
  }),
};

function judge(context: ServerContext, endpoint: ServerEndpoint): Verdict {
  const { product, authentication, url } = endpoint;
  const path = pathTo(endpoint, context);
  if (product?.kind !== "developer-tool" || !path) return pass;
  if (pathUnsettled(context, path)) {
    return unknown(
      `Whether ${url} is reachable is open: ${pathDoubts(path).join("; ")}`,
      "critical",
    );
  }
  const unclear = authentication.verdict === "unknown";
  const open = authentication.verdict === "open";
  return fail({
    severity: open || unclear ? "critical" : "high",
    assumptions: [
      ...pathDoubts(path),
      ...vantageDoubts(context, path),
      ...fingerprintDoubts(endpoint),
      ...(unclear ? [`${url} may answer without a token: its refusals did not show it.`] : []),
      ...(product.basis === "claimed"
        ? [`Only its own words say that ${url} is ${product.name}.`]
        : []),
    ],
    title: `${product.name} on ${context.workload.name} is reachable at ${url}${open ? " without a token" : ""}`,
    evidence: [...pathSteps(path), serverStep(endpoint)],
  });
}
