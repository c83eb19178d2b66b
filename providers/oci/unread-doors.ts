import type { Workload } from "../../src/model/inventory.ts";
import type { Approach, Gate } from "../../src/model/network.ts";
import { allPorts } from "../../src/net/flow-set.ts";
import { endOf, keyOf, nobody, stateLegs } from "./direct.ts";
import type { Vnic } from "./interfaces.ts";
import { gapIn } from "./pages.ts";
import { admitGates } from "./rule-gates.ts";
import { client, type Landscape } from "./targets.ts";
import { everyEndpoint } from "./zpr.ts";

const doors = [
  { call: "loadbalancer:ListLoadBalancers", words: "load balancers" },
  { call: "networkloadbalancer:ListNetworkLoadBalancers", words: "network load balancers" },
  { call: "apigateway:ListGateways", words: "API gateways" },
  { call: "apigateway:ListDeployments", words: "API gateways" },
  { call: "apigateway:GetDeployment", words: "API gateways" },
] as const;

/** What stands for the front doors of a region that could not be listed: they lead to what its own rules admit. */
export function unreadDoors(workload: Workload, land: Landscape): Approach[] {
  const { network, vnics } = land;
  const door = doors.find(({ call }) => gapIn(network.snapshot, call, {}, workload.region));
  if (!door) return [];
  const own = vnics.byOwner.get(workload.id) ?? [];
  return own.flatMap((vnic) => throughDoor(workload, vnic, door, land));
}

function throughDoor(
  workload: Workload,
  vnic: Vnic,
  { call, words }: (typeof doors)[number],
  { network }: Landscape,
): Approach[] {
  const [address] = vnic.addresses;
  const vcn = network.subnets.get(vnic.subnet)?.vcn;
  const outside = vcn === undefined || network.gateways.has(vcn);
  if (!address || (!outside && !gapIn(network.snapshot, "core:ListInternetGateways"))) return [];
  const { id, source, region } = workload;
  const name = `${words} of ${region}`;
  const because = `${call} was not read: whether one of the ${name} leads here is unknown`;
  const unread: Gate = {
    kind: "unread",
    limit: false,
    code: "LB_NO_LISTENER",
    id: name,
    because,
    source,
  };
  const end = endOf(vnic, address);
  const back = {
    family: address.family,
    from: { addresses: ["0.0.0.0/0", "::/0"], groups: [...network.sets.keys(), everyEndpoint] },
    to: { addresses: [address.private], groups: vnic.groups },
    own: [],
    chain: network.chain(`unread|${keyOf(end)}`, () => admitGates(network, end, "LB_TARGET_FW")),
    stop: { kind: "workload", id, because: `${vnic.id} delivers to ${id}`, source },
  } as const;
  const front = {
    family: address.family,
    from: client,
    to: nobody,
    own: [unread],
    stop: { kind: "balancer", id: name, because, source },
  } as const;
  return [
    {
      workload: id,
      protocol: ["tcp", "udp"],
      via: [name],
      family: address.family,
      entryPorts: allPorts,
      legs: [front, back, ...stateLegs(workload, back)],
      entry: { hosts: [], paths: [], tls: "unknown" },
      backendTls: "unknown",
      authGate: "none",
      assumptions: [],
    },
  ];
}
