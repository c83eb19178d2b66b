import type { Fingerprint, Target } from "../model/server.ts";
import type { ProbeOptions } from "./options.ts";
import { portRank } from "./ports.ts";
import { probe } from "./probe.ts";

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
      for (const [index, target] of queue) results.set(index, await probe(target, options));
    }
  }
  const workers = Math.max(1, Math.min(options.concurrency, queues.length));
  await Promise.all(Array.from({ length: workers }, work));
  return targets.flatMap((_, index) => results.get(index) ?? []);
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
