import type { Workload } from "../../src/model/inventory.ts";
import type { Gate, Leg, Party } from "../../src/model/network.ts";
import { parseAddress } from "../../src/net/address.ts";
import type { Balancer } from "./balancers.ts";
import { sourceOf } from "../reader.ts";
import { assumptionsOf, endOf, keyOf, stateLegs } from "./direct.ts";
import { insideGates } from "./inside-routes.ts";
import type { Vnic, VnicAddress, Vnics } from "./interfaces.ts";
import type { End, OciNetwork } from "./network.ts";
import { admitGates, attributesAt, leaveGates, returnGates, unmarked } from "./rule-gates.ts";
import { everyEndpoint, memberOf } from "./zpr.ts";

/** What front doors forward to, looked up by address or id. */
export interface Landscape {
  readonly network: OciNetwork;
  readonly vnics: Vnics;
  readonly workloads: ReadonlyMap<string, Workload>;
  readonly balancers: readonly Balancer[];
}

export interface Receiver {
  readonly workload: Workload;
  /** Why it may not be the one that is meant. */
  readonly doubt?: string;
  readonly vnic: Vnic;
  readonly address: VnicAddress;
  readonly assumptions: readonly string[];
}

/** The machine behind an address that is named from within a network; one of another network must be peered with it. */
export function receiverOf(
  land: Landscape,
  vcn: string,
  named: { readonly address: string },
): Receiver | undefined {
  return receiversOf(land, vcn, named)[0];
}

/** More than one where an instance is named, and which of its VNICs is the primary one was not read. */
export function receiversOf(
  { vnics, workloads, network }: Landscape,
  vcn: string,
  named: { readonly address?: string; readonly target?: string },
): Receiver[] {
  const { address: told, target } = named;
  const name = told !== undefined && parseAddress(told) ? told : target;
  const hits = (vnics.named.get(name ?? "") ?? []).map(({ vnic, address }) => ({
    vnic,
    address,
    vcn: network.subnets.get(vnic.subnet)?.vcn,
  }));
  const doubtful = hits.length > 1 && hits.some(({ vnic }) => vnic.unread && vnic.owner === target);
  const here = hits.find((hit) => hit.vcn === vcn) ?? (hits.length === 1 ? hits[0] : undefined);
  return (doubtful ? hits : here ? [here] : []).flatMap((hit): Receiver[] => {
    const workload = workloads.get(hit.vnic.owner ?? "");
    if (!workload) return [];
    const apart = hit.vcn !== undefined && hit.vcn !== vcn;
    const { vnic, address } = hit;
    const doubt = `core:GetVnic was not read: whether ${vnic.id} is the primary one is unknown`;
    return [
      {
        workload,
        vnic,
        address,
        ...(doubtful && { doubt }),
        assumptions: apart ? [`${hit.vcn} and ${vcn} are taken to be peered`] : [],
      },
    ];
  });
}

/** A balancer or gateway as seen by what it forwards to. */
export function sender(end: End, addresses: readonly string[]): Party {
  return {
    addresses,
    groups: [...end.groups, ...end.attributes.map(memberOf), everyEndpoint],
  };
}

export interface Onward {
  readonly front: End;
  readonly from: Party;
  readonly port?: number;
  /** What keeps the front door from choosing this receiver now. */
  readonly own: readonly Gate[];
}

/** From a front door to a workload, and what the workload's own state says. */
export function backLegs(
  { network }: Landscape,
  { front, from, port, own }: Onward,
  { workload, vnic, address, doubt }: Receiver,
): Leg[] {
  const end = endOf(vnic, address);
  const chain = network.chain(
    `back|${from.addresses === "client"}|${keyOf(front)}|${keyOf(end)}`,
    () => [
      ...leaveGates(network, front, "LB_TARGET_FW"),
      ...opensGates(network, front, end),
      ...(from.addresses === "client" ? [] : insideGates(network, front, end)),
      ...admitGates(network, end, "LB_TARGET_FW"),
    ],
  );
  const to: Party = { addresses: [address.private], groups: vnic.groups };
  const leg: Leg = {
    family: address.family,
    from,
    to,
    ...(port !== undefined && { port }),
    own: [
      ...own,
      ...doubted(vnic, doubt),
      ...unseen(vnic),
      ...returnGates(network, front, to, port),
    ],
    chain,
    stop: {
      kind: "workload",
      id: workload.id,
      because: `${vnic.id} delivers to ${workload.id}`,
      source: workload.source,
    },
  };
  return [leg, ...stateLegs(workload, leg)];
}

/** What a marked front door may open towards what is not marked; what is marked says itself whom it admits. */
function opensGates(network: OciNetwork, front: End, end: End): Gate[] {
  if (end.attributes.length > 0 || front.attributes.length === 0) return [];
  const vcn = attributesAt(network, front);
  if (!vcn) return [unmarked(front)];
  const gate = network.zpr.opens(vcn, front.attributes, front.node);
  if (!gate || end.unread !== true) return gate ? [gate] : [];
  const { id, node } = end;
  const because = `core:GetVnic was not read: whether ${id} is marked and admits ${front.id} is unknown`;
  const source = sourceOf(node);
  return [{ kind: "unread", limit: false, code: "ZPR_NO_POLICY", id, source, because }];
}

function doubted({ id, node }: Vnic, because: string | undefined): Gate[] {
  if (because === undefined) return [];
  return [
    { kind: "unread", limit: false, code: "LB_NO_TARGET", id, because, source: sourceOf(node) },
  ];
}

/** Only a VNIC's own description tells its security attributes, which could close it. */
function unseen({ id, unread, node }: Vnic): Gate[] {
  if (!unread) return [];
  const because = `core:GetVnic was not read: ${id} is taken to carry no security attribute`;
  return [
    { kind: "unread", limit: true, code: "ZPR_NO_POLICY", id, because, source: sourceOf(node) },
  ];
}

/** From one front door to another in the same network. */
export function frontToFront(
  { network }: Landscape,
  { front, from, port, own }: Onward,
  end: End,
  address: string,
  stop: Leg["stop"],
): Leg {
  const to: Party = { addresses: [address], groups: end.groups };
  return {
    family: parseAddress(address)?.family ?? "ipv4",
    from,
    to,
    ...(port !== undefined && { port }),
    own: [...own, ...returnGates(network, front, to, port)],
    chain: network.chain(
      `between|${from.addresses === "client"}|${keyOf(front)}|${keyOf(end)}`,
      () => [
        ...leaveGates(network, front, "LB_TARGET_FW"),
        ...(from.addresses === "client" ? [] : insideGates(network, front, end)),
        ...admitGates(network, end, "LB_SG_NO_MATCH"),
      ],
    ),
    stop,
  };
}

export function assumptionsFor({ workload, assumptions }: Receiver): string[] {
  return [...assumptions, ...assumptionsOf(workload)];
}

export const client: Party = { addresses: "client", groups: [] };
