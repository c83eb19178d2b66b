import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, items, number, text, type Node } from "../reader.ts";
import { doorRuleCall } from "./operations.ts";
import { gapIn, keyOf, nameIn, nameOf, pagesBy, props, refOf, refsOf } from "./pages.ts";

/** What the rule sets of a route do to its requests. */
export interface RouteEffects {
  /** The rule that answers every request with a redirect. */
  readonly redirect?: Node;
  /** Origin groups that requests are sent to in place of the route's own. */
  readonly groups: readonly string[];
  /** Whether no request is left for the route's own group. */
  readonly replaced: boolean;
  readonly assumptions: readonly string[];
}

/** Conditions on who asks, which a client cannot choose as it chooses the rest of a request. */
const ofTheAsker: ReadonlySet<string> = new Set(["remoteaddress", "socketaddr", "clientport"]);

/**
 * Rule sets apply in the order of the route, and their rules in theirs. A client meets the conditions that it likes.
 * https://learn.microsoft.com/azure/frontdoor/front-door-rules-engine
 */
export function routeEffects(snapshot: Snapshot): (route: Node) => RouteEffects {
  const pages = pagesBy(snapshot, doorRuleCall, "ruleSet");
  return (route) => {
    const sets = refsOf(props(route), "ruleSets");
    const rules = sets.flatMap((id) =>
      (pages.get(keyOf(id)) ?? [])
        .flatMap((page) => items(page, "value"))
        .toSorted((a, b) => (number(props(a), "order") ?? 0) - (number(props(b), "order") ?? 0)),
    );
    const hidden = sets.filter((ruleSet) => gapIn(snapshot, doorRuleCall, { ruleSet }));
    const effects = effectsOf(rules);
    return hidden.length === 0
      ? effects
      : Object.assign({}, effects, {
          assumptions: [
            ...effects.assumptions,
            `${doorRuleCall} was not read: ${hidden.map(nameIn).join(", ")} is taken to send nobody elsewhere`,
          ],
        });
  };
}

function effectsOf(rules: readonly Node[]): RouteEffects {
  let effects: RouteEffects = { groups: [], replaced: false, assumptions: [] };
  /** Whether some requests have left the rules behind. */
  let gone = false;
  for (const rule of rules) {
    const conditions = items(props(rule), "conditions");
    const every = conditions.length === 0 && !gone;
    for (const action of items(props(rule), "actions"))
      effects = after(effects, rule, action, every);
    const stops = text(props(rule), "matchProcessingBehavior") === "Stop";
    if (stops && conditions.length === 0) break;
    gone ||= stops;
  }
  return effects;
}

function after(before: RouteEffects, rule: Node, action: Node, every: boolean): RouteEffects {
  const name = text(action, "name")?.toLowerCase();
  if (name === "urlredirect") {
    if (every) return { ...before, redirect: rule };
    if (!asksWho(rule)) return before;
    const assumption = `${nameOf(rule)} redirects clients by their address: not all of them are taken to be`;
    return { ...before, assumptions: [...before.assumptions, assumption] };
  }
  const parameters = at(action, "parameters");
  const override = parameters && at(parameters, "originGroupOverride");
  const group = override && refOf(override, "originGroup");
  if (name !== "routeconfigurationoverride" || group === undefined) return before;
  return every
    ? { ...before, groups: [group], replaced: true }
    : { ...before, groups: [...before.groups, group] };
}

function asksWho(rule: Node): boolean {
  return items(props(rule), "conditions").some((each) =>
    ofTheAsker.has((text(each, "name") ?? "").toLowerCase()),
  );
}
