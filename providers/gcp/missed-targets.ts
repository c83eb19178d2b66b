import { at, items, number, text, type Node } from "../reader.ts";
import { closed, namedPorts, siblingOf, targetsOf } from "./backends.ts";
import { placeIn, type Landscape } from "./landscape.ts";
import { toTarget, type Target } from "./targets.ts";
import { collectionOf, nameOf, pathOf } from "./links.ts";
import { vpcPorts } from "./vpc-ports.ts";

/** Machines of a zone that are named when the only group there has no members. */
const most = 20;

/** Ports of machines that a service's groups name or could have named, but that nothing is sent to. */
export function missedTargets(service: Node, land: Landscape): Target[] {
  const used = new Set(targetsOf(service, land, true).map(({ port }) => port));
  const id = text(service, "name") ?? "the service";
  return items(service, "backends").flatMap((backend) => {
    const link = pathOf(text(backend, "group") ?? "");
    const group = land.groups.get(link);
    if (!group) return [];
    const members = membersOf(link, land);
    const [targets, because] =
      members.length > 0
        ? [members, `${id} sends nothing to this port of ${nameOf(link)}`]
        : [neighbours(link, group, land), `${nameOf(link)} has no members`];
    const endpoints = members.length > 0 && collectionOf(link) === "networkEndpointGroups";
    const gate = closed("LB_NO_TARGET", nameOf(link), because, group);
    return targets.flatMap((target) =>
      unusedPorts(service, group, target, land, endpoints)
        .filter((port) => members.length === 0 || !used.has(port))
        .map((port) => Object.assign({}, target, { port, gates: [gate] })),
    );
  });
}

function unusedPorts(
  service: Node,
  group: Node,
  { nic }: Target,
  land: Landscape,
  endpoints: boolean,
): number[] {
  const fallback = number(group, "defaultPort");
  if (fallback !== undefined) return [fallback];
  // Endpoints of a group that names no port bring their own.
  if (endpoints) return [];
  const named = items(group, "namedPorts").flatMap((each) => number(each, "port") ?? []);
  const wanted = namedPorts(service, pathOf(text(group, "selfLink") ?? ""), land);
  const lacking =
    named.length + wanted.length > 0
      ? []
      : [number(service, "port") ?? 80, ...vpcPorts(land.network.firewalls(nic.network))];
  return [...new Set([...named, ...lacking])];
}

function membersOf(link: string, land: Landscape): Target[] {
  const instances = (land.members.get(link) ?? []).flatMap((page) =>
    items(page, "items").flatMap((member) => text(member, "instance") ?? []),
  );
  const endpoints = (land.endpoints.get(link) ?? []).flatMap((page) =>
    items(page, "items").flatMap((item) => {
      const endpoint = at(item, "networkEndpoint");
      const name = endpoint && text(endpoint, "instance");
      if (name === undefined) return [];
      return [name.includes("/") ? name : siblingOf(link, name)];
    }),
  );
  return [...instances, ...endpoints].flatMap((instance) => machineAt(pathOf(instance), land));
}

/** Machines of the group's zone and network. */
function neighbours(link: string, group: Node, land: Landscape): Target[] {
  const read = land.members.has(link) || land.endpoints.has(link);
  const network = pathOf(text(group, "network") ?? "");
  if (!read) return [];
  return (land.near.get(placeIn(link, network)) ?? [])
    .slice(0, most)
    .flatMap(({ workload }) => machineAt(workload.id, land));
}

function machineAt(instance: string, land: Landscape): Target[] {
  return toTarget({ instance, ip: undefined, port: undefined }, undefined, land, []);
}
