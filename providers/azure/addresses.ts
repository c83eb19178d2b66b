import type { IpFamily } from "../../src/model/exposure.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, text, type Node } from "../reader.ts";
import { addressCall, scaleSetAddressCall } from "./operations.ts";
import { byId, gapIn, keyOf, nameIn, props, resourcesOf } from "./pages.ts";

/** A public IP address resource. */
export interface PublicAddress {
  readonly address?: string;
  readonly name?: string;
  /** Standard addresses are closed until a security group opens them; Basic ones are open until one closes them. */
  readonly sku: "standard" | "basic" | "unknown";
  /** Absent = not known, as everything else is that the list does not show. */
  readonly family?: IpFamily;
  /** Why it is not known. */
  readonly unread?: string;
  readonly node?: Node;
}

export type PublicAddresses = (id: string) => PublicAddress;

/** https://learn.microsoft.com/azure/virtual-network/ip-services/public-ip-addresses#sku */
export function publicAddresses(snapshot: Snapshot): PublicAddresses {
  const known = byId(
    [addressCall, scaleSetAddressCall].flatMap((call) => resourcesOf(snapshot, call)),
  );
  const why = gapIn(snapshot, addressCall) ? "was not read" : "does not show it";
  return (id) => {
    const node = known.get(keyOf(id));
    if (!node) return { sku: "unknown", unread: `${addressCall} ${why}: ${nameIn(id)} is unknown` };
    const own = props(node);
    const address = text(own, "ipAddress");
    const dns = at(own, "dnsSettings");
    const name = dns && text(dns, "fqdn");
    return {
      ...(address !== undefined && { address }),
      ...(name !== undefined && { name }),
      sku: skuOf(node) === "basic" ? "basic" : "standard",
      family: text(own, "publicIPAddressVersion") === "IPv6" ? "ipv6" : "ipv4",
      node,
    };
  };
}

/** The name of the SKU in small letters. A resource without one is of the oldest. */
export function skuOf(node: Node): string {
  const sku = at(node, "sku");
  return ((sku && text(sku, "name")) ?? "basic").toLowerCase();
}
