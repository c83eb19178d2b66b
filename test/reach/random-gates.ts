import type { IpFamily, PortRange } from "../../src/model/exposure.ts";
import type { Inventory } from "../../src/model/inventory.ts";
import type { Approach, Gate, Peer, Rule, RuleSet, Stage } from "../../src/model/network.ts";
import type { Dice } from "./dice.ts";
import { direct, directLeg, inventoryOf, source } from "./neutral.ts";

/** Gates as the adapter of one cloud makes them. */
export type GateFamily = "azure" | "gcp" | "oci";

export const pools: Readonly<Record<IpFamily, readonly [string, ...string[]]>> = {
  ipv4: [
    "0.0.0.0/0",
    "0.0.0.0/1",
    "128.0.0.0/1",
    "203.0.113.0/24",
    "203.0.113.128/25",
    "198.51.100.7/32",
    "10.0.0.0/8",
  ],
  ipv6: ["::/0", "2000::/3", "2001:db8::/32", "2001:db8:1::/48", "2001:db8:1::7/128"],
};
const interesting: readonly [number, ...number[]] = [22, 80, 443, 1024, 8000, 8080, 50_000];

export function randomNetwork(d: Dice, kind: GateFamily): Inventory {
  const family = d.chance(0.7) ? "ipv4" : "ipv6";
  const sets: RuleSet[] = [];
  const list = (size: number, own: Shape): string => {
    const id = `list-${sets.length}`;
    const rules = Array.from({ length: d.below(size + 1) }, (_, i) =>
      randomRule(d, `${id}#${i}`, family, own),
    );
    sets.push({ id, rules, source });
    return id;
  };
  const gates = gatesOf(d, kind, list);
  const fixed = d.chance(0.2) ? { port: d.pick(interesting) } : {};
  const to = { addresses: [family === "ipv4" ? "10.0.0.4" : "2001:db8:1::4"], groups: [] };
  const approach: Approach = {
    ...direct,
    protocol: ["tcp", "udp"],
    entryPorts: d.chance(0.8) ? direct.entryPorts : randomPorts(d),
    family,
    legs: [{ ...directLeg, family, to, ...fixed }],
  };
  return inventoryOf(kind, new Map(sets.map((set) => [set.id, set])), gates, [approach]);
}

interface Shape {
  readonly actions: readonly [Rule["action"], ...Rule["action"][]];
  /** Share of rules with ports of the sender. */
  readonly senders: number;
  readonly stateless: number;
}

type NewList = (size: number, shape: Shape) => string;

function gatesOf(d: Dice, kind: GateFamily, list: NewList): Gate[] {
  const common = {
    code: "FW_IMPLICIT_DENY",
    id: "fw",
    source,
    port: "dialled",
    peer: "from",
  } as const;
  const senders = d.chance(0.4) ? 0.4 : 0;
  if (kind === "oci") {
    const allows: Shape = { actions: ["allow"], senders, stateless: 0.4 };
    const [requests, replies] = [
      [list(5, allows), list(3, allows)],
      [list(4, { ...allows, senders: 0.5 })],
    ];
    return [
      { ...common, kind: "rules", match: "union", ruleSets: requests },
      { ...common, kind: "stateless", requests, replies, ...someFamilies(d) },
    ];
  }
  const nsg: Shape = { actions: ["allow", "allow", "deny"], senders, stateless: 0 };
  const policy: Shape = { actions: ["allow", "deny", "next"], senders, stateless: 0 };
  const stages =
    kind === "azure"
      ? [
          stage(d, [list(3, policy)]),
          stage(d, [list(5, nsg), ...(d.chance(0.6) ? [list(5, nsg)] : [])]),
        ]
      : Array.from({ length: 1 + d.below(4) }, () => stage(d, [list(4, policy)]));
  const staged: Gate = {
    ...common,
    kind: "staged",
    stages,
    otherwise: d.pick(["deny", "deny", "allow"]),
    ...someFamilies(d),
  };
  const reply: Gate = {
    ...common,
    kind: "rules",
    match: "first",
    port: "reply",
    ruleSets: [list(3, nsg)],
  };
  return [staged, ...(d.chance(0.3) ? [reply] : [])];
}

function stage(d: Dice, ruleSets: readonly string[]): Stage {
  const otherwise = d.pick<Stage["otherwise"]>([undefined, undefined, "allow", "deny"]);
  return { ruleSets, code: "FW_DENY_RULE", ...(otherwise && { otherwise }) };
}

function someFamilies(d: Dice): { families?: readonly IpFamily[] } {
  return d.chance(0.15) ? { families: [d.pick(["ipv4", "ipv6"])] } : {};
}

function randomRule(d: Dice, id: string, family: IpFamily, shape: Shape): Rule {
  const other = family === "ipv4" ? "ipv6" : "ipv4";
  const peers = Array.from({ length: 1 + d.below(2) }, (): Peer => {
    if (d.chance(0.05)) return { kind: "group", id: "g" };
    return { kind: "prefix", cidr: d.pick(pools[d.chance(0.9) ? family : other]) };
  });
  return {
    id,
    action: d.pick(shape.actions),
    protocol: d.pick(["tcp", "tcp", "udp", "any"]),
    ports: d.chance(0.35) ? { from: 0, to: 65_535 } : randomPorts(d),
    peers,
    source,
    ...(d.chance(shape.senders) && { sourcePorts: randomPorts(d) }),
    ...(d.chance(shape.stateless) && { stateless: true }),
  };
}

function randomPorts(d: Dice): PortRange {
  const [a, b] = [d.pick(interesting), d.pick(interesting)];
  return d.chance(0.5) ? { from: a, to: a } : { from: Math.min(a, b), to: Math.max(a, b) };
}

export interface GatePacket {
  readonly client: string;
  readonly port: number;
  readonly protocol: "tcp" | "udp";
}

/** Port that is dialled: at the borders of rules, and beside them. */
export function randomGatePacket(d: Dice, family: IpFamily): GatePacket {
  const clients =
    family === "ipv4"
      ? ([
          "203.0.113.5",
          "203.0.113.200",
          "198.51.100.7",
          "8.8.8.8",
          "200.1.1.1",
          "64.0.0.1",
        ] as const)
      : (["2001:db8::1", "2001:db8:1::7", "2001:db8:1::8", "2600::1"] as const);
  const port = Math.max(0, d.pick(interesting) + d.pick([-1, 0, 0, 0, 1]));
  return { client: d.pick<string>(clients), port, protocol: d.pick(["tcp", "tcp", "udp"]) };
}
