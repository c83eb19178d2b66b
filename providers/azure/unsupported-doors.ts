import type { Gap, Snapshot } from "../../src/model/snapshot.ts";
import { text } from "../reader.ts";
import { resourceCall } from "./operations.ts";
import { nameOf, resourcesOf } from "./pages.ts";

/** Doors that are found and not followed, by the type that resources of a subscription are listed with. */
const unsupportedDoors: Readonly<Record<string, string>> = {
  "Microsoft.ApiManagement/service": "APIs of API Management other than MCP servers",
  "Microsoft.Cdn/profiles/endpoints": "classic content delivery endpoints",
  "Microsoft.Network/frontDoors": "classic Front Doors",
  "Microsoft.Network/trafficManagerProfiles": "Traffic Manager profiles",
  "Microsoft.Relay/namespaces": "relays",
  "Microsoft.ServiceNetworking/trafficControllers": "Application Gateways for Containers",
};

/** One gap a type that the subscription has something of. */
export function unsupportedGaps(snapshot: Snapshot): Gap[] {
  const found = resourcesOf(snapshot, resourceCall);
  return Object.entries(unsupportedDoors).flatMap(([type, words]): Gap[] => {
    const own = found.filter((each) => text(each, "type")?.toLowerCase() === type.toLowerCase());
    if (own.length === 0) return [];
    const names = own.map(nameOf).toSorted().join(", ");
    return [
      {
        call: `${type}/read`,
        scope: snapshot.scope.id,
        region: "global",
        reason: "unsupported",
        detail: `${words} are not followed (${names}): what stands behind them may be reached through them`,
        affects: ["edges"],
      },
    ];
  });
}
