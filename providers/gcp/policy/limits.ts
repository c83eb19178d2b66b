import type { EstateIndex } from "../../../src/model/estate.ts";
import type { PermissionVerdict } from "../../../src/model/identity.ts";
import { every, not, some } from "../../../src/permissions/contract.ts";
import { blockedIn } from "./boundary-versions.ts";
import { holds, type ConditionRequest } from "./conditions.ts";
import type { Layers } from "./layers.ts";
import { covers } from "./members.ts";
import { matchesPermission } from "./permissions.ts";
import { canonical, chainOf } from "./resources.ts";
import { permitted } from "./scopes.ts";
import type { Boundary, DenyRule } from "./world.ts";

/** What one limit leaves of a permission: `no` = takes it away. */
export interface Left {
  readonly verdict: PermissionVerdict;
  readonly refs: readonly string[];
  readonly because: string;
  readonly open: readonly string[];
}

/** Every limit that bears on one request: access scopes, boundaries, deny policies. */
export function limitsOn(
  request: ConditionRequest,
  layers: Layers,
  estate: EstateIndex,
): readonly Left[] {
  return [
    ...scopesLeave(request.permission, layers),
    ...boundariesLeave(request, layers),
    ...deniesLeave(request, layers, estate),
    ...unreadLeave(layers),
  ];
}

function scopesLeave(permission: string, { scopes, supposed }: Layers): Left[] {
  const service = permission.slice(0, permission.indexOf("."));
  if (supposed.only && !supposed.only.includes(service)) {
    const because = `the credential works with ${supposed.only.join(", ")} alone`;
    return [{ verdict: "no", refs: [], because, open: [] }];
  }
  return scopes.flatMap((list) => {
    // A list that was not read is named with the other unread limits.
    const verdict = list === null ? "yes" : permitted(list, permission);
    if (verdict === "yes") return [];
    const because = "the access scopes of the token do not permit it";
    return [{ verdict, refs: [], because, open: ["an access scope that is not known"] }];
  });
}

/** Boundaries unite: a resource in any of them is eligible. */
function boundariesLeave(
  { permission, resource }: { readonly permission: string; readonly resource: string },
  { boundaries, world }: Layers,
): Left[] {
  if (boundaries.length === 0) return [];
  const chain = new Set(chainOf(canonical(resource, world.places), world.places));
  const eligible = (boundary: Boundary): boolean =>
    boundary.resources.some((each) => each === "*" || chain.has(canonical(each, world.places)));
  if (boundaries.some((each) => !each.conditional && eligible(each))) return [];
  const blocked = boundaries.map((boundary): PermissionVerdict => {
    const blocking = blocks(boundary, permission);
    return boundary.conditional ? every([blocking, "maybe"]) : blocking;
  });
  const perhaps = boundaries.some(eligible) ? every([some(blocked), "maybe"]) : some(blocked);
  if (perhaps === "no") return [];
  return [
    {
      verdict: not(perhaps),
      refs: boundaries.map(({ ref }) => ref),
      because: `${resource} is outside every principal access boundary`,
      open: ["what the enforcement version or binding of a principal access boundary covers"],
    },
  ];
}

function blocks({ blocks: patterns, version }: Boundary, permission: string): PermissionVerdict {
  if (patterns !== null) {
    return patterns.some((pattern) => matchesPermission(pattern, permission)) ? "yes" : "no";
  }
  return version === undefined ? "maybe" : blockedIn(version, permission);
}

/** https://cloud.google.com/iam/docs/deny-overview */
function deniesLeave(request: ConditionRequest, layers: Layers, estate: EstateIndex): Left[] {
  const { world, supposed } = layers;
  return chainOf(request.resource, world.places)
    .filter((place) => !supposed.lifted.has(place))
    .flatMap((place) => world.denies.get(place) ?? [])
    .flatMap((rule): Left[] => {
      const denied = deniedBy(rule, request, layers, estate);
      if (denied.verdict === "no") return [];
      return [
        {
          verdict: not(denied.verdict),
          refs: [rule.ref],
          because: `a deny policy of ${rule.attachedTo} takes it away`,
          open: denied.open,
        },
      ];
    });
}

function deniedBy(
  rule: DenyRule,
  request: ConditionRequest,
  { caller, world }: Layers,
  estate: EstateIndex,
): { readonly verdict: PermissionVerdict; readonly open: readonly string[] } {
  const matches = (patterns: readonly string[]): boolean =>
    patterns.some((pattern) => matchesPermission(pattern, request.permission));
  if (!matches(rule.permissions) || matches(rule.exceptPermissions)) {
    return { verdict: "no", open: [] };
  }
  const among = (members: readonly string[]): PermissionVerdict =>
    some(members.map((member) => covers(member, caller, world)));
  const named = every([among(rule.principals), not(among(rule.exceptPrincipals))]);
  const condition = holds(rule.condition, request, estate);
  return {
    verdict: every([named, condition.verdict]),
    open: [
      ...(named === "maybe" ? ["a group whose members were not read"] : []),
      ...condition.open.map((each) => `condition of ${rule.ref}: ${each}`),
    ],
  };
}

/** A limit that was not read may take everything away. */
function unreadLeave({ states }: Layers): Left[] {
  return states
    .filter(({ layer, state }) => layer !== "grant" && state === "unread")
    .map(({ detail }) => ({ verdict: "maybe", refs: [], because: detail, open: [detail] }));
}
