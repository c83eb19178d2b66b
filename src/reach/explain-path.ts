import type { Blocked, Exposure, IpFamily } from "../model/exposure.ts";
import type { Inventory, Workload } from "../model/inventory.ts";
import type { Approach } from "../model/network.ts";
import { parsePrefix } from "../net/address.ts";
import { reach } from "./reach.ts";

export interface PathQuestion {
  /** Id or name. */
  readonly workload: string;
  /** On the workload itself. */
  readonly port: number;
  /** CIDRs of the clients; absent = the internet. */
  readonly from?: readonly string[];
}

/** Every way to one port of one workload: what lets packets through, and what stops them. */
export interface PathAnswer {
  readonly workload: Pick<
    Workload,
    "id" | "name" | "kind" | "provider" | "scope" | "region" | "state"
  >;
  readonly port: number;
  readonly from: "internet" | readonly string[];
  /** Serving now, or perhaps: see `verdict`. */
  readonly open: readonly Exposure[];
  /** Open, but nothing answers at present. */
  readonly latent: readonly Exposure[];
  readonly blocked: readonly Blocked[];
}

/** One answer for each workload of that id or name. */
export function explainPath(
  inventories: readonly Inventory[],
  { workload, port, from }: PathQuestion,
): PathAnswer[] {
  return inventories.flatMap((inventory) =>
    inventory.workloads
      .filter(({ id, name }) => id === workload || name === workload)
      .map((found) => answer(inventory, found, port, from)),
  );
}

function answer(
  inventory: Inventory,
  workload: Workload,
  port: number,
  from: readonly string[] | undefined,
): PathAnswer {
  const approaches = (inventory.approaches ?? [])
    .filter((each) => each.workload === workload.id)
    .flatMap((each) => onPort(each, port));
  const alone: Inventory = { ...inventory, workloads: [workload], approaches, closed: [] };
  const { exposures, blocked } = reach(alone, undefined, {
    everyPort: true,
    ...(from && { from }),
  });
  const here = exposures.filter(({ portRange }) => holds(portRange, port));
  const { id, name, kind, provider, scope, region, state } = workload;
  return {
    workload: { id, name, kind, provider, scope, region, state },
    port,
    from: from ?? "internet",
    open: here.filter(({ latent }) => latent === undefined),
    latent: here.filter(({ latent }) => latent !== undefined),
    blocked: blocked.filter((each) => holds(each.port, port)),
  };
}

/** Asks about the one port, so that words name it; where the port is rewritten on the way, all that is dialled. */
function onPort(approach: Approach, port: number): Approach[] {
  if (approach.legs.some((leg) => leg.port !== undefined)) return [approach];
  const entryPorts = { from: port, to: port };
  return holds(approach.entryPorts, port) ? [{ ...approach, entryPorts }] : [];
}

function holds(
  { from, to }: { readonly from: number; readonly to: number },
  port: number,
): boolean {
  return from <= port && port <= to;
}

/** The family of a CIDR or address; undefined when it is neither. */
export function familyOfCidr(text: string): IpFamily | undefined {
  return parsePrefix(text)?.family;
}
