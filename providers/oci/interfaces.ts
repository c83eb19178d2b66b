import type { IpFamily } from "../../src/model/exposure.ts";
import type { JsonObject } from "../../src/model/json.ts";
import { parseAddress } from "../../src/net/address.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { flag, grouped, items, pagesOf, text, texts, type Node } from "../reader.ts";
import { elements, elementsOf, gapIn, pagesBy } from "./pages.ts";
import { attributesOf, type Attribute } from "./zpr.ts";

export interface VnicAddress {
  readonly family: IpFamily;
  readonly private: string;
  /** Of the private address object, which balancers and routes may name. */
  readonly id?: string;
  /** What a client dials: the public address in front, or the VNIC's own IPv6 address. */
  readonly public?: string;
  /** Beats the one of the VNIC, which beats the one of the subnet. */
  readonly routeTable?: string;
}

export interface Vnic {
  readonly id: string;
  readonly subnet: string;
  /** The one that its owner was made with, and that the owner's id stands for. */
  readonly primary: boolean;
  readonly groups: readonly string[];
  /** Its own, the first one first. */
  readonly addresses: readonly VnicAddress[];
  readonly routeTable?: string;
  readonly attributes: readonly Attribute[];
  /** Its own description was asked for and not given. */
  readonly unread: boolean;
  readonly groupsUnread: boolean;
  /** The call that would tell its further IPv4 addresses, or what is public of them. */
  readonly addressesUnread?: string;
  /** Route tables of its IPv6 addresses, and further ones, were not given. */
  readonly sixUnread: boolean;
  /** Instance or container instance that it belongs to. */
  readonly owner?: string;
  readonly node: Node;
}

export interface Vnics {
  readonly all: ReadonlyMap<string, Vnic>;
  readonly byOwner: ReadonlyMap<string, readonly Vnic[]>;
  /** By the address within its network, its id, and the machine that it is the first address of. */
  readonly named: ReadonlyMap<string, readonly Named[]>;
}

export interface Named {
  readonly vnic: Vnic;
  readonly address: VnicAddress;
}

/** VNICs, put together from attachments, address lists, group members and, where asked for, their descriptions. */
export function vnics(snapshot: Snapshot): Vnics {
  const described = new Map(
    pagesOf(snapshot, "core:GetVnic").flatMap((page) => keyed(text(page, "id"), page)),
  );
  const attached = elements(snapshot, "core:ListVnicAttachments").filter((node) =>
    ["ATTACHED", "ATTACHING", undefined].includes(text(node, "lifecycleState")),
  );
  const privates = byVnic(elements(snapshot, "core:ListPrivateIps"));
  const sixes = byVnic(elements(snapshot, "core:ListIpv6s"));
  const owners = new Map([
    ...attached.flatMap((node) => pair(text(node, "vnicId"), text(node, "instanceId"))),
    ...containerOwners(snapshot),
  ]);
  const nodes = new Map([
    ...[...sixes, ...privates].flatMap(([id, [node]]): [string, Node][] =>
      node ? [[id, node]] : [],
    ),
    ...attached.flatMap((node) => keyed(text(node, "vnicId"), node)),
    ...described,
  ]);
  const seen: Seen = {
    snapshot,
    described,
    privates,
    sixes,
    publics: publicAddresses(snapshot),
    groups: membership(snapshot),
  };
  const marks = new Map(
    elements(snapshot, "core:ListInstances").flatMap((each) =>
      keyed(text(each, "id"), attributesOf(each)),
    ),
  );
  const all = new Map<string, Vnic>();
  for (const [id, node] of nodes) {
    const state = text(described.get(id) ?? node, "lifecycleState") ?? "";
    if (state === "TERMINATED" || state === "TERMINATING") continue;
    const owner = owners.get(id);
    const vnic = toVnic(id, node, seen);
    const attributes = [
      ...vnic.attributes,
      ...(vnic.primary ? (marks.get(owner ?? "") ?? []) : []),
    ];
    all.set(id, owner === undefined ? vnic : { ...vnic, owner, attributes });
  }
  return { all, byOwner: ownedBy(all), named: namedBy(all) };
}

interface Seen {
  readonly snapshot: Snapshot;
  readonly described: ReadonlyMap<string, Node>;
  readonly privates: ReadonlyMap<string, readonly Node[]>;
  readonly sixes: ReadonlyMap<string, readonly Node[]>;
  readonly publics: ReadonlyMap<string, string>;
  readonly groups: ReadonlyMap<string, readonly string[]>;
}

/** What a VNIC itself tells is its first address alone. */
const addressCalls = ["core:ListPrivateIps", "core:ListPublicIps"] as const;

function toVnic(id: string, node: Node, seen: Seen): Vnic {
  const { snapshot } = seen;
  const own = seen.described.get(id);
  const privates = seen.privates.get(id) ?? [];
  const hidden = (call: string, params: JsonObject): boolean =>
    !own && gapIn(snapshot, call, params, node.page.region) !== undefined;
  const table = own && text(own, "routeTableId");
  const addressesUnread = addressCalls.find((call) => gapIn(snapshot, call, {}, node.page.region));
  const groups = [...(own ? texts(own, "nsgIds") : []), ...(seen.groups.get(id) ?? [])];
  return {
    id,
    subnet: text(node, "subnetId") ?? subnetOf(privates),
    primary: isPrimary(own),
    groups: [...new Set(groups)],
    groupsUnread: hidden("core:ListNetworkSecurityGroupVnics", {}),
    addresses: [...ipv4Of(own, privates, seen.publics), ...ipv6Of(own, seen.sixes.get(id) ?? [])],
    ...(table !== undefined && { routeTable: table }),
    attributes: own ? attributesOf(own) : [],
    ...(addressesUnread !== undefined && { addressesUnread }),
    sixUnread: gapIn(snapshot, "core:ListIpv6s", {}, node.page.region) !== undefined,
    unread: hidden("core:GetVnic", { vnicId: id }),
    node,
  };
}

function isPrimary(own: Node | undefined): boolean {
  return !own || flag(own, "isPrimary") !== false;
}

function ownedBy(all: ReadonlyMap<string, Vnic>): Map<string, Vnic[]> {
  return grouped([...all.values()].flatMap((each) => keyed(each.owner, each)));
}

function namedBy(all: ReadonlyMap<string, Vnic>): Map<string, Named[]> {
  return grouped(
    [...all.values()].flatMap((vnic) =>
      vnic.addresses.flatMap((address, i) => {
        const machine = vnic.primary && i === 0 ? vnic.owner : undefined;
        const names = new Set([address.private, address.id, machine]);
        return [...names].flatMap((name) => keyed(name, { vnic, address }));
      }),
    ),
  );
}

function subnetOf(addresses: readonly Node[]): string {
  return addresses.map((node) => text(node, "subnetId")).find((id) => id !== undefined) ?? "";
}

function ipv4Of(
  own: Node | undefined,
  privates: readonly Node[],
  publics: ReadonlyMap<string, string>,
): VnicAddress[] {
  const [address, open] = [own && text(own, "privateIp"), own && text(own, "publicIp")];
  const isFirst = (node: Node): boolean =>
    address === undefined ? flag(node, "isPrimary") === true : text(node, "ipAddress") === address;
  const sorted = [...privates].toSorted((a, b) => Number(isFirst(b)) - Number(isFirst(a)));
  const listed = sorted.flatMap((node): VnicAddress[] => {
    const [ip, id, table] = [text(node, "ipAddress"), text(node, "id"), text(node, "routeTableId")];
    if (ip === undefined) return [];
    const known = publics.get(id ?? "") ?? (ip === address ? open : undefined);
    return [
      {
        family: "ipv4",
        private: ip,
        ...(id !== undefined && { id }),
        ...(known !== undefined && { public: known }),
        ...(table !== undefined && { routeTable: table }),
      },
    ];
  });
  if (address === undefined || listed.some((each) => each.private === address)) return listed;
  const shown = { family: "ipv4", private: address } as const;
  return [open === undefined ? shown : { ...shown, public: open }, ...listed];
}

/** Global unicast needs no translation; unique local addresses never leave the network. */
function ipv6Of(own: Node | undefined, listed: readonly Node[]): VnicAddress[] {
  const known = listed.flatMap((node): VnicAddress[] => {
    const [address, id, table] = [
      text(node, "ipAddress"),
      text(node, "id"),
      text(node, "routeTableId"),
    ];
    if (address === undefined || text(node, "lifecycleState") === "TERMINATED") return [];
    return [
      {
        ...ipv6(address),
        ...(id !== undefined && { id }),
        ...(table !== undefined && { routeTable: table }),
      },
    ];
  });
  const shown = own ? texts(own, "ipv6Addresses") : [];
  const more = shown.filter((address) => !known.some((each) => each.private === address));
  return [...known, ...more.map(ipv6)];
}

function ipv6(address: string): VnicAddress {
  const own = { family: "ipv6", private: address } as const;
  return /^[23][0-9a-f]{3}:/i.test(address) ? { ...own, public: address } : own;
}

/** By the private address that it is assigned to. */
function publicAddresses(snapshot: Snapshot): Map<string, string> {
  return new Map(
    elements(snapshot, "core:ListPublicIps").flatMap((node) => {
      const gone = ["UNASSIGNED", "UNASSIGNING", "AVAILABLE", "TERMINATED", "TERMINATING"];
      if (gone.includes(text(node, "lifecycleState") ?? "ASSIGNED")) return [];
      const assigned = text(node, "assignedEntityId") ?? text(node, "privateIpId");
      const address = text(node, "ipAddress");
      return pair(assigned, address !== undefined && parseAddress(address) ? address : undefined);
    }),
  );
}

/** Group ids by VNIC. */
export function membership(snapshot: Snapshot): Map<string, string[]> {
  const out = new Map<string, string[]>();
  const call = "core:ListNetworkSecurityGroupVnics";
  for (const [group, pages] of pagesBy(snapshot, call, "networkSecurityGroupId"))
    for (const member of pages.flatMap(elementsOf)) {
      const id = text(member, "vnicId");
      if (id !== undefined) out.set(id, [...(out.get(id) ?? []), group]);
    }
  return out;
}

function containerOwners(snapshot: Snapshot): [string, string][] {
  return pagesOf(snapshot, "containerinstances:GetContainerInstance").flatMap((page) =>
    items(page, "vnics").flatMap((vnic) => pair(text(vnic, "vnicId"), text(page, "id"))),
  );
}

function byVnic(nodes: readonly Node[]): Map<string, Node[]> {
  return grouped(nodes.flatMap((node) => keyed(text(node, "vnicId"), node)));
}

function keyed<T>(key: string | undefined, value: T): [string, T][] {
  return key === undefined ? [] : [[key, value]];
}

function pair(key: string | undefined, value: string | undefined): [string, string][] {
  return key === undefined || value === undefined ? [] : [[key, value]];
}
