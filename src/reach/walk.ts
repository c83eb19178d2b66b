import type { GateCode, IpFamily, TransportProtocol } from "../model/exposure.ts";
import type { Approach, Gate, Leg } from "../model/network.ts";
import type { PrefixSet } from "../net/prefix-set.ts";
import { portsOf } from "../net/port-set.ts";
import { flattened, senderCuts, sliceAt, type FlowCube } from "../net/flow-cube.ts";
import { emptySet, everyAddress, intersect, isEmpty, subtract, union } from "../net/prefix-set.ts";
import { flowSet, type FlowSet } from "../net/flow-set.ts";
import type { ChainAnswer, ChainJudge } from "./chains.ts";
import { joined, type Unread } from "./unread.ts";
import { joinSenders, type Box } from "./boxes.ts";
import { speaksOf } from "./gate-flows.ts";
import { clientPorts } from "./parties.ts";
import type { Reading } from "./rule-flows.ts";

export interface Walk {
  readonly boxes: readonly Box[];
  readonly answers: readonly ChainAnswer[];
  /** Addresses of the networks themselves, which no internet client has. */
  readonly own: PrefixSet;
  readonly unread: Unread;
  readonly latent?: GateCode;
}

/** Follows an approach from the client to the workload. */
export function walk(
  approach: Approach,
  protocol: TransportProtocol,
  reading: Reading,
  clients: PrefixSet,
  judge: ChainJudge,
): Walk {
  const answers = approach.legs.map((leg) =>
    seenBy(approach.family, leg, judge.judge(leg, protocol, reading)),
  );
  const own = answers.reduce((sum, answer) => union(sum, answer.own), emptySet(approach.family));
  const kept = approach.legs.map(({ from }) => from.addresses === "client");
  const cubes = answers.filter((_, i) => kept[i]).map(({ cube }) => cube);
  const boxes = joinSenders(
    senderCuts(cubes, clientPorts).flatMap((senders) =>
      follow(
        approach,
        answers.map(({ cube }, i) => (kept[i] ? sliceAt(cube, senders.from) : flattened(cube))),
        {
          entry: approach.entryPorts,
          port: approach.entryPorts,
          clients,
          senders: portsOf([senders]),
        },
      ),
    ),
  ).filter((box) => !isEmpty(subtract(box.clients, own)));
  const latent = answers.flatMap(({ gates }, i) =>
    gates.flatMap(({ gate }) => latentCode(gate, approach.legs[i]?.family ?? approach.family)),
  )[0];
  return {
    boxes,
    answers,
    own,
    unread: joined(answers.map(({ unread }) => unread)),
    ...(latent && { latent }),
  };
}

/** Sends a box down the legs, given what passes each of them. */
function follow({ legs }: Approach, flows: readonly FlowSet[], start: Box): Box[] {
  let boxes = [start];
  for (const [i, { port }] of legs.entries()) {
    if (port !== undefined)
      boxes = boxes.map((box) => ({ ...box, port: { from: port, to: port } }));
    boxes = boxes.flatMap((box) => through(box, flows[i] ?? []));
  }
  return boxes;
}

/** Behind a stop that changes the address family, a gate admits every client or none. */
function seenBy(family: IpFamily, leg: Leg, answer: ChainAnswer): ChainAnswer {
  if (leg.family === family) return answer;
  const every = everyAddress(family);
  const translate = (flows: FlowSet): FlowSet =>
    flowSet(
      flows.map(({ ports }) => ports),
      () => every,
    );
  const translated = (cube: FlowCube): FlowCube =>
    cube.map(({ senders, flows }) => ({ senders, flows: translate(flows) }));
  return {
    ...answer,
    gates: answer.gates.map(({ gate, flows, cube }) => ({
      gate,
      flows: translate(flows),
      cube: translated(cube),
    })),
    cube: translated(answer.cube),
    own: emptySet(family),
  };
}

function latentCode(gate: Gate, family: Approach["family"]): GateCode[] {
  const closed = gate.kind === "state" && !gate.open && gate.latent === true;
  return closed && speaksOf(gate, family) ? [gate.code] : [];
}

/** The part of a box that a leg lets pass. An unchanged port narrows the entry with it. */
function through(box: Box, flows: FlowSet): Box[] {
  const same = box.entry.from === box.port.from && box.entry.to === box.port.to;
  return flows.flatMap(({ ports, addresses }) => {
    const port = { from: Math.max(ports.from, box.port.from), to: Math.min(ports.to, box.port.to) };
    if (port.from > port.to) return [];
    const clients = intersect(box.clients, addresses);
    return isEmpty(clients) ? [] : [{ ...box, entry: same ? port : box.entry, port, clients }];
  });
}
