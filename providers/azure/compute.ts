import type { Workload } from "../../src/model/inventory.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, items, pagesOf, sourceOf, text, type Node } from "../reader.ts";
import type { Interfaces, IpConfiguration } from "./interfaces.ts";
import { machineCall, machineDetailCall, scaleSetCall, scaleSetMachineCall } from "./operations.ts";
import { byId, gapIn, idOf, keyOf, nameIn, parentOf, props, resourcesOf } from "./pages.ts";
import { workloadOf } from "./workloads.ts";

/** https://learn.microsoft.com/azure/virtual-machines/states-billing */
const stoppedStates: ReadonlySet<string> = new Set([
  "stopped",
  "stopping",
  "deallocated",
  "deallocating",
]);

/** Machines, those of scale sets among them. */
export function machines(snapshot: Snapshot, known: Interfaces): Workload[] {
  const data = userData(snapshot);
  const own = resourcesOf(snapshot, machineCall).map((node): Workload => {
    const workload = toWorkload(snapshot, node, node);
    return Object.assign(workload, { texts: data.get(keyOf(workload.id)) ?? [] });
  });
  const sets = byId(resourcesOf(snapshot, scaleSetCall));
  const members = resourcesOf(snapshot, scaleSetMachineCall).map((node) =>
    toWorkload(snapshot, node, sets.get(keyOf(parentOf(idOf(node)))) ?? node),
  );
  const seen = new Map([...own, ...members].map((each) => [keyOf(each.id), each]));
  return [...seen.values(), ...unlisted(snapshot, known, seen)];
}

/** Instances of a scale set act as the identity of the set. */
function toWorkload(snapshot: Snapshot, node: Node, holder: Node): Workload {
  const facts = { kind: "instance", state: stateOf(node), how: "metadata", texts: [] } as const;
  const workload = workloadOf(snapshot, node, facts);
  if (holder === node) return workload;
  const { identities } = workloadOf(snapshot, holder, facts);
  return { ...workload, identities };
}

/** What machines were asked for one by one. https://learn.microsoft.com/azure/virtual-machines/user-data */
function userData(snapshot: Snapshot): Map<string, Workload["texts"]> {
  return new Map(
    pagesOf(snapshot, machineDetailCall).flatMap((page): [string, Workload["texts"]][] => {
      const id = page.page.params["machine"];
      const own = page.value === null ? undefined : props(page);
      const data = own && text(own, "userData");
      if (typeof id !== "string" || !own || data === undefined) return [];
      return [[keyOf(id), [{ kind: "user-data", text: data, source: sourceOf(own) }]]];
    }),
  );
}

function stateOf(node: Node): Workload["state"] {
  const view = at(props(node), "instanceView");
  const codes = (view ? items(view, "statuses") : []).flatMap((each) => text(each, "code") ?? []);
  const power = codes.find((code) => code.startsWith("PowerState/"))?.slice("PowerState/".length);
  if (power === undefined) return "unknown";
  return stoppedStates.has(power) ? "stopped" : "running";
}

/** When machines could not be listed, their interfaces still tell that they exist. */
function unlisted(
  snapshot: Snapshot,
  { byMachine }: Interfaces,
  seen: ReadonlyMap<string, Workload>,
): Workload[] {
  return [...byMachine].flatMap(([key, [first]]): Workload[] => {
    const call = key.includes("/virtualmachinescalesets/") ? scaleSetMachineCall : machineCall;
    if (!first || key === "" || seen.has(key) || !gapIn(snapshot, call)) return [];
    return [fromInterface(snapshot, first)];
  });
}

function fromInterface(snapshot: Snapshot, { machine, node }: IpConfiguration): Workload {
  return {
    id: machine,
    name: nameIn(machine),
    kind: "instance",
    tags: {},
    provider: "azure",
    scope: snapshot.scope.id,
    region: "global",
    state: "unknown",
    identities: [],
    texts: [],
    source: sourceOf(node),
  };
}
