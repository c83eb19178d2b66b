import type { EstateIndex } from "../../../src/model/estate.ts";
import type { Identity } from "../../../src/model/identity.ts";
import type { Hop } from "../../../src/model/paths.ts";
import { supposing } from "./caller.ts";
import { decideNeeds } from "./decide.ts";
import type { OciRule } from "./escalations.ts";
import { parseMatchingRule, type MatchingRule } from "./matching-rule.ts";
import { holdersOf } from "./runners.ts";
import type { View } from "./view.ts";

/** A function that is there already keeps its place, and so its dynamic groups, whatever image it runs. */
export function* updatedFunctions(
  { id: rule, title }: OciRule,
  caller: Identity,
  estate: EstateIndex,
  { key }: View,
): Generator<Hop> {
  for (const { identity, compartment, view } of holdersOf(estate, caller.scope, "function")) {
    if (identity.id === caller.id || view.key === key) continue;
    const needs = ["FN_FUNCTION_UPDATE", "FN_INVOCATION"].map((permission) => ({
      permission,
      at: compartment,
    }));
    const decision = decideNeeds(caller, needs, estate);
    if (decision.verdict !== "no") {
      yield { rule, title, to: identity, decision, rewritten: false };
    }
  }
}

/** Whoever may update its own instance and use a tag namespace chooses the tags that rules look at. */
export function* retagged(
  { id: rule, title }: OciRule,
  caller: Identity,
  estate: EstateIndex,
  { actor, tenancy: { world } }: View,
): Generator<Hop> {
  if (actor.kind !== "workload" || actor.principal.type !== "instance") return;
  const { tags, compartment } = actor.principal;
  if (tags === null) return;
  const wanted = new Set(
    world.dynamicGroups.flatMap((group) => {
      const parsed = parseMatchingRule(group.rule ?? "");
      return parsed.ok ? tagsIn(parsed.tree) : [];
    }),
  );
  for (const tag of wanted) {
    const [name = "", value] = tag.split("=");
    if (tags.get(name) === value) continue;
    const decision = decideNeeds(
      caller,
      [
        {
          permission: "INSTANCE_UPDATE",
          target: { "instance.id": caller.id },
          ...(compartment !== null && { at: compartment }),
        },
        { permission: "TAG_NAMESPACE_USE" },
      ],
      estate,
    );
    if (decision.verdict === "no") continue;
    const to = { ...caller, policies: [...caller.policies, supposing("tag", tag)] };
    yield { rule, title, to, decision, rewritten: true };
  }
}

/** `namespace.key=value` of everything that a rule wants to be tagged; any value where it names none. */
function tagsIn(rule: MatchingRule): string[] {
  if (rule.kind === "tagged") return [`${rule.tag}=any`];
  if (rule.kind !== "compare") return rule.of.flatMap(tagsIn);
  return typeof rule.path !== "string" && rule.equal ? [`${rule.path.tag}=${rule.value}`] : [];
}
