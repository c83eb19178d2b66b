import type { IpFamily } from "../../src/model/exposure.ts";
import type { Gate } from "../../src/model/network.ts";
import { covers } from "../../src/net/prefix-set.ts";
import { items, text } from "../reader.ts";
import type { Address, Interface, Machine } from "./compute.ts";
import { pathOf } from "./links.ts";

/** A machine behind a front end. */
export interface Target {
  readonly machine: Machine;
  readonly nic: Interface;
  readonly address: Address;
  /** Undefined where the front end keeps the port that the client dialled. */
  readonly port: number | undefined;
  readonly gates: readonly Gate[];
}

export interface Endpoint {
  readonly instance: string;
  readonly ip: string | undefined;
  readonly port: number | undefined;
}

/** The interface that a front end reaches: by its address, by the network of the service, else the first. */
export function toTarget(
  { instance, ip, port }: Endpoint,
  network: string | undefined,
  { machines }: { readonly machines: ReadonlyMap<string, Machine> },
  gates: readonly Gate[],
): Target[] {
  const machine = machines.get(instance);
  if (!machine) return [];
  const wanted = network === undefined ? undefined : pathOf(network);
  const { interfaces } = machine;
  const nic =
    interfaces.find((each) => ip !== undefined && owns(each, ip)) ??
    interfaces.find((each) => each.network === wanted) ??
    interfaces[0];
  const address = ip === undefined ? nic?.addresses[0] : addressAt(ip, nic?.addresses ?? []);
  return nic && address ? [{ machine, nic, address, port, gates }] : [];
}

/** Pods and containers have addresses of their own in the alias ranges of an interface. */
function owns({ addresses, node }: Interface, ip: string): boolean {
  if (addresses.some(({ own }) => own === ip)) return true;
  const ranges = [...items(node, "aliasIpRanges"), ...items(node, "aliasIpv6Ranges")].flatMap(
    (each) => text(each, "ipCidrRange") ?? [],
  );
  return covers(ranges, ip);
}

function addressAt(ip: string, addresses: readonly Address[]): Address {
  const known = addresses.find(({ own }) => own === ip);
  return known ?? { family: familyOf(ip), public: undefined, own: ip };
}

function familyOf(ip: string): IpFamily {
  return ip.includes(":") ? "ipv6" : "ipv4";
}
