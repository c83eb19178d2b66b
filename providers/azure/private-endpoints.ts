import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, items, sourceOf, text, texts, type Node } from "../reader.ts";
import type { InsideDoor } from "./landscape.ts";
import { interfaceCall, privateEndpointCall } from "./operations.ts";
import { byId, gapIn, idOf, keyOf, nameOf, props, refOf, refsOf, resourcesOf } from "./pages.ts";

/**
 * Addresses inside networks at which a site answers, for whoever its own restrictions would turn away too.
 * https://learn.microsoft.com/azure/app-service/overview-private-endpoint
 */
export function privateEndpoints(snapshot: Snapshot): (site: Node) => InsideDoor[] {
  const known = byId(resourcesOf(snapshot, interfaceCall));
  const doors = new Map<string, InsideDoor[]>();
  for (const node of resourcesOf(snapshot, privateEndpointCall)) {
    const own = props(node);
    const subnet = refOf(own, "subnet");
    if (subnet === undefined) continue;
    const door: InsideDoor = {
      subnet,
      addresses: addressesOf(own, known),
      gates: [],
      assumption: `the name leads to ${nameOf(node)} there`,
    };
    const links = ["privateLinkServiceConnections", "manualPrivateLinkServiceConnections"];
    for (const link of links.flatMap((key) => items(own, key))) {
      const state = at(props(link), "privateLinkServiceConnectionState");
      const target = keyOf(text(props(link), "privateLinkServiceId") ?? "");
      if (((state && text(state, "status")) ?? "Approved") === "Approved")
        doors.set(target, [...(doors.get(target) ?? []), door]);
    }
  }
  const unread = gapIn(snapshot, privateEndpointCall) !== undefined;
  return (site) => (unread ? unreadDoors(site) : (doors.get(keyOf(idOf(site))) ?? []));
}

/** The site may tell whether it has endpoints, and does not tell where they are. */
function unreadDoors(site: Node): InsideDoor[] {
  const told = at(props(site), "privateEndpointConnections");
  if (told && items(props(site), "privateEndpointConnections").length === 0) return [];
  const because = `${privateEndpointCall} was not read: where ${nameOf(site)} answers inside networks is unknown`;
  const facts = { code: "FRONTEND_PRIVATE", id: nameOf(site), source: sourceOf(site) } as const;
  const gate = { kind: "unread", limit: false, because, ...facts } as const;
  return [{ subnet: "", addresses: [], gates: [gate], assumption: because }];
}

function addressesOf(own: Node, known: ReadonlyMap<string, Node>): string[] {
  const named = items(own, "customDnsConfigs").flatMap((each) => texts(each, "ipAddresses"));
  const held = refsOf(own, "networkInterfaces").flatMap((id) => {
    const node = known.get(keyOf(id));
    return (node ? items(props(node), "ipConfigurations") : []).flatMap(
      (each) => text(props(each), "privateIPAddress") ?? [],
    );
  });
  return [...new Set([...named, ...held])];
}
