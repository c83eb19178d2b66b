import { expect, test } from "vitest";
import type { IpFamily } from "../../src/model/exposure.ts";
import type { Inventory } from "../../src/model/inventory.ts";
import type { Gate, Peer, Route, Rule } from "../../src/model/network.ts";
import { reach } from "../../src/reach/reach.ts";
import { reachWorld } from "../../bench/harness/reach-world.ts";
import { dice, type Dice } from "./dice.ts";
import { source } from "./neutral.ts";
import { randomNetwork } from "./random-gates.ts";

/** The same clients, named: a list of clients is never judged the short way. */
function inGeneral(inventory: Inventory): Inventory {
  const clients = ["0.0.0.0/0", "::/0"];
  const approaches = (inventory.approaches ?? []).map((approach) =>
    Object.assign({}, approach, { clients }),
  );
  return { ...inventory, approaches };
}

function expectSame(
  inventory: Inventory,
  from?: readonly string[],
): { open: number; shut: number } {
  let [open, shut] = [0, 0];
  for (const everyPort of [false, true]) {
    const options = { everyPort, ...(from && { from }) };
    const found = reach(inventory, undefined, options);
    const general = reach(inGeneral(inventory), undefined, options);
    expect(found).toEqual(general);
    expect(JSON.stringify(found)).toBe(JSON.stringify(general));
    open += found.exposures.length;
    shut += found.blocked.length;
  }
  return { open, shut };
}

type Some<T> = readonly [T, ...T[]];

const cidrs: Readonly<Record<IpFamily, Some<string>>> = {
  ipv4: [
    "0.0.0.0/0",
    "10.0.0.0/8",
    "203.0.113.0/24",
    "203.0.113.64/26",
    "0.0.0.0/1",
    "128.0.0.0/1",
    "192.0.2.7/32",
    "10.0.0.0/16",
  ],
  ipv6: ["::/0", "2000::/3", "2001:db8::/32", "2001:db8:1::/48", "fd00::/8"],
};
const borders: Some<number> = [
  0, 22, 80, 443, 1023, 1024, 8000, 8080, 49_151, 49_152, 60_000, 65_535,
];

function randomRule(d: Dice, id: string, family: IpFamily, actions: Some<Rule["action"]>): Rule {
  const [a, b] = [d.pick(borders), d.pick(borders)];
  const wide = d.chance(0.3);
  const peer = (): Peer => {
    if (d.chance(0.03)) return { kind: "unknown", because: "a list was not read" };
    if (d.chance(0.05)) return { kind: "group", id: "sg-9" };
    return { kind: "prefix", cidr: d.pick(cidrs[d.chance(0.9) ? family : "ipv4"]) };
  };
  return {
    id: `${id}#${d.below(4)}`,
    action: d.pick(actions),
    protocol: d.pick(["tcp", "tcp", "any", "udp"]),
    ports: wide ? { from: 0, to: 65_535 } : { from: Math.min(a, b), to: Math.max(a, b) },
    ...(d.chance(0.2) && { sourcePorts: { from: 1024, to: d.pick([2000, 65_535]) } }),
    ...(d.chance(0.05) && { stateless: true as const }),
    peers: Array.from({ length: 1 + d.below(2) }, peer),
    source,
  };
}

function randomRoutes(d: Dice, family: IpFamily): Route[] {
  const hops = [
    "internet",
    "internet",
    "elsewhere",
    "dropped",
    "egress-only",
    "asymmetric",
  ] as const;
  const own = family === "ipv4" ? "203.0.113.64/26" : "2001:db8:1::/48";
  return Array.from({ length: 1 + d.below(4) }, (_, rank): Route => {
    const next: Route["next"] = d.chance(0.2) ? "local" : d.pick(hops);
    const prefix = next === "local" ? own : d.pick(cidrs[family]);
    const because = `route ${rank}`;
    const route = { next, target: `igw-${rank}`, rank, because, source };
    return d.chance(0.97) ? { ...route, prefix } : route;
  });
}

/** One workload behind lists of the subnet, groups and routes, as AWS has them. */
function randomPath(seed: number): Inventory {
  const d = dice(seed);
  const family = d.pick(["ipv4", "ipv4", "ipv6"] as const);
  const rules = (id: string, actions: Some<Rule["action"]>): Rule[] =>
    Array.from({ length: d.below(5) }, () => randomRule(d, id, family, actions));
  const lists = { in: rules("in", ["allow", "deny"]), out: rules("out", ["allow", "deny"]) };
  const open = { ...randomRule(d, "in#99", family, ["allow"]), ports: { from: 0, to: 65_535 } };
  const ranges: Some<readonly [number, number]> = [
    [1024, 65_535],
    [2000, 40_000],
    [49_152, 65_535],
  ];
  const [low, high] = d.pick(ranges);
  const back = { ...open, ports: { from: low, to: high } };
  const sets = [
    ["in", d.chance(0.7) ? [...lists.in, open] : lists.in],
    ["out", d.chance(0.3) ? [back] : d.chance(0.6) ? [...lists.out, open] : lists.out],
    ["sg-1", rules("sg-1", ["allow"])],
    ["sg-2", rules("sg-2", ["allow"])],
  ] as const;
  const base = { source, kind: "rules", peer: d.chance(0.02) ? "to" : "from" } as const;
  const gates: Gate[] = [
    {
      kind: "state",
      code: "NO_INTERNET_GATEWAY",
      id: "igw",
      open: d.chance(0.9),
      because: "as it is",
      source,
    },
    {
      ...base,
      match: "first",
      code: "SUBNET_ACL_INBOUND",
      id: "acl",
      ruleSets: ["in"],
      port: "dialled",
    },
    {
      ...base,
      match: "union",
      code: "SG_NO_MATCH",
      id: "sg",
      ruleSets: ["sg-1", "sg-2"],
      port: "dialled",
    },
    {
      ...base,
      match: "first",
      code: "SUBNET_ACL_OUTBOUND",
      id: "acl",
      ruleSets: ["out"],
      port: "reply",
    },
    { kind: "routes", code: "NO_INTERNET_ROUTE", id: "rtb-gate", table: "rtb", source },
  ];
  const own = (id: string): Gate => ({
    kind: "state",
    code: "NO_PUBLIC_ADDRESS",
    id,
    open: d.chance(0.8),
    ...(d.chance(0.4) && { latent: true }),
    ...(d.chance(0.3) && { rule: "r" }),
    because: "of its own",
    source,
  });
  const workload = { id: 'i-"1"', name: "n", kind: "instance", tags: {}, provider: "aws" } as const;
  const names = Array.from({ length: 3 }, (_, at) => `${workload.id}${at}`);
  const sharedGates = gates.filter(() => d.chance(0.9));
  return {
    provider: "aws",
    scope: "1",
    networks: [],
    identities: [],
    policies: [],
    gaps: [],
    ruleSets: new Map(sets.map(([id, list]) => [id, { id, rules: list, source }])),
    routeTables: new Map([["rtb", { id: "rtb", routes: randomRoutes(d, family), source }]]),
    chains: new Map([["c", { id: "c", gates: sharedGates }]]),
    workloads: names.map((id) => ({
      ...workload,
      id,
      scope: "1",
      region: "r",
      state: "running",
      identities: [],
      texts: [],
      source,
    })),
    approaches: names.map((id) => ({
      workload: id,
      protocol: d.chance(0.9) ? ["tcp"] : ["tcp", "udp"],
      via: [],
      entryPorts: d.chance(0.8) ? { from: 0, to: 65_535 } : { from: 80, to: 8000 },
      family,
      legs: [
        {
          family,
          from: { addresses: "client", groups: d.chance(0.05) ? ["sg-9"] : [] },
          to: { addresses: ["10.0.0.4"], groups: [] },
          own: Array.from({ length: d.below(3) }, (_, at) => own(`${id}/${at}`)),
          chain: "c",
          stop: { kind: "workload", id, because: "delivers", source },
        },
      ],
      entry: {
        ...(d.chance(0.7) && { address: "203.0.113.9" }),
        ...(d.chance(0.2) && { name: "n.example" }),
        hosts: [],
        paths: [],
        tls: "unknown",
      },
      backendTls: "unknown",
      authGate: "none",
      assumptions: d.chance(0.1) ? ["b is so", "a is so"] : [],
    })),
  };
}

test("lists, groups and routes of AWS give the short way what they give in general", () => {
  let [open, shut] = [0, 0];
  for (let seed = 0; seed < 200; seed += 1) {
    const found = expectSame(
      randomPath(seed),
      seed % 7 === 0 ? ["10.0.0.0/8", "203.0.113.0/25"] : undefined,
    );
    open += found.open;
    shut += found.shut;
  }
  expect(open).toBeGreaterThan(100);
  expect(shut).toBeGreaterThan(1000);
});

test.each(["azure", "gcp", "oci"] as const)("so do the gates of %s", (kind) => {
  let shut = 0;
  for (let seed = 0; seed < 60; seed += 1) shut += expectSame(randomNetwork(dice(seed), kind)).shut;
  expect(shut).toBeGreaterThan(100);
});

test("so do many machines behind few groups", () => {
  expectSame(reachWorld(300, 100).inventory);
});
