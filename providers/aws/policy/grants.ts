import { every, not } from "../../../src/permissions/contract.ts";
import type { EstateIndex } from "../../../src/model/estate.ts";
import type { Grant, Identity, PermissionVerdict } from "../../../src/model/identity.ts";
import { actionsMatching, catalogue } from "./actions.ts";
import { resolve, type Facts } from "./conditions.ts";
import { viewOf } from "./decide.ts";
import { factsOf } from "./facts.ts";
import { layersOf, type Layers } from "./layers.ts";
import { covers, overlaps, substitute } from "./match.ts";
import { grantsFrom, type Item } from "./neutral.ts";
import type { Statement } from "./parse.ts";
import { personalValues } from "./personal.ts";
import { possible } from "./possible.ts";
import { complement, intersection, minus, normal, type Ranges } from "./ranges.ts";

/** A limit that splits one allow into more parts than this is applied to the whole of it as `maybe`. */
const maxParts = 5_000;

const plain = new WeakMap<Statement, readonly Grant[]>();

/** By the policies, which the views of one estate share, and the documents that bear on an identity. */
const alike = new WeakMap<EstateIndex["policies"], Map<string, readonly Grant[]>>();
/** Sets of documents whose grants are kept. */
const maxAlike = 20_000;

/** What the identity may do, one record per action pattern, resource pattern and kind of action. */
export function grantsOf(identity: Identity, estate: EstateIndex): readonly Grant[] {
  const layers = layersOf(identity, estate);
  // An inline policy is nobody else's.
  const own = identity.policies.some(
    ({ layer, policy }) => layer === "grant" && policy.startsWith(`${identity.id}#`),
  );
  if (own) return ownGrants(identity, layers, estate);
  const kept = alike.get(estate.policies) ?? new Map<string, readonly Grant[]>();
  alike.set(estate.policies, kept);
  const { kind, scope, policies } = identity;
  const key = [
    kind,
    scope,
    estate.paths?.scope,
    estate.startedAt,
    // Policies of one level of an organisation are united.
    ...policies.map(({ layer, policy, via }) =>
      layer === "trust" ? "" : `${layer} ${policy} ${layer === "organization" ? via : ""}`,
    ),
    ...personalValues(layers, identity, estate),
  ].join("\n");
  const grants = kept.get(key) ?? ownGrants(identity, layers, estate);
  if (kept.size < maxAlike) kept.set(key, grants);
  return grants;
}

function ownGrants(identity: Identity, layers: Layers, estate: EstateIndex): readonly Grant[] {
  const { paths, startedAt } = viewOf(identity, estate);
  const facts = factsOf(identity, "*", startedAt, {}, paths);
  const denies = [
    ...layers.grants,
    ...layers.limits.flatMap(({ statements }) => statements),
  ].filter(({ effect }) => effect === "Deny");
  const free = denies.length === 0 && layers.limits.length === 0;
  return layers.grants
    .filter(({ effect }) => effect === "Allow")
    .flatMap((statement) =>
      free && independent(statement)
        ? memoised(statement, facts)
        : limited(statement, facts, layers, denies),
    );
}

/** Its grants are the same for every identity that has it. */
function independent({ conditions, resources }: Statement): boolean {
  return conditions.length === 0 && resources.every((pattern) => !pattern.includes("${"));
}

function memoised(statement: Statement, facts: Facts): readonly Grant[] {
  const known = plain.get(statement);
  if (known) return known;
  const grants = itemsOf(statement, facts).flatMap(grantsFrom);
  plain.set(statement, grants);
  return grants;
}

function limited(
  statement: Statement,
  facts: Facts,
  { limits }: Layers,
  denies: readonly Statement[],
): readonly Grant[] {
  let items: readonly Item[] = itemsOf(statement, facts);
  for (const { statements } of limits) items = admit(items, statements, facts);
  return items.flatMap((item) => subtract(item, denies, facts)).flatMap(grantsFrom);
}

function itemsOf(statement: Statement, facts: Facts): Item[] {
  const verdict = possible([statement], [], facts);
  if (verdict === "no") return [];
  const resources = patternsOf(statement, facts);
  return actionSets(statement).flatMap(({ action, actions }) =>
    actions.length === 0
      ? []
      : resources.map((resource) => ({
          action,
          actions,
          resource: resource.text,
          verdict: every([verdict, resource.verdict]),
          allows: [statement],
        })),
  );
}

const exceptions = new WeakMap<Statement, Ranges>();

function actionSets(statement: Statement): { action: string; actions: Ranges }[] {
  if (!statement.notActions) {
    return statement.written.map((action) => ({
      action,
      actions: actionsMatching(action.toLowerCase()),
    }));
  }
  return [{ action: `not ${statement.written.join(", ")}`, actions: allActions(statement) }];
}

/** All actions that a statement speaks about. */
function allActions(statement: Statement): Ranges {
  const known = exceptions.get(statement);
  if (known) return known;
  const named = normal(statement.actions.flatMap((action) => pairs(actionsMatching(action))));
  const set = statement.notActions ? complement(named, catalogue().names.length) : named;
  exceptions.set(statement, set);
  return set;
}

function pairs(set: Ranges): [number, number][] {
  const out: [number, number][] = [];
  for (let i = 0; i < set.length; i += 2) out.push([set[i] ?? 0, set[i + 1] ?? 0]);
  return out;
}

interface Pattern {
  readonly text: string;
  readonly verdict: PermissionVerdict;
}

/** The resource patterns with their variables resolved; `NotResource` leaves everything but what it names. */
function patternsOf(statement: Statement, facts: Facts): Pattern[] {
  if (statement.notResources) return [{ text: "*", verdict: "yes" }];
  return namedBy(statement, facts);
}

/** The patterns a statement names, with their variables resolved. */
function namedBy(statement: Statement, facts: Facts): Pattern[] {
  return statement.resources.flatMap((pattern): Pattern[] => {
    const found = statement.variables
      ? substitute(pattern, (key) => resolve(key, facts, new Map()))
      : { text: pattern };
    if (found === "absent") return [];
    return found === "unknown"
      ? [{ text: pattern, verdict: "maybe" }]
      : [{ text: found.text, verdict: "yes" }];
  });
}

/** What is left of the items under one limit: both have to allow. */
function admit(items: readonly Item[], limit: readonly Statement[], facts: Facts): readonly Item[] {
  const allows = limit.filter(({ effect }) => effect === "Allow");
  const out: Item[] = [];
  for (const item of items) {
    for (const allow of allows) {
      const actions = intersection(item.actions, allActions(allow));
      if (actions.length === 0) continue;
      const conditions = possible([...item.allows, allow], [], facts);
      if (conditions === "no") continue;
      for (const part of narrowed(item.resource, allow, facts)) {
        const verdict = every([item.verdict, conditions, part.verdict]);
        out.push({
          ...item,
          actions,
          resource: part.text,
          verdict,
          allows: [...item.allows, allow],
        });
      }
      if (out.length > maxParts)
        return items.map((each) => ({ ...each, verdict: every([each.verdict, "maybe"]) }));
    }
  }
  return out;
}

/** The part of a resource pattern that an allow of a limit admits. */
function narrowed(resource: string, allow: Statement, facts: Facts): Pattern[] {
  if (allow.notResources) {
    return namedBy(allow, facts).some(({ text }) => covers(text, resource))
      ? []
      : [{ text: resource, verdict: "yes" }];
  }
  const patterns = patternsOf(allow, facts);
  const whole = patterns.find(({ text }) => covers(text, resource));
  if (whole) return [{ text: resource, verdict: whole.verdict }];
  return patterns
    .filter(({ text }) => overlaps(text, resource))
    .map(({ text, verdict }) => ({ text: covers(resource, text) ? text : resource, verdict }));
}

/** Takes away what a deny certainly hits; what it may hit becomes `maybe`. */
function subtract(item: Item, denies: readonly Statement[], facts: Facts): readonly Item[] {
  let parts: readonly Item[] = [item];
  for (const deny of denies) {
    const hits = denied(item, deny, facts);
    if (hits === "no") continue;
    const touched = allActions(deny);
    parts = parts.flatMap((part) => {
      const inside = intersection(part.actions, touched);
      if (inside.length === 0) return [part];
      const outside = { ...part, actions: minus(part.actions, touched) };
      return hits === "yes"
        ? [outside]
        : [outside, { ...part, actions: inside, verdict: every([part.verdict, "maybe"]) }];
    });
  }
  return joint(
    parts.filter(({ actions }) => actions.length > 0),
    denies,
    facts,
  );
}

/** Denies that each leave a way out may leave none together. */
function joint(
  parts: readonly Item[],
  denies: readonly Statement[],
  facts: Facts,
): readonly Item[] {
  return parts.flatMap((part) => {
    const close = denies.filter(
      (deny) =>
        deny.conditions.length > 0 &&
        coversResource(deny, part.resource, facts) !== "no" &&
        intersection(part.actions, allActions(deny)).length > 0,
    );
    if (close.length < 2) return [part];
    const left = possible(part.allows, close, facts);
    return left === "yes" ? [part] : [{ ...part, verdict: every([part.verdict, "maybe"]) }];
  });
}

function denied(item: Item, deny: Statement, facts: Facts): PermissionVerdict {
  const resource = coversResource(deny, item.resource, facts);
  if (resource === "no") return "no";
  return every([resource, not(possible(item.allows, [deny], facts))]);
}

/** Whether a deny speaks about every resource of the pattern. One that leaves some of them leaves the grant. */
function coversResource(deny: Statement, resource: string, facts: Facts): PermissionVerdict {
  if (deny.notResources) {
    return namedBy(deny, facts).some(({ text }) => overlaps(widest(text), resource)) ? "no" : "yes";
  }
  const patterns = patternsOf(deny, facts).filter(({ text }) => covers(text, resource));
  if (patterns.some(({ verdict }) => verdict === "yes")) return "yes";
  return deny.resources.some((pattern) => pattern.includes("${")) && patterns.length > 0
    ? "maybe"
    : "no";
}

/** A pattern whose variables may be anything. */
function widest(pattern: string): string {
  return pattern.replaceAll(/\$\{[^}]*\}/g, "*");
}
