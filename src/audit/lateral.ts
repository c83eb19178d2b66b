import type { EstateIndex } from "../model/estate.ts";
import type { Exposure } from "../model/exposure.ts";
import type { Inventory, Workload, WorkloadText } from "../model/inventory.ts";
import type { Server } from "../model/server.ts";
import { reach } from "../reach/reach.ts";
import type { Lateral, NamedHost } from "../rules/rule.ts";

/** RFC 1918, RFC 6598 and RFC 4193. */
const privateSpace = [
  "10.0.0.0/8",
  "172.16.0.0/12",
  "192.168.0.0/16",
  "100.64.0.0/10",
  "fc00::/7",
] as const;

/** Servers whose ways out are followed; each costs a walk over the workloads of its scope. */
const followed = 25;

/** What stands around each server of one scope inside its networks, by server id; hosts of other scopes are not known here. */
export function lateralOf(
  inventory: Inventory,
  servers: readonly Server[],
  estate: EstateIndex,
): ReadonlyMap<string, Lateral> {
  const out = new Map<string, Lateral>();
  const own = servers.filter(
    ({ provider, scope }) => provider === inventory.provider && scope === inventory.scope,
  );
  const ids = new Set(own.map(({ workload }) => workload.id));
  const near = inventory.workloads.filter(({ id }) => ids.has(id));
  const hosts = hostsOf(near, inventory);
  const inside = reach({ ...inventory, workloads: near }, estate, { from: privateSpace });
  for (const server of own) {
    const described = near.find(({ id }) => id === server.workload.id);
    out.set(server.id, {
      inbound: inside.exposures.filter((each) => leadsTo(each, server)),
      outbound: out.size < followed ? waysOut(server, inventory, estate) : [],
      named: described ? namedIn(described, hosts) : [],
    });
  }
  return out;
}

function leadsTo({ workload, portRange }: Exposure, server: Server): boolean {
  return (
    workload.id === server.workload.id &&
    server.ports.some(({ from, to }) => from <= portRange.to && to >= portRange.from)
  );
}

function waysOut(server: Server, inventory: Inventory, estate: EstateIndex): readonly Exposure[] {
  const from = addressesOf(server.workload.id, inventory).map(
    (address) => `${address}/${address.includes(":") ? 128 : 32}`,
  );
  if (from.length === 0) return [];
  const workloads = inventory.workloads.filter(({ id }) => id !== server.workload.id);
  return reach({ ...inventory, workloads }, estate, { from }).exposures;
}

/** Addresses of its own interfaces: those that direct ways end at. */
function addressesOf(workload: string, { approaches = [] }: Inventory): string[] {
  const ends = approaches.flatMap((approach) =>
    approach.workload === workload && approach.via.length === 0 ? approach.legs.slice(-1) : [],
  );
  const addresses = ends.flatMap(({ to }) => (to.addresses === "client" ? [] : to.addresses));
  return [...new Set(addresses)].filter((address) => !address.includes("/")).toSorted();
}

/** A host that a credential is for: the part of a URL after it. */
const credentialHost =
  /\[secret:[a-z][a-z0-9-]{0,40}:[0-9a-f]{16}\]@(?<host>\[[0-9a-f:]{2,45}\]|[\w.-]{1,255})/gi;
/** `DB_HOST=10.0.1.5` beside a secret. */
const namedHost =
  /\b[A-Z0-9_]{0,40}(?:HOST|HOSTNAME|SERVER|ENDPOINT|ADDR|ADDRESS)["']?\s{0,3}[=:]\s{0,3}["']?(?:[a-z]{2,12}:\/\/)?(?<host>[a-z0-9][\w.-]{2,255})/gi;

function wantedHosts({
  text,
  source,
}: WorkloadText): { host: string; source: NamedHost["source"] }[] {
  const secret = /\[secret:[a-z][a-z0-9-]{0,40}:[0-9a-f]{16}\]/.test(text);
  const found = [...text.matchAll(credentialHost), ...(secret ? text.matchAll(namedHost) : [])];
  return found.flatMap(({ groups }) => {
    const host = groups?.["host"]?.replaceAll(/[[\]]/g, "").toLowerCase();
    return host === undefined ? [] : [{ host, source }];
  });
}

function namedIn(workload: Workload, hosts: ReadonlyMap<string, string>): readonly NamedHost[] {
  const found = new Map<string, NamedHost>();
  for (const { host, source } of workload.texts.flatMap(wantedHosts)) {
    const target = hosts.get(host);
    if (target !== undefined && target !== workload.id && !found.has(host)) {
      found.set(host, { host, workload: target, source });
    }
  }
  return [...found.values()];
}

/** Which workload answers to each host that servers' configurations name; nothing is indexed that nobody asks for. */
function hostsOf(
  near: readonly Workload[],
  { approaches = [], workloads }: Inventory,
): ReadonlyMap<string, string> {
  const wanted = new Set(
    near.flatMap(({ texts }) => texts.flatMap(wantedHosts).map(({ host }) => host)),
  );
  const hosts = new Map<string, string>();
  if (wanted.size === 0) return hosts;
  for (const { id, name } of workloads) {
    if (wanted.has(name.toLowerCase())) hosts.set(name.toLowerCase(), id);
  }
  for (const { workload, legs, entry } of approaches) {
    const last = legs.at(-1)?.to.addresses;
    const names = [
      ...(last === undefined || last === "client" ? [] : last),
      ...(entry.address === undefined ? [] : [entry.address]),
      ...entry.hosts,
    ];
    for (const each of names) {
      if (wanted.has(each.toLowerCase())) hosts.set(each.toLowerCase(), workload);
    }
  }
  return hosts;
}
