import { stableId } from "../hash.ts";
import type { Fingerprint, Target } from "../model/server.ts";
import type { ProbeOptions } from "./options.ts";
import { pause } from "./pause.ts";
import { portRank } from "./ports.ts";
import { probe, unasked } from "./probe.ts";

/**
 * Probes many targets: at most `concurrency` addresses at once (64 is a good default), one connection at a time an
 * address, answers in the order of the targets. A target that hangs costs its own deadline and holds up only its address.
 */
export async function probeAll(
  targets: readonly Target[],
  options: ProbeOptions & { readonly concurrency: number },
): Promise<Fingerprint[]> {
  const results = new Map<number, Fingerprint>();
  const queues = [...queuesByAddress(targets).values()];
  async function work(): Promise<void> {
    for (let queue = queues.shift(); queue !== undefined; queue = queues.shift()) {
      await probeQueue(queue, options, results);
    }
  }
  const workers = Math.max(1, Math.min(options.concurrency, queues.length));
  await Promise.all(Array.from({ length: workers }, work));
  return targets.flatMap((_, index) => results.get(index) ?? []);
}

type Queue = readonly (readonly [index: number, target: Target])[];

/** So many refusals to answer in a row say that the host wants to be left alone. */
const patience = 3;
const slowDown = "The server asks to slow down";

async function probeQueue(
  queue: Queue,
  options: ProbeOptions,
  results: Map<number, Fingerprint>,
): Promise<void> {
  let refusals = 0;
  for (const [place, [index, target]] of queue.entries()) {
    if (refusals >= patience) {
      results.set(index, unasked(target, "Not asked: the host asked to slow down before", options));
      continue;
    }
    if (place > 0) await pause(pauseBefore(target), options.signal);
    const found = await probe(target, options);
    refusals = found.because === slowDown ? refusals + 1 : 0;
    results.set(index, found);
  }
}

/** Up to 30 ms between two ports of one host, the same in every run, so that hosts are not asked in step. */
function pauseBefore({ id }: Target): number {
  return Number.parseInt(stableId("pause", id).slice(-4), 16) % 30;
}

function queuesByAddress(targets: readonly Target[]): Map<string, [number, Target][]> {
  const queues = new Map<string, [number, Target][]>();
  for (const [index, target] of targets.entries()) {
    const { address } = target.connect ?? target;
    const queue = queues.get(address);
    if (queue) queue.push([index, target]);
    else queues.set(address, [[index, target]]);
  }
  for (const queue of queues.values()) {
    queue.sort(([, left], [, right]) => portRank(left.port) - portRank(right.port));
  }
  return queues;
}
