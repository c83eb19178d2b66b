import type { Severity } from "../model/finding.ts";
import type { IdentityReport, Power } from "../model/identity.ts";
import { called } from "./called.ts";
import { identitySteps, pathSteps } from "./chain.ts";
import { fail } from "./doubts.ts";
import { reaches } from "./order.ts";
import { delegateTokens } from "./remedies/sign-in.ts";
import { leastPrivilege } from "./remedies/privilege.ts";
import { pass } from "./rule.ts";
import type {
  IdentityContext,
  IdentityRule,
  ServerContext,
  Verdict,
  WorkloadContext,
} from "./rule.ts";
import { atMost, severityRank } from "./severity.ts";
import { changesCloud, hostAccess } from "./tool-facts.ts";
import { unknown } from "./verdicts.ts";

/** The rule that one word of power fires; only the strongest word of an identity counts. */
export function identityRule(facts: {
  readonly id: string;
  readonly power: Power;
  readonly title: string;
  readonly risk: string;
  readonly can: string;
}): IdentityRule {
  return {
    id: facts.id,
    about: "identity",
    title: facts.title,
    risk: facts.risk,
    references: [
      "https://modelcontextprotocol.io/specification/2025-06-18/basic/security_best_practices",
    ],
    rows: ["privilegeEscalation"],
    curedByDelegation: "without-host-tools",
    controls: ["privilege"],
    check: (context) => check(context, facts.power, facts.can),
    remedy: (context) => remedy(context),
  };
}

function check(context: IdentityContext, power: Power, can: string): Verdict {
  const { identity, holders } = context;
  const [worst] = holders;
  if (!worst) return pass;
  const severity = severityOfHolders(context);
  if (identity.power !== power) {
    const open = identity.worst === power && !isAtLeast(identity, power);
    return open
      ? unknown(
          `The power of ${identity.id} is unknown: ${identity.assumptions.join("; ") || "its grants were not read"}.`,
          severity,
          reaches(identity.best, "manages") ? severity : "pass",
        )
      : pass;
  }
  const names = [...new Set(holders.map((holder) => holder.context.workload.name))];
  if (holders.every(({ link }) => link.verdict !== "yes")) {
    return unknown(
      `Whether ${names.join(", ")} holds ${identity.id} is open: ${worst.link.because}`,
      severity,
    );
  }
  return fail({
    severity,
    assumptions: assumptionsOf(identity),
    title: `${called(identity)}, held by ${names.join(", ")}, ${can}`,
    evidence: [
      ...pathSteps(worst.context.exposures[0]),
      ...identitySteps({ link: worst.link, report: identity }),
    ],
  });
}

function isAtLeast(identity: IdentityReport, power: Power): boolean {
  return identity.power !== "unknown" && reaches(identity.power, power);
}

function assumptionsOf(identity: IdentityReport): readonly string[] {
  if (identity.verdict !== "maybe") return [];
  return identity.assumptions.length > 0
    ? identity.assumptions
    : [`A limit on ${identity.id} was not read.`];
}

/** S of the worst server, at most high when none of its listed tools can use the identity. */
function severityOfHolders({ identity, holders }: IdentityContext): Severity {
  return holders
    .map(({ context }) => severityThrough(context, identity))
    .reduce((a, b) => (severityRank(b) > severityRank(a) ? b : a), "low");
}

function severityThrough(
  context: ServerContext | WorkloadContext,
  identity: IdentityReport,
): Severity {
  if (!("server" in context)) return "medium";
  const { endpoints, severity } = context.server;
  const exercisable = endpoints
    .flatMap(({ tools }) => tools)
    .some(
      (tool) =>
        hostAccess(tool) !== undefined ||
        (changesCloud(tool) && tool.manages?.cloud === identity.provider),
    );
  return exercisable ? severity : atMost(severity, "high");
}

function remedy({ identity, holders }: IdentityContext): ReturnType<IdentityRule["remedy"]> {
  const [worst] = holders;
  return {
    summary: `Reduce ${identity.id} to what its server needs.`,
    steps: [
      ...(worst ? delegateTokens(worst.context) : []),
      ...leastPrivilege(identity.provider, identity.id, identity.because[0]?.statement),
    ],
  };
}
