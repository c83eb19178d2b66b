import type { PermissionVerdict } from "../../../src/model/identity.ts";
import { every } from "../../../src/permissions/contract.ts";
import { deniedFor, denialsAt, leaves, type Denial } from "./denials.ts";
import { covers, locate, locateEndorsed, type Spot } from "./places.ts";
import { narrowsTargets, passageFor } from "./requests.ts";
import type { Attached } from "./statements.ts";
import { isSubject } from "./subjects.ts";
import type { Action, Condition, Location, Statement } from "./tree.ts";
import { isVerb, rightOf, rightsOf, type Right } from "./verbs.ts";
import type { Actor, OciWorld, Reading } from "./world.ts";

/** What one statement gives the actor, after its condition and every denial. */
export interface OciGrant {
  /** The statement, `<policy id>#<index>`. */
  readonly ref: string;
  readonly action: Action;
  readonly spot: Spot;
  readonly where: Condition | undefined;
  /** Verdict on subject alone. */
  readonly subject: PermissionVerdict;
  /** What the statement would give without condition and denial. */
  readonly written: readonly Right[];
  readonly rights: readonly Right[];
  readonly permissions: ReadonlySet<string>;
  /** All that is written, by every operation. */
  readonly whole: boolean;
  /** Only for some of the targets in its location. */
  readonly subset: boolean;
}

export function grantsOf(
  all: readonly Attached[],
  denials: readonly Denial[],
  actor: Actor,
  world: OciWorld,
  reading: Reading,
): OciGrant[] {
  const defined = all.map(({ statement }) => statement);
  return all.flatMap(({ statement, attachedTo, ref }) => {
    const gives = statement.kind === "allow" || (statement.kind === "endorse" && !statement.denies);
    if (!gives) return [];
    const subject = isSubject(statement.subject, actor, world, defined);
    const spot = spotOf(statement, attachedTo, defined, world);
    if (!spot || !counts(subject, reading)) return [];
    const { action, where } = statement;
    return [grantOf({ ref, action, spot, where, subject }, denials, actor, world, reading)];
  });
}

function grantOf(
  head: Pick<OciGrant, "ref" | "action" | "spot" | "where" | "subject">,
  denials: readonly Denial[],
  actor: Actor,
  world: OciWorld,
  reading: Reading,
): OciGrant {
  const { action, spot, where, subject } = head;
  const written = writtenRights(action, spot, reading);
  const passage = passageFor(where, actor, world);
  const denied = deniedFor(denialsAt(denials, spot, world), actor, world);
  let operations = true;
  const rights = written.filter((right) => {
    const { verdict, whole } = passage(right);
    operations &&= whole;
    return counts(every([subject, verdict]), reading) && leaves(denied(right), reading);
  });
  const whole = operations && rights.length === written.length;
  const permissions = new Set(rights.flatMap(({ permission }) => permission ?? []));
  return { ...head, written, rights, permissions, whole, subset: narrowsTargets(where) };
}

/** A verb of a single service gives something of its type; in the own tenancy nobody says what. */
function writtenRights(action: Action, spot: Spot, reading: Reading): readonly Right[] {
  if (action.kind === "permissions") return action.permissions.map(rightOf);
  if (isVerb(action.verb)) {
    const rights = rightsOf(action.verb, action.resource);
    return rights.length > 0
      ? rights
      : [{ type: action.resource, verb: "inspect", permission: undefined }];
  }
  return spot.foreign || reading === "possible" ? rightsOf("use", action.resource) : [];
}

/** A policy acts in the compartment that holds it and below. */
function spotOf(
  statement: Extract<Statement, { kind: "allow" | "deny" | "endorse" }>,
  attachedTo: string,
  defined: readonly Statement[],
  world: OciWorld,
): Spot | undefined {
  if (statement.kind === "endorse") {
    const places = [statement.place, ...(statement.with ? [statement.with.place] : [])];
    return locateEndorsed(world, places, defined);
  }
  return ownSpot(statement.location, attachedTo, world);
}

function ownSpot(location: Location, attachedTo: string, world: OciWorld): Spot | undefined {
  const spot = locate(world, location, attachedTo);
  return spot && covers(world, { id: attachedTo, foreign: false }, spot) ? spot : undefined;
}

export function counts(verdict: PermissionVerdict, reading: Reading): boolean {
  return reading === "certain" ? verdict === "yes" : verdict !== "no";
}

/** Everything in the location, policies included. */
export function isFull(grant: OciGrant): boolean {
  const { action } = grant;
  return (
    !grant.spot.foreign &&
    grant.whole &&
    action.kind === "verb" &&
    action.verb === "manage" &&
    action.resource === "all-resources"
  );
}
