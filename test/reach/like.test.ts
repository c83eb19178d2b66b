import { describe, expect, test } from "vitest";
import type { Inventory, Workload } from "../../src/model/inventory.ts";
import type { Approach, Leg, StateGate } from "../../src/model/network.ts";
import { boundedMap } from "../../src/reach/bounded-map.ts";
import { reach, reachEach } from "../../src/reach/reach.ts";
import { dice, type Dice } from "./dice.ts";
import { source } from "./neutral.ts";
import { randomNetwork, type GateFamily } from "./random-gates.ts";

const size = 40;

/** Many interfaces behind few chains, some of them closed, latent, of both families, or looked at as receivers. */
function estate(seed: number, kind: GateFamily): Inventory {
  const d = dice(seed);
  const worlds = [0, 1].map(() => randomNetwork(d, kind));
  const [first] = worlds;
  if (!first) throw new Error("no world");
  const entries = worlds.flatMap(({ ruleSets }, at) =>
    [...(ruleSets ?? [])].map(([id, set]) => [id, at === 0 ? set : { ...set, id }] as const),
  );
  const gates = first.chains?.get("c")?.gates ?? [];
  const receiving = gates.map((gate) =>
    gate.kind === "staged" ? { ...gate, peer: "to" as const } : gate,
  );
  const workloads = Array.from({ length: size }, (_, at): Workload => {
    const id = `vm-${(at * 7) % size}`;
    return { ...first.workloads[0]!, id, name: `name of ${id}`, region: d.pick(["r", "s"]) };
  });
  const approaches = workloads.flatMap(({ id }) => waysTo(d, id, first.approaches![0]!));
  return {
    ...first,
    ruleSets: new Map(entries),
    chains: new Map([
      ["c", { id: "c", gates }],
      ["open", { id: "open", gates: [] }],
      ["receiving", { id: "receiving", gates: receiving }],
    ]),
    workloads,
    approaches: d.chance(0.5) ? approaches : approaches.toReversed(),
  };
}

function waysTo(d: Dice, id: string, like: Approach): Approach[] {
  const [leg] = like.legs;
  if (!leg || d.chance(0.1)) return [];
  const chain = d.pick(["c", "c", "open", "receiving"]);
  const to = { addresses: [d.pick(["10.0.0.4", "203.0.113.9"])], groups: [] };
  const many = d.chance(0.03) ? 8 + d.below(2) : d.below(3);
  const own = Array.from({ length: many }, (_, i) => state(d, `${id}/${i}`));
  const request: Leg = {
    ...leg,
    chain,
    to,
    own,
    stop: { ...leg.stop, id, because: `to ${id}` },
    ...(d.chance(0.05) && { port: 8080 }),
    ...(d.chance(0.05) && { from: { addresses: "client", groups: ["g"] } }),
  };
  const { chain: _, ...bare } = request;
  const behind: Leg = { ...bare, own: [{ ...state(d, `${id}/end`), latent: d.chance(0.5) }] };
  const name = d.chance(0.3) ? { name: `${id}.example` } : {};
  const way: Approach = {
    ...like,
    workload: id,
    legs: d.chance(0.3) ? [request, behind] : [request],
    entry: { ...like.entry, ...name, address: `192.0.2.${d.below(200)}` },
    assumptions: d.chance(0.2) ? ["something is taken to be so"] : [],
    ...oddities(d, like),
  };
  const other: Approach = { ...way, family: way.family === "ipv4" ? "ipv6" : "ipv4" };
  return d.chance(0.2) ? [way, other] : [way];
}

/** Now and then, something that two approaches must share to be alike. */
function oddities(d: Dice, { entry }: Approach): Partial<Approach> {
  return {
    protocol: d.pick([["tcp"], ["tcp"], ["udp"], ["tcp", "udp"]]),
    ...(d.chance(0.7) && { entryPorts: { from: 0, to: 65_535 } }),
    ...(d.chance(0.05) && { entryPorts: { from: 0, to: 1000 } }),
    ...(d.chance(0.05) && { entryPorts: { from: 80, to: 65_535 } }),
    ...(d.chance(0.05) && { authGate: "iam" }),
    ...(d.chance(0.05) && { backendTls: "https" }),
    ...(d.chance(0.05) && { entry: { ...entry, tls: "https" } }),
  };
}

function state(d: Dice, id: string): StateGate {
  const open = d.chance(0.7);
  const families = d.chance(0.2) ? { families: [d.pick(["ipv4", "ipv6"] as const)] } : {};
  const rule = d.chance(0.5) ? { rule: id } : {};
  const because = `${id} is ${open ? "open" : "closed"}`;
  return {
    kind: "state",
    code: d.pick(["GATEWAY_DISABLED", "NO_PUBLIC_ADDRESS"] as const),
    id,
    open,
    because,
    source,
    ...families,
    ...rule,
    ...(!open && d.chance(0.1) && { latent: true }),
  };
}

describe("an interface like another", () => {
  test.each(["azure", "gcp", "oci"] as const)("of %s gets what it would get alone", (kind) => {
    let [exposed, closed] = [0, 0];
    for (let seed = 0; seed < 12; seed += 1) {
      const all = estate(seed, kind);
      const together = reach(all, undefined, { everyPort: seed % 2 === 0 });
      for (const workload of all.workloads) {
        const alone = reach({ ...all, workloads: [workload] }, undefined, {
          everyPort: seed % 2 === 0,
        });
        const own = ({ workload: { id } }: { workload: { id: string } }) => id === workload.id;
        expect(together.exposures.filter(own)).toEqual(alone.exposures);
        expect(together.blocked.filter(own)).toEqual(alone.blocked);
        exposed += alone.exposures.length;
        closed += alone.blocked.length;
      }
    }
    expect(exposed).toBeGreaterThan(30);
    expect(closed).toBeGreaterThan(300);
  });

  test("shows itself in JSON like any other", () => {
    const all = estate(3, "azure");
    const found = reach(all);
    expect(JSON.parse(JSON.stringify(found))).toEqual(found);
  });
});

test("workloads come one at a time in the order of the inventory, each once", () => {
  const all = estate(5, "gcp");
  const each = [...reachEach(all)];
  expect(each).toHaveLength(all.workloads.length);
  for (const [i, { exposures }] of each.entries())
    for (const { workload } of exposures) expect(workload.id).toBe(all.workloads[i]?.id);
});

test("a bounded map forgets everything when it is full, and goes on", () => {
  const map = boundedMap<number>(2);
  map.set("a", 1);
  map.set("b", 2);
  map.set("b", 3);
  expect([map.get("a"), map.get("b")]).toEqual([1, 3]);
  map.set("c", 4);
  expect([map.get("a"), map.get("c")]).toEqual([undefined, 4]);
});
