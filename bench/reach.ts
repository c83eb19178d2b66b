import process from "node:process";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import type { Exposure } from "../src/model/exposure.ts";
import { reach, type Reach } from "../src/reach/reach.ts";
import { summary, type Measurement } from "./harness/row.ts";
import { admitsNaively, reachWorld, type ReachWorld } from "./harness/reach-world.ts";

const million = 1_000_000;
const sampled = 10_000;

/** What judging interfaces costs, from an inventory in memory to exposures and what is blocked. */
export async function rows(): Promise<readonly Measurement[]> {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  const gc = (): void => {
    if (typeof collect === "function") collect();
  };
  reach(reachWorld(2_000, 100).inventory);
  const small = measured(reachWorld(million / 10, 5_000), gc);
  const shared = measured(reachWorld(million, 5_000), gc);
  const own = measured(reachWorld(million, million), gc);
  const cpu = { unit: "CPU s", better: "lower" } as const;
  const once = { n: 1, spread: 0 } as const;
  return [
    {
      name: "1,000,000 interfaces over 5,000 rule sets",
      ...cpu,
      limit: 3,
      ...summary([shared.cpu]),
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
      name: "1,000,000 interfaces, each its own rule set",
      ...cpu,
      limit: 15,
      ...summary([own.cpu]),
    },
    {
      name: "time of 1,000,000 over time of 100,000",
      unit: "x",
      better: "lower",
      limit: 12,
      value: shared.cpu / small.cpu,
      ...once,
    },
    {
      name: "wrong of 10,000 samples",
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
      value: shared.naive / shared.cpu,
      ...once,
    },
  ];
}

interface Measured {
  readonly cpu: number;
  readonly memory: number;
  readonly wrong: number;
  readonly exposures: number;
  /** CPU seconds of asking the naive evaluator one port of every interface. */
  readonly naive: number;
}

function measured(world: ReachWorld, gc: () => void): Measured {
  gc();
  const before = process.memoryUsage().heapUsed;
  const start = process.cpuUsage();
  const found = reach(world.inventory);
  const cpu = secondsSince(start);
  gc();
  const memory = (process.memoryUsage().heapUsed - before) / 1e6;
  const { wrong, naive } = compared(world, found);
  return { cpu, memory, wrong, naive, exposures: found.exposures.length };
}

function compared(world: ReachWorld, { exposures }: Reach): { wrong: number; naive: number } {
  const byWorkload = new Map<string, Exposure[]>();
  for (const exposure of exposures) {
    const own = byWorkload.get(exposure.workload.id);
    if (own) own.push(exposure);
    else byWorkload.set(exposure.workload.id, [exposure]);
  }
  const { size } = world;
  const step = Math.max(1, Math.floor(size / sampled));
  let [wrong, asked] = [0, 0];
  const start = process.cpuUsage();
  for (let at = 0; at < size; at += step) {
    for (const port of ports) asked += admitsNaively(world, at, port, client) ? 1 : 0;
  }
  const naive = secondsSince(start) * (size / Math.ceil(size / step));
  for (let at = 0; at < size; at += step) {
    const own = byWorkload.get(world.idOf(at)) ?? [];
    const port = ports[at % ports.length] ?? 0;
    const engine = own.some(
      ({ portRange, sources, verdict }) =>
        verdict === "reachable" &&
        portRange.from <= port &&
        port <= portRange.to &&
        (sources === "internet" || sources.some((cidr) => world.holds(cidr, client))),
    );
    if (engine !== admitsNaively(world, at, port, client)) wrong += 1;
  }
  if (asked === 0) throw new Error("the world lets nothing through, so it measures nothing");
  return { wrong, naive };
}

const client = "203.0.113.77";
const ports = [22, 80, 443, 3000, 8000, 8080, 9999] as const;

function secondsSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}
