import type { EstateIndex } from "../../../src/model/estate.ts";
import type { Decision, Identity } from "../../../src/model/identity.ts";
import type { Hop } from "../../../src/model/paths.ts";
import { supposed, supposing } from "./caller.ts";
import { decideNeeds } from "./decide.ts";
import { escalations, type Effect, type OciRule } from "./escalations.ts";
import { isFull } from "./grants.ts";
import type { Need } from "./paths.ts";
import { covers } from "./places.ts";
import type { KnownOperation } from "./requests.ts";
import { viewOf, type View } from "./view.ts";
import { retagged, updatedFunctions } from "./hops-things.ts";
import { holdersOf } from "./runners.ts";
import { unseenHops } from "./unseen.ts";

type Follow = (rule: OciRule, caller: Identity, estate: EstateIndex, view: View) => Iterable<Hop>;

const followers: Readonly<Record<Effect, Follow>> = {
  "grant-self": grantedSelf,
  join: joinedGroups,
  "become-user": addedUsers,
  "run-command": commanded,
  "update-function": updatedFunctions,
  retag: retagged,
  launch: (rule, caller, estate, view) => made("instance", rule, caller, estate, view),
  function: (rule, caller, estate, view) => made("fnfunc", rule, caller, estate, view),
};

/** Every way that leads out of this identity, as far as the estate is known. */
export function* hopsOf(identity: Identity, estate: EstateIndex): Generator<Hop> {
  const view = viewOf(identity, estate);
  for (const rule of escalations) {
    const held = rule.actions.every((permission) =>
      view.possible.grants.some((grant) => grant.permissions.has(permission)),
    );
    if (!held) continue;
    yield* followers[rule.effect](rule, identity, estate, view);
    yield* unseenHops(rule, identity, estate, view);
  }
}

const operations: Readonly<Record<string, KnownOperation>> = {
  POLICY_CREATE: "CreatePolicy",
  POLICY_UPDATE: "UpdatePolicy",
};

/** Nothing is gained where it manages everything already. */
function* grantedSelf(
  rule: OciRule,
  caller: Identity,
  estate: EstateIndex,
  { possible, certain, tenancy: { world } }: View,
): Generator<Hop> {
  const [permission = ""] = rule.actions;
  const operation = operations[permission];
  const writers = possible.grants.filter(
    ({ spot, permissions }) => !spot.foreign && permissions.has(permission),
  );
  // A condition may leave single compartments of a place.
  const below = writers.some(({ subset }) => subset) ? [...world.compartments.keys()] : [];
  const spots = new Set([...writers.map(({ spot }) => spot.id), ...below]);
  for (const at of spots) {
    const spot = { id: at, foreign: false };
    const has = certain.grants.some(
      (grant) => isFull(grant) && !grant.subset && covers(world, grant.spot, spot),
    );
    if (has || supposed(caller, "grant").includes(at)) continue;
    const needs = [{ permission, at, ...(operation && { operation }) }];
    const decision = decideNeeds(caller, needs, estate);
    if (decision.verdict === "no") continue;
    const to = { ...caller, policies: [...caller.policies, supposing("grant", at)] };
    yield { rule: rule.id, title: rule.title, to, decision, rewritten: true };
  }
}

function* joinedGroups(
  rule: OciRule,
  caller: Identity,
  estate: EstateIndex,
  { actor, tenancy: { world } }: View,
): Generator<Hop> {
  if (actor.kind === "user") return;
  for (const { name, domain, ocid } of world.dynamicGroups) {
    const group = `${domain}/${name}`;
    if (domain === "?" || supposed(caller, "join").includes(group)) continue;
    const target = {
      "dynamicgroup.name": name,
      ...(ocid !== undefined && { "dynamicgroup.id": ocid }),
    };
    const need = {
      permission: "DYNAMIC_GROUP_UPDATE",
      operation: "UpdateDynamicGroup",
      at: world.tenancy,
      target,
    } as const;
    const decision = decideNeeds(caller, [need], estate);
    if (decision.verdict === "no") continue;
    const kept = caller.policies.filter(({ policy }) => !policy.startsWith("supposed join "));
    const to = { ...caller, policies: [...kept, supposing("join", group)] };
    yield { rule: rule.id, title: rule.title, to, decision, rewritten: true };
  }
}

/** Any user will do, so the group alone says what is reached. */
function* addedUsers(
  rule: OciRule,
  caller: Identity,
  estate: EstateIndex,
  { tenancy: { world, groupsRead } }: View,
): Generator<Hop> {
  const at = world.tenancy;
  for (const group of world.groups) {
    const decision = decideNeeds(
      caller,
      [
        { permission: "USER_APIKEY_ADD", operation: "UploadApiKey", at },
        { permission: "USER_UPDATE", operation: "AddUserToGroup", at },
        {
          permission: "GROUP_UPDATE",
          operation: "AddUserToGroup",
          at,
          target: { "group.name": group },
        },
      ],
      estate,
    );
    if (decision.verdict === "no") continue;
    const to: Identity = {
      ...caller,
      id: `a user in group ${group}`,
      kind: "user",
      name: group,
      policies: [supposing("member", group)],
    };
    const open = "the groups of the tenancy were not read";
    yield {
      rule: rule.id,
      title: rule.title,
      to,
      decision: groupsRead ? decision : doubted(decision, open),
      rewritten: true,
    };
  }
}

/** One instance stands for all that nothing tells apart. */
function* commanded(
  rule: OciRule,
  caller: Identity,
  estate: EstateIndex,
  { key, tenancy: { world } }: View,
): Generator<Hop> {
  for (const { identity, compartment, view } of holdersOf(estate, caller.scope, "run-command")) {
    if (identity.id === caller.id || view.key === key) continue;
    const need: Need = {
      permission: "INSTANCE_AGENT_COMMAND_CREATE",
      operation: "CreateInstanceAgentCommand",
      at: compartment,
      target: { "instance.id": identity.id },
    };
    const decision = decideNeeds(caller, [need], estate);
    if (decision.verdict === "no") continue;
    const polls = pollsFor(view, compartment, world.tenancy);
    if (polls === "no") continue;
    yield {
      rule: rule.id,
      title: rule.title,
      to: identity,
      decision:
        polls === "yes"
          ? decision
          : doubted(decision, `whether the agent of ${identity.id} may fetch commands`),
      rewritten: false,
    };
  }
}

/** The agent signs as the instance, which needs a policy to fetch its commands. */
function pollsFor(view: View, compartment: string, tenancy: string): "yes" | "maybe" | "no" {
  const polls = (scene: View["certain"]): boolean =>
    scene.grants.some(({ action, spot, rights }) => {
      const here = covers(scene.world, spot, { id: compartment || tenancy, foreign: false });
      if (!here || rights.length === 0 || action.kind !== "verb") return false;
      const fetches = /^(?:instance-agent-command-execution-family|all-resources)$/;
      return fetches.test(action.resource) && /^(?:use|manage)$/.test(action.verb);
    });
  if (polls(view.certain)) return "yes";
  return polls(view.possible) ? "maybe" : "no";
}

/** What making a thing needs in its compartment; image, interface and subnet may lie elsewhere. */
const local: ReadonlySet<string> = new Set([
  "INSTANCE_CREATE",
  "FN_APP_CREATE",
  "FN_FUNCTION_CREATE",
  "FN_INVOCATION",
]);

/** A new thing in each compartment, which dynamic groups take in by its place. */
function* made(
  type: "instance" | "fnfunc",
  { id: rule, title, actions }: OciRule,
  caller: Identity,
  estate: EstateIndex,
  { tenancy: { world } }: View,
): Generator<Hop> {
  for (const at of [...world.compartments.keys(), world.tenancy]) {
    const needs = actions.map((permission): Need => {
      const place = local.has(permission) ? { at } : {};
      return type === "instance"
        ? { permission, operation: "LaunchInstance", ...place }
        : { permission, ...place };
    });
    const decision = decideNeeds(caller, needs, estate);
    if (decision.verdict === "no") continue;
    const to: Identity = {
      ...caller,
      id: `a new ${type} in ${at}`,
      kind: type === "instance" ? "instance-principal" : "resource-principal",
      name: `new ${type}`,
      policies: [supposing("seat", type, at)],
    };
    yield { rule, title, to, decision, rewritten: true };
  }
}

function doubted(decision: Decision, open: string): Decision {
  return { ...decision, verdict: "maybe", assumptions: [...decision.assumptions, open] };
}
