import type { Exposure } from "../model/exposure.ts";
import type { IdentityReport } from "../model/identity.ts";
import type { ServerEndpoint } from "../model/server.ts";
import type { Tool } from "../model/tool.ts";
import { identitySteps, pathSteps, serverStep, toolSteps } from "./chain.ts";
import { fail, fingerprintDoubts, pathDoubts, pathUnsettled, vantageDoubts } from "./doubts.ts";
import { reaches } from "./order.ts";
import { internetPath } from "./paths.ts";
import { leastPrivilege } from "./remedies/privilege.ts";
import { watch } from "./remedies/logging.ts";
import { closeNetwork } from "./remedies/network.ts";
import { delegateTokens, requireSignIn } from "./remedies/sign-in.ts";
import { pass } from "./rule.ts";
import type { Held, ServerContext, ServerRule, Verdict } from "./rule.ts";
import { changesCloud, hostAccess, listsOpenly, namesOf } from "./tool-facts.ts";
import { anyOf, unknown } from "./verdicts.ts";

export const backdoor: ServerRule = {
  id: "backdoor",
  about: "server",
  title: "An open MCP server is a back door into the cloud",
  risk: "Anyone on the internet can use the server's own tools to act in the cloud with the server's identity, without a credential and in natural language.",
  references: [
    "https://modelcontextprotocol.io/specification/2025-06-18/basic/authorization",
    "https://modelcontextprotocol.io/specification/2025-06-18/basic/security_best_practices",
  ],
  rows: ["credentialExposure", "privilegeEscalation", "networkSurface", "audit"],
  curedByDelegation: "yes",
  controls: ["exposure", "privilege", "audit", "tools"],
  check: (context) =>
    anyOf(
      context.server.endpoints.filter(listsOpenly).flatMap((endpoint) => {
        const path = internetPath(context, endpoint);
        return path ? [throughEndpoint(context, endpoint, path)] : [];
      }),
    ),
  remedy: (context) => {
    const strongest = context.held.find(({ report }) => report !== undefined);
    return {
      summary: `Take ${context.workload.name} off the internet now, then let users sign in and take away what its tools do not need.`,
      steps: [
        ...closeNetwork(context),
        ...requireSignIn(context),
        ...delegateTokens(context),
        ...context.held
          .filter(({ link }) => link.id === strongest?.link.id)
          .flatMap(({ link, report }) =>
            leastPrivilege(
              report?.provider ?? context.provider,
              link.id,
              report?.because[0]?.statement,
            ),
          ),
        ...watch(context),
      ],
    };
  },
};

function throughEndpoint(
  context: ServerContext,
  endpoint: ServerEndpoint,
  path: Exposure,
): Verdict {
  const tools = endpoint.tools.filter(
    (tool) => changesCloud(tool) || hostAccess(tool) !== undefined,
  );
  if (tools.length === 0) return pass;
  const verdicts = context.held.map((held) => throughIdentity(context, endpoint, path, held));
  if (context.unreadLinks) {
    verdicts.push(
      unknown(
        `${context.unreadLinks.call} was not read (${context.unreadLinks.reason}), so which identity ${context.workload.name} holds is open.`,
        "critical",
      ),
    );
  }
  return anyOf(verdicts);
}

/** A tool can use the identity when it manages the identity's own cloud, or gets at the credentials of the host. */
function usableWith(tool: Tool, { report }: Held): boolean {
  if (hostAccess(tool) !== undefined) return true;
  return changesCloud(tool) && (!report || tool.manages?.cloud === report.provider);
}

function throughIdentity(
  context: ServerContext,
  endpoint: ServerEndpoint,
  path: Exposure,
  held: Held,
): Verdict {
  const { link, report } = held;
  const tools = endpoint.tools.filter((tool) => usableWith(tool, held));
  if (tools.length === 0) return pass;
  if (!report) return unknown(`The identity ${link.id} was not read.`, "critical");
  const { power, worst, best } = report;
  const sure = power === "unknown" ? best : power;
  if (!reaches(sure, "manages")) {
    return reaches(worst, "manages")
      ? unknown(
          `The power of ${link.id} is unknown: ${report.assumptions.join("; ") || "its grants were not read"}.`,
          "critical",
        )
      : pass;
  }
  if (link.verdict === "maybe") {
    return unknown(
      `Whether ${context.workload.name} holds ${link.id} is open: ${link.because}`,
      "critical",
    );
  }
  if (pathUnsettled(context, path)) {
    return unknown(
      `The path to ${endpoint.url} is open: ${pathDoubts(path).join("; ")}.`,
      "critical",
    );
  }
  return fail({
    severity: "critical",
    assumptions: [
      ...pathDoubts(path),
      ...vantageDoubts(context, path),
      ...fingerprintDoubts(endpoint),
      ...powerDoubts(report),
    ],
    title: `Anyone on the internet can act as ${link.id} (${sure}) through ${namesOf(tools)} on ${context.workload.name}`,
    evidence: [
      ...pathSteps(path),
      serverStep(endpoint),
      ...toolSteps(endpoint, tools),
      ...identitySteps(held),
    ],
  });
}

/** What is known to hold at the least needs no assumption. */
function powerDoubts({ id, power, verdict, assumptions }: IdentityReport): readonly string[] {
  if (power === "unknown" || verdict !== "maybe") return [];
  return assumptions.length > 0 ? assumptions : [`A limit on ${id} was not read.`];
}
