import { spawnSync } from "node:child_process";
import { join } from "node:path";
import process from "node:process";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Exposure } from "../src/model/exposure.ts";
import { root } from "./harness/child.ts";
import { summary, type Measurement } from "./harness/row.ts";
import { admitsNaively, reachWorld, type ReachWorld } from "./harness/reach-world.ts";

type Engine = typeof import("../src/reach/reach.ts").reachEach;

const million = 1_000_000;
const sampled = 10_000;
const accounts = 20;
/** Times each world is judged, every time from nothing; the median counts. */
const runs = 3;

/**
 * What judging interfaces costs, from an inventory in memory to every exposure and blocked port, whole and one workload
 * at a time: a reader that keeps them all pays for its own memory. CPU counts garbage collection on other threads too.
 */
export async function rows(): Promise<readonly Measurement[]> {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  const gc = (): void => {
    if (typeof collect === "function") collect();
  };
  const reachEach = await shipped();
  // Small ones first, so that what is measured is compiled.
  for (const sets of [10_000, 100]) measured(reachWorld(10_000, sets), reachEach, gc);
  // One account of many, since the input of a million would not fit into a default heap. Before the others, which keep
  // what is judged first and would teach the engine to allocate all of it for long.
  const own = measured(reachWorld(million / accounts, million / accounts), reachEach, gc);
  const small = measured(reachWorld(million / 10, 5_000), reachEach, gc);
  const shared = measured(reachWorld(million, 5_000), reachEach, gc);
  const cpu = { unit: "CPU s", better: "lower" } as const;
  const once = { n: 1, spread: 0 } as const;
  return [
    {
      name: "1,000,000 interfaces over 5,000 rule sets",
      ...cpu,
      limit: 3,
      ...summary(shared.cpu),
    },
    {
      name: "memory above the input",
      unit: "MB",
      better: "lower",
      limit: 300,
      value: shared.memory,
      ...once,
    },
    {
      name: `1,000,000 interfaces, each its own rule set (${accounts} times ${million / accounts})`,
      ...cpu,
      limit: 15,
      ...summary(own.cpu.map((seconds) => seconds * accounts)),
    },
    {
      name: "time of 1,000,000 over time of 100,000",
      unit: "x",
      better: "lower",
      limit: 12,
      value: summary(shared.cpu).value / summary(small.cpu).value,
      ...once,
    },
    {
      name: "wrong of at least 10,000 samples of each world",
      unit: "packets",
      better: "lower",
      limit: 0,
      value: small.wrong + shared.wrong + own.wrong,
      ...once,
    },
    {
      name: "exposures found",
      unit: "exposures",
      better: "higher",
      limit: 1,
      value: shared.exposures,
      ...once,
    },
    {
      name: "a naive evaluator of each interface, as a multiple",
      unit: "x",
      better: "higher",
      limit: 1,
      value: shared.naive / summary(shared.cpu).value,
      ...once,
    },
  ];
}

/** The engine as it is shipped: tsx gives a name to each function that is made, which costs time in each. */
async function shipped(): Promise<Engine> {
  spawnSync(process.execPath, [join(root, "bin/from-checkout.mjs"), "--help"], { stdio: "ignore" });
  const compiled = new URL("../dist/src/reach/reach.js", import.meta.url).href;
  const engine: typeof import("../src/reach/reach.ts") = await import(compiled);
  return engine.reachEach;
}

interface Measured {
  /** CPU seconds of each run. */
  readonly cpu: readonly number[];
  readonly memory: number;
  readonly wrong: number;
  readonly exposures: number;
  /** CPU seconds of asking the naive evaluator one port of every interface. */
  readonly naive: number;
}

function measured(world: ReachWorld, reachEach: Engine, gc: () => void): Measured {
  const all = Array.from({ length: runs }, () => judged(world, reachEach, gc));
  const [first] = all;
  if (!first) throw new Error("nothing was measured");
  return {
    cpu: all.map(({ cpu }) => cpu),
    memory: Math.max(...all.map(({ memory }) => memory)),
    exposures: first.exposures,
    ...compared(world, reachEach),
  };
}

function judged(
  world: ReachWorld,
  reachEach: Engine,
  gc: () => void,
): Record<"cpu" | "memory" | "exposures", number> {
  gc();
  const before = process.memoryUsage().heapUsed;
  let [at, found, blocks] = [0, 0, 0];
  const start = process.cpuUsage();
  for (const { exposures, blocked } of reachEach(world.inventory)) {
    found += exposures.length;
    blocks += blocked.length;
    at += 1;
    if (at === world.size) {
      const cpu = secondsSince(start);
      gc();
      // Before the generator ends, so that everything it remembers is counted.
      const memory = (process.memoryUsage().heapUsed - before) / 1e6;
      return { cpu, memory, exposures: found };
    }
  }
  throw new Error(`the engine answered for ${at} of ${world.size} interfaces, ${blocks} blocked`);
}

/** A step that has no common factor with the periods of the world, so that samples see all of it. */
function stepOf(size: number): number {
  return [1, 3, 7, 97].findLast((step) => step * sampled <= size) ?? 1;
}

/** In a run of its own that keeps nothing: what outlives the measured one would teach the engine to allocate for long. */
function compared(world: ReachWorld, reachEach: Engine): { wrong: number; naive: number } {
  const { size, inventory } = world;
  const step = stepOf(size);
  let [at, wrong] = [0, 0];
  for (const { exposures } of reachEach(inventory)) {
    if (at % step === 0 && differs(world, at, exposures)) wrong += 1;
    at += 1;
  }
  return { wrong, naive: naiveSeconds(world, step) };
}

function differs(world: ReachWorld, at: number, exposures: readonly Exposure[]): boolean {
  const port = ports[at % ports.length] ?? 0;
  const engine = exposures.some(
    ({ portRange, sources, verdict }) =>
      verdict === "reachable" &&
      portRange.from <= port &&
      port <= portRange.to &&
      (sources === "internet" || sources.some((cidr) => world.holds(cidr, client))),
  );
  return engine !== admitsNaively(world, at, port, client);
}

function naiveSeconds(world: ReachWorld, step: number): number {
  const { size } = world;
  let admitted = 0;
  const start = process.cpuUsage();
  for (let at = 0; at < size; at += step) {
    for (const port of ports) admitted += admitsNaively(world, at, port, client) ? 1 : 0;
  }
  if (admitted === 0) throw new Error("the world lets nothing through, so it measures nothing");
  return secondsSince(start) * (size / Math.ceil(size / step));
}

const client = "203.0.113.77";
const ports = [22, 80, 443, 3000, 8000, 8080, 9999] as const;

function secondsSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}
