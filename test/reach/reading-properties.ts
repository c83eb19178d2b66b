import { describe, expect, test } from "vitest";
import type { Exposure } from "../../src/model/exposure.ts";
import type { Inventory } from "../../src/model/inventory.ts";
import type { Json, JsonObject } from "../../src/model/json.ts";
import type { Page, Snapshot } from "../../src/model/snapshot.ts";
import { reach, type Reach } from "../../src/reach/reach.ts";
import { within } from "./brute-raw.ts";

/** How labelled cases of one cloud become inventories. */
export interface Reading {
  readonly scenarios: readonly { readonly id: string; readonly config: JsonObject }[];
  readonly snapshotOf: (config: JsonObject) => Snapshot;
  readonly normalise: (snapshot: Snapshot) => Inventory;
  /** Calls whose gap still closes a path of some case, to be mended in the adapter; ids of the cases by call. */
  readonly open?: Readonly<Record<string, readonly string[]>>;
}

/** Declares the tests that hold for every cloud: order of pages changes nothing, and a gap turns no verdict round. */
export function readingProperties({ scenarios, open = {}, ...reading }: Reading): void {
  describe("what was not read never turns a verdict round", () => {
    test.each(scenarios.map(({ id, config }) => ({ id, config })))("$id", ({ id, config }) => {
      const known = Object.keys(open).filter((call) => open[call]?.includes(id));
      const found = turnedRound(reading, config);
      expect(found.filter((line) => !known.some((call) => line.startsWith(`${call}: `)))).toEqual(
        [],
      );
      // A mended case leaves the list.
      for (const call of known) expect(found.join("\n")).toContain(`${call}: `);
    });
  });

  describe("the order in which pages arrive changes nothing", () => {
    test.each(scenarios.map(({ id, config }) => ({ id, config })))("$id", ({ config }) => {
      const [there, back] = bothOrders(reading, config);
      expect(back).toEqual(there);
    });
  });
}

type Judging = Pick<Reading, "snapshotOf" | "normalise">;

function judged(normalise: Reading["normalise"], snapshot: Snapshot): Reach {
  return reach(normalise(snapshot), undefined, { everyPort: true });
}

/** Verdicts that turn round when one call is not answered, for each call. */
export function turnedRound({ snapshotOf, normalise }: Judging, config: JsonObject): string[] {
  const snapshot = snapshotOf(config);
  const before = judged(normalise, snapshot);
  const calls = [...new Set(snapshot.pages.map(({ call }) => call))];
  return calls.flatMap((call) => {
    const after = judged(normalise, withoutCall(snapshot, call));
    return reversals(before, after).map((each) => `${call}: ${each}`);
  });
}

/** The answers of small pages in one order and the other. */
export function bothOrders({ snapshotOf, normalise }: Judging, config: JsonObject): [Reach, Reach] {
  const snapshot = snapshotOf(config);
  const pages = snapshot.pages.flatMap(inSmallPages);
  const of = (own: readonly Page[]): Reach => judged(normalise, { ...snapshot, pages: own });
  return [of(pages), of(pages.toReversed())];
}

/** Every list one item a page, as a reluctant API would give it. */
function inSmallPages(page: Page): Page[] {
  const { body } = page;
  if (typeof body !== "object" || body === null || Array.isArray(body)) return [page];
  const lists = Object.entries(body).filter((entry): entry is [string, Json[]] =>
    Array.isArray(entry[1]),
  );
  const [only] = lists;
  if (!only || lists.length > 1 || only[1].length < 2) return [page];
  const [key, list] = only;
  return list.map((item, i) =>
    Object.assign({}, page, { page: i, body: Object.assign({}, body, { [key]: [item] }) }),
  );
}

function withoutCall(snapshot: Snapshot, call: string): Snapshot {
  const { scope } = snapshot;
  return {
    ...snapshot,
    pages: snapshot.pages.filter((page) => page.call !== call),
    gaps: [
      ...snapshot.gaps,
      {
        call,
        scope: scope.id,
        region: snapshot.pages.find((page) => page.call === call)?.region ?? "us-east-1",
        reason: "denied",
        detail: "AccessDenied",
        affects: [],
      },
    ],
  };
}

interface Point {
  readonly workload: string;
  readonly protocol: string;
  readonly port: number;
  readonly family: string;
  readonly via: string;
  readonly client?: string;
}

/** Both ends of each port range, with the first address of each source. */
function pointsOf(exposure: Exposure): Point[] {
  const { workload, protocol, portRange, families, via, sources } = exposure;
  return families.flatMap((family) => {
    const everyone = family === "ipv4" ? ["1.2.3.4", "203.0.113.9"] : ["2001:db8::9"];
    const clients =
      sources === "internet"
        ? everyone
        : sources
            .map((cidr) => cidr.split("/")[0] ?? "")
            .filter((one) => one.includes(":") === (family === "ipv6"));
    return [portRange.from, portRange.to].flatMap((port) =>
      clients.map((client): Point => ({
        workload: workload.id,
        protocol,
        port,
        family,
        via,
        client,
      })),
    );
  });
}

function covering({ exposures }: Reach, point: Point): Exposure[] {
  return exposures.filter(
    ({ workload, protocol, portRange, families, via, sources, latent }) =>
      latent === undefined &&
      workload.id === point.workload &&
      protocol === point.protocol &&
      portRange.from <= point.port &&
      point.port <= portRange.to &&
      families.some((family) => family === point.family) &&
      via === point.via &&
      (sources === "internet" || sources.some((cidr) => within(point.client ?? "", cidr))),
  );
}

/** Some way that stands for those that could not be read may lead to the port. */
function perhapsElsewhere({ exposures }: Reach, point: Point): boolean {
  return exposures.some(
    ({ workload, protocol, portRange, verdict }) =>
      verdict === "unknown" &&
      workload.id === point.workload &&
      protocol === point.protocol &&
      portRange.from <= point.port &&
      point.port <= portRange.to,
  );
}

function closed({ blocked }: Reach, point: Point): boolean {
  return blocked.some(
    ({ workload, protocol, port, family, via }) =>
      workload.id === point.workload &&
      protocol === point.protocol &&
      port.from <= point.port &&
      point.port <= port.to &&
      family === point.family &&
      via === point.via,
  );
}

/** Verdicts that turned round when a call was not answered. */
function reversals(before: Reach, after: Reach): string[] {
  const lost = before.exposures
    .filter(({ latent, verdict }) => latent === undefined && verdict === "reachable")
    .flatMap(pointsOf)
    .filter(
      (point) =>
        covering(after, point).length === 0 &&
        !perhapsElsewhere(after, point) &&
        closed(after, point),
    );
  const won = after.exposures
    .filter(
      (each) =>
        each.latent === undefined && each.verdict === "reachable" && each.certainty === "certain",
    )
    .flatMap(pointsOf)
    .filter((point) => covering(before, point).length === 0);
  return [
    ...lost.map((point) => `reachable became blocked: ${JSON.stringify(point)}`),
    ...won.map((point) => `became reachable: ${JSON.stringify(point)}`),
  ];
}
