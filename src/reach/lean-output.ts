import type {
  Blocked,
  Exposure,
  GateBlock,
  PortRange,
  TransportProtocol,
  WorkloadRef,
} from "../model/exposure.ts";
import type { Inventory } from "../model/inventory.ts";
import type { Approach, Gate, Leg, StateGate } from "../model/network.ts";
import type { Borders } from "../net/intervals.ts";
import { portsAmong, subtractPorts, type PortSet } from "../net/port-set.ts";
import { usualReply } from "./blocks.ts";
import { exposureId, placeOf } from "./exposure-id.ts";
import { stateHop, stopHop } from "./hops.ts";
import { entryOf } from "./instantiate.ts";
import type { LeanGate } from "./lean-gates.ts";
import type { Closed, Open } from "./lean-segments.ts";
import type { Closer, Ends, LeanWords } from "./lean-words.ts";
import { unique } from "./routes-in.ts";

/** What one pass over the ports found. */
export interface LeanPath extends Ends {
  readonly approach: Approach;
  readonly leg: Leg;
  readonly protocol: TransportProtocol;
  readonly chain: readonly Gate[];
  /** Those of the chain, as read. */
  readonly gates: readonly LeanGate[];
  /** Ports to send from. */
  readonly senders: PortRange;
  /** Closed gates before the chain. */
  readonly shut: readonly StateGate[];
  /** Who has no address of the network itself. */
  readonly outside: number;
  /** Bits of the gates that are told by the same name whatever the port. */
  readonly named: number;
  readonly open: readonly Open[];
  readonly closed: readonly Closed[];
}

const via = "direct";
const verdict = "reachable";
const nothing: readonly string[] = [];
const familyList = { ipv4: ["ipv4"], ipv6: ["ipv6"] } as const;

export function leanExposures(
  path: LeanPath,
  words: LeanWords,
  { provider, scope }: Pick<Inventory, "provider" | "scope">,
  region: string,
  workload: WorkloadRef,
): Exposure[] {
  const { approach, protocol, senders, open } = path;
  if (open.length === 0) return [];
  const { authGate, backendTls } = approach;
  const assumptions = approach.assumptions.length === 0 ? nothing : unique(approach.assumptions);
  const certainty = assumptions.length > 0 ? "maybe" : "certain";
  const narrowed = senders.from > 1024 || senders.to < 65_535;
  const entry = entryOf(approach);
  const place = placeOf(provider, scope, workload.id, entry.address);
  const families = familyList[approach.family];
  const ways = words.ways(protocol, authGate);
  return open.map((box): Exposure => {
    const { from, to, clients } = box;
    const portRange = { from, to };
    const { sources } = words.of(clients);
    const exposure: Exposure = {
      id: exposureId(place, ways(clients, from, to)),
      provider,
      scope,
      region,
      workload,
      protocol,
      portRange,
      sources,
      families,
      via,
      entry: entryAt(entry, portRange),
      backendTls,
      authGate,
      certainty,
      assumptions,
      verdict,
      hops: hopsOf(box, path, words),
    };
    return narrowed ? Object.assign(exposure, { sourcePorts: senders }) : exposure;
  });
}

function entryAt(
  { address, hosts, paths, tls }: ReturnType<typeof entryOf>,
  port: PortRange,
): Exposure["entry"] {
  return address === undefined ? { port, hosts, paths, tls } : { address, port, hosts, paths, tls };
}

function hopsOf({ from, clients }: Open, path: LeanPath, words: LeanWords): Exposure["hops"] {
  const { leg, protocol, chain, gates, senders } = path;
  const usual = senders.from <= usualReply && usualReply <= senders.to;
  const reply = usual ? usualReply : senders.from;
  const passage = { leg, protocol, clients, port: from, reply };
  const hops = [words.of(clients).hop];
  for (const gate of leg.own) if (gate.kind === "state") hops.push(stateHop(gate));
  for (let i = 0; i < chain.length; i += 1) {
    const gate = chain[i];
    const lean = gates[i];
    if (gate && lean) hops.push(words.hop(gate, lean, passage));
  }
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
  const { closed, shut } = path;
  const borders = bordersOf(path, wanted);
  const out: Blocked[] = [];
  if (borders.length === 0) return out;
  const before = shut.length === 0 ? noBlocks : shut.map(stateBlock);
  const { family } = path.approach;
  const common = { provider, scope, workload, protocol: path.protocol, family };
  for (let i = 0; i < closed.length;) {
    const first = closed[i];
    if (!first) break;
    const next = endOf(i, first, path, words);
    const to = closed[next - 1]?.to ?? first.to;
    i = next;
    const at = meeting(borders, first.from, to);
    if (at < 0) continue;
    const gates = first.closers === 0 ? before : blocksOf(first, before, path, words);
    tell(out, { from: first.from, to }, borders, at, common, gates);
  }
  return out;
}

type Common = Pick<Blocked, "provider" | "scope" | "workload" | "protocol" | "family">;

/** Adds an entry for each stretch between borders that lies within the range, from the pair at a place on. */
function tell(
  out: Blocked[],
  { from, to }: PortRange,
  borders: Borders,
  place: number,
  { provider, scope, workload, protocol, family }: Common,
  gates: readonly GateBlock[],
): void {
  const firstGate = gates[0]?.code;
  if (!firstGate) return;
  for (let i = place; Number(borders[i]) <= to; i += 2) {
    const start = Math.max(Number(borders[i]), from);
    const port = { from: start, to: Math.min(Number(borders[i + 1]) - 1, to) };
    out.push({ provider, scope, workload, protocol, port, family, firstGate, gates, via });
  }
}

function bordersOf({ open }: LeanPath, wanted: PortSet): Borders {
  return open.length === 0 ? wanted.borders : subtractPorts(wanted, openPorts(open)).borders;
}

const noBlocks: readonly GateBlock[] = [];

function openPorts(open: readonly Open[]): PortSet {
  const out: number[] = [];
  for (const { from, to } of open) out.push(from, to + 1);
  return portsAmong(out);
}

/** The first pair of borders that has a port from one to the other, both included; -1 = none has. */
function meeting(borders: Borders, from: number, to: number): number {
  for (let i = 0; i + 1 < borders.length; i += 2)
    if (Number(borders[i + 1]) > from) return Number(borders[i]) <= to ? i : -1;
  return -1;
}

function stateBlock({ code, rule, because, source }: StateGate): GateBlock {
  return rule === undefined ? { code, because, source } : { code, rule, because, source };
}

function blocksOf(
  closed: Closed,
  before: readonly GateBlock[],
  path: LeanPath,
  words: LeanWords,
): GateBlock[] {
  const out = before.slice();
  for (let i = 0; i < path.chain.length; i += 1) {
    const closer = closerOf(closed, i, path);
    if (closer) out.push(words.block(closer, path));
  }
  return out;
}

function closerOf(
  { from, closers, decider, before }: Closed,
  i: number,
  { chain, gates, outside }: LeanPath,
): Closer | undefined {
  const gate = chain[i];
  const lean = gates[i];
  if (((closers >> i) & 1) === 0 || !gate || !lean) return undefined;
  return { gate, lean, port: from, clients: i === decider ? before : outside };
}

/** Where the neighbours end that the same gates close: they are one, told in the words of the first. */
function endOf(at: number, first: Closed, path: LeanPath, words: LeanWords): number {
  const { closed } = path;
  let next = at + 1;
  for (; next < closed.length; next += 1) {
    const last = closed[next - 1];
    const other = closed[next];
    if (!last || !other || last.to + 1 !== other.from || first.closers !== other.closers) break;
    if (!sameNames(first, other, path, words)) break;
  }
  return next;
}

function sameNames(first: Closed, other: Closed, path: LeanPath, words: LeanWords): boolean {
  for (let i = 0; i < path.chain.length; i += 1) {
    if (((path.named >> i) & 1) === 1) continue;
    const a = closerOf(first, i, path);
    const b = closerOf(other, i, path);
    if (!a || !b) continue;
    const name = words.name(a, path);
    const second = words.name(b, path);
    if (name.code !== second.code || name.rule !== second.rule) return false;
  }
  return true;
}
