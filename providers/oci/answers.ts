import type { PortRange, TransportProtocol } from "../../src/model/exposure.ts";
import type { Gate, Party, Rule } from "../../src/model/network.ts";
import { covers } from "../../src/net/prefix-set.ts";
import { sourceOf } from "../reader.ts";
import type { End, OciNetwork } from "./network.ts";
import { egressOf } from "./rule-sets.ts";

/** Ports that balancers and gateways send from. */
const senders: PortRange = { from: 1024, to: 65_535 };

/**
 * What a front door opens under a stateless rule is forgotten: the answer of the backend needs a rule that lets it in.
 * Closed when no port that it may send from has one; empty when nothing is forgotten.
 */
export function answerGates(
  { sets }: OciNetwork,
  front: End,
  lists: readonly string[],
  to: Party,
  port: number | undefined,
): Gate[] {
  const rulesOf = (ids: readonly string[]): Rule[] =>
    ids.flatMap((id) => sets.get(id)?.rules ?? []);
  const out = rulesOf(lists.map(egressOf));
  if (!out.some(({ stateless }) => stateless === true)) return [];
  const { id, node } = front;
  const common = { code: "STATELESS_RETURN", id, source: sourceOf(node) } as const;
  if (port === undefined) {
    const because = `${id} has stateless egress rules: answers are taken to be let in`;
    return [{ ...common, kind: "unread", limit: true, because }];
  }
  const packets = (["tcp", "udp"] as const).map((protocol) => ({ protocol, to, port }));
  const sent = packets.filter((packet) => out.some((rule) => opens(rule, packet)));
  const back = rulesOf(lists);
  const answered = sent.some((packet) =>
    borders(out.concat(back)).some(
      (sender) =>
        out.some((rule) => opens(rule, packet, sender)) &&
        (!out.some((rule) => rule.stateless && opens(rule, packet, sender)) ||
          back.some((rule) => answers(rule, packet, sender))),
    ),
  );
  if (sent.length === 0 || answered) return [];
  const because = `${id} opens port ${port} without memory, and no rule lets the answer in`;
  return [{ ...common, kind: "state", open: false, because }];
}

interface Packet {
  readonly protocol: TransportProtocol;
  readonly to: Party;
  readonly port: number;
}

function opens(rule: Rule, packet: Packet, sender?: number): boolean {
  const from = rule.sourcePorts ?? senders;
  return (
    meets(rule, packet) &&
    within(packet.port, rule.ports) &&
    (sender === undefined || within(sender, from))
  );
}

function answers(rule: Rule, packet: Packet, sender: number): boolean {
  const from = rule.sourcePorts;
  return meets(rule, packet) && within(sender, rule.ports) && (!from || within(packet.port, from));
}

function meets({ protocol, peers }: Rule, { to, ...packet }: Packet): boolean {
  const addresses = to.addresses === "client" ? [] : to.addresses;
  return (
    (protocol === "any" || protocol === packet.protocol) &&
    peers.some(
      (peer) =>
        peer.kind === "unknown" ||
        (peer.kind === "group"
          ? to.groups.includes(peer.id)
          : addresses.some((address) => covers([peer.cidr], address))),
    )
  );
}

/** Enough of the ports to meet every range that some rule tells apart. */
function borders(rules: readonly Rule[]): number[] {
  const ends = rules.flatMap(({ ports, sourcePorts }) =>
    [ports, sourcePorts ?? senders].flatMap(({ from, to }) => [from, to, to + 1]),
  );
  return [...new Set([senders.from, ...ends])].filter((port) => within(port, senders));
}

function within(port: number, { from, to }: PortRange): boolean {
  return from <= port && port <= to;
}
