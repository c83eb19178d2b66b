import type { CallRow } from "./calls-row.ts";
import { childrenOf, everywhere } from "./calls-row.ts";
import { recordCall, zoneCall } from "./operations.ts";
import { perResource } from "./recorded-ids.ts";

/**
 * Only public zones: what a private one says holds inside its networks alone. A name that is not read closes and opens
 * nothing, so a denied call leaves no judgement open. https://learn.microsoft.com/rest/api/dns/
 */
export const nameCalls: readonly CallRow[] = [
  {
    operation: zoneCall,
    affects: ["dns"],
    ask: everywhere({ sdk: "dns", group: "zones", method: "list" }),
  },
  {
    operation: recordCall,
    affects: ["dns"],
    params: perResource(
      zoneCall,
      "zone",
      ({ properties }) => !/"zoneType":"Private"/i.test(JSON.stringify(properties ?? null)),
    ),
    ask: childrenOf("zone", { sdk: "dns", group: "recordSets", method: "listByDnsZone" }),
  },
];
