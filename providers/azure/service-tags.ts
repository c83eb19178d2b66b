import type { Peer } from "../../src/model/network.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { items, pagesOf, text, texts } from "../reader.ts";
import { serviceTagCall } from "./operations.ts";
import { gapIn, props } from "./pages.ts";

/** Resolves the names of address lists that Microsoft keeps. */
export interface ServiceTags {
  peers(name: string): readonly Peer[];
}

/** https://learn.microsoft.com/azure/virtual-network/service-tags-overview */
export function serviceTags(snapshot: Snapshot): ServiceTags {
  const known = new Map<string, readonly string[]>();
  for (const page of pagesOf(snapshot, serviceTagCall))
    for (const tag of items(page, "values")) {
      const name = text(tag, "name");
      if (name !== undefined) known.set(name.toLowerCase(), texts(props(tag), "addressPrefixes"));
    }
  const gap = gapIn(snapshot, serviceTagCall);
  return {
    peers(name) {
      const prefixes = known.get(name.toLowerCase());
      if (prefixes) return prefixes.map((cidr): Peer => ({ kind: "prefix", cidr }));
      const why = gap ? "was not read" : "does not list it";
      return [
        {
          kind: "unknown",
          because: `${serviceTagCall} ${why}: the addresses of ${name} are unknown`,
        },
      ];
    },
  };
}
