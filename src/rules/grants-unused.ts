import type { Family } from "../model/identity.ts";
import type { IdentityUse } from "../model/logging.ts";
import type { Provider } from "../model/provider.ts";
import { called } from "./called.ts";
import { ageInDays } from "./age.ts";
import { fail } from "./doubts.ts";
import { leastPrivilege } from "./remedies/privilege.ts";
import { pass } from "./rule.ts";
import type { IdentityContext, IdentityRule, Verdict } from "./rule.ts";
import { unknown } from "./verdicts.ts";

export const grantsUnused: IdentityRule = {
  id: "grants-unused",
  about: "identity",
  title: "An identity holds rights that it does not use",
  risk: "A right that nothing uses serves only someone who takes the identity over.",
  references: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_last-accessed.html",
    "https://cloud.google.com/policy-intelligence/docs/role-recommendations-overview",
  ],
  rows: ["privilegeEscalation"],
  curedByDelegation: "no",
  controls: ["privilege"],
  check,
  remedy: ({ identity }) => ({
    summary: `Take from ${identity.id} what it has not used.`,
    steps: leastPrivilege(identity.provider, identity.id, identity.because[0]?.statement),
  }),
};

/** What would tell when each family of rights was last used. */
const tellers: Readonly<Record<Provider, string>> = {
  aws: "iam:GetServiceLastAccessedDetails",
  azure: "a log of the identity's sign-ins and calls",
  gcp: "recommender:ListInsights (google.iam.policy.Insight)",
  oci: "the audit log of the identity's calls",
};

function granted({ identity }: IdentityContext): readonly Family[] {
  return [...new Set(identity.grants.map(({ family }) => family))].toSorted();
}

function check(context: IdentityContext): Verdict {
  const { identity, use, now, keyDays } = context;
  const families = granted(context);
  if (families.length === 0 && identity.power === "none") return pass;
  const teller = tellers[identity.provider];
  if (!use)
    return unknown(`When ${identity.id} last used its rights was not read: ${teller}.`, "low");
  if (use.families) return byFamily(context, use, use.families);
  const seen = ageInDays(use.lastUsed ?? use.since, now);
  if (seen === undefined || seen <= keyDays) {
    return unknown(
      use.lastUsed === undefined
        ? `${identity.id} exists since ${use.since.slice(0, 10)} only, which is too short to tell what it uses.`
        : `${identity.id} was used within ${keyDays} days; which of its rights were is not told without ${teller}.`,
      "low",
    );
  }
  return unused(context, use, families, seen);
}

/** A family that the provider does not list was never used. */
function byFamily(
  context: IdentityContext,
  use: IdentityUse,
  known: NonNullable<IdentityUse["families"]>,
): Verdict {
  const { now, keyDays } = context;
  const idle = granted(context).flatMap((family) => {
    const last = known.find((each) => each.family === family)?.lastUsed ?? use.since;
    const days = ageInDays(last, now);
    return days !== undefined && days > keyDays ? [{ family, days }] : [];
  });
  const [first] = idle;
  if (!first) return pass;
  const days = Math.min(...idle.map((each) => each.days));
  return unused(
    context,
    use,
    idle.map(({ family }) => family),
    days,
  );
}

function unused(
  { identity, holders }: IdentityContext,
  use: IdentityUse,
  families: readonly Family[],
  days: number,
): Verdict {
  const what = families.length > 0 ? families.join(", ") : "its rights";
  return fail({
    severity: "low",
    assumptions: [],
    title: `${called(identity)} has used none of ${what} for ${days} days`,
    evidence: [
      ...holders.slice(0, 1).map(({ link }) => ({
        kind: "identity" as const,
        id: identity.id,
        because: link.because,
        source: link.source,
      })),
      {
        kind: "permission",
        id: what,
        because:
          use.lastUsed === undefined
            ? `It was made on ${use.since.slice(0, 10)} and never used as far as the provider remembers.`
            : `The identity was last used on ${use.lastUsed.slice(0, 10)}.`,
        source: use.source,
      },
    ],
  });
}
