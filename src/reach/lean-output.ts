import { stableIdOf } from "../hash.ts";
import type {
  Blocked,
  Exposure,
  GateBlock,
  PortRange,
  TransportProtocol,
  WorkloadRef,
} from "../model/exposure.ts";
import type { Inventory } from "../model/inventory.ts";
import type { Approach, Gate, Leg } from "../model/network.ts";
import { portsOf, rangesOf, intersectPorts, subtractPorts, type PortSet } from "../net/port-set.ts";
import { usualReply } from "./blocks.ts";
import { stateHop, stopHop } from "./hops.ts";
import { entryLike } from "./instantiate.ts";
import type { Closed, Open, Read } from "./lean-segments.ts";
import type { Ends, LeanWords } from "./lean-words.ts";
import { unique } from "./routes-in.ts";

/** What one pass over the ports found. */
export interface LeanPath extends Ends {
  readonly approach: Approach;
  readonly leg: Leg;
  readonly protocol: TransportProtocol;
  readonly gates: readonly Read[];
  /** Ports to send from. */
  readonly senders: PortRange;
  /** Closed gates before the chain. */
  readonly shut: readonly Gate[];
  readonly open: readonly Open[];
  readonly closed: readonly Closed[];
}

export function leanExposures(
  path: LeanPath,
  words: LeanWords,
  { provider, scope }: Pick<Inventory, "provider" | "scope">,
  region: string,
  workload: WorkloadRef,
): Exposure[] {
  const { approach, protocol, senders, open } = path;
  if (open.length === 0) return [];
  const { family, authGate, backendTls } = approach;
  const assumptions = unique(approach.assumptions);
  const certainty = assumptions.length > 0 ? "maybe" : "certain";
  const narrowed = senders.from > 1024 || senders.to < 65_535;
  const { address, tls } = entryLike({ port: senders, tls: approach.entry.tls }, approach.entry);
  const before = JSON.stringify([provider, scope, workload.id, protocol]).slice(0, -1);
  const between = JSON.stringify([address ?? ""]).slice(1, -1);
  return open.map((box): Exposure => {
    const { from, to } = box;
    const portRange = { from, to };
    const { sources, text } = words.of(box.clients);
    const id = `${before},"${from}","${to}","${text}","${family}","direct",${between},"${from}","${authGate}","reachable",""]`;
    const exposure: Exposure = {
      id: stableIdOf("exposure", id),
      provider,
      scope,
      region,
      workload,
      protocol,
      portRange,
      sources,
      families: [family],
      via: "direct",
      entry: entryLike({ port: portRange, tls }, approach.entry),
      backendTls,
      authGate,
      certainty,
      assumptions,
      verdict: "reachable",
      hops: hopsOf(box, path, words),
    };
    return narrowed ? Object.assign(exposure, { sourcePorts: senders }) : exposure;
  });
}

function hopsOf({ from, clients }: Open, path: LeanPath, words: LeanWords): Exposure["hops"] {
  const { leg, protocol, gates, senders } = path;
  const usual = senders.from <= usualReply && usualReply <= senders.to;
  const reply = usual ? usualReply : senders.from;
  const passage = { leg, protocol, clients, port: from, reply };
  const hops = [words.of(clients).hop];
  for (const gate of leg.own) if (gate.kind === "state") hops.push(stateHop(gate));
  for (const gate of gates) hops.push(words.hop(gate, passage));
  hops.push(stopHop(leg.stop, protocol, from));
  return hops;
}

/** `wanted`: the ports that are told of when closed. */
export function leanBlocked(
  path: LeanPath,
  words: LeanWords,
  { provider, scope }: Pick<Inventory, "provider" | "scope">,
  workload: WorkloadRef,
  wanted: PortSet,
): Blocked[] {
  const { approach, protocol } = path;
  const shown = subtractPorts(wanted, portsOf(path.open));
  if (shown.borders.length === 0) return [];
  const out: Blocked[] = [];
  for (const { from, to, closers } of joined(path, words)) {
    const ports = rangesOf(intersectPorts(portsOf([{ from, to }]), shown));
    if (ports.length === 0) continue;
    const gates = path.shut.flatMap(stateBlock);
    for (const closer of closers) gates.push(words.block(closer, path));
    const [first] = gates;
    if (!first) continue;
    for (const port of ports)
      out.push({
        provider,
        scope,
        workload,
        protocol,
        port,
        family: approach.family,
        firstGate: first.code,
        gates,
        via: "direct",
      });
  }
  return out;
}

function stateBlock(gate: Gate): GateBlock[] {
  if (gate.kind !== "state") return [];
  const { code, rule, because, source } = gate;
  return [rule === undefined ? { code, because, source } : { code, rule, because, source }];
}

/** Neighbours that the same gates close are one; they are told in the words of the first. */
function joined(path: LeanPath, words: LeanWords): Closed[] {
  const out: Closed[] = [];
  for (const each of path.closed) {
    const last = out.at(-1);
    if (last && last.to + 1 === each.from && sameClosers(last, each, path, words))
      out[out.length - 1] = { from: last.from, to: each.to, closers: last.closers };
    else out.push(each);
  }
  return out;
}

function sameClosers(
  { closers }: Closed,
  { closers: others }: Closed,
  ends: Ends,
  words: LeanWords,
): boolean {
  if (closers.length !== others.length) return false;
  return closers.every((closer, i) => {
    const other = others[i];
    if (!other) return false;
    const { gate } = closer.read;
    if (gate === other.read.gate && gate.kind === "rules" && gate.match === "union") return true;
    const [name, second] = [words.name(closer, ends), words.name(other, ends)];
    return name.code === second.code && name.rule === second.rule;
  });
}
