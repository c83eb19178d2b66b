import type { EstateIndex } from "../../../src/model/estate.ts";
import type { Decision, Identity } from "../../../src/model/identity.ts";
import type { Hop } from "../../../src/model/paths.ts";
import { anyRole, withAssignment, withPolicy } from "./added.ts";
import { bodyOf, type DirectoryBody } from "./bodies.ts";
import { known, together } from "./combine.ts";
import { directoryRules, type DirectoryRule } from "./escalations-directory.ts";
import { resourceOf } from "./resources.ts";

/** What roles of Microsoft Graph and of the directory open. */
export function* directoryHops(identity: Identity, estate: EstateIndex): Generator<Hop> {
  for (const { policy, via } of identity.policies) {
    const body = bodyOf(estate.policies.get(policy)?.body);
    if (body?.kind !== "directory") continue;
    for (const rule of directoryRules) {
      const decision = holds(rule, body, policy);
      if (decision.verdict === "no") continue;
      yield* effects[rule.effect](rule, identity, via, decision, estate);
      if (!body.applications && rule.effect.endsWith("applications")) {
        const open = together([decision, known("maybe", unlisted)]);
        yield* effects.everything(rule, identity, via, open, estate);
      }
    }
  }
}

const unlisted =
  "applications of the directory are not listed: one that is stronger may be among them";

function holds(
  { kind, names, actions }: DirectoryRule,
  body: DirectoryBody,
  policy: string,
): Decision {
  const held = kind === "app-role" ? body.appRoles : body.roles;
  if (held === null) return known("maybe", "roles in the directory could not be read");
  const words = new Set([...names, ...actions.map((action) => action.toLowerCase())]);
  const found = held.find((role) => words.has(role.toLowerCase()));
  return found === undefined
    ? known("no", "no such role")
    : { verdict: "yes", statements: [`${policy}#${found}`], because: found, assumptions: [] };
}

type Effect = (
  rule: DirectoryRule,
  identity: Identity,
  persona: string,
  decision: Decision,
  estate: EstateIndex,
) => Iterable<Hop>;

const effects: Readonly<Record<DirectoryRule["effect"], Effect>> = {
  everything: ({ id, title }, identity, persona, decision) => [
    {
      rule: id,
      title,
      to: withAssignment(identity, persona, anyRole, "/"),
      decision,
      rewritten: true,
    },
  ],
  applications: (rule, identity, _, decision, estate) =>
    applicationHops(rule, identity, decision, estate, () => "yes"),
  "owned-applications": (rule, identity, persona, decision, estate) =>
    applicationHops(rule, identity, decision, estate, (owners) =>
      owners === null ? "maybe" : owners.includes(persona.toLowerCase()) ? "yes" : "no",
    ),
  groups: ({ id, title }, identity, persona, decision, { paths }) =>
    (paths?.groups ?? []).map(({ policies = [] }) => ({
      rule: id,
      title,
      to: policies.reduce((to, policy) => withPolicy(to, policy, persona), identity),
      decision,
      rewritten: true,
    })),
};

/** Applications of the directory, whose owners are kept as facts of a resource. */
function applicationHops(
  { id, title }: DirectoryRule,
  identity: Identity,
  decision: Decision,
  estate: EstateIndex,
  admits: (owners: readonly string[] | null) => Decision["verdict"],
): Hop[] {
  return [...estate.identities.values()].flatMap((to): Hop[] => {
    const application = to.kind === "service-account" ? resourceOf(to.id, estate) : undefined;
    if (!application || to.id === identity.id) return [];
    const owned = admits(application.owners);
    if (owned === "no") return [];
    const open: Decision =
      owned === "maybe"
        ? {
            ...decision,
            verdict: "maybe",
            assumptions: [...decision.assumptions, `owners of ${to.id} could not be read`],
          }
        : decision;
    return [{ rule: id, title, to, decision: open, rewritten: false }];
  });
}
