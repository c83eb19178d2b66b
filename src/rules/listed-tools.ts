import type { Tool } from "../model/tool.ts";
import { pathSteps, serverStep, toolSteps } from "./chain.ts";
import { fail, fingerprintDoubts, pathDoubts, vantageDoubts } from "./doubts.ts";
import { internetPath, pathTo } from "./paths.ts";
import { leastPrivilege } from "./remedies/privilege.ts";
import { watch } from "./remedies/logging.ts";
import { closeNetwork } from "./remedies/network.ts";
import { delegateTokens, requireSignIn } from "./remedies/sign-in.ts";
import { pass } from "./rule.ts";
import type { RuleFacts, ServerContext, ServerRule } from "./rule.ts";
import { listsOpenly } from "./tool-facts.ts";
import { anyOf, unknown } from "./verdicts.ts";

/** A rule about tools of one kind that an open server, or also an exposed one, lists. */
export function toolRule(
  facts: RuleFacts & {
    readonly servers: "open" | "open-or-exposed";
    readonly matches: (tool: Tool) => boolean;
    /** What the matching tools let a caller do, as the end of "a caller can". */
    readonly says: (tools: readonly Tool[]) => string;
  },
): ServerRule {
  const { servers, matches, says, ...rest } = facts;
  return {
    ...rest,
    about: "server",
    check: (context) =>
      anyOf(
        context.server.endpoints.map((endpoint) => {
          const exposed =
            servers === "open-or-exposed" && internetPath(context, endpoint) !== undefined;
          const open = endpoint.authentication.verdict === "open";
          if (!exposed && !open) return pass;
          if (!endpoint.toolsListed) {
            return unknown(
              `tools/list of ${endpoint.url} did not succeed.`,
              context.server.severity,
            );
          }
          const tools = endpoint.tools.filter(matches);
          if (tools.length === 0) return pass;
          const path = pathTo(endpoint, context);
          return fail({
            severity: context.server.severity,
            assumptions: [
              ...(path ? pathDoubts(path) : []),
              ...vantageDoubts(context, path),
              ...fingerprintDoubts(endpoint),
            ],
            title: `Through ${endpoint.url} ${listsOpenly(endpoint) ? "anyone" : "a client"} can ${says(tools)}`,
            evidence: [...pathSteps(path), serverStep(endpoint), ...toolSteps(endpoint, tools)],
          });
        }),
      ),
    remedy,
  };
}

function remedy(context: ServerContext): ReturnType<ServerRule["remedy"]> {
  return {
    summary: `Offer these tools of ${context.workload.name} only to signed-in users, with their own rights.`,
    steps: [
      ...closeNetwork(context),
      ...requireSignIn(context),
      ...delegateTokens(context),
      ...context.held.flatMap(({ link, report }) =>
        leastPrivilege(
          report?.provider ?? context.provider,
          link.id,
          report?.because[0]?.statement,
        ),
      ),
      ...watch(context),
    ],
  };
}
