import type { Inventory } from "../../src/model/inventory.ts";
import type { Gate, Rule, StagedGate } from "../../src/model/network.ts";
import { within } from "./brute-raw.ts";
import type { GatePacket } from "./random-gates.ts";

/**
 * Walks one packet after the other through the gates of the chain `c`, rule by rule: no sets, no ranges, no code of the
 * engine. The client may try every port of its own that a rule could tell apart.
 */
export function passesGates(network: Inventory, packet: GatePacket): boolean {
  const approach = network.approaches?.[0];
  const leg = approach?.legs[0];
  if (!approach || !leg) return false;
  if (packet.port < approach.entryPorts.from || packet.port > approach.entryPorts.to) return false;
  const arriving = { ...packet, port: leg.port ?? packet.port };
  const gates = network.chains?.get("c")?.gates ?? [];
  return sendersWorthTrying(network).some((sender) =>
    gates.every((gate) => passesGate(gate, network, { ...arriving, sender }, approach.family)),
  );
}

interface Sent extends GatePacket {
  readonly sender: number;
}

function sendersWorthTrying(network: Inventory): number[] {
  const out = new Set([1, 1024, 49_152, 65_535]);
  for (const { rules } of network.ruleSets?.values() ?? [])
    for (const { sourcePorts, ports } of rules)
      for (const range of [sourcePorts, ports])
        for (const border of range ? [range.from, range.to] : [])
          for (const at of [border - 1, border, border + 1])
            if (at >= 1 && at <= 65_535) out.add(at);
  return [...out];
}

function passesGate(gate: Gate, network: Inventory, sent: Sent, family: "ipv4" | "ipv6"): boolean {
  const list = (id: string): readonly Rule[] => network.ruleSets?.get(id)?.rules ?? [];
  if ("families" in gate && gate.families && !gate.families.includes(family)) return true;
  if (gate.kind === "rules" && gate.match === "union")
    return gate.ruleSets.some((id) => list(id).some((rule) => matches(rule, sent, gate.port)));
  if (gate.kind === "rules")
    return (
      gate.ruleSets.flatMap(list).find((rule) => matches(rule, sent, gate.port))?.action === "allow"
    );
  if (gate.kind === "stateless") {
    const remembered = !gate.requests.some((id) =>
      list(id).some((rule) => rule.stateless === true && matches(rule, sent, "dialled")),
    );
    return (
      remembered || gate.replies.some((id) => list(id).some((rule) => matches(rule, sent, "reply")))
    );
  }
  if (gate.kind !== "staged") throw new Error(`no brute force for ${gate.kind}`);
  return passesStages(gate, list, sent);
}

function passesStages(
  gate: StagedGate,
  list: (id: string) => readonly Rule[],
  sent: Sent,
): boolean {
  for (const stage of gate.stages) {
    const verdicts = stage.ruleSets.map(
      (id) =>
        list(id).find((rule) => matches(rule, sent, gate.port))?.action ??
        stage.otherwise ??
        "next",
    );
    if (verdicts.includes("deny")) return false;
    if (verdicts.every((verdict) => verdict === "allow")) return true;
  }
  return gate.otherwise === "allow";
}

function matches(rule: Rule, sent: Sent, port: "dialled" | "reply"): boolean {
  if (rule.protocol !== "any" && rule.protocol !== sent.protocol) return false;
  const [near, far] = port === "dialled" ? [sent.port, sent.sender] : [sent.sender, sent.port];
  if (near < rule.ports.from || near > rule.ports.to) return false;
  if (rule.sourcePorts && (far < rule.sourcePorts.from || far > rule.sourcePorts.to)) return false;
  return rule.peers.some((peer) => peer.kind === "prefix" && within(sent.client, peer.cidr));
}
