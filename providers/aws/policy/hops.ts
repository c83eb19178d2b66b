import type { EstateIndex } from "../../../src/model/estate.ts";
import type { Identity } from "../../../src/model/identity.ts";
import type { Hop } from "../../../src/model/paths.ts";
import { identityRules } from "./escalations-identity.ts";
import { heldRules } from "./escalations-held.ts";
import { passedJobRules } from "./escalations-passed-jobs.ts";
import { passedRules } from "./escalations-passed.ts";
import { identityHops } from "./hops-identity.ts";
import { serviceHops } from "./hops-services.ts";
import { layersOf } from "./layers.ts";
import { glob } from "./match.ts";

/** Every way that leads out of this identity, as far as the estate is known. */
export function hopsOf(identity: Identity, estate: EstateIndex): readonly Hop[] {
  return [
    ...identityRules
      .filter(({ actions, effect }) =>
        // Which credential of a user is taken depends on the user.
        (effect === "fill-user" ? actions.slice(0, 1) : actions).every((action) =>
          mentions(identity, action, estate),
        ),
      )
      .flatMap((rule) => identityHops(rule, identity, estate)),
    ...[...heldRules, ...passedRules, ...passedJobRules]
      .filter(({ actions }) => actions.every((action) => mentions(identity, action, estate)))
      .flatMap((rule) => serviceHops(rule, identity, estate)),
  ].filter(({ decision }) => decision.verdict !== "no");
}

/** Some allow speaks about the action; calls on roles and resources may be allowed by these alone. */
function mentions(identity: Identity, action: string, estate: EstateIndex): boolean {
  if (!/^(?:iam|ssm|ec2|ecs):/.test(action) && (estate.paths?.resourcePolicies.size ?? 0) > 0)
    return true;
  if (action === "sts:AssumeRole") return true;
  const asked = action.toLowerCase();
  const { grants, states } = layersOf(identity, estate);
  return (
    states.some(({ layer, state }) => layer === "grant" && state === "unread") ||
    grants.some(
      ({ effect, actions, notActions }) =>
        effect === "Allow" && actions.some((pattern) => glob(pattern, asked)) !== notActions,
    )
  );
}
