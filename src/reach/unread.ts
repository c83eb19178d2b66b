import type { TransportProtocol } from "../model/exposure.ts";
import type { Gate, Leg, NetworkInventory, Rule, StagedGate } from "../model/network.ts";
import { speaksOf } from "./gate-flows.ts";
import { beyond } from "./route-flows.ts";
import { applicable, rulesOf } from "./rule-flows.ts";

/** What was not read on the way. */
export interface Unread {
  /** It could only have closed the path. */
  readonly limits: readonly string[];
  /** It could have opened it. */
  readonly grants: readonly string[];
}

export function joined(parts: readonly Unread[]): Unread {
  return {
    limits: parts.flatMap(({ limits }) => limits),
    grants: parts.flatMap(({ grants }) => grants),
  };
}

export function unreadBy(
  gate: Gate,
  { family }: Leg,
  protocol: TransportProtocol,
  network: NetworkInventory,
): Unread {
  if ("families" in gate && !speaksOf(gate, family)) return read;
  if (gate.kind === "state") return read;
  if (gate.kind === "routes") return routesUnread(gate.table, network);
  if (gate.kind === "staged") return stagesUnread(gate, protocol, network);
  if (gate.kind === "unread") {
    const because = [gate.because];
    return gate.limit ? { limits: because, grants: [] } : { limits: [], grants: because };
  }
  const lists = gate.kind === "rules" ? gate.ruleSets : [...gate.requests, ...gate.replies];
  const whole = gate.kind === "rules" && gate.unread !== undefined ? [gate.unread] : [];
  return { limits: [], grants: [...whole, ...unresolved(lists, protocol, network, everyAction)] };
}

function routesUnread(table: string, network: NetworkInventory): Unread {
  const { routes = [], inside } = network.routeTables?.get(table) ?? {};
  if (inside) {
    const ways = routes.filter(({ next }) => beyond.includes(next));
    return {
      limits: [],
      grants: ways.map(
        ({ prefix, target }) =>
          `the way between ${prefix ?? "an unread list"} and this network, by ${target ?? table}, is not followed`,
      ),
    };
  }
  const blind = routes.filter(({ prefix }) => prefix === undefined);
  const because = (granting: boolean): string[] =>
    blind.filter(({ next }) => (next === "internet") === granting).map((route) => route.because);
  return { limits: because(false), grants: because(true) };
}

const read: Unread = { limits: [], grants: [] };
const everyAction: readonly Rule["action"][] = ["allow", "deny", "next"];

/** An unread stage may close what later ones open, and open what they close. So may a jump over later rules. */
function stagesUnread(
  { stages }: StagedGate,
  protocol: TransportProtocol,
  network: NetworkInventory,
): Unread {
  const lists = stages.flatMap(({ ruleSets }) => ruleSets);
  const stagesOwn = stages.flatMap(({ unread }) => unread ?? []);
  const of = (...actions: Rule["action"][]): string[] =>
    unresolved(lists, protocol, network, actions);
  return {
    limits: [...stagesOwn, ...of("deny", "next")],
    grants: [...stagesOwn, ...of("allow", "next")],
  };
}

/** Why lists of rules with one of the actions could not be resolved. */
function unresolved(
  lists: readonly string[],
  protocol: TransportProtocol,
  network: NetworkInventory,
  actions: readonly Rule["action"][],
): string[] {
  return applicable(rulesOf(lists, network), protocol)
    .filter(({ action }) => actions.includes(action))
    .flatMap(({ peers }) => peers)
    .flatMap((peer) => (peer.kind === "unknown" ? [peer.because] : []));
}
