import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { normalise } from "../../providers/aws/normalise.ts";
import { afterCuts, type CutWorld } from "../../src/audit/after-cuts.ts";
import type { Facts } from "../../src/audit/verdicts.ts";
import { awsScenario } from "../../src/conformance/scenario-aws.ts";
import { buildEstate } from "../../src/estate.ts";
import type { Inventory } from "../../src/model/inventory.ts";
import type { Cut, CutKind } from "../../src/model/plan.ts";
import { reach } from "../../src/reach/reach.ts";
import { aFingerprint } from "../fixtures/builders.ts";

const file: { scenarios: { id: string }[] } = JSON.parse(
  readFileSync(new URL("../conformance/net/aws.json", import.meta.url), "utf8"),
);

/** The inventory of a labelled case, its machine running as a role. */
function inventoryOf(id: string): Inventory {
  const scenario = file.scenarios.find((each) => each.id === id);
  const inventory = normalise(awsScenario(JSON.parse(JSON.stringify(scenario))));
  const link = {
    id: "role-1",
    how: "metadata",
    verdict: "yes",
    because: "profile",
    source: { kind: "rule", id: "test" },
  } as const;
  return {
    ...inventory,
    workloads: inventory.workloads.map((each) => Object.assign({}, each, { identities: [link] })),
  };
}

function cut(kind: CutKind, target: string, workload: string, port = 8080): Cut {
  return {
    id: `${kind} ${target} ${workload} ${port}`,
    kind,
    target,
    provider: "aws",
    scope: "111122223333",
    region: "us-east-1",
    change: "",
    about: { workload, workloadName: workload, protocol: "tcp", port },
  };
}

/** What the facts are after changes, in lines that are easy to compare. */
function world(id: string, answering?: number) {
  const inventory = inventoryOf(id);
  const estate = buildEstate([inventory]);
  const { exposures } = reach(inventory, estate);
  const seen: Facts[] = [];
  const facts: CutWorld = {
    inventories: [inventory],
    estate,
    exposures,
    workloads: inventory.workloads,
    fingerprints: exposures.map(({ id: way, entry: { address, port } }) =>
      aFingerprint({
        target: `target ${way}`,
        url: `http://${address}:${port.to > port.from ? (answering ?? port.from) : port.from}/mcp`,
      }),
    ),
    links: exposures.map(({ id: way }) => ({ target: `target ${way}`, exposures: [way] })),
    decide: (changed) => {
      seen.push(changed);
      return { exposures: changed.exposures, findings: [], unknowns: [], servers: [] };
    },
  };
  const ids = new Set(inventory.workloads.map((each) => each.id));
  const changes = afterCuts(facts, ids);
  return {
    ...changes,
    exposures,
    after: (...cuts: Cut[]): Facts => {
      changes.after(cuts);
      return seen.at(-1)!;
    },
    decided: () => seen.length,
  };
}

const ways = ({ exposures }: Pick<Facts, "exposures">): string[] =>
  exposures
    .map(
      ({ via, portRange, sources }) =>
        `${via} ${portRange.from}-${portRange.to} ${String(sources)}`,
    )
    .toSorted();

describe("after a change", () => {
  test("of nothing everything is as it was", () => {
    const { after, exposures } = world("aws-023");
    expect(ways(after())).toEqual(ways({ exposures }));
  });

  test.each([
    [8050, 2],
    [8090, 1],
  ])("of port %i of a rule its other ports and other groups stay open", (port, answers) => {
    const { after, exposures } = world("aws-023", 8090);
    const wide = exposures.find(({ portRange }) => portRange.to > portRange.from)!;
    const hop = wide.hops.find(({ rule, id }) => (rule ?? id).startsWith("sg-"))!;
    const left = after(cut("rule", hop.rule!, wide.workload.id, port));

    expect(ways({ exposures })).toEqual([
      "direct 22-22 203.0.113.0/24",
      "direct 8000-8100 internet",
    ]);
    expect(ways(left)).toEqual([
      "direct 22-22 203.0.113.0/24",
      `direct 8000-${port - 1} internet`,
      `direct ${port + 1}-8100 internet`,
    ]);
    // What answered on the port that is closed answers no longer; what answered on another one does.
    expect(left.links).toHaveLength(answers);
  });

  test("of the only port of a rule nothing of it is left, nor the answer that came that way", () => {
    const { after, exposures } = world("aws-023");
    const narrow = exposures.find(({ portRange }) => portRange.to === portRange.from)!;
    const hop = narrow.hops.find(({ rule, id }) => (rule ?? id).startsWith("sg-"))!;
    const left = after(cut("rule", hop.rule!, narrow.workload.id, 22));

    expect(ways(left)).toEqual(["direct 8000-8100 internet"]);
    expect(left.links).toHaveLength(1);
  });

  const changes: readonly (readonly [string, (own: Cut) => Cut])[] = [
    ["on another port", (own) => ({ ...own, about: { ...own.about, port: 65_000 } })],
    ["for another protocol", (own) => ({ ...own, about: { ...own.about, protocol: "udp" } })],
    ["of another group", (own) => ({ ...own, target: "sg-elsewhere" })],
    ["of another scope", (own) => ({ ...own, scope: "999999999999" })],
  ];

  test.each(changes)("of a rule %s nothing closes", (_what, change) => {
    const { after, exposures } = world("aws-023");
    const narrow = exposures.find(({ portRange }) => portRange.to === portRange.from)!;
    const hop = narrow.hops.find(({ rule, id }) => (rule ?? id).startsWith("sg-"))!;
    const own = cut("rule", hop.rule!, narrow.workload.id, 22);

    expect(ways(after(own))).not.toEqual(ways({ exposures }));
    expect(ways(after({ ...change(own), id: "changed" }))).toEqual(ways({ exposures }));
  });

  test("of the address nothing leads there directly", () => {
    const { after, exposures } = world("aws-023");
    const { entry, workload } = exposures[0]!;
    const left = after(cut("address", entry.address!, workload.id));
    expect([left.exposures, left.links]).toEqual([[], []]);
  });

  test("of the identity its workload holds it no longer, and the way stays", () => {
    const { after, exposures } = world("aws-023");
    const left = after(cut("identity", "role-1", exposures[0]!.workload.id));
    expect(left.workloads.flatMap(({ identities }) => identities)).toEqual([]);
    expect(ways(left)).toEqual(ways({ exposures }));

    const elsewhere = after(cut("identity", "role-1", "i-other"));
    expect(elsewhere.workloads.flatMap(({ identities }) => identities)).toHaveLength(1);
  });

  test("of the sign-in the server lists nothing to strangers, and the way stays", () => {
    const { after, exposures } = world("aws-023");
    const left = after(cut("authentication", "server-1", exposures[0]!.workload.id));
    expect(
      left.fingerprints.map(({ authentication, tools }) => [authentication.verdict, tools]),
    ).toEqual([
      ["oauth", undefined],
      ["oauth", undefined],
    ]);
    expect(ways(left)).toEqual(ways({ exposures }));
  });

  test("of a listener what came through it is gone", () => {
    const { after, exposures } = world("aws-040");
    const listener = exposures[0]!.hops.find(({ kind }) => kind === "listener")!;
    expect(exposures.length).toBeGreaterThan(0);
    expect(after(cut("listener", listener.id, "")).exposures).toEqual([]);
  });

  test("of another scope nothing here changes", () => {
    const { after, exposures } = world("aws-023");
    const elsewhere = {
      ...cut("address", exposures[0]!.entry.address!, ""),
      scope: "999999999999",
    };
    expect(ways(after(elsewhere))).toEqual(ways({ exposures }));
  });

  test("the same set of changes is decided once", () => {
    const { after, decided } = world("aws-023");
    const [a, b] = [cut("identity", "x", "y"), cut("address", "z", "y")];
    after(a, b);
    after(b, a);
    expect(decided()).toBe(1);
  });
});

test("a group's rule can be taken away, a rule of the subnet's list cannot", () => {
  const { removable, exposures } = world("aws-023");
  const { hops } = exposures[0]!;
  const gates = hops.filter(({ rule }) => rule !== undefined);
  const told = gates.map((hop) => [
    /^(?:sg|acl)/.exec(hop.rule!)?.[0],
    removable(hop, exposures[0]!),
  ]);

  expect(told).toContainEqual(["sg", true]);
  expect(told).toContainEqual(["acl", false]);
});
