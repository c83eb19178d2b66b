import { expect, test } from "vitest";
import type { Inventory } from "../../src/model/inventory.ts";
import type { Approach, Gate, Leg, Rule, StateGate } from "../../src/model/network.ts";
import { readAhead } from "../../src/reach/read-ahead.ts";
import { reach } from "../../src/reach/reach.ts";
import { traitsOf } from "../../src/reach/traits.ts";
import { direct, directLeg, inventoryOf, source } from "./neutral.ts";
import { rule } from "./one-machine.ts";

const filter = (id: string, more: Partial<Gate & { kind: "rules" }> = {}): Gate => ({
  kind: "rules",
  match: "first",
  code: "FW_DENY_RULE",
  id,
  ruleSets: ["list"],
  peer: "from",
  port: "dialled",
  source,
  ...more,
});

const shut = (code: StateGate["code"], more: Partial<StateGate> = {}): StateGate => ({
  kind: "state",
  code,
  id: code,
  open: false,
  because: `${code} is so`,
  source,
  ...more,
});

const from = (cidr: string): Pick<Rule, "peers"> => ({ peers: [{ kind: "prefix", cidr }] });
const web = rule("web", "allow", 80);

/** Machines by name, each with its ways in, behind the chains of the gates. */
function estate(
  rules: readonly Rule[],
  chains: Readonly<Record<string, readonly Gate[]>>,
  machines: Readonly<Record<string, readonly Approach[]>>,
): Inventory {
  const lists = new Map([["list", { id: "list", rules, source }]]);
  const one = inventoryOf("azure", lists, [], []);
  const [like] = one.workloads;
  if (!like) throw new Error("no machine");
  return {
    ...one,
    chains: new Map(Object.entries(chains).map(([id, gates]) => [id, { id, gates }])),
    workloads: Object.keys(machines).map((id) => ({ ...like, id, name: id })),
    approaches: Object.entries(machines).flatMap(([workload, ways]) =>
      ways.map((way) => Object.assign({}, way, { workload })),
    ),
  };
}

const way = (leg: Partial<Leg> = {}, more: Partial<Approach> = {}): Approach => ({
  ...direct,
  legs: [{ ...directLeg, ...leg }],
  ...more,
});

/** Each machine gets in company what it gets alone. */
function expectLikeAlone(all: Inventory): void {
  for (const everyPort of [false, true]) {
    const together = reach(all, undefined, { everyPort });
    const alone = all.workloads.map((each) =>
      reach({ ...all, workloads: [each] }, undefined, { everyPort }),
    );
    expect(together).toEqual({
      exposures: alone.flatMap(({ exposures }) => exposures),
      blocked: alone.flatMap(({ blocked }) => blocked),
    });
  }
}

const open = { c: [filter("acl")] };

test.each<readonly [string, Approach, Approach]>([
  [
    "what closes them is another thing",
    way({ own: [shut("NO_PUBLIC_ADDRESS")] }),
    way({ own: [shut("GATEWAY_DISABLED")] }),
  ],
  [
    "one is closed for the moment",
    way({ own: [shut("GATEWAY_DISABLED")] }),
    way({ own: [shut("GATEWAY_DISABLED", { latent: true })] }),
  ],
])("two machines are told apart where %s", (_, one, other) => {
  expectLikeAlone(estate([web], open, { a: [one], b: [other], c: [one], d: [other] }));
});

test("two machines are told apart by their addresses where a gate looks at them", () => {
  const to = (address: string): Approach => way({ to: { addresses: [address], groups: [] } });
  const rules = [{ ...web, ...from("10.0.0.4/32") }];
  const [one, other] = [to("10.0.0.4"), to("10.0.0.5")];
  const found = estate(
    rules,
    { c: [filter("acl", { peer: "to" })] },
    { a: [one], b: [other], d: [other] },
  );
  expect(reach(found).exposures.map(({ workload }) => workload.id)).toEqual(["a"]);
  expectLikeAlone(found);
});

test("machines behind lists that are the same are told their own list", () => {
  const chains = { c: [filter("acl-1")], d: [filter("acl-2")] };
  const found = estate([web], chains, { a: [way()], b: [way({ chain: "d" })] });
  const lists = reach(found).exposures.map(({ hops }) => hops.map(({ id }) => id));
  expect(lists.map((ids) => ids.filter((id) => id.startsWith("acl")))).toEqual([
    ["acl-1"],
    ["acl-2"],
  ]);
});

const six = { family: "ipv6" } as const;

test("ways of both families are judged apart only where both are plain", () => {
  const ways = (...clients: string[]): Approach[] => [way(), way(six, { ...six, clients })];
  const both = [web, rule("six", "allow", 80, from("::/0"))];
  const found = estate(both, open, { a: ways("2001:db8:1::/48"), b: ways("2001:db8:2::/48") });
  const sources = reach(found).exposures.map((each) => each.sources);
  expect(sources).toEqual(["internet", ["2001:db8:1::/48"], "internet", ["2001:db8:2::/48"]]);
});

test("ways of one family to one address are one", () => {
  const upTo = (to: number): Approach => way({}, { entryPorts: { from: 0, to } });
  const found = estate([web], open, { a: [upTo(100), upTo(200)] });
  expect(reach(found).exposures).toHaveLength(1);
});

test("every one of several addresses is judged", () => {
  const at = (address: string): Approach => way({}, { entry: { ...direct.entry, address } });
  const found = estate([web], open, { a: ["192.0.2.1", "192.0.2.2", "192.0.2.3"].map(at) });
  const addresses = reach(found).exposures.map(({ entry }) => entry.address);
  expect(new Set(addresses)).toEqual(new Set(["192.0.2.1", "192.0.2.2", "192.0.2.3"]));
});

test("what closes a like machine behind the shared gates is told behind them", () => {
  const { chain: _, ...bare } = directLeg;
  const twice: Approach = {
    ...direct,
    legs: [directLeg, { ...bare, own: [shut("INSTANCE_NOT_RUNNING")] }],
  };
  const found = estate([web], open, { a: [twice], b: [twice] });
  const told = reach(found, undefined, { everyPort: true }).blocked.filter(
    ({ port }) => port.from === 0,
  );
  expect(told.map(({ gates }) => gates.map(({ code }) => code))).toEqual([
    ["FW_DENY_RULE", "INSTANCE_NOT_RUNNING"],
    ["FW_DENY_RULE", "INSTANCE_NOT_RUNNING"],
  ]);
});

test("exposures of one port come in the order of their ids for like machines too", () => {
  const rules = ["192.0.2.0/24", "198.51.100.0/24"].map((cidr, i) =>
    rule(`r${i}`, "allow", 80, from(cidr)),
  );
  const latent = shut("GATEWAY_DISABLED", { latent: true });
  const unread: Rule = rule("r9", "allow", 80, { peers: [{ kind: "unknown", because: "unread" }] });
  for (let n = 0; n < 8; n += 1) {
    const at = way(
      { own: n % 2 ? [latent] : [] },
      { entry: { ...direct.entry, address: `192.0.2.${n}` } },
    );
    expectLikeAlone(
      estate([...rules, unread], open, { [`a${n}`]: [at], [`b${n}`]: [at], [`c${n}`]: [at] }),
    );
  }
});

test("more gates than one number has bits for are all asked", () => {
  const lists = Array.from({ length: 40 }, (_, i) => filter(`acl-${i}`));
  const last = filter("last", { ruleSets: ["none"] });
  const found = estate([web], { c: [...lists, last] }, { a: [way()] });
  const { exposures, blocked } = reach(found);
  expect(exposures).toEqual([]);
  expect(blocked.map(({ port, gates }) => [port.from, ...gates.map(({ rule: by }) => by)])).toEqual(
    [[80, "none"]],
  );
});

test("a rule whose ports are turned round admits nothing and wants nothing", () => {
  const turned = { ...rule("turned", "allow", 0), ports: { from: 70, to: 50 } };
  const closed = way({ own: [shut("NO_PUBLIC_ADDRESS")] });
  const found = estate([turned, web], open, { a: [closed] });
  expect(reach(found).blocked.map(({ port }) => port)).toEqual([{ from: 80, to: 80 }]);
});

test("what is read ahead is what would be read at once, however many there are", () => {
  const list = Array.from({ length: 300 }, (_, i): Approach =>
    way(
      { chain: `c${i % 3}`, own: i % 2 ? [shut("NO_PUBLIC_ADDRESS")] : [] },
      { workload: `vm-${i}` },
    ),
  );
  const ahead = readAhead(list, { provider: "aws", scope: "s" }, new Map([["c1", "known"]]));
  for (const [i, approach] of list.entries()) {
    expect(ahead.traits(i)).toBe(traitsOf(approach));
    expect(ahead.known(i)).toBe(i % 3 === 1 ? "known" : undefined);
    expect(ahead.place(i) === undefined).toBe(i % 2 === 1);
  }
});
