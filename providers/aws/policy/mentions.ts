import type { EstateIndex } from "../../../src/model/estate.ts";
import type { Identity } from "../../../src/model/identity.ts";
import { layersOf } from "./layers.ts";
import { glob } from "./match.ts";
import type { Statement } from "./parse.ts";

/** Some allow speaks about the action; calls on roles and resources may be allowed by these alone. */
export function mentions(identity: Identity, action: string, estate: EstateIndex): boolean {
  if (!/^(?:iam|ssm|ec2|ecs):/.test(action) && (estate.paths?.resourcePolicies.size ?? 0) > 0)
    return true;
  if (action === "sts:AssumeRole") return true;
  return allows(identity, action, estate);
}

/** Some policy of the identity's own speaks about the action, or one was not read. */
export function allows(identity: Identity, action: string, estate: EstateIndex): boolean {
  const asked = action.toLowerCase();
  const { grants, states } = layersOf(identity, estate);
  return (
    states.some(({ layer, state }) => layer === "grant" && state === "unread") ||
    grants.some((statement) => statement.effect === "Allow" && speaksOf(statement, asked))
  );
}

const spoken = new WeakMap<Statement, Map<string, boolean>>();

/** Asked of the same shared policies for every rule and every identity. */
function speaksOf(statement: Statement, action: string): boolean {
  const { actions, notActions } = statement;
  // Patterns of other services only: no need to remember.
  if (!notActions && !actions.some((pattern) => sameService(pattern, action))) return false;
  const known = spoken.get(statement) ?? new Map<string, boolean>();
  spoken.set(statement, known);
  const before = known.get(action);
  if (before !== undefined) return before;
  const speaks = actions.some((pattern) => glob(pattern, action)) !== notActions;
  known.set(action, speaks);
  return speaks;
}

function sameService(pattern: string, action: string): boolean {
  const first = pattern.charCodeAt(0);
  return first === 42 || first === 63 || first === action.charCodeAt(0);
}
