import type { IpFamily } from "../../src/model/exposure.ts";
import type { Approach, Gate, Leg } from "../../src/model/network.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { items, sourceOf, type Node } from "../reader.ts";
import type { DoorRoute, Origin } from "./front-doors.ts";
import type { Landscape } from "./landscape.ts";
import { client, closed, nobody, stateAssumptions } from "./legs.ts";
import { linkServiceCall } from "./operations.ts";
import { byId, gapIn, keyOf, nameIn, nameOf, props, refOf, refsOf, resourcesOf } from "./pages.ts";
import { anywhere, families } from "./prefixes.ts";
import type { PublicDoors } from "./public-doors.ts";
import { gated, senderIn, toInterface, type Onward, type Sender } from "./receivers.ts";
import { wafGates } from "./waf.ts";
import { onwardTo } from "./web-targets.ts";

const backendTag = "AzureFrontDoor.Backend";
/** https://learn.microsoft.com/azure/frontdoor/origin-security */
const publishedPrefixes = ["147.243.0.0/16", "2a01:111:2050::/44"] as const;

/** Ways through Azure Front Door, which answers on its own addresses in both families. */
export function frontDoorApproaches(
  routes: readonly DoorRoute[],
  snapshot: Snapshot,
  land: Landscape,
  doors: PublicDoors,
): Approach[] {
  const services = byId(resourcesOf(snapshot, linkServiceCall));
  return routes.flatMap((route) =>
    route.origins.flatMap((origin) =>
      (route.plain ? [443, 80] : [443]).flatMap((port) =>
        onwards(route, origin, dialledPort(route, origin, port), services, land, doors).flatMap(
          (onward) =>
            families.map((family) => approachOf(route, origin, onward, { family, port }, land)),
        ),
      ),
    ),
  );
}

/** A route that matches the request dials the port of the protocol that came. */
function dialledPort({ forwards }: DoorRoute, origin: Origin, port: number): number {
  const plain = forwards === "http" || (forwards === "unknown" && port === 80);
  return plain ? origin.httpPort : origin.httpsPort;
}

function approachOf(
  route: DoorRoute,
  origin: Origin,
  onward: Onward,
  { family, port }: { readonly family: IpFamily; readonly port: number },
  land: Landscape,
): Approach {
  const { name } = route;
  const off = `${name} or its route is switched off, or no name leads to it`;
  const sent = `a rule of ${name} redirects every request`;
  const asked = `the owner has not approved the private link of ${origin.name}`;
  const own: Gate[] = [
    ...(route.enabled ? [] : [closed("FRONTEND_DISABLED", name, off, route.node)]),
    ...(route.redirect ? [closed("LB_NO_LISTENER", name, sent, route.redirect)] : []),
    ...wafGates(land.network, route.waf),
    ...(origin.enabled
      ? []
      : [closed("LB_NO_TARGET", name, `${origin.name} is switched off`, origin.node, true)]),
    ...(origin.link?.approved === false ? [closed("LB_NO_TARGET", name, asked, origin.node)] : []),
  ];
  const front: Leg = {
    family,
    from: client,
    to: nobody,
    own,
    stop: {
      kind: "edge",
      id: name,
      because: `${nameOf(route.node)} of ${name} takes what comes to port ${port}`,
      source: sourceOf(route.node),
    },
  };
  return {
    workload: onward.workload.id,
    protocol: ["tcp"],
    via: [name, ...onward.via],
    family,
    entryPorts: { from: port, to: port },
    legs: [front, ...onward.legs],
    entry: {
      hosts: route.hosts,
      paths: route.paths,
      tls: port === 443 ? "https" : "http",
    },
    backendTls: route.forwards,
    authGate: onward.authGate ?? "none",
    assumptions: [
      ...stateAssumptions(onward.workload),
      ...(onward.assumptions ?? []),
      ...route.assumptions,
    ],
  };
}

/** Where the tag was not read, the prefixes that Microsoft has published for it. */
function backendAddresses({ network }: Landscape): readonly string[] {
  const told = network.tags
    .peers(backendTag)
    .flatMap((peer) => (peer.kind === "prefix" ? [peer.cidr] : []));
  return told.length > 0 ? told : publishedPrefixes;
}

function onwards(
  route: DoorRoute,
  origin: Origin,
  port: number,
  services: ReadonlyMap<string, Node>,
  land: Landscape,
  doors: PublicDoors,
): Onward[] {
  const sender: Sender = {
    name: route.name,
    addresses: backendAddresses(land),
    node: route.node,
  };
  if (origin.link) return linked(route, origin, origin.link.id, port, services, land, sender);
  const host = origin.host.toLowerCase();
  const sites = land.sites.filter(({ hosts }) => hosts.some((each) => each.toLowerCase() === host));
  const found = sites.map((site) => onwardTo(site, sender, site.gatesFor(route.profile)));
  if (found.length > 0) return found;
  const asks = origin.hostHeader === undefined ? route.hosts : [origin.hostHeader];
  return [...doors({ host: origin.host, port, protocol: "tcp", by: sender, asks })];
}

/** A private link passes by the public front end; its address is one of the network that it ends in. */
function linked(
  route: DoorRoute,
  origin: Origin,
  id: string,
  port: number,
  services: ReadonlyMap<string, Node>,
  land: Landscape,
  sender: Sender,
): Onward[] {
  const sites = land.sites.filter((site) => keyOf(site.id) === keyOf(id));
  if (sites.length > 0) return sites.map((site) => onwardTo(site, sender, site.privateGates));
  const host = origin.host.toLowerCase();
  const named = land.sites.filter(({ hosts }) => hosts.some((each) => each.toLowerCase() === host));
  if (named.length > 0) return named.map((site) => onwardTo(site, sender, site.privateGates));
  const service = services.get(keyOf(id));
  const subnet =
    service &&
    items(props(service), "ipConfigurations").flatMap(
      (each) => refOf(props(each), "subnet") ?? [],
    )[0];
  const inside = senderIn(route.name, subnet, anywhere, service ?? route.node, land);
  const told = service && refsOf(props(service), "loadBalancerFrontendIpConfigurations");
  const frontends = told && new Set(told.map(keyOf));
  const found = land.balancers.flatMap((balancer) =>
    balancer.ways
      .filter(
        ({ frontend, entry }) =>
          (frontends?.has(keyOf(frontend.id)) ?? frontend.publicAddress === undefined) &&
          entry.from <= port &&
          port <= entry.to,
      )
      .flatMap((way) =>
        way.backends.flatMap(({ configuration }) =>
          toInterface(configuration, way.port ?? port, inside, land).map((onward) =>
            Object.assign({}, onward, { via: [balancer.name] }),
          ),
        ),
      ),
  );
  if (service) return found;
  return gapIn(land.network.snapshot, linkServiceCall)
    ? found.map((onward) => perhapsLinked(onward, origin, id))
    : [];
}

/** Any internal front end may be what a private link service that was not read leads to. */
function perhapsLinked(onward: Onward, { name, node }: Origin, id: string): Onward {
  const because = `${linkServiceCall} was not read: where ${nameIn(id)} leads is unknown`;
  const code = "LB_NO_TARGET";
  const source = sourceOf(node);
  return gated(onward, { kind: "unread", limit: false, code, id: name, because, source });
}
