import type { Peer } from "../../src/model/network.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { items, text, type Node } from "../reader.ts";
import { gapIn, pagesBy } from "./pages.ts";

const call = "ec2:GetManagedPrefixListEntries";

export interface PrefixLists {
  /** What a member `PrefixListId` stands for. */
  peers(reference: Node): Peer[];
  /** Its CIDRs; undefined when they were not read. */
  cidrs(id: string): string[] | undefined;
}

/** Prefix lists, customer-managed and AWS-managed, resolved to their entries. */
export function prefixLists(snapshot: Snapshot): PrefixLists {
  const pages = pagesBy(snapshot, call, "PrefixListId");
  const cidrs = (id: string): string[] | undefined => {
    const own = pages.get(id);
    if (!own && gapIn(snapshot, call, { PrefixListId: id })) return undefined;
    return (own ?? [])
      .flatMap((page) => items(page, "Entries"))
      .flatMap((entry) => text(entry, "Cidr") ?? []);
  };
  const peers = (reference: Node): Peer[] => {
    const id = text(reference, "PrefixListId");
    if (id === undefined) return [];
    const known = cidrs(id);
    if (!known)
      return [
        { kind: "unknown", because: `${call} was not read: the entries of ${id} are unknown` },
      ];
    return known.map((cidr) => ({ kind: "prefix", cidr }));
  };
  return { cidrs, peers };
}
