import type { EvidenceStep } from "../model/finding.ts";
import { called } from "./called.ts";
import { identitySteps, pathSteps } from "./chain.ts";
import { fail } from "./doubts.ts";
import { ownIdentity } from "./remedies/own-identity.ts";
import { leastPrivilege } from "./remedies/privilege.ts";
import { pass } from "./rule.ts";
import type { Bearer, IdentityContext, IdentityRule, Verdict } from "./rule.ts";
import { unknown } from "./verdicts.ts";

/** Workloads that a chain and a title show. */
const shown = 5;

export const identityShared: IdentityRule = {
  id: "identity-shared",
  about: "identity",
  title: "An MCP server shares its identity with other workloads",
  risk: "Whoever takes over the server gets what the others need too, and the logs cannot tell who acted.",
  references: [
    "https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/sec_permissions_least_privileges.html",
  ],
  rows: ["privilegeEscalation", "audit"],
  curedByDelegation: "no",
  controls: ["privilege", "audit"],
  check,
  remedy: ({ identity, holders }) => {
    const workload = holders[0]?.context.workload ?? { id: identity.id, name: identity.id };
    return {
      summary: `Give each workload that uses ${identity.id} an identity of its own.`,
      steps: [
        ...ownIdentity(identity.provider, { identity: identity.id, workload }),
        ...leastPrivilege(identity.provider, identity.id, identity.because[0]?.statement),
      ],
    };
  },
};

function check(context: IdentityContext): Verdict {
  const { identity, bearers } = context;
  const server = context.holders.find(
    ({ context: holder, link }) => holder.serverOn !== undefined && link.verdict === "yes",
  );
  if (!server) return candidateOnly(context);
  const sure = bearers.filter(({ link }) => link.verdict === "yes");
  if (sure.length < 2) return open(context, server.context.workload.name);
  return fail({
    severity: "medium",
    assumptions: [],
    title: `${called(identity)} is the identity of ${sure.length} workloads: ${namesOf(sure)}`,
    evidence: [
      ...pathSteps(server.context.exposures[0]),
      ...sure.slice(0, shown).map(bearerStep),
      ...identitySteps({ link: server.link, report: identity }),
    ],
  });
}

function candidateOnly({ identity, holders, bearers }: IdentityContext): Verdict {
  const candidate = holders.find(({ context }) => context.serverOn !== undefined);
  if (!candidate || bearers.length < 2) return pass;
  return unknown(
    `Whether ${candidate.context.workload.name} holds ${identity.id} is open: ${candidate.link.because}`,
    "medium",
  );
}

/** One sure holder: another one may be a candidate, or among the workloads that could not be read. */
function open({ identity, bearers, scopeGaps }: IdentityContext, server: string): Verdict {
  const candidate = bearers.find(({ link }) => link.verdict === "maybe");
  if (candidate) {
    return unknown(
      `Whether ${candidate.name} holds ${identity.id}, as ${server} does, is open: ${candidate.link.because}`,
      "medium",
    );
  }
  const gap = scopeGaps.find(({ affects }) => affects.includes("identity-links"));
  return gap
    ? unknown(
        `${gap.call}${gap.region === undefined ? "" : ` in ${gap.region}`} was not read (${gap.reason}), so who else holds ${identity.id} is open.`,
        "medium",
      )
    : pass;
}

function bearerStep({ id, name, link }: Bearer): EvidenceStep {
  return {
    kind: "workload",
    id,
    because: `${name} holds the identity. ${link.because}`,
    source: link.source,
  };
}

function namesOf(bearers: readonly Bearer[]): string {
  const rest = bearers.length - shown;
  const names = bearers.slice(0, shown).map(({ name }) => name);
  return `${names.join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}
