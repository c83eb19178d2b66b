import type { IpFamily, PortRange } from "../model/exposure.ts";
import type { Party } from "../model/network.ts";
import { parsePrefix } from "../net/address.ts";
import {
  emptySet,
  everyAddress,
  intersect,
  isEmpty,
  setOf,
  type PrefixSet,
} from "../net/prefix-set.ts";

/** Ports a client may send from: it chooses them, 0 is none. */
export const clientPorts: PortRange = { from: 1, to: 65_535 };
/** Ports that balancers and proxies send from. */
const nodePorts: PortRange = { from: 1024, to: 65_535 };

export function sendersFor(party: Party): PortRange {
  return party.addresses === "client" ? clientPorts : nodePorts;
}

/** The party's addresses of one family; a client is anyone. */
export function addressesOf(party: Party, family: IpFamily): PrefixSet {
  if (party.addresses === "client") return everyAddress(family);
  return setOf(
    family,
    party.addresses.flatMap((text) => parsePrefix(text) ?? []),
  );
}

/** A rule about a fixed party says nothing about the client: any of the party's addresses is enough. */
export function projected(set: PrefixSet, party: Party, family: IpFamily): PrefixSet {
  if (party.addresses === "client") return set;
  const met = !isEmpty(intersect(set, addressesOf(party, family)));
  return met ? everyAddress(family) : emptySet(family);
}
