import type { PermissionVerdict } from "../../../src/model/identity.ts";
import { every } from "../../../src/permissions/contract.ts";
import { denialsAt, denialsOf, isDenied, leaves, type Denial } from "./denials.ts";
import { counts, grantsOf, isFull, type OciGrant } from "./grants.ts";
import { chainOf, covers, type Spot } from "./places.ts";
import { strengthOf } from "./power.ts";
import { passes, type KnownOperation } from "./requests.ts";
import type { Attached } from "./statements.ts";
import { isStronger, type Actor, type OciWorld, type Reading, type Strength } from "./world.ts";

/** A way from the actor's rights to those of a stronger identity. */
export interface Path {
  readonly method: string;
  readonly spot: Spot;
  readonly reaches: Strength;
}

export interface Scene {
  readonly world: OciWorld;
  readonly statements: readonly Attached[];
  readonly reading: Reading;
  readonly actor: Actor;
  /** All that the actor has. */
  readonly grants: readonly OciGrant[];
  readonly denials: readonly Denial[];
  /** Further steps that other identities may take. */
  readonly steps: number;
  /** What other identities amount to, by who they are and the steps left to them. */
  readonly known: Map<string, Strength>;
}

export interface Need {
  readonly permission: string;
  /** Undefined = any. */
  readonly operation?: KnownOperation;
  /** Where it must hold; anywhere when left out. */
  readonly at?: string;
  readonly target?: Readonly<Record<string, string>>;
}

export function sceneOf(
  statements: readonly Attached[],
  actor: Actor,
  world: OciWorld,
  reading: Reading,
  steps: number,
  known = new Map<string, Strength>(),
): Scene {
  const denials = denialsOf(statements, actor, world);
  const grants = grantsOf(statements, denials, actor, world, reading);
  return { world, statements, reading, actor, grants, denials, steps, known };
}

/** Every way that some of the actor's grants open. */
export function pathsOf(scene: Scene, grants: readonly OciGrant[]): Path[] {
  return [
    ...byPolicy(scene, grants),
    ...byDynamicGroup(scene, grants),
    ...byGroup(scene, grants),
    ...byRunCommand(scene, grants),
    ...byLaunch(scene, grants),
  ];
}

/** Who writes policies has all of the location, unless it had that before. */
function byPolicy(
  { world, actor, reading, grants: all }: Scene,
  grants: readonly OciGrant[],
): Path[] {
  const needs = [
    { permission: "POLICY_CREATE", operation: "CreatePolicy" },
    { permission: "POLICY_UPDATE", operation: "UpdatePolicy" },
  ] as const;
  return grants.flatMap((grant): Path[] => {
    const gains = !all.some((other) => isFull(other) && covers(world, other.spot, grant.spot));
    const writes = needs.some((need) => gives(grant, need, actor, world, reading));
    if (!gains || !writes) return [];
    const whole = grant.spot.id === world.tenancy;
    const reaches: Strength = whole
      ? { power: "admin", breadth: "account" }
      : { power: "broad", breadth: "group" };
    return [{ method: "write a policy", spot: grant.spot, reaches }];
  });
}

/** Rewrites the rule of a stronger group so that it holds the caller. */
function byDynamicGroup(scene: Scene, grants: readonly OciGrant[]): Path[] {
  const { actor, world } = scene;
  if (actor.kind !== "workload") return [];
  return world.dynamicGroups.flatMap((joined) =>
    step(scene, grants, "rewrite the rule of a dynamic group", { ...actor, joined }, [
      {
        permission: "DYNAMIC_GROUP_UPDATE",
        operation: "UpdateDynamicGroup",
        at: world.tenancy,
        target: {
          "dynamicgroup.name": joined.name,
          ...(joined.ocid !== undefined && { "dynamicgroup.id": joined.ocid }),
        },
      },
    ]),
  );
}

/** Gives a user a key of the caller's, and a stronger group. */
function byGroup(scene: Scene, grants: readonly OciGrant[]): Path[] {
  const at = scene.world.tenancy;
  return scene.world.groups.flatMap((group) =>
    step(scene, grants, "add a user to a group", { kind: "user", groups: [group] }, [
      { permission: "USER_APIKEY_ADD", operation: "UploadApiKey", at },
      { permission: "USER_UPDATE", operation: "AddUserToGroup", at },
      {
        permission: "GROUP_UPDATE",
        operation: "AddUserToGroup",
        at,
        target: { "group.name": group },
      },
    ]),
  );
}

function byRunCommand(scene: Scene, grants: readonly OciGrant[]): Path[] {
  const own = strengthOf(scene.grants, scene.world);
  const self = scene.actor.kind === "workload" ? scene.actor.principal.id : undefined;
  return scene.world.instances.flatMap((instance): Path[] => {
    if (!instance.runCommand || instance.id === self) return [];
    if (!isStronger(instance.strength, own)) return [];
    const spot = spotOf(scene, grants, {
      permission: "INSTANCE_AGENT_COMMAND_CREATE",
      operation: "CreateInstanceAgentCommand",
      at: instance.compartment,
      target: { "instance.id": instance.id },
    });
    return spot ? [{ method: "run a command", spot, reaches: instance.strength }] : [];
  });
}

/**
 * A new instance where a stronger dynamic group takes it in. Image, interface and subnet may lie elsewhere.
 *
 * @see https://docs.oracle.com/en-us/iaas/Content/Identity/Reference/corepolicyreference.htm
 */
function byLaunch(scene: Scene, grants: readonly OciGrant[]): Path[] {
  const operation = "LaunchInstance";
  const compartments = [...scene.world.compartments.keys(), scene.world.tenancy];
  return compartments.flatMap((compartment) => {
    const principal = { type: "instance", id: "", compartment, tags: new Map<string, string>() };
    return step(scene, grants, "launch an instance", { kind: "workload", principal }, [
      { permission: "INSTANCE_CREATE", operation, at: compartment },
      { permission: "INSTANCE_IMAGE_READ", operation },
      { permission: "VNIC_CREATE", operation },
      { permission: "VNIC_ATTACH", operation },
      { permission: "SUBNET_ATTACH", operation },
    ]);
  });
}

/** A step to another identity: all that it needs is there, and the other is stronger. */
function step(
  scene: Scene,
  grants: readonly OciGrant[],
  method: string,
  other: Actor,
  needs: readonly Need[],
): Path[] {
  const spots = needs.map((need) => spotOf(scene, grants, need));
  const [spot] = spots;
  if (!spot || spots.includes(undefined)) return [];
  const reaches = reachOf(scene, other);
  const own = strengthOf(scene.grants, scene.world);
  return isStronger(reaches, own) ? [{ method, spot, reaches }] : [];
}

/** What another identity amounts to, with the steps that it may take. */
function reachOf({ statements, world, reading, steps, known }: Scene, other: Actor): Strength {
  const key = `${steps} ${keyOf(other)}`;
  const before = known.get(key);
  if (before) return before;
  const scene = sceneOf(statements, other, world, reading, steps - 1, known);
  const own = strengthOf(scene.grants, world);
  const rises =
    own.power !== "admin" &&
    scene.steps > 0 &&
    pathsOf(scene, scene.grants).some(
      ({ reaches: { power } }) => power === "admin" || power === "escalates",
    );
  const reach: Strength = rises ? { power: "escalates", breadth: "account" } : own;
  known.set(key, reach);
  return reach;
}

function keyOf(actor: Actor): string {
  if (actor.kind === "user") return `user ${actor.groups.join(" ")}`;
  const { principal, joined } = actor;
  const group = joined ? `${joined.domain} ${joined.name}` : "";
  return `${principal.id} ${principal.compartment} ${group}`;
}

/** The location of the widest grant that meets a need. */
function spotOf(scene: Scene, grants: readonly OciGrant[], need: Need): Spot | undefined {
  return widest(
    meeting(scene, grants, need).map(({ spot }) => spot),
    scene.world,
  );
}

/** The grants each of which meets a need. */
export function meeting(
  { actor, world, reading, denials }: Scene,
  grants: readonly OciGrant[],
  need: Need,
): readonly OciGrant[] {
  const at = need.at === undefined ? undefined : { id: need.at, foreign: false };
  const asked = at ? { ...need, target: { ...placeOf(at, world), ...need.target } } : need;
  return grants.filter((grant) => {
    if (grant.spot.foreign || (at && !covers(world, grant.spot, at))) return false;
    return gives(grant, asked, actor, world, reading) && !isTaken(grant, need, at);
  });

  function isTaken(grant: OciGrant, { permission }: Need, spot = grant.spot): boolean {
    if (denials.length === 0) return false;
    const right = grant.rights.find((each) => each.permission === permission);
    return (
      right !== undefined &&
      !leaves(isDenied(denialsAt(denials, spot, world), right, actor, world), reading)
    );
  }
}

function gives(
  grant: OciGrant,
  need: Need,
  actor: Actor,
  world: OciWorld,
  reading: Reading,
): boolean {
  return (
    !grant.spot.foreign &&
    grant.permissions.has(need.permission) &&
    counts(every([grant.subject, passesFor(grant, need, actor, world)]), reading)
  );
}

/** What conditions may ask of the place; no condition names a compartment without a name. */
function placeOf({ id }: Spot, world: OciWorld): Readonly<Record<string, string>> {
  const own = id === world.tenancy ? world.tenancyName : world.compartments.get(id)?.name;
  return { "compartment.id": id, "compartment.name": own ?? "" };
}

/** What holds for some operation holds for the one that is asked for unless that is named. */
function passesFor(
  { where }: OciGrant,
  { operation, ...need }: Need,
  actor: Actor,
  world: OciWorld,
): PermissionVerdict {
  return passes(where, operation === undefined ? need : { ...need, operation }, actor, world);
}

/** The one that holds most; of equals the first. */
export function widest(spots: readonly Spot[], world: OciWorld): Spot | undefined {
  const depth = (spot: Spot) =>
    spot.id === "any-tenancy" ? 0 : spot.foreign ? 1 : chainOf(world, spot.id).length;
  return spots.toSorted((a, b) => depth(a) - depth(b))[0];
}
