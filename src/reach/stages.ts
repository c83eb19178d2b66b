import type { IpFamily, TransportProtocol } from "../model/exposure.ts";
import type { NetworkInventory, Party, Rule, Stage, StagedGate } from "../model/network.ts";
import type { FlowCube } from "../net/flow-cube.ts";
import {
  emptySet,
  everyAddress,
  intersect,
  isEmpty,
  subtract,
  union,
  type PrefixSet,
} from "../net/prefix-set.ts";
import { projected, sendersFor } from "./parties.ts";
import {
  cubeOver,
  peersOf,
  readersOf,
  rulesOf,
  speaksTo,
  type Cell,
  type Reader,
  type Reading,
} from "./rule-flows.ts";

interface StageQuestion {
  readonly family: IpFamily;
  readonly protocol: TransportProtocol;
  readonly from: Party;
  readonly to: Party;
  readonly reading: Reading;
}

/** A stage with its lists as the gate reads them. */
export interface ReadStage {
  readonly stage: Stage;
  readonly lists: readonly (readonly Reader[])[];
}

/** What became of the packets that came to a stage. */
export interface Outcome {
  readonly allowed: PrefixSet;
  readonly denied: PrefixSet;
  /** Goes on to the next stage. */
  readonly rest: PrefixSet;
}

export function readStages(
  gate: StagedGate,
  question: StageQuestion,
  network: NetworkInventory,
): ReadStage[] {
  const party = gate.peer === "from" ? question.from : question.to;
  const own = { ...question, groups: party.groups };
  return gate.stages.map((stage) => ({
    stage,
    lists: stage.ruleSets.map((id) =>
      readersOf(rulesOf([id], network), own, gate.port, peersInStage),
    ),
  }));
}

export function throughStages(
  gate: StagedGate,
  question: StageQuestion,
  network: NetworkInventory,
): FlowCube {
  const { family, reading } = question;
  const party = gate.peer === "from" ? question.from : question.to;
  const stages = readStages(gate, question, network);
  const readers = stages.flatMap(({ lists }) => lists.flat());
  return cubeOver(readers, sendersFor(question.from), (cell) => {
    let [rest, admitted] = [everyAddress(family), emptySet(family)];
    for (const stage of stages) {
      if (isEmpty(rest)) break;
      const outcome = outcomeOf(stage, rest, cell, reading);
      admitted = union(admitted, outcome.allowed);
      ({ rest } = outcome);
    }
    if (gate.otherwise === "allow") admitted = union(admitted, rest);
    return projected(admitted, party, family);
  });
}

/** Any list may deny, all of them must allow; what is neither goes on. */
export function outcomeOf(
  { stage, lists }: ReadStage,
  came: PrefixSet,
  cell: Cell,
  reading: Reading,
): Outcome {
  const nobody = emptySet(came.family);
  const each = lists.map((list) => throughList(list, came, cell, stage, reading));
  const denied = each.reduce((sum, own) => union(sum, own.denied), nobody);
  const unanimous = each.length === 0 ? unmatchedBy(stage, came).allowed : came;
  const agreed = each.reduce((sum, own) => intersect(sum, own.allowed), unanimous);
  const standing = subtract(came, denied);
  const perhaps = each.reduce((sum, own) => union(sum, own.perhaps), nobody);
  const blind = stage.unread !== undefined;
  const maybe = reading === "most" ? standing : nobody;
  const allowed = blind ? maybe : subtract(agreed, denied);
  const closed = each.length === 0 && !blind ? unmatchedBy(stage, came).denied : denied;
  return {
    allowed,
    denied: closed,
    rest: union(subtract(subtract(standing, allowed), closed), perhaps),
  };
}

function throughList(
  readers: readonly Reader[],
  came: PrefixSet,
  cell: Cell,
  stage: Stage,
  reading: Reading,
): ListOutcome {
  const nobody = emptySet(came.family);
  let [left, allowed, denied, passed, perhaps] = [came, nobody, nobody, nobody, nobody];
  for (const reader of readers) {
    if (!speaksTo(reader, cell)) continue;
    if (reading === "most" && mayJump(reader.rule)) perhaps = union(perhaps, left);
    const hit = intersect(left, reader.peers);
    if (isEmpty(hit)) continue;
    const { action } = reader.rule;
    if (action === "allow") allowed = union(allowed, hit);
    else if (action === "deny") denied = union(denied, hit);
    else passed = union(passed, hit);
    left = subtract(left, hit);
    if (isEmpty(left)) break;
  }
  const end = unmatchedBy(stage, left);
  return {
    allowed: union(allowed, end.allowed),
    denied: union(denied, end.denied),
    rest: union(passed, end.rest),
    perhaps,
  };
}

interface ListOutcome extends Outcome {
  /** May leave by a `next` that could not be resolved, whatever the rest of the list says. */
  readonly perhaps: PrefixSet;
}

function mayJump({ action, peers }: Rule): boolean {
  return action === "next" && peers.some(({ kind }) => kind === "unknown");
}

function unmatchedBy({ otherwise, unread }: Stage, left: PrefixSet): Outcome {
  const nobody = emptySet(left.family);
  if (otherwise === "allow" && unread === undefined)
    return { allowed: left, denied: nobody, rest: nobody };
  if (otherwise === "deny" && unread === undefined)
    return { allowed: nobody, denied: left, rest: nobody };
  return { allowed: nobody, denied: nobody, rest: left };
}

/**
 * A list that cannot be resolved (names, countries, threat lists) is hardly everyone: a deny or `next` of it is taken
 * to match only what is known, and named as a limit; an allow of it admits someone under `most` alone.
 */
function peersInStage(rule: Rule, question: Parameters<typeof peersOf>[1]): PrefixSet {
  if (rule.action === "allow") return peersOf(rule, question);
  const known = rule.peers.filter(({ kind }) => kind !== "unknown");
  return peersOf({ ...rule, peers: known }, question);
}
