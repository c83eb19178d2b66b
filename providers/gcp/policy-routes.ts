import { ipFamilies, type IpFamily } from "../../src/model/exposure.ts";
import type { Route } from "../../src/model/network.ts";
import { parsePrefix } from "../../src/net/address.ts";
import {
  contains,
  covers,
  emptySet,
  intersect,
  parseSet,
  setOf,
  subtract,
  toCidrs,
  union,
  type PrefixSet,
} from "../../src/net/prefix-set.ts";
import { at, number, sourceOf, text, texts, type Node } from "../reader.ts";
import { nameOf, pathOf } from "./links.ts";

/** Policy-based routes that replies of an interface obey, the strongest first. https://cloud.google.com/vpc/docs/policy-based-routes */
export function policyRoutesOf(
  nodes: readonly Node[],
  network: string,
  tags: readonly string[],
  addresses: readonly string[],
): Node[] {
  return nodes
    .filter((node) => {
      const machines = at(node, "virtualMachine");
      const wanted = machines ? texts(machines, "tags") : [];
      const filter = at(node, "filter");
      const sources = filter && text(filter, "srcRange");
      return (
        pathOf(text(node, "network") ?? "") === network &&
        at(node, "interconnectAttachment") === undefined &&
        (wanted.length === 0 || wanted.some((tag) => tags.includes(tag))) &&
        // Those for one protocol other than TCP leave the rest to the routes of the network.
        ["ALL", "TCP", "6"].includes((filter && text(filter, "ipProtocol")) ?? "ALL") &&
        (sources === undefined || addresses.some((address) => covers([sources], address)))
      );
    })
    .map((node) => ({ node, priority: number(node, "priority") ?? 1000 }))
    .toSorted((a, b) => a.priority - b.priority)
    .map(({ node }) => node);
}

/** They are asked before every other route, however narrow: what they take is cut out of the network's own. */
export function steeredBy(policies: readonly Node[], routes: readonly Route[]): Route[] {
  const added: Route[] = [];
  const steered = ipFamilies.map((family) => {
    let [taken, away] = [emptySet(family), emptySet(family)];
    for (const node of policies) {
      const filter = at(node, "filter");
      const range = (filter && text(filter, "destRange")) ?? "0.0.0.0/0";
      const to = parseSet(family, [range]) ?? emptySet(family);
      const balancer = text(node, "nextHopIlbIp");
      if (balancer !== undefined) {
        const own = subtract(to, taken);
        // Answers to clients of the network itself go that way too, though their routes are longer.
        const sets = [own, ...locals(routes, family).map((set) => intersect(set, own))];
        added.push(...sets.flatMap(toCidrs).map((prefix) => awayTo(balancer, prefix, node)));
        away = union(away, own);
      }
      taken = union(taken, to);
    }
    return away;
  });
  return [...routes.filter((route) => !steered.some((set) => within(route, set))), ...added];
}

function locals(routes: readonly Route[], family: IpFamily): PrefixSet[] {
  return routes.flatMap(({ next, prefix }) =>
    next === "local" && prefix !== undefined ? (parseSet(family, [prefix]) ?? []) : [],
  );
}

function within({ prefix, next }: Route, set: PrefixSet): boolean {
  const own = prefix === undefined ? undefined : parsePrefix(prefix);
  return (
    next !== "local" &&
    own !== undefined &&
    own.family === set.family &&
    contains(set, setOf(own.family, [own]))
  );
}

function awayTo(balancer: string, prefix: string, node: Node): Route {
  const name = nameOf(text(node, "name") ?? "policy-based route");
  const because = `${name} sends what is for ${prefix} to ${balancer}`;
  return { prefix, next: "elsewhere", target: balancer, rank: -1, because, source: sourceOf(node) };
}
