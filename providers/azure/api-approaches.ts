import type { Approach, Leg } from "../../src/model/network.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, items, sourceOf, text, texts, type Node } from "../reader.ts";
import type { ManagedApi } from "./api-management.ts";
import type { Landscape } from "./landscape.ts";
import { client, nobody, stateAssumptions } from "./legs.ts";
import { apiBackendCall, apiCall } from "./operations.ts";
import { byId, idOf, keyOf, nameOf, pagesBy, props, resourcesOf } from "./pages.ts";
import type { PublicDoors } from "./public-doors.ts";
import { receiversAt, senderIn, type Onward, type Sender } from "./receivers.ts";
import { throughWeb } from "./web-targets.ts";

/** Ways through a gateway of API Management to what its servers pass requests on to. */
export function apiApproaches(
  apis: readonly ManagedApi[],
  snapshot: Snapshot,
  land: Landscape,
  doors: PublicDoors,
): Approach[] {
  const backends = pagesBy(snapshot, apiBackendCall, "service");
  const others = byId(resourcesOf(snapshot, apiCall));
  return apis.flatMap((api) => {
    const own = (backends.get(keyOf(idOf(api.service))) ?? []).flatMap((page) =>
      items(page, "value"),
    );
    const urls = urlsOf(api, own, others);
    const by = senderOf(api, land);
    return urls.flatMap((url) =>
      onwardsTo(url, by, land, doors).flatMap((each) => through(api, each)),
    );
  });
}

function through({ door, ports }: ManagedApi, onward: Onward): Approach[] {
  const { name, hosts, gates, node, workload } = door;
  const because = `${workload.name} of ${name} passes requests on`;
  const front: Leg = {
    family: "ipv4",
    from: client,
    to: nobody,
    own: gates,
    stop: { kind: "edge", id: name, because, source: sourceOf(node) },
  };
  return ports.map(({ entry, tls, paths = [] }) => ({
    workload: onward.workload.id,
    protocol: ["tcp"],
    via: [name, ...onward.via],
    family: "ipv4",
    entryPorts: entry,
    legs: [front, ...onward.legs],
    entry: { hosts, paths, tls },
    backendTls: "unknown",
    authGate: door.authGate === "none" ? (onward.authGate ?? "none") : door.authGate,
    assumptions: [
      ...door.assumptions,
      ...stateAssumptions(onward.workload),
      ...(onward.assumptions ?? []),
    ],
  }));
}

/** Where its backend, itself, or the APIs that its tools are made of say that requests go. */
function urlsOf(
  { node, service }: ManagedApi,
  backends: readonly Node[],
  others: ReadonlyMap<string, Node>,
): URL[] {
  const own = props(node);
  const tools = items(own, "mcpTools").flatMap((tool) => {
    const operation = text(tool, "operationId") ?? "";
    const named = /^(.*\/apis\/[^/]+)\/operations\//i.exec(operation)?.[1];
    if (named === undefined) return [];
    // Whole, or from its own service on.
    return others.get(keyOf(named)) ?? others.get(keyOf(`${idOf(service)}${named}`)) ?? [];
  });
  const told = [
    text(own, "serviceUrl") ?? [],
    ...backendUrls(text(own, "backendId"), backends),
    ...tools.flatMap((api) => text(props(api), "serviceUrl") ?? []),
  ].flat();
  return [...new Set(told)].flatMap((each) => (URL.canParse(each) ? [new URL(each)] : []));
}

/** A backend by its name or id; a pool holds others. */
function backendUrls(id: string | undefined, backends: readonly Node[], depth = 0): string[] {
  if (id === undefined || depth > 1) return [];
  const found = backends.find(
    (each) => keyOf(idOf(each)) === keyOf(id) || nameOf(each).toLowerCase() === id.toLowerCase(),
  );
  if (!found) return [];
  const own = props(found);
  const pool = at(own, "pool");
  const url = text(own, "url");
  return [
    ...(url === undefined ? [] : [url]),
    ...(pool ? items(pool, "services") : []).flatMap((each) =>
      backendUrls(text(each, "id"), backends, depth + 1),
    ),
  ];
}

/** Inside a network the gateway has addresses of its subnet. */
function senderOf({ service }: ManagedApi, land: Landscape): Sender {
  const own = props(service);
  const place = at(own, "virtualNetworkConfiguration");
  const subnet = place && text(place, "subnetResourceId");
  const open = texts(own, "publicIPAddresses");
  return { ...senderIn(nameOf(service), subnet, open, service, land), publicAddresses: open };
}

function onwardsTo(url: URL, by: Sender, land: Landscape, doors: PublicDoors): Onward[] {
  const host = url.hostname;
  const port = Number(url.port) || (url.protocol === "http:" ? 80 : 443);
  return [
    ...throughWeb(host, by, land),
    ...(by.subnet === undefined ? [] : receiversAt(host, port, "tcp", by, land)),
    ...doors({ host, port, protocol: "tcp", by }),
  ];
}
