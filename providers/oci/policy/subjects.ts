import type { PermissionVerdict } from "../../../src/model/identity.ts";
import { every, some } from "../../../src/permissions/contract.ts";
import { parseMatchingRule, type MatchingRule, type RulePath } from "./matching-rule.ts";
import { definedAs, same } from "./places.ts";
import type { GroupRef, Statement, Subject } from "./tree.ts";
import type { Actor, DynamicGroup, OciPrincipal, OciWorld } from "./world.ts";

/** Whether a statement speaks of the actor. */
export function isSubject(
  subject: Subject,
  actor: Actor,
  world: OciWorld,
  defined: readonly Statement[],
): PermissionVerdict {
  if (subject.kind === "any-user") return "yes";
  if (subject.kind === "refs") {
    return some(subject.refs.map((ref) => isNamed(ref, actor, world, defined)));
  }
  if (subject.kind === "any-group") {
    return actor.kind === "user"
      ? verdict(actor.groups.length > 0)
      : some(world.dynamicGroups.map((group) => isMember(group, actor)));
  }
  const typed = subject.kind === "resource" && actor.kind === "workload";
  return typed && same(subject.type, actor.principal.type) ? "maybe" : "no";
}

function isNamed(
  ref: GroupRef,
  actor: Actor,
  world: OciWorld,
  defined: readonly Statement[],
): PermissionVerdict {
  if (ref.kind === "group") {
    if (actor.kind !== "user" || ("name" in ref && !isDefault(ref.domain))) return "no";
    const group = "name" in ref ? ref.name : ref.ocid;
    return verdict(actor.groups.some((own) => same(own, group)));
  }
  if ("ocid" in ref) return memberOfAny(world, actor, ({ ocid }) => ocid === ref.ocid);
  const domain = ref.domain ?? "Default";
  const found = world.dynamicGroups.some(
    (group) => same(group.name, ref.name) && same(group.domain, domain),
  );
  const alias = found ? undefined : definedAs(defined, "dynamic-group", ref.name);
  return memberOfAny(world, actor, (group) =>
    alias === undefined
      ? same(group.name, ref.name) && same(group.domain, domain)
      : group.ocid === alias,
  );
}

function isDefault(domain: string | undefined): boolean {
  return domain === undefined || same(domain, "default");
}

function memberOfAny(
  world: OciWorld,
  actor: Actor,
  selects: (group: DynamicGroup) => boolean,
): PermissionVerdict {
  return some(world.dynamicGroups.filter(selects).map((group) => isMember(group, actor)));
}

function isMember(group: DynamicGroup, actor: Actor): PermissionVerdict {
  if (actor.kind === "user") return "no";
  if (actor.joined === group) return "yes";
  if (group.rule === null) return "maybe";
  const parsed = parseMatchingRule(group.rule);
  return parsed.ok ? matches(parsed.tree, actor.principal) : "maybe";
}

/** Compartments match exactly: a rule does not hold what lies in compartments below. */
function matches(rule: MatchingRule, principal: OciPrincipal): PermissionVerdict {
  if (rule.kind === "compare") return compare(rule.path, rule.equal, rule.value, principal);
  if (rule.kind === "tagged") {
    return principal.tags === null ? "maybe" : verdict(principal.tags.has(rule.tag));
  }
  const parts = rule.of.map((part) => matches(part, principal));
  const [loose, strict] = [some(parts), every(parts)];
  if (rule.kind === "any") return loose;
  return rule.kind === "all" || loose === strict ? strict : "maybe";
}

function compare(
  path: RulePath,
  equal: boolean,
  value: string,
  principal: OciPrincipal,
): PermissionVerdict {
  if (typeof path !== "string") {
    if (principal.tags === null) return "maybe";
    return verdict((principal.tags.get(path.tag) === value) === equal);
  }
  if (path.startsWith("instance.") && principal.type !== "instance") return "no";
  const own = {
    "instance.id": principal.id,
    "resource.id": principal.id,
    "instance.compartment.id": principal.compartment,
    "resource.compartment.id": principal.compartment,
    "resource.type": principal.type,
  }[path];
  return own === null ? "maybe" : verdict((own === value) === equal);
}

function verdict(holds: boolean): PermissionVerdict {
  return holds ? "yes" : "no";
}
