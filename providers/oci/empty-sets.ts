import type { Gate } from "../../src/model/network.ts";
import { at, number, sourceOf } from "../reader.ts";
import type { Backend, BackendSet } from "./backend-sets.ts";
import type { Balancer } from "./balancers.ts";
import type { Landscape } from "./targets.ts";

/** Machines that are named at most: beyond it the balancer says nothing about any of them. */
const most = 16;

/** The machines of its network that a balancer without a single backend does not lead to, on the port it would check. */
export function absentBackends(
  { name, sets }: Balancer,
  set: BackendSet,
  vcn: string,
  { vnics, network }: Landscape,
): Backend[] {
  if ([...sets.values()].some(({ backends }) => backends.length > 0)) return [];
  const checker = at(set.node, "healthChecker");
  const port = (checker && number(checker, "port")) ?? 0;
  const source = sourceOf(set.node);
  const because = `${set.name} of ${name} has no backend`;
  const gates: Gate[] = [
    {
      kind: "state",
      code: "LB_NO_TARGET",
      id: set.name,
      rule: set.name,
      open: false,
      because,
      source,
    },
  ];
  const out: Backend[] = [];
  for (const { owner, subnet, addresses } of vnics.all.values()) {
    const [first] = addresses;
    if (owner === undefined || !first || network.subnets.get(subnet)?.vcn !== vcn) continue;
    if (out.length === most) return [];
    out.push({
      name: owner,
      address: first.private,
      ...(port > 0 && { port }),
      gates,
      node: set.node,
    });
  }
  return out;
}
