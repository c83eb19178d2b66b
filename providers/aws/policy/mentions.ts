import type { EstateIndex } from "../../../src/model/estate.ts";
import type { Identity } from "../../../src/model/identity.ts";
import { layersOf } from "./layers.ts";
import { arnParts, glob } from "./match.ts";
import type { Statement } from "./parse.ts";

/** Whether something but the identity's own policies may allow the action: trusts, and policies on resources. */
export function elsewhere(action: string, { paths }: EstateIndex): boolean {
  if (action === "sts:assumerole") return true;
  const held = paths?.resourcePolicies;
  return held !== undefined && servicesOf(held).has(action.slice(0, action.indexOf(":")));
}

const services = new WeakMap<ReadonlyMap<string, string>, ReadonlySet<string>>();

/** Services of which some resource has a policy. */
function servicesOf(held: ReadonlyMap<string, string>): ReadonlySet<string> {
  const known = services.get(held);
  if (known) return known;
  const found = new Set([...held.keys()].flatMap((arn) => arnParts(arn)?.[2] ?? []));
  services.set(held, found);
  return found;
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

function speaksOf({ actions, notActions }: Statement, action: string): boolean {
  return actions.some((pattern) => glob(pattern, action)) !== notActions;
}

const matched = new Map<string, readonly string[]>();
/** Patterns repeat from policy to policy; more different ones than this are not kept. */
const maxPatterns = 50_000;

/**
 * Which of these actions some allow of the identity speaks about; `undefined` = a policy was not read.
 * @param all lower case, always the same list
 */
export function spokenOf(
  identity: Identity,
  all: readonly string[],
  estate: EstateIndex,
): ReadonlySet<string> | undefined {
  const { grants, states } = layersOf(identity, estate);
  if (states.some(({ layer, state }) => layer === "grant" && state === "unread")) return undefined;
  const spoken = new Set<string>();
  for (const statement of grants) {
    if (statement.effect !== "Allow") continue;
    const found = statement.notActions
      ? all.filter((action) => speaksOf(statement, action))
      : statement.actions.flatMap((pattern) => matching(pattern, all));
    for (const action of found) spoken.add(action);
  }
  return spoken;
}

function matching(pattern: string, all: readonly string[]): readonly string[] {
  const known = matched.get(pattern);
  if (known) return known;
  const found = all.filter((action) => glob(pattern, action));
  if (matched.size < maxPatterns) matched.set(pattern, found);
  return found;
}
