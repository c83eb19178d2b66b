import type { Blocked, Exposure } from "../model/exposure.ts";
import type { EstateIndex } from "../model/estate.ts";
import type { Inventory, Workload } from "../model/inventory.ts";
import type { Approach } from "../model/network.ts";
import { byWorkload } from "./by-workload.ts";
import { refOf, type Reach, type ReachOptions } from "./found.ts";
import { generalJudge, type GeneralJudge } from "./in-general.ts";
import { plainJudge, type PlainJudge, type Templates } from "./like-others.ts";
import { compare, distinct, inOrder } from "./order.ts";
import { readAhead, type Ahead } from "./read-ahead.ts";
import { vantagesOf } from "./vantage.ts";

export type { Reach } from "./found.ts";

/** Every workload port that the internet reaches, and what keeps it away from the others. */
export function reach(
  inventory: Inventory,
  estate?: EstateIndex,
  options: ReachOptions = {},
): Reach {
  const exposures: Exposure[] = [];
  const blocked: Blocked[] = [];
  const workloads = inventory.workloads.toSorted(byPlace);
  for (const own of reachEach({ ...inventory, workloads }, estate, options)) {
    for (const exposure of own.exposures) exposures.push(exposure);
    for (const each of own.blocked) blocked.push(each);
  }
  if (!options.everyPort || !inventory.closed) return { exposures, blocked };
  return { exposures, blocked: distinct([...blocked, ...inventory.closed]) };
}

/** The same, one workload at a time in the inventory's order, so that nothing adds up in memory. */
export function* reachEach(
  inventory: Inventory,
  _estate?: EstateIndex,
  options: ReachOptions = {},
): Generator<Reach> {
  for (const vantage of vantagesOf(inventory, options.from)) {
    const { workloads } = inventory;
    const { list, ends } = byWorkload(workloads, vantage.inventory.approaches ?? []);
    const inGeneral = generalJudge(vantage, options);
    const plain = plainJudge(vantage, options, inGeneral);
    const context = { list, inGeneral, plain, ahead: readAhead(list, inventory, plain.templates) };
    let from = 0;
    for (let i = 0; i < workloads.length; i += 1) {
      const workload = workloads[i];
      const to = ends[i] ?? from;
      if (workload) yield ofWorkload(workload, from, to, context);
      from = to;
    }
  }
}

interface Context {
  readonly list: readonly Approach[];
  readonly inGeneral: GeneralJudge;
  readonly plain: PlainJudge;
  readonly ahead: Ahead<Templates>;
}

/** Of the approaches of one workload, from one place in the list to before another. */
function ofWorkload(workload: Workload, from: number, to: number, context: Context): Reach {
  if (from === to) return nothing;
  const { list, ahead, plain, inGeneral } = context;
  const one = list[from];
  const other = to - from === 2 ? list[from + 1] : undefined;
  const own = ahead.traits(from);
  const second = other ? ahead.traits(from + 1) : 0;
  const apart = other ? second !== 0 && one?.family !== other.family : to - from === 1;
  if (!one || own === 0 || !apart) return inGeneral(list.slice(from, to), workload);
  const ref = refOf(workload);
  const read = other ? {} : { kept: ahead.known(from), place: ahead.place(from) };
  const first = plain.of(one, own, workload, ref, read);
  if (!other) return first;
  const rest = plain.of(other, second, workload, ref, {});
  return inOrder({
    exposures: [...first.exposures, ...rest.exposures],
    blocked: [...first.blocked, ...rest.blocked],
  });
}

const nothing: Reach = { exposures: [], blocked: [] };

function byPlace(a: Workload, b: Workload): number {
  return compare(a.region, b.region) || compare(a.id, b.id);
}
