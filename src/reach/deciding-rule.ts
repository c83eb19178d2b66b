import type { PortRange, TransportProtocol } from "../model/exposure.ts";
import type { Leg, NetworkInventory, Peer, Rule, RuleGate, StagedGate } from "../model/network.ts";
import { holdsAddress, meets } from "../net/prefix-set.ts";
import { addressesOf } from "./parties.ts";
import { peersOf, rulesOf, type RuleQuestion } from "./rule-flows.ts";

/** One packet; what decides about it stands for the whole. */
export interface Witness {
  readonly client: string;
  readonly port: number;
  readonly reply: number;
  readonly protocol: TransportProtocol;
}

/** The first rule of the gate that matches the packet and, when told, has this action. Of a union only allows decide. */
export function decidingRule(
  gate: RuleGate,
  leg: Leg,
  witness: Witness,
  network: NetworkInventory,
  action?: Rule["action"],
): Rule | undefined {
  const party = gate.peer === "from" ? leg.from : leg.to;
  const sender = party.addresses === "client" ? witness.reply : Math.max(witness.reply, 1024);
  const [port, far] =
    gate.port === "dialled"
      ? [witness.port, sender]
      : [Math.max(witness.reply, 1024), witness.port];
  const question: RuleQuestion = {
    family: leg.family,
    protocol: witness.protocol,
    groups: party.groups,
    reading: "most",
  };
  const who = party.addresses === "client" ? undefined : addressesOf(party, leg.family);
  const speaks = ({ protocol, ports, sourcePorts, action: own }: Rule): boolean =>
    (protocol === "any" || protocol === witness.protocol) &&
    ports.from <= port &&
    port <= ports.to &&
    covers(sourcePorts, far) &&
    (gate.match === "first" || own === "allow") &&
    (action === undefined || own === action);
  return rulesOf(gate.ruleSets, network).find((rule) => {
    if (!speaks(rule)) return false;
    const set = peersOf(rule, question);
    return who ? meets(set, who) : holdsAddress(set, witness.client);
  });
}

/** What the rule says, in words: `acl-1#100 denies tcp port 22 from 0.0.0.0/0`. */
export function wordsOf(rule: Rule, gate: Pick<RuleGate | StagedGate, "peer" | "port">): string {
  const verb = verbs[rule.action];
  const [only, second] = rule.peers;
  const who = only && !second ? nameOf(only) : namesOf(rule.peers);
  const direction = gate.peer === "from" && gate.port === "dialled" ? "from" : "to";
  return `${rule.id} ${verb} ${trafficOf(rule)} ${direction} ${who}`;
}

function namesOf(peers: readonly Peer[]): string {
  return `${peers.slice(0, 3).map(nameOf).join(", ")}${peers.length > 3 ? ", …" : ""}`;
}

function nameOf(peer: Peer): string {
  return peer.kind === "prefix" ? peer.cidr : peer.kind === "group" ? peer.id : "an unread list";
}

const verbs = { allow: "allows", deny: "denies", next: "passes on" } as const;

function trafficOf({ protocol, ports }: Rule): string {
  const everyPort = ports.from === 0 && ports.to === 65_535;
  if (everyPort) return protocol === "any" ? "all traffic" : `all ${protocol} traffic`;
  return `${protocol === "any" ? "any protocol" : protocol} ${portsIn(ports)}`;
}

function portsIn({ from, to }: PortRange): string {
  return from === to ? `port ${from}` : `ports ${from}-${to}`;
}

function covers(ports: PortRange | undefined, port: number): boolean {
  return ports === undefined || (ports.from <= port && port <= ports.to);
}
