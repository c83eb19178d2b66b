import type { EvidenceStep, RemediationStep } from "../model/finding.ts";
import type { Family, Grant, IdentityReport } from "../model/identity.ts";
import type { Server } from "../model/server.ts";
import { called } from "./called.ts";
import { pathSteps, serverStep } from "./chain.ts";
import { fail, fingerprintDoubts } from "./doubts.ts";
import { reaches } from "./order.ts";
import { delegateTokens } from "./remedies/sign-in.ts";
import { leastPrivilege } from "./remedies/privilege.ts";
import { pass } from "./rule.ts";
import type { IdentityContext, IdentityRule, Verdict } from "./rule.ts";
import { namesOf } from "./tool-facts.ts";
import { bearsPower, hidesPurpose, needs } from "./tool-needs.ts";
import { unknown } from "./verdicts.ts";

/** Grants that a chain and a title show. */
const shown = 3;

export const grantsExceedTools: IdentityRule = {
  id: "grants-exceed-tools",
  about: "identity",
  title: "An identity may do more than the tools of its server need",
  risk: "What no tool needs serves only someone who takes over the server.",
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html#grant-least-privilege",
  ],
  rows: ["privilegeEscalation"],
  curedByDelegation: "no",
  controls: ["privilege"],
  check,
  remedy: (context) => {
    const { identity, holders } = context;
    const [excess] = excessOf(
      identity,
      holders.flatMap(({ context: { serverOn } }) => (serverOn ? [serverOn] : [])),
    );
    return {
      summary: `Take from ${identity.id} what no listed tool needs.`,
      steps: [
        ...leastPrivilege(
          identity.provider,
          identity.id,
          excess?.raw[0] ?? identity.because[0]?.statement,
        ),
        ...proposed(identity),
        ...(holders[0] ? delegateTokens(holders[0].context) : []),
      ],
    };
  },
};

function check(context: IdentityContext): Verdict {
  const { identity, holders } = context;
  const holding = holders.flatMap(({ context: holder, link }) =>
    holder.serverOn ? [{ holder, link, server: holder.serverOn }] : [],
  );
  const [first] = holding;
  if (!first) return pass;
  const endpoints = holding.flatMap(({ server }) => server.endpoints);
  const excess = excessOf(
    identity,
    holding.map(({ server }) => server),
  );
  if (excess.length === 0) return notRead(identity);
  const unlisted = endpoints.find(({ toolsListed }) => !toolsListed);
  if (unlisted) {
    return unknown(
      `tools/list of ${unlisted.url} did not succeed, so what its tools need of ${identity.id} is open.`,
      "medium",
    );
  }
  if (first.link.verdict !== "yes") {
    return unknown(
      `Whether ${first.holder.workload.name} holds ${identity.id} is open: ${first.link.because}`,
      "medium",
    );
  }
  const hiding = endpoints.flatMap(({ tools }) => tools).filter(hidesPurpose);
  const sure = excess.some(({ verdict }) => verdict === "yes");
  return fail({
    severity: "medium",
    assumptions: [
      ...endpoints.flatMap(fingerprintDoubts),
      ...(hiding.length > 0
        ? [`What ${namesOf(hiding)} works on does not show; it is taken not to be this cloud.`]
        : []),
      ...(sure ? [] : limitsOf(identity)),
    ],
    title: `${called(identity)} may ${actionsOf(excess)}, which no tool of ${[...new Set(holding.map(({ holder }) => holder.workload.name))].join(", ")} needs`,
    evidence: [
      ...pathSteps(first.holder.exposures[0]),
      ...first.server.endpoints.slice(0, 1).map(serverStep),
      {
        kind: "identity",
        id: identity.id,
        because: first.link.because,
        source: first.link.source,
      },
      ...excess.slice(0, shown).flatMap((grant) => grantSteps(identity, grant)),
    ],
  });
}

/** Surely held ones first, else in the order of the report. */
function excessOf(identity: IdentityReport, servers: readonly Server[]): readonly Grant[] {
  const tools = servers.flatMap(({ endpoints }) => endpoints.flatMap((one) => one.tools));
  const idle = idleFamilies(identity);
  return identity.grants
    .filter(bearsPower)
    .filter(
      (grant) =>
        idle.has(grant.family) || !tools.some((tool) => needs(tool, grant, identity.provider)),
    )
    .toSorted((a, b) => Number(b.verdict === "yes") - Number(a.verdict === "yes"));
}

/** Families of which the tables of its servers' products say that no tool needs anything. */
function idleFamilies({ needed }: IdentityReport): ReadonlySet<Family> {
  if (needed?.verdict !== "yes") return new Set();
  return new Set(
    needed.unneeded.flatMap(({ family, whole, because }) =>
      whole && because === "tools" ? [family] : [],
    ),
  );
}

/** Where the report holds a smaller policy. */
function proposed({ id, needed }: IdentityReport): readonly RemediationStep[] {
  const names = needed?.policies.map(({ name }) => name) ?? [];
  return names.length === 0
    ? []
    : [
        {
          kind: "design",
          text: `A policy with only what the listed tools need is proposed in the report, under needed of ${id}: ${names.join(", ")}.`,
        },
      ];
}

function notRead(identity: IdentityReport): Verdict {
  return identity.power === "unknown" && reaches(identity.worst, "manages")
    ? unknown(
        `The power of ${identity.id} is unknown: ${identity.assumptions.join("; ") || "its grants were not read"}.`,
        "medium",
      )
    : pass;
}

function limitsOf({ assumptions, id }: IdentityReport): readonly string[] {
  return assumptions.length > 0 ? assumptions : [`A limit on ${id} was not read.`];
}

function actionsOf(excess: readonly Grant[]): string {
  const names = [...new Set(excess.map(({ action, resource }) => `${action} on ${resource}`))];
  const rest = names.length - shown;
  return `${names.slice(0, shown).join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}

function grantSteps({ because }: IdentityReport, grant: Grant): EvidenceStep[] {
  const { action, resource, access, family, breadth, plane, raw } = grant;
  const read = because.find(({ statement }) => raw.includes(statement));
  const source = read?.source ?? { kind: "rule", id: "postern:grants" };
  return [
    {
      kind: "permission",
      id: `${action} on ${resource}`,
      because: `It gives ${access} over ${family} (${plane} plane, ${breadth}); no listed tool needs that (${raw[0] ?? "derived"}).`,
      source,
    },
    { kind: "resource", id: resource, because: `${action} reaches it.`, source },
  ];
}
