import type {
  Leg,
  NetworkInventory,
  Rule,
  Stage,
  StagedGate,
  StatelessGate,
} from "../model/network.ts";
import { intersect, isEmpty, setOf, type PrefixSet } from "../net/prefix-set.ts";
import { parseAddress, parsePrefix } from "../net/address.ts";
import { wordsOf, type Witness } from "./deciding-rule.ts";
import { addressesOf } from "./parties.ts";
import { readersOf, rulesOf, speaksTo, type Cell, type Reader } from "./rule-flows.ts";
import { outcomeOf, readStages } from "./stages.ts";

export interface Decision {
  readonly rule?: Rule;
  readonly stage?: Stage;
  readonly because: string;
}

type Verdict = "allow" | "deny";

/** The rule by which one packet passes a gate of several lists, or is stopped by it. */
export function decidedBy(
  gate: StagedGate | StatelessGate,
  leg: Leg,
  witness: Witness,
  verdict: Verdict,
  network: NetworkInventory,
): Decision {
  return gate.kind === "staged"
    ? byStage(gate, leg, witness, verdict, network)
    : byReply(gate, leg, witness, verdict, network);
}

function byStage(
  gate: StagedGate,
  leg: Leg,
  witness: Witness,
  verdict: Verdict,
  network: NetworkInventory,
): Decision {
  const { family } = leg;
  const reading = "least";
  const question = {
    family,
    protocol: witness.protocol,
    from: leg.from,
    to: leg.to,
    reading,
  } as const;
  let rest = whoOf(gate.peer === "from" ? leg.from : leg.to, leg, witness);
  const cell = cellOf(witness);
  for (const own of readStages(gate, question, network)) {
    const outcome = outcomeOf(own, rest, cell, reading);
    const decided = verdict === "allow" ? outcome.allowed : outcome.denied;
    const rule = isEmpty(decided) ? undefined : ruleIn(own.lists, decided, cell, verdict);
    if (rule) return { rule, stage: own.stage, because: wordsOf(rule, gate) };
    if (!isEmpty(decided)) return { stage: own.stage, because: endOf(own.stage, verdict) };
    ({ rest } = outcome);
  }
  const because =
    gate.otherwise === verdict
      ? `no rule of ${gate.id} matches, which ${verdict === "allow" ? "admits" : "denies"} it`
      : "decided by rules that could not be read in full";
  return { because };
}

function endOf({ ruleSets }: Stage, verdict: Verdict): string {
  return `no rule of ${ruleSets.join(", ")} matches, which ${verdict === "allow" ? "admits" : "denies"} it`;
}

function ruleIn(
  lists: readonly (readonly Reader[])[],
  decided: PrefixSet,
  cell: Cell,
  verdict: Verdict,
): Rule | undefined {
  const firsts = lists.map((list) => {
    const hit = list.find(
      (reader) => speaksTo(reader, cell) && !isEmpty(intersect(reader.peers, decided)),
    );
    return hit?.rule;
  });
  return firsts.findLast((rule) => rule?.action === verdict);
}

function byReply(
  gate: StatelessGate,
  leg: Leg,
  witness: Witness,
  verdict: Verdict,
  network: NetworkInventory,
): Decision {
  const { family } = leg;
  const question = {
    family,
    protocol: witness.protocol,
    groups: leg.from.groups,
    reading: "most",
  } as const;
  const who = whoOf(leg.from, leg, witness);
  const meets = (ids: readonly string[], port: "dialled" | "reply"): Rule[] =>
    readersOf(rulesOf(ids, network), question, port)
      .filter((reader) => speaksTo(reader, cellOf(witness)))
      .filter(({ rule, peers }) => rule.action === "allow" && !isEmpty(intersect(peers, who)))
      .map(({ rule }) => rule);
  const request = meets(gate.requests, "dialled").find(({ stateless }) => stateless);
  if (!request) return { because: "the rules that admit it keep track of the connection" };
  if (verdict === "deny")
    return {
      rule: request,
      because: `${request.id} is stateless, and no rule lets the answer back to these clients`,
    };
  const [reply] = meets(gate.replies, "reply");
  if (!reply) return { because: "the answer passes by rules that could not be read in full" };
  return { rule: reply, because: wordsOf(reply, { peer: "to", port: "reply" }) };
}

function whoOf(party: Leg["from"], { family }: Leg, { client }: Witness): PrefixSet {
  if (party.addresses !== "client") return addressesOf(party, family);
  const prefix = parseAddress(client) && parsePrefix(client);
  return setOf(family, prefix ? [prefix] : []);
}

function cellOf({ port, reply }: Witness): Cell {
  return { dialled: { from: port, to: port }, senders: { from: reply, to: reply } };
}
