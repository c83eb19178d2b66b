import type { IpFamily } from "../../src/model/exposure.ts";
import type { Gate } from "../../src/model/network.ts";
import { contains, intersect, isEmpty, toCidrs } from "../../src/net/prefix-set.ts";
import { clientSpace } from "../../src/net/client-space.ts";
import { sourceOf, type Node } from "../reader.ts";
import { shut } from "./front-doors.ts";
import type { Admitted } from "./public-policy.ts";

/** What a resource policy makes of a front door: gates that close it, or the clients that it leaves. */
export interface PolicyEffect {
  readonly gates: readonly Gate[];
  readonly clients?: readonly string[];
}

/** `whole`: policies that must all admit the request. */
export function policyEffect(
  whole: readonly Admitted[],
  family: IpFamily,
  rule: string,
  node: Node,
): PolicyEffect {
  const space = clientSpace("aws", family);
  const [least, most] = [
    whole.reduce((set, each) => intersect(set, each.least[family]), space),
    whole.reduce((set, each) => intersect(set, each.most[family]), space),
  ];
  if (isEmpty(most)) {
    const because = `the resource policy of ${rule} admits no request without a signature`;
    return { gates: [shut("RESOURCE_POLICY_NOT_PUBLIC", rule, because, node)] };
  }
  if (isEmpty(least)) {
    const because = `the resource policy of ${rule} has conditions that only a request can decide`;
    const code = "RESOURCE_POLICY_NOT_PUBLIC";
    return {
      gates: [{ kind: "unread", limit: false, code, id: rule, because, source: sourceOf(node) }],
    };
  }
  return contains(least, space) ? { gates: [] } : { gates: [], clients: toCidrs(least) };
}

/** A policy that could not be read can only close what would be open without it. */
export function unreadPolicy(call: string, rule: string, node: Node): PolicyEffect {
  const because = `${call} was not read: the resource policy of ${rule} is taken to admit everyone`;
  const code = "RESOURCE_POLICY_NOT_PUBLIC";
  return {
    gates: [{ kind: "unread", limit: true, code, id: rule, because, source: sourceOf(node) }],
  };
}
