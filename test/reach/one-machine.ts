import type { Inventory } from "../../src/model/inventory.ts";
import type { Gate, Rule, Stage, StagedGate } from "../../src/model/network.ts";
import { reach } from "../../src/reach/reach.ts";
import { direct, inventoryOf, source } from "./neutral.ts";

export const every = "0.0.0.0/0";

export function rule(
  id: string,
  action: Rule["action"],
  port: number,
  more: Partial<Rule> = {},
): Rule {
  return {
    id,
    action,
    protocol: "tcp",
    ports: { from: port, to: port },
    peers: [{ kind: "prefix", cidr: every }],
    source: { kind: "rule", id },
    ...more,
  };
}

export const staged = (stages: readonly Stage[], more: Partial<StagedGate> = {}): StagedGate => ({
  kind: "staged",
  code: "FW_IMPLICIT_DENY",
  id: "firewall",
  stages,
  otherwise: "deny",
  peer: "from",
  port: "dialled",
  source,
  ...more,
});

export const stage = (ruleSets: readonly string[], more: Partial<Stage> = {}): Stage => ({
  ruleSets,
  code: "FW_DENY_RULE",
  ...more,
});

export function world(
  lists: Readonly<Record<string, readonly Rule[]>>,
  ...gates: readonly Gate[]
): Inventory {
  const sets = Object.entries(lists).map(([id, rules]) => [id, { id, rules, source }] as const);
  return inventoryOf("gcp", new Map(sets), gates, [direct]);
}

export const seen = (found: Inventory) =>
  reach(found).exposures.map(({ portRange, verdict, certainty, assumptions }) => [
    portRange.from,
    verdict,
    certainty,
    assumptions,
  ]);

export const blockedOn = (found: Inventory, port: number) =>
  reach(found, undefined, { everyPort: true })
    .blocked.filter((each) => each.port.from <= port && port <= each.port.to)
    .flatMap(({ gates }) => gates.map(({ code, rule: by, because }) => [code, by, because]));
