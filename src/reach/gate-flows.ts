import type { IpFamily, TransportProtocol } from "../model/exposure.ts";
import type { Gate, NetworkInventory, Party, RuleGate } from "../model/network.ts";
import { cubeOf, everyCube, flattened, type FlowCube } from "../net/flow-cube.ts";
import { allPorts, everyFlow, type FlowSet } from "../net/flow-set.ts";
import { emptySet } from "../net/prefix-set.ts";
import { projected, sendersFor } from "./parties.ts";
import { throughReplies } from "./replies.ts";
import { returnable } from "./route-flows.ts";
import { cubeOver, firstMatchOf, readersOf, rulesOf, unionOf, type Reading } from "./rule-flows.ts";
import { throughStages } from "./stages.ts";

export interface GateQuestion {
  readonly family: IpFamily;
  readonly protocol: TransportProtocol;
  readonly from: Party;
  readonly to: Party;
  readonly reading: Reading;
}

export interface GateAnswer {
  /** Sender's ports, client addresses and dialled ports that pass, and whose answer comes back. */
  readonly cube: FlowCube;
  /** The cube from whatever port. */
  readonly flows: FlowSet;
  /** Lets everything pass. */
  readonly open?: boolean;
}

export function passes(gate: Gate, question: GateQuestion, network: NetworkInventory): GateAnswer {
  const { family, reading } = question;
  const senders = sendersFor(question.from);
  const answer = (open: boolean): GateAnswer => ({
    cube: open ? everyCube(family, senders) : [],
    flows: open ? everyFlow(family) : [],
    open,
  });
  if (gate.kind === "rules") return asked(throughRules(gate, question, network));
  if (!speaksOf(gate, family)) return answer(true);
  if (gate.kind === "state") return answer(gate.open || gate.latent === true);
  if (gate.kind === "unread") return answer(gate.limit || reading === "most");
  if (gate.kind === "staged") return asked(throughStages(gate, question, network));
  if (gate.kind === "stateless") return asked(throughReplies(gate, question, network));
  const table = network.routeTables?.get(gate.table);
  const clients = table ? returnable(table, family, reading) : emptySet(family);
  return asked(cubeOf([senders], [allPorts], () => clients));
}

function asked(cube: FlowCube): GateAnswer {
  return { cube, flows: flattened(cube) };
}

export function speaksOf(gate: { families?: readonly IpFamily[] }, family: IpFamily): boolean {
  return gate.families?.includes(family) ?? true;
}

function throughRules(gate: RuleGate, question: GateQuestion, network: NetworkInventory): FlowCube {
  const { family, from, reading } = question;
  if (gate.unread !== undefined && reading === "most") return everyCube(family, sendersFor(from));
  const party = gate.peer === "from" ? from : question.to;
  const own = { ...question, groups: party.groups };
  const readers = readersOf(rulesOf(gate.ruleSets, network), own, gate.port);
  const decide = gate.match === "union" ? unionOf : firstMatchOf;
  return cubeOver(readers, sendersFor(from), (cell) =>
    projected(decide(readers, cell, family), party, family),
  );
}
