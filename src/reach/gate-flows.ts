import type { IpFamily, PortRange, TransportProtocol } from "../model/exposure.ts";
import type { Gate, NetworkInventory, Party, RuleGate } from "../model/network.ts";
import { publicSpace } from "../net/client-space.ts";
import { allPorts, everyFlow, flowSet, portsOfFlows, type FlowSet } from "../net/flow-set.ts";
import { everyPort, type PortSet } from "../net/port-set.ts";
import {
  everyAddress,
  intersect,
  isEmpty,
  union,
  emptySet,
  type PrefixSet,
} from "../net/prefix-set.ts";
import { returnable } from "./route-flows.ts";
import { addressesOf, firstMatchFlows, unionFlows, type Reading } from "./rule-flows.ts";

export interface GateQuestion {
  readonly family: IpFamily;
  readonly protocol: TransportProtocol;
  readonly from: Party;
  readonly to: Party;
  readonly reading: Reading;
}

export interface GateAnswer {
  /** Client addresses and dialled ports that pass. */
  readonly flows: FlowSet;
  /** Ports on the client's side that the answer can go back to. */
  readonly replyPorts: PortSet;
  /** Lets everything pass. */
  readonly open?: boolean;
}

/** Ports a client may send from: it chooses them, 0 is none. */
export const clientPorts: PortRange = { from: 1, to: 65_535 };
/** Ports that balancers and proxies send from. */
const nodePorts: PortRange = { from: 1024, to: 65_535 };

export function passes(gate: Gate, question: GateQuestion, network: NetworkInventory): GateAnswer {
  const { family, reading } = question;
  if (gate.kind === "state")
    return answer(gate.open || gate.latent === true || !speaksOf(gate, family), family);
  if (gate.kind === "unread")
    return answer(gate.limit || reading === "most" || !speaksOf(gate, family), family);
  if (gate.kind === "rules") return throughRules(gate, question, network);
  if (gate.kind === "staged" || gate.kind === "stateless") return answer(false, family);
  if (!speaksOf(gate, family)) return answer(true, family);
  const table = network.routeTables?.get(gate.table);
  const clients = table ? returnable(table, family, reading) : emptySet(family);
  return { flows: flowSet([allPorts], () => clients), replyPorts: everyPort };
}

export function speaksOf(gate: { families?: readonly IpFamily[] }, family: IpFamily): boolean {
  return gate.families?.includes(family) ?? true;
}

function answer(open: boolean, family: IpFamily): GateAnswer {
  return { flows: open ? everyFlow(family) : [], replyPorts: everyPort, open };
}

function throughRules(
  gate: RuleGate,
  question: GateQuestion,
  network: NetworkInventory,
): GateAnswer {
  const { family } = question;
  const party = gate.peer === "from" ? question.from : question.to;
  const rules = gate.ruleSets.flatMap((id) => network.ruleSets?.get(id)?.rules ?? []);
  const match = gate.match === "union" ? unionFlows : firstMatchFlows;
  const admitted = match(rules, { ...question, groups: party.groups });
  const client = party.addresses === "client" && gate.peer === "from";
  const own = addressesOf(party, family);
  if (gate.port === "dialled") {
    const flows = client ? admitted : projected(admitted, own, family);
    return { flows, replyPorts: everyPort };
  }
  const usable = client
    ? restrict(admitted, clientPorts, publicSpace(family))
    : restrict(admitted, nodePorts, own);
  const clients = usable.reduce((sum, box) => union(sum, box.addresses), emptySet(family));
  const passing = client || isEmpty(clients) ? clients : everyAddress(family);
  return {
    flows: flowSet([allPorts], () => passing),
    replyPorts: client ? portsOfFlows(usable) : everyPort,
  };
}

/** A rule about a fixed party says nothing about the client: any of the party's addresses is enough. */
function projected(flows: FlowSet, party: PrefixSet, family: IpFamily): FlowSet {
  const every = everyAddress(family);
  return flowSet(
    flows.map(({ ports }) => ports),
    ({ from }) => {
      const set = flows.find(({ ports }) => ports.from <= from && from <= ports.to)?.addresses;
      return set && !isEmpty(intersect(set, party)) ? every : emptySet(family);
    },
  );
}

function restrict(flows: FlowSet, within: PortRange, party: PrefixSet): FlowSet {
  return flows.flatMap(({ ports, addresses }) => {
    const range = { from: Math.max(ports.from, within.from), to: Math.min(ports.to, within.to) };
    const set = intersect(addresses, party);
    return range.from > range.to || isEmpty(set) ? [] : [{ ports: range, addresses: set }];
  });
}
