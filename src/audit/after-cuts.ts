import type { TargetLink } from "../correlate/targets.ts";
import type { EstateIndex } from "../model/estate.ts";
import type { Exposure, Hop, PortRange } from "../model/exposure.ts";
import type { Inventory, Workload } from "../model/inventory.ts";
import type { NetworkInventory, Rule, RuleSet } from "../model/network.ts";
import type { Cut } from "../model/plan.ts";
import type { Fingerprint } from "../model/server.ts";
import { dialledPort } from "../plan/dialled-port.ts";
import type { PlanInput, Verdicts } from "../plan/plan.ts";
import { reach } from "../reach/reach.ts";
import type { Facts } from "./verdicts.ts";

export interface CutWorld extends Facts {
  /** Of the scopes with servers to plan for, networks included. */
  readonly inventories: readonly Inventory[];
  readonly estate: EstateIndex;
  readonly decide: (facts: Facts) => Verdicts;
}

/** Decides the estate anew as it would be after changes; each set of changes once. */
export function afterCuts(
  world: CutWorld,
  workloads: ReadonlySet<string>,
): Pick<PlanInput, "after" | "removable"> {
  const inventories = world.inventories.map((inventory) => only(inventory, workloads));
  const untouched = world.exposures.filter(({ workload }) => !workloads.has(workload.id));
  const known = new Map<string, Verdicts>();
  const rules = new Set(inventories.flatMap(openingRules));
  return {
    removable: (hop: Hop) => hop.rule !== undefined && rules.has(hop.rule),
    after: (cuts) => {
      const key = cuts
        .map(({ id }) => id)
        .toSorted()
        .join();
      const found = known.get(key);
      if (found) return found;
      const reached = inventories.flatMap(
        (inventory) => reach(without(inventory, cuts), world.estate).exposures,
      );
      const verdicts = world.decide({
        exposures: [...untouched, ...reached].toSorted((a, b) => (a.id < b.id ? -1 : 1)),
        workloads: world.workloads.map((workload) => detached(workload, cuts)),
        fingerprints: signedIn(world, cuts),
        links: stillLeading(world, [...untouched, ...reached]),
      });
      known.set(key, verdicts);
      return verdicts;
    },
  };
}

function only(inventory: Inventory, workloads: ReadonlySet<string>): Inventory {
  return {
    ...inventory,
    workloads: inventory.workloads.filter(({ id }) => workloads.has(id)),
    approaches: (inventory.approaches ?? []).filter(({ workload }) => workloads.has(workload)),
  };
}

/** Rules whose removal closes something. An ACL of a whole subnet is no place to close one port. */
function openingRules({ chains, ruleSets }: NetworkInventory): string[] {
  const gates = [...(chains?.values() ?? [])].flatMap((chain) => chain.gates);
  const sets = gates.flatMap((gate): readonly string[] => {
    if (gate.code === "SUBNET_ACL_INBOUND" || gate.code === "SUBNET_ACL_OUTBOUND") return [];
    if (gate.kind === "rules" && gate.peer === "from" && gate.port === "dialled")
      return gate.ruleSets;
    return gate.kind === "staged" ? gate.stages.flatMap((stage) => stage.ruleSets) : [];
  });
  return [...new Set(sets)].flatMap((id) =>
    (ruleSets?.get(id)?.rules ?? [])
      .filter(({ action }) => action === "allow")
      .map((rule) => rule.id),
  );
}

function without(inventory: Inventory, cuts: readonly Cut[]): Inventory {
  const here = cuts.filter(
    ({ provider, scope }) => provider === inventory.provider && scope === inventory.scope,
  );
  const rules = here.filter(({ kind }) => kind === "rule");
  const closed = new Set(
    here.filter(({ kind }) => kind === "listener").map(({ target }) => target),
  );
  const addresses = new Set(
    here.filter(({ kind }) => kind === "address").map(({ target }) => target),
  );
  return {
    ...inventory,
    ...(inventory.ruleSets && { ruleSets: narrowed(inventory.ruleSets, rules) }),
    approaches: (inventory.approaches ?? []).filter(
      ({ via, entry, legs }) =>
        !(via.length === 0 && entry.address !== undefined && addresses.has(entry.address)) &&
        !legs.some(({ stop }) => stop.kind === "listener" && closed.has(stop.id)),
    ),
  };
}

function narrowed(
  ruleSets: ReadonlyMap<string, RuleSet>,
  cuts: readonly Cut[],
): ReadonlyMap<string, RuleSet> {
  if (cuts.length === 0) return ruleSets;
  return new Map(
    [...ruleSets].map(([id, set]) => [
      id,
      { ...set, rules: set.rules.flatMap((rule) => cuts.reduce(keptOf, [rule])) },
    ]),
  );
}

/** The rules that are left of some when one port is taken out of those that a cut names. */
function keptOf(rules: readonly Rule[], cut: Cut): readonly Rule[] {
  const port = cut.about.port ?? -1;
  return rules.flatMap((rule) => {
    if (!admits(rule, cut)) return [rule];
    const { from, to } = rule.ports;
    const below = { ...rule, ports: { from, to: port - 1 } };
    const above = { ...rule, ports: { from: port + 1, to } };
    return [below, above].filter(({ ports }) => ports.from <= ports.to);
  });
}

function admits({ id, action, protocol, ports }: Rule, { target, about }: Cut): boolean {
  const port = about.port ?? -1;
  return (
    action === "allow" &&
    id === target &&
    (protocol === "any" || protocol === about.protocol) &&
    ports.from <= port &&
    port <= ports.to
  );
}

function detached(workload: Workload, cuts: readonly Cut[]): Workload {
  const gone = new Set(
    cuts
      .filter(({ kind, about }) => kind === "identity" && about.workload === workload.id)
      .map(({ target }) => target),
  );
  if (gone.size === 0) return workload;
  return { ...workload, identities: workload.identities.filter(({ id }) => !gone.has(id)) };
}

/** What a server shows to somebody without a token, once it asks for one. */
function signedIn(
  { fingerprints, links, exposures }: Facts,
  cuts: readonly Cut[],
): readonly Fingerprint[] {
  const asked = new Set(
    cuts.filter(({ kind }) => kind === "authentication").map(({ about }) => about.workload),
  );
  if (asked.size === 0) return fingerprints;
  const ways = new Set(
    exposures.filter(({ workload }) => asked.has(workload.id)).map(({ id }) => id),
  );
  const targets = new Set(
    links.filter((link) => link.exposures.some((id) => ways.has(id))).map(({ target }) => target),
  );
  return fingerprints.map((print): Fingerprint => {
    if (!targets.has(print.target)) return print;
    const { tools: _tools, resources: _resources, prompts: _prompts, ...rest } = print;
    return Object.assign(rest, {
      confidence: "auth-required" as const,
      authentication: {
        verdict: "oauth" as const,
        scheme: "Bearer",
        evidence: ["as the plan supposes"],
        advertisesOauth: true,
      },
    });
  });
}

/** A way that only fewer clients or fewer ports are left of still leads to the same answer, if its port is among them. */
function stillLeading(
  { links, exposures, fingerprints }: Facts,
  left: readonly Exposure[],
): TargetLink[] {
  const before = new Map(exposures.map((exposure) => [exposure.id, exposure]));
  const dialled = new Map(fingerprints.map(({ target, url }) => [target, dialledPort(url)]));
  const now = new Map<string, Exposure[]>();
  for (const exposure of left) {
    const way = wayOf(exposure);
    now.set(way, [...(now.get(way) ?? []), exposure]);
  }
  return links.flatMap(({ target, exposures: own }) => {
    const port = dialled.get(target);
    const still = own.flatMap((id) => {
      const old = before.get(id);
      const parts = old ? (now.get(wayOf(old)) ?? []) : [];
      return parts.filter(({ entry }) => isPart(entry.port, old?.entry.port, port));
    });
    const ids = [...new Set(still.map(({ id }) => id))];
    return ids.length === 0 ? [] : [{ target, exposures: ids }];
  });
}

function isPart(part: PortRange, whole: PortRange | undefined, port: number | undefined): boolean {
  if (!whole || part.from < whole.from || part.to > whole.to) return false;
  return port === undefined || (part.from <= port && port <= part.to);
}

function wayOf({ provider, scope, workload, protocol, via, entry }: Exposure): string {
  return [provider, scope, workload.id, protocol, via, entry.address ?? ""].join("\n");
}
