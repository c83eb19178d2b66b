import type { IpFamily } from "../../src/model/exposure.ts";
import type { IdentityLink } from "../../src/model/identity.ts";
import type { Workload, WorkloadText } from "../../src/model/inventory.ts";
import type { Approach, Gate, Leg } from "../../src/model/network.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, isObject, items, pagesOf, sourceOf, text, texts, type Node } from "../reader.ts";
import { directApproach } from "../direct-approach.ts";
import { armorOf } from "./armor.ts";
import { pathOf, regionOf } from "./links.ts";
import { receivingChain, type GcpNetwork, type Receiver } from "./network.ts";
import { aggregated, gapIn, linkOf } from "./pages.ts";

export interface Address {
  readonly family: IpFamily;
  /** What a client would dial; undefined when the interface has none of this family. */
  readonly public: string | undefined;
  /** What packets are sent to once they are in the network. */
  readonly own: string;
}

export interface Interface extends Receiver {
  readonly id: string;
  readonly addresses: readonly Address[];
}

export interface Machine {
  readonly workload: Workload;
  readonly interfaces: readonly Interface[];
}

/** https://cloud.google.com/compute/docs/instances/instance-lifecycle */
const stoppedStates: ReadonlySet<string> = new Set([
  "PROVISIONING",
  "STAGING",
  "STOPPING",
  "STOPPED",
  "SUSPENDING",
  "SUSPENDED",
  "TERMINATED",
  "PENDING_STOP",
  "DEPROVISIONING",
  "REPAIRING",
]);

export function machines(snapshot: Snapshot): Machine[] {
  const bindings = secureTags(snapshot);
  const project = projectMetadata(snapshot);
  return aggregated(snapshot, "compute.instances.aggregatedList", "instances").flatMap((node) => {
    const id = linkOf(node);
    if (id === "") return [];
    const workload = toWorkload(id, node, snapshot, project);
    const receiver = {
      region: workload.region,
      tags: tagsOf(node),
      accounts: items(node, "serviceAccounts").flatMap((each) => text(each, "email") ?? []),
      secureTags: bindings(node),
    };
    const interfaces = items(node, "networkInterfaces").map((nic): Interface => ({
      region: receiver.region,
      tags: receiver.tags,
      accounts: receiver.accounts,
      secureTags: receiver.secureTags,
      id: `${workload.name}/${text(nic, "name") ?? "nic"}`,
      network: pathOf(text(nic, "network") ?? ""),
      addresses: addressesOf(nic, workload.state === "stopped"),
      node: nic,
    }));
    return [{ workload, interfaces }];
  });
}

function tagsOf(node: Node): string[] {
  const tags = at(node, "tags");
  return tags ? texts(tags, "items").toSorted() : [];
}

function toWorkload(
  id: string,
  node: Node,
  snapshot: Snapshot,
  project: readonly WorkloadText[],
): Workload {
  const name = text(node, "name") ?? id;
  return {
    id,
    name,
    kind: "instance",
    tags: labelsOf(node),
    provider: "gcp",
    scope: snapshot.scope.id,
    region: regionOf(id) ?? regionOf(`/${pathOf(text(node, "zone") ?? "")}`) ?? "global",
    state: stoppedStates.has(text(node, "status") ?? "") ? "stopped" : "running",
    identities: items(node, "serviceAccounts").flatMap((account) => accountLink(name, account)),
    texts: [...metadataTexts(node), ...project],
    source: sourceOf(node),
  };
}

/** Access scopes bound what a token of the metadata server may be used for. */
function accountLink(instance: string, account: Node): IdentityLink[] {
  const email = text(account, "email");
  if (email === undefined) return [];
  const scopes = texts(account, "scopes").map((scope) => scope.slice(scope.lastIndexOf("/") + 1));
  const because = `${instance} runs as ${email} with access scopes ${scopes.join(", ") || "none"}`;
  return [{ id: email, how: "metadata", verdict: "yes", because, source: sourceOf(account) }];
}

export function labelsOf(node: Node): Record<string, string> {
  const labels = at(node, "labels");
  if (!labels || !isObject(labels.value)) return {};
  return Object.fromEntries(
    Object.keys(labels.value).flatMap((key): [string, string][] => {
      const value = text(labels, key);
      return value === undefined ? [] : [[key, value]];
    }),
  );
}

/** Keys whose values a machine runs as they stand. https://cloud.google.com/compute/docs/metadata/predefined-metadata-keys */
const scripts: ReadonlySet<string> = new Set([
  "startup-script",
  "user-data",
  "windows-startup-script-ps1",
]);
const told: ReadonlySet<string> = new Set([
  "gce-container-declaration",
  "startup-script-url",
  "shutdown-script",
  "kube-env",
  "container-env",
]);

function metadataTexts(node: Node, key = "metadata"): WorkloadText[] {
  const metadata = at(node, key);
  return (metadata ? items(metadata, "items") : []).flatMap((item): WorkloadText[] => {
    const [name, value] = [text(item, "key") ?? "", text(item, "value")];
    if (value === undefined) return [];
    if (scripts.has(name)) return [{ kind: "user-data", text: value, source: sourceOf(item) }];
    return told.has(name) ? [{ kind: "metadata", text: value, source: sourceOf(item) }] : [];
  });
}

/** Metadata of the project reaches each of its machines. */
function projectMetadata(snapshot: Snapshot): WorkloadText[] {
  return pagesOf(snapshot, "compute.projects.get").flatMap((page) =>
    metadataTexts(page, "commonInstanceMetadata"),
  );
}

/** Values of the tags that are bound to an instance; undefined when they were not read. */
function secureTags(snapshot: Snapshot): (instance: Node) => readonly string[] | undefined {
  const call = "cloudresourcemanager.tagBindings.list";
  const known = new Map<string, string[]>();
  for (const page of pagesOf(snapshot, call)) {
    const parent = page.page.params["parent"];
    if (typeof parent !== "string") continue;
    const key = placeIn(parent);
    const values = items(page, "tagBindings").flatMap((binding) => text(binding, "tagValue") ?? []);
    known.set(key, [...(known.get(key) ?? []), ...values]);
  }
  return (instance) => {
    const own = `${pathOf(text(instance, "zone") ?? "")}/instances/${text(instance, "id") ?? ""}`;
    const found = known.get(placeIn(`/${own}`));
    if (found) return found;
    return gapIn(snapshot, call) ? undefined : [];
  };
}

/** Instances are named by number there, and so is their project. */
function placeIn(name: string): string {
  return /\/zones\/.*$/.exec(name)?.[0] ?? name;
}

/** https://cloud.google.com/compute/docs/reference/rest/v1/instances: `accessConfigs`, `ipv6AccessConfigs`. */
function addressesOf(nic: Node, stopped: boolean): Address[] {
  const [v4, v6] = [text(nic, "networkIP"), text(nic, "ipv6Address")];
  const out: Address[] = [];
  if (v4 !== undefined) {
    const configs = items(nic, "accessConfigs");
    const found = configs.map((config) => text(config, "natIP")).find((ip) => ip !== undefined);
    // A stopped machine has given its ephemeral address back and gets another one when it starts.
    const later = stopped && configs.length > 0 ? "" : undefined;
    out.push({ family: "ipv4", public: found ?? later, own: v4 });
  }
  const external = items(nic, "ipv6AccessConfigs")
    .map((config) => text(config, "externalIpv6"))
    .find((ip) => ip !== undefined);
  const dual = (text(nic, "stackType") ?? "").includes("IPV6");
  if (external !== undefined || v6 !== undefined || dual)
    out.push({ family: "ipv6", public: external, own: external ?? v6 ?? "" });
  return out;
}

/** The ways from the internet straight to an interface: one an address that can be dialled. */
export function directApproaches({ workload, interfaces }: Machine, land: GcpNetwork): Approach[] {
  return interfaces.flatMap((each) =>
    each.addresses.map((address) => direct(workload, each, address, land)),
  );
}

function direct(workload: Workload, each: Interface, address: Address, land: GcpNetwork): Approach {
  const { family } = address;
  const request: Leg = {
    family,
    from: { addresses: "client", groups: [] },
    to: { addresses: [], groups: [] },
    own: [
      addressGate(each, address),
      ...accessOf(each, family).flatMap((node) => armorOf(node, land)),
    ],
    chain: receivingChain(land, each, {
      to: [address.own],
      origin: "internet",
      balanced: false,
      routed: true,
    }),
    stop: arrival(workload, each),
  };
  return directApproach({
    workload: workload.id,
    family,
    legs: [request, ...stateLegs(workload, request)],
    address: address.public,
    assumptions: [],
  });
}

/** What gives an interface its external addresses. */
function accessOf({ node }: Interface, family: IpFamily): Node[] {
  return items(node, family === "ipv4" ? "accessConfigs" : "ipv6AccessConfigs");
}

export function arrival(workload: Workload, { id }: { readonly id: string }): Leg["stop"] {
  const because = `${id} delivers to ${workload.name}`;
  return { kind: "workload", id: workload.id, because, source: workload.source };
}

function addressGate({ id, node }: Interface, address: Address): Gate {
  const open = address.public !== undefined;
  const which = address.family === "ipv4" ? "IPv4" : "IPv6";
  const because = open
    ? `${address.public || "an address given at start"} is an address of ${id}`
    : `${id} has no external ${which} address`;
  return { kind: "state", code: "NO_PUBLIC_ADDRESS", id, open, because, source: sourceOf(node) };
}

/** A stopped instance keeps its exposure latent; the state comes last, since everything before it still passes. */
export function stateLegs(workload: Workload, { family, from, to, stop }: Leg): Leg[] {
  if (workload.state !== "stopped") return [];
  const gate: Gate = {
    kind: "state",
    code: "INSTANCE_NOT_RUNNING",
    id: workload.id,
    open: false,
    latent: true,
    because: `${workload.name} is not running`,
    source: workload.source,
  };
  return [{ family, from, to, stop, own: [gate] }];
}
