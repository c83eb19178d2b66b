import type { Inventory, Workload } from "../../src/model/inventory.ts";
import type { Approach, Chain, Gate, Rule, RouteTable, RuleSet } from "../../src/model/network.ts";

/** An inventory of single-homed machines. One in four has a public address. */
export interface ReachWorld {
  readonly size: number;
  readonly inventory: Inventory;
  idOf(at: number): string;
  holds(cidr: string, address: string): boolean;
}

const source = { kind: "rule", id: "bench" } as const;
const client = { addresses: "client", groups: [] } as const;
const nobody = { addresses: [], groups: [] } as const;
const every = "0.0.0.0/0";
const peers = [every, "203.0.113.0/24", "10.0.0.0/8", "198.51.100.0/24", "192.0.2.7/32"];
const dialled = [22, 80, 443, 3000, 8000, 8080];
const tables = 50;
const lists = 20;

export function reachWorld(size: number, sets: number): ReachWorld {
  const ruleSets = new Map<string, RuleSet>();
  for (let at = 0; at < sets; at += 1) ruleSets.set(`sg-${at}`, group(at));
  for (let at = 0; at < lists; at += 1) {
    ruleSets.set(`acl-${at}`, acl(at, "in"));
    ruleSets.set(`acl-${at}/out`, acl(at, "out"));
  }
  const routeTables = new Map<string, RouteTable>();
  for (let at = 0; at < tables; at += 1) routeTables.set(`rtb-${at}`, table(at));
  const chains = new Map<string, Chain>();
  const workloads: Workload[] = [];
  const approaches: Approach[] = [];
  for (let at = 0; at < size; at += 1) {
    const key = chainOf(at, sets);
    if (!chains.has(key)) chains.set(key, { id: key, gates: gatesOf(at, sets) });
    workloads.push(machine(at));
    approaches.push(approach(at, key));
  }
  return {
    size,
    inventory: {
      provider: "aws",
      scope: "111122223333",
      networks: [],
      ruleSets,
      routeTables,
      chains,
      approaches,
      workloads,
      identities: [],
      policies: [],
      gaps: [],
    },
    idOf,
    holds,
  };
}

/** Asks one packet of one interface, rule by rule. */
export function admitsNaively(
  { inventory: { ruleSets, routeTables, chains, approaches } }: ReachWorld,
  at: number,
  port: number,
  address: string,
): boolean {
  const leg = approaches?.[at]?.legs[0];
  if (!leg || !isPublic(at)) return false;
  const rules = (ids: readonly string[]): Rule[] =>
    ids.flatMap((id) => ruleSets?.get(id)?.rules ?? []);
  const matches = (rule: Rule, own: number): boolean =>
    rule.ports.from <= own &&
    own <= rule.ports.to &&
    (rule.protocol === "any" || rule.protocol === "tcp") &&
    rule.peers.some((peer) => peer.kind === "prefix" && holds(peer.cidr, address));
  return (chains?.get(leg.chain ?? "")?.gates ?? []).every((gate) => {
    if (gate.kind === "state") return gate.open;
    if (gate.kind === "routes") {
      const routes = routeTables?.get(gate.table)?.routes ?? [];
      const hits = routes.filter(({ prefix }) => prefix !== undefined && holds(prefix, address));
      const [best] = hits.toSorted((a, b) => lengthOf(b.prefix) - lengthOf(a.prefix));
      return best?.next === "internet";
    }
    if (gate.kind !== "rules") return false;
    const own = gate.port === "reply" ? 50_000 : port;
    const hit = rules(gate.ruleSets).find((rule) => matches(rule, own));
    return hit?.action === "allow";
  });
}

function holds(cidr: string, address: string): boolean {
  const [base = "", length = "32"] = cidr.split("/");
  const size = 2 ** (32 - Number(length));
  return Math.floor(numeric(base) / size) === Math.floor(numeric(address) / size);
}

function numeric(address: string): number {
  return address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
}

function lengthOf(prefix: string | undefined): number {
  return Number(prefix?.split("/")[1] ?? 0);
}

const idOf = (at: number): string =>
  flat(`i-${((at * 2_654_435_761) % 4_294_967_296).toString(16).padStart(17, "0")}`);
/** As a parser of answers makes strings: in one piece. Put together, they would be joined when first read, and on the engine's account. */
const flat = (text: string): string => Buffer.from(text, "latin1").toString("latin1");
const isPublic = (at: number): boolean => at % 4 === 0;
const chainOf = (at: number, sets: number): string =>
  `subnet-${at % lists}|rtb-${at % tables}|sg-${setOf(at, sets)}`;
/** Subnet, table and group go together, so that chains are as many as groups. */
const setOf = (at: number, sets: number): number => at % sets;

function group(at: number): RuleSet {
  const count = 1 + (at % 5);
  const rules = Array.from({ length: count }, (_, i): Rule => {
    const port = dialled[(at + i * 7) % dialled.length] ?? 0;
    const to = (at + i) % 3 === 0 ? port + (at % 400) : port;
    return {
      id: `sg-${at}`,
      action: "allow",
      protocol: (at + i) % 9 === 0 ? "any" : "tcp",
      ports: { from: port, to },
      peers: [{ kind: "prefix", cidr: peers[(at * 3 + i) % peers.length] ?? every }],
      source,
    };
  });
  return { id: `sg-${at}`, rules, source };
}

function acl(at: number, direction: "in" | "out"): RuleSet {
  const id = direction === "in" ? `acl-${at}` : `acl-${at}/out`;
  const rule = (
    n: number,
    action: Rule["action"],
    from: number,
    to: number,
    cidr: string,
  ): Rule => ({
    id: `${id}#${n}`,
    action,
    protocol: "any",
    ports: { from, to },
    peers: [{ kind: "prefix", cidr }],
    source,
  });
  const all = rule(200, "allow", 0, 65_535, every);
  const rules =
    direction === "in"
      ? [rule(100, "deny", 8000, 8000 + at, `203.0.${110 + (at % 4)}.0/24`), all]
      : at % 2 === 0
        ? [rule(100, "allow", 1024, 65_535, every)]
        : [all];
  return { id, rules, source };
}

function table(at: number): RouteTable {
  const base = { rank: 0, source };
  return {
    id: `rtb-${at}`,
    source,
    routes: [
      { ...base, prefix: "10.0.0.0/16", next: "local", because: "the network itself" },
      {
        ...base,
        prefix: every,
        next: "internet",
        target: "igw-1",
        because: "0.0.0.0/0 leads to igw-1",
      },
      ...(at % 10 === 0
        ? [
            {
              ...base,
              prefix: "203.0.113.64/26",
              next: "elsewhere" as const,
              because: "to the office",
            },
          ]
        : []),
    ],
  };
}

function gatesOf(at: number, sets: number): Gate[] {
  const [list, own] = [`acl-${at % lists}`, `sg-${setOf(at, sets)}`];
  const rules = { kind: "rules", peer: "from", source } as const;
  return [
    {
      kind: "state",
      code: "NO_INTERNET_GATEWAY",
      id: "igw-1",
      open: true,
      because: "igw-1 is attached",
      source,
    },
    {
      ...rules,
      match: "first",
      code: "SUBNET_ACL_INBOUND",
      id: list,
      ruleSets: [list],
      port: "dialled",
    },
    { ...rules, match: "union", code: "SG_NO_MATCH", id: own, ruleSets: [own], port: "dialled" },
    {
      ...rules,
      match: "first",
      code: "SUBNET_ACL_OUTBOUND",
      id: list,
      ruleSets: [`${list}/out`],
      port: "reply",
    },
    {
      kind: "routes",
      code: "NO_INTERNET_ROUTE",
      id: `rtb-${at % tables}`,
      table: `rtb-${at % tables}`,
      source,
    },
  ];
}

const tags = {};

function machine(at: number): Workload {
  return {
    id: idOf(at),
    name: `machine ${at}`,
    kind: "instance",
    tags,
    provider: "aws",
    scope: "111122223333",
    region: "us-east-1",
    state: "running",
    identities: [],
    texts: [],
    source,
  };
}

function approach(at: number, chain: string): Approach {
  const id = idOf(at);
  const open = isPublic(at);
  const because = open ? `eni-${at} has a public address` : `eni-${at} has no public address`;
  return {
    workload: id,
    protocol: ["tcp"],
    via: [],
    entryPorts: { from: 0, to: 65_535 },
    family: "ipv4",
    legs: [
      {
        family: "ipv4",
        from: client,
        to: nobody,
        own: [{ kind: "state", code: "NO_PUBLIC_ADDRESS", id: `eni-${at}`, open, because, source }],
        chain: flat(chain),
        stop: { kind: "workload", id, because: `eni-${at} delivers to ${id}`, source },
      },
    ],
    entry: {
      ...(open && { address: flat(`198.${18 + (at >> 16)}.${(at >> 8) % 256}.${at % 256}`) }),
      hosts: [],
      paths: [],
      tls: "unknown",
    },
    backendTls: "unknown",
    authGate: "none",
    assumptions: [],
  };
}
