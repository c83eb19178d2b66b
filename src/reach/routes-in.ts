import type { Certainty } from "../model/finding.ts";
import type { TransportProtocol } from "../model/exposure.ts";
import type { Approach } from "../model/network.ts";
import { subtractFlows } from "../net/flow-set.ts";
import { parseSet, intersect, type PrefixSet } from "../net/prefix-set.ts";
import { boxesOf, dialled, type Box } from "./boxes.ts";
import type { ChainJudge } from "./chains.ts";
import { walk, type Walk } from "./walk.ts";

/** What one approach contributes, with how sure it is. */
export interface RouteIn {
  readonly approach: Approach;
  readonly protocol: TransportProtocol;
  readonly walk: Walk;
  readonly boxes: readonly Box[];
  readonly verdict: "reachable" | "unknown";
  readonly certainty: Certainty;
  readonly assumptions: readonly string[];
}

/** One approach by one protocol. */
export interface Judgement {
  readonly approach: Approach;
  readonly protocol: TransportProtocol;
  readonly routes: readonly RouteIn[];
  /** The walk that takes what was not read to be open: what it closes is closed. */
  readonly widest: Walk;
}

/**
 * Judges an approach twice when something was not read: what is open without the unread part is reachable, what only it
 * may open is unknown.
 */
export function routesIn(
  approach: Approach,
  protocol: TransportProtocol,
  space: PrefixSet,
  judge: ChainJudge,
): Judgement {
  const clients = clientsOf(approach, space);
  const least = walk(approach, protocol, "least", clients, judge);
  const limits = unique([...approach.assumptions, ...least.unread.limits]);
  const certainty = limits.length > 0 ? "maybe" : "certain";
  const common = { approach, protocol };
  const sure: RouteIn[] =
    least.boxes.length > 0
      ? [
          {
            ...common,
            walk: least,
            boxes: least.boxes,
            verdict: "reachable",
            certainty,
            assumptions: limits,
          },
        ]
      : [];
  if (least.unread.grants.length === 0) return { approach, protocol, routes: sure, widest: least };
  const most = walk(approach, protocol, "most", clients, judge);
  const boxes = without(most.boxes, least.boxes);
  const assumptions = unique([...limits, ...most.unread.grants]);
  const perhaps: RouteIn[] =
    boxes.length === 0
      ? []
      : [{ ...common, walk: most, boxes, verdict: "unknown", certainty: "maybe", assumptions }];
  return { approach, protocol, routes: [...sure, ...perhaps], widest: most };
}

export function clientsOf({ clients, family }: Approach, space: PrefixSet): PrefixSet {
  if (!clients) return space;
  const set = parseSet(family, clients);
  return set ? intersect(space, set) : { family, borders: [] };
}

export function unique(list: readonly string[]): string[] {
  return [...new Set(list)].toSorted();
}

export function fixedPort({ legs }: Approach): number | undefined {
  return legs.findLast(({ port }) => port !== undefined)?.port;
}

function without(boxes: readonly Box[], known: readonly Box[]): Box[] {
  return boxesOf(subtractFlows(dialled(boxes), dialled(known)), boxes);
}
