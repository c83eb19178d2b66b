import type { EstateIndex } from "../../../src/model/estate.ts";
import type { Identity } from "../../../src/model/identity.ts";
import { isPod } from "./caller.ts";
import { holdsPermission } from "./decide.ts";
import type { GcpRule } from "./escalations.ts";
import { accountName } from "./hop-decisions.ts";
import { layersOf } from "./layers.ts";
import { worldOf } from "./world.ts";

/** Some binding of the identity gives each action somewhere, or one that was not read may. */
export function mentioned(
  { actions, oneOf = [[]] }: GcpRule,
  identity: Identity,
  estate: EstateIndex,
): boolean {
  const layers = layersOf(identity, estate);
  if (layers.states.some(({ layer, state }) => layer === "grant" && state === "unread"))
    return true;
  const given = (action: string): boolean =>
    (action.startsWith("iam.serviceAccount") && hasUnreadAccount(estate)) ||
    layers.bindings.some((binding) => holdsPermission(binding, action, layers) !== "no");
  return actions.every(given) && oneOf.some((set) => set.every(given));
}

const unreadAccounts = new WeakMap<EstateIndex["policies"], boolean>();

function hasUnreadAccount(estate: EstateIndex): boolean {
  const cached = unreadAccounts.get(estate.policies);
  if (cached !== undefined) return cached;
  const { bindings } = worldOf(estate);
  const unread = [...estate.identities.values()].some(
    (identity) =>
      identity.provider === "gcp" && !isPod(identity.id) && !bindings.has(accountName(identity)),
  );
  unreadAccounts.set(estate.policies, unread);
  return unread;
}
