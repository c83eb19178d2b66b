import type { NetworkInventory, StatelessGate } from "../model/network.ts";
import type { FlowCube } from "../net/flow-cube.ts";
import { everyAddress, subtract, union } from "../net/prefix-set.ts";
import type { GateQuestion } from "./gate-flows.ts";
import { projected, sendersFor } from "./parties.ts";
import { cubeOver, readersOf, rulesOf, unionOf } from "./rule-flows.ts";

/** What no stateless rule matches needs nothing; the rest needs a rule for its answer. */
export function throughReplies(
  { requests, replies }: StatelessGate,
  question: GateQuestion,
  network: NetworkInventory,
): FlowCube {
  const { family, from, reading } = question;
  const own = { ...question, groups: from.groups };
  const stateless = rulesOf(requests, network).filter((rule) => rule.stateless);
  // An unresolved list that may be stateless is against the answer where an allow would be for it.
  const doubt = { ...own, reading: reading === "most" ? "least" : "most" } as const;
  const forgotten = readersOf(stateless, doubt, "dialled");
  const back = readersOf(rulesOf(replies, network), own, "reply");
  const every = everyAddress(family);
  return cubeOver([...forgotten, ...back], sendersFor(from), (cell) => {
    const free = subtract(every, unionOf(forgotten, cell, family));
    return projected(union(free, unionOf(back, cell, family)), from, family);
  });
}
