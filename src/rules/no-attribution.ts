import type { AuthenticationVerdict, ServerEndpoint } from "../model/server.ts";
import { identitySteps, pathSteps, serverStep } from "./chain.ts";
import { fail, fingerprintDoubts } from "./doubts.ts";
import { reaches } from "./order.ts";
import { pathTo } from "./paths.ts";
import { watch } from "./remedies/logging.ts";
import { delegateTokens, requireSignIn } from "./remedies/sign-in.ts";
import { pass } from "./rule.ts";
import type { Held, ServerContext, ServerRule, Verdict } from "./rule.ts";
import { anyOf, unknown } from "./verdicts.ts";

export const noAttribution: ServerRule = {
  id: "no-attribution",
  about: "server",
  title: "Every client of an MCP server acts as the same principal",
  risk: "The cloud's audit log names the server's identity for every call, so no one can tell who did what.",
  references: [
    "https://modelcontextprotocol.io/specification/2025-06-18/basic/security_best_practices#confused-deputy-problem",
  ],
  rows: ["audit"],
  curedByDelegation: "yes",
  controls: ["audit"],
  check: (context) =>
    anyOf(context.server.endpoints.map((endpoint) => throughEndpoint(context, endpoint))),
  remedy: (context) => ({
    summary: `Let ${context.workload.name} act for each user with that user's own token.`,
    steps: [...requireSignIn(context), ...delegateTokens(context), ...watch(context)],
  }),
};

/** What a client shows tells nothing about who it is. */
const anonymous: ReadonlySet<AuthenticationVerdict> = new Set(["open", "static-secret"]);

function throughEndpoint(context: ServerContext, endpoint: ServerEndpoint): Verdict {
  const { authentication, confidence, url } = endpoint;
  if (anonymous.has(authentication.verdict)) {
    return anyOf([
      ...context.held.map((held) => actsAs(context, endpoint, held)),
      ...unreadLinks(context),
    ]);
  }
  if (!context.held.some(couldRead) && !context.unreadLinks) return pass;
  if (authentication.advertisesOauth || authentication.verdict === "oauth") {
    return unknown(
      `${url} asks for OAuth tokens, but whether it acts with them or as its own identity does not show from outside.`,
      "medium",
    );
  }
  return authentication.verdict === "unknown" && confidence === "auth-required"
    ? unknown(`What ${url} accepts as a credential did not show in its refusals.`, "medium")
    : pass;
}

function actsAs(context: ServerContext, endpoint: ServerEndpoint, held: Held): Verdict {
  const { link, report } = held;
  if (!couldRead(held)) return pass;
  if (!report) return unknown(`The identity ${link.id} was not read.`, "medium");
  if (link.verdict === "maybe") {
    return unknown(
      `Whether ${context.workload.name} holds ${link.id} is open: ${link.because}`,
      "medium",
    );
  }
  if (!reaches(report.power === "unknown" ? report.best : report.power, "reads")) {
    return unknown(
      `The power of ${link.id} is unknown: ${report.assumptions.join("; ") || "its grants were not read"}.`,
      "medium",
    );
  }
  const shared = endpoint.authentication.verdict === "static-secret";
  return fail({
    severity: "medium",
    assumptions: fingerprintDoubts(endpoint),
    title: `All clients of ${endpoint.url} act as ${link.id}${shared ? " with one shared secret" : ", without a name"}`,
    evidence: [
      ...pathSteps(pathTo(endpoint, context)),
      serverStep(endpoint),
      ...identitySteps(held),
    ],
  });
}

/** An identity that can do nothing in the cloud leaves no traces to mix up. */
function couldRead({ report }: Held): boolean {
  return !report || reaches(report.power === "unknown" ? report.worst : report.power, "reads");
}

function unreadLinks({ unreadLinks: gap, workload }: ServerContext): Verdict[] {
  return gap
    ? [
        unknown(
          `${gap.call} was not read (${gap.reason}), so which identity ${workload.name} holds is open.`,
          "medium",
        ),
      ]
    : [];
}
