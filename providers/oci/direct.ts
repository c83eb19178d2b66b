import type { Workload } from "../../src/model/inventory.ts";
import type { IpFamily } from "../../src/model/exposure.ts";
import type { Approach, Gate, Leg, Party } from "../../src/model/network.ts";
import { parsePrefix } from "../../src/net/address.ts";
import { allPorts } from "../../src/net/flow-set.ts";
import { sourceOf } from "../reader.ts";
import { directApproach } from "../direct-approach.ts";
import type { Vnic, VnicAddress } from "./interfaces.ts";
import { internetGates } from "./internet-gates.ts";
import type { End, OciNetwork } from "./network.ts";

export const nobody: Party = { addresses: [], groups: [] };

/** The ways from the internet straight to a VNIC: one an address that can be dialled. */
export function directApproaches(
  workload: Workload,
  own: readonly Vnic[],
  network: OciNetwork,
): Approach[] {
  return own.flatMap((vnic) =>
    (["ipv4", "ipv6"] as const).flatMap((family) => {
      const addresses = vnic.addresses.filter((address) => address.family === family);
      const open = addresses.filter((address) => address.public !== undefined);
      const told = open.length > 0 ? open : addresses.concat(nowhere(vnic, family, network));
      return (open.length > 0 ? told : told.slice(0, 1)).map((address) =>
        direct(workload, vnic, address, network),
      );
    }),
  );
}

/** Stands for the address that a VNIC lacks; of IPv6 only where the subnet has it. */
function nowhere({ subnet }: Vnic, family: IpFamily, { subnets }: OciNetwork): VnicAddress[] {
  const cidrs = subnets.get(subnet)?.cidrs ?? [];
  const offered = cidrs.some((cidr) => parsePrefix(cidr)?.family === family);
  return family === "ipv4" || offered ? [{ family, private: "" }] : [];
}

/** A VNIC as seen by what arrives at one of its addresses. */
export function endOf(vnic: Vnic, address: VnicAddress): End {
  const { id, subnet, groups, groupsUnread, unread, attributes, node } = vnic;
  const tablesUnread =
    address.family === "ipv6" ? vnic.sixUnread : vnic.addressesUnread === "core:ListPrivateIps";
  const tables = [address.routeTable, vnic.routeTable].flatMap((table) => table ?? []);
  const addresses = address.private === "" ? [] : [address.private];
  return {
    id,
    subnet,
    groups,
    groupsUnread,
    unread,
    attributes,
    tables,
    tablesUnread,
    addresses,
    node,
  };
}

/** Ends that the same gates stand in front of have the same key. */
export function keyOf({ id, subnet, groups, tables, attributes, addresses, ...end }: End): string {
  const shared = end.unread === true || end.groupsUnread === true ? id : end.tablesUnread === true;
  return [subnet, groups, tables, attributes, addresses, shared].map(String).join("|");
}

function direct(
  workload: Workload,
  vnic: Vnic,
  address: VnicAddress,
  network: OciNetwork,
): Approach {
  const { family } = address;
  const end = endOf(vnic, address);
  const stop: Leg["stop"] = {
    kind: "workload",
    id: workload.id,
    because: `${vnic.id} delivers to ${workload.id}`,
    source: workload.source,
  };
  const request: Leg = {
    family,
    from: { addresses: "client", groups: [] },
    to: nobody,
    own: [addressGate(vnic, address)],
    chain: network.chain(`internet|${keyOf(end)}`, () =>
      internetGates(network, end, "FW_IMPLICIT_DENY"),
    ),
    stop,
  };
  return directApproach({
    workload: workload.id,
    family,
    legs: [request, ...stateLegs(workload, request)],
    address: address.public,
    assumptions: assumptionsOf(workload),
  });
}

/** A machine whose interfaces were not read may have any address. */
export function unreadApproach(workload: Workload, call: string): Approach {
  const { id, source } = workload;
  const because = `${call} was not read: the addresses of ${id} are unknown`;
  return withoutInterface(workload, {
    kind: "unread",
    limit: false,
    code: "NO_PUBLIC_ADDRESS",
    id,
    source,
    because,
  });
}

/** A machine that no interface is attached to. */
export function detachedApproach(workload: Workload): Approach {
  const { id, source } = workload;
  const because = `no interface is attached to ${id}`;
  return withoutInterface(workload, {
    kind: "state",
    open: false,
    code: "NO_PUBLIC_ADDRESS",
    id,
    source,
    because,
  });
}

function withoutInterface({ id, source }: Workload, gate: Gate): Approach {
  const own = [gate];
  const because = `${id} has no interface that is known`;
  const stop: Leg["stop"] = { kind: "workload", id, because, source };
  const from: Party = { addresses: "client", groups: [] };
  return {
    workload: id,
    protocol: ["tcp", "udp"],
    via: [],
    family: "ipv4",
    entryPorts: allPorts,
    legs: [{ family: "ipv4", from, to: nobody, own, stop }],
    entry: { hosts: [], paths: [], tls: "unknown" },
    backendTls: "unknown",
    authGate: "none",
    assumptions: [],
  };
}

export function assumptionsOf({ state }: Workload): string[] {
  return state === "unknown"
    ? ["core:ListInstances was not read: the instance is taken to run"]
    : [];
}

function addressGate(vnic: Vnic, address: VnicAddress): Gate {
  const { id, node, unread, addressesUnread } = vnic;
  const open = address.public !== undefined;
  const family = address.family === "ipv4" ? "IPv4" : "IPv6";
  const common = { code: "NO_PUBLIC_ADDRESS", id, source: sourceOf(node) } as const;
  const call = unread ? "core:GetVnic" : address.family === "ipv4" ? addressesUnread : undefined;
  if (!open && call !== undefined) {
    const because = `${call} was not read: whether ${id} has a public ${family} address is unknown`;
    return { ...common, kind: "unread", limit: false, because };
  }
  const because = open
    ? `${address.public} is an address of ${id}`
    : `${id} has no public ${family} address`;
  return { ...common, kind: "state", open, because };
}

/** A stopped workload keeps its exposure latent; the state comes last, since everything before it still passes. */
export function stateLegs({ id, state, source }: Workload, request: Leg): Leg[] {
  if (state !== "stopped") return [];
  const { family, from, to, stop } = request;
  const because = `${id} is not running`;
  const code = "INSTANCE_NOT_RUNNING";
  const own: Gate[] = [{ kind: "state", code, id, open: false, latent: true, because, source }];
  return [{ family, from, to, stop, own }];
}
