import type { Gate } from "../../src/model/network.ts";
import { at, flag, grouped, items, number, sourceOf, text, type Node } from "../reader.ts";
import type { Landscape } from "./landscape.ts";
import { collectionOf, nameOf, pathOf, regionOf, zoneOf } from "./links.ts";
import { linkOf } from "./pages.ts";
import type { RunService } from "./run-services.ts";
import { toTarget, type Endpoint, type Target } from "./targets.ts";

interface Member {
  readonly endpoint: Endpoint;
  readonly backend: Node;
  readonly healthy: boolean;
}

/** Machines behind a backend service. `proxied`: connections end at the front end, which opens new ones to a port of the backend. */
export function targetsOf(service: Node, land: Landscape, proxied: boolean): Target[] {
  const members = items(service, "backends").flatMap((backend) => {
    const isHealthy = healthIn(service, backend, land);
    return endpointsOf(service, backend, land, proxied).map((endpoint): Member => ({
      endpoint,
      backend,
      healthy: isHealthy(endpoint),
    }));
  });
  const gatesOf = proxied ? proxyGates(service) : passGates(service, members);
  return members.flatMap((member) =>
    toTarget(member.endpoint, text(service, "network"), land, gatesOf(member)),
  );
}

/** A proxy answers with an error when nothing behind it is healthy. */
function proxyGates(service: Node): (member: Member) => Gate[] {
  return ({ backend, healthy }) => {
    const id = nameOf(text(backend, "group") ?? "");
    const drained = number(backend, "capacityScaler") === 0;
    return [
      ...(drained
        ? [closed("LB_NO_TARGET", id, `${id} is drained: its capacity is 0`, backend, true)]
        : []),
      ...(healthy ? [] : [ill(service)]),
    ];
  };
}

/**
 * New connections go to the healthy members of one of two pools; when neither has any, to all of the first, or nowhere.
 * https://cloud.google.com/load-balancing/docs/network/networklb-failover-overview
 */
function passGates(service: Node, members: readonly Member[]): (member: Member) => Gate[] {
  const policy = at(service, "failoverPolicy");
  const primary = members.filter(({ backend }) => !spare(backend));
  const spares = members.filter(({ backend }) => spare(backend));
  const well = (pool: readonly Member[]): number => pool.filter(({ healthy }) => healthy).length;
  const ratio = (policy && number(policy, "failoverRatio")) ?? 0;
  const enough = well(primary) > 0 && well(primary) / primary.length >= ratio;
  const failedOver = !enough && well(spares) > 0;
  const none = well(primary) + well(spares) === 0;
  const drops = policy !== undefined && flag(policy, "dropTrafficIfUnhealthy") === true;
  return ({ backend, healthy }) => {
    const id = nameOf(text(backend, "group") ?? "");
    if (!healthy && (!none || drops)) return [ill(service)];
    if (spare(backend) === failedOver) return [];
    const because = spare(backend)
      ? `${id} serves only when the others fail`
      : `too few of ${id} are healthy: the failover backends serve`;
    return [closed("LB_NO_TARGET", id, because, backend, true)];
  };
}

function spare(backend: Node): boolean {
  return flag(backend, "failover") === true;
}

function ill(service: Node): Gate {
  const id = text(service, "name") ?? linkOf(service);
  return closed("LB_TARGET_UNHEALTHY", id, `the health checks of ${id} fail`, service, true);
}

function endpointsOf(
  service: Node,
  backend: Node,
  land: Landscape,
  proxied: boolean,
): readonly Endpoint[] {
  const link = pathOf(text(backend, "group") ?? "");
  if (collectionOf(link) === "networkEndpointGroups") return negEndpoints(link, land, proxied);
  const ports = proxied ? namedPorts(service, link, land) : [undefined];
  return (land.members.get(link) ?? []).flatMap((page) =>
    items(page, "items").flatMap((member) =>
      ports.map((port) => ({
        instance: pathOf(text(member, "instance") ?? ""),
        ip: undefined,
        port,
      })),
    ),
  );
}

/** The group's ports of the name that the service asks for. https://cloud.google.com/load-balancing/docs/backend-service#named_ports */
export function namedPorts(service: Node, group: string, { groups }: Landscape): number[] {
  const node = groups.get(group);
  const wanted = text(service, "portName") ?? "http";
  return (node ? items(node, "namedPorts") : []).flatMap((each) =>
    text(each, "name") === wanted ? (number(each, "port") ?? []) : [],
  );
}

/** An endpoint's own port decides; the group's default fills in where it has none. */
function negEndpoints(link: string, land: Landscape, proxied: boolean): Endpoint[] {
  const group = land.groups.get(link);
  const fallback = group && number(group, "defaultPort");
  return (land.endpoints.get(link) ?? []).flatMap((page) =>
    items(page, "items").flatMap((item): Endpoint[] => {
      const endpoint = at(item, "networkEndpoint");
      const name = endpoint && text(endpoint, "instance");
      if (!endpoint || name === undefined) return [];
      const instance = name.includes("/") ? pathOf(name) : siblingOf(link, name);
      const ip = text(endpoint, "ipAddress") ?? text(endpoint, "ipv6Address");
      const port = proxied ? (number(endpoint, "port") ?? fallback) : undefined;
      return proxied && port === undefined ? [] : [{ instance, ip, port }];
    }),
  );
}

/** Endpoints name instances of their own zone without a path. */
export function siblingOf(group: string, name: string): string {
  return group.replace(/networkEndpointGroups\/[^/]+$/, `instances/${name}`);
}

/** What the health checks say of each endpoint of a backend; one that they say nothing of is taken for healthy. */
function healthIn(
  service: Node,
  backend: Node,
  { health }: Landscape,
): (endpoint: Endpoint) => boolean {
  const group = pathOf(text(backend, "group") ?? "");
  const pages = (health.get(linkOf(service)) ?? []).filter(({ page }) => {
    const about = page.params["group"];
    return typeof about === "string" && pathOf(about) === group;
  });
  const byInstance = grouped(
    pages
      .flatMap((page) => items(page, "healthStatus"))
      .map((status) => [pathOf(text(status, "instance") ?? ""), status] as const),
  );
  return ({ instance, ip, port }) => {
    const own = (byInstance.get(instance) ?? []).filter(
      (status) =>
        (ip === undefined || (text(status, "ipAddress") ?? ip) === ip) &&
        (port === undefined || (number(status, "port") ?? port) === port),
    );
    return own.length === 0 || own.some((status) => text(status, "healthState") !== "UNHEALTHY");
  };
}

export function closed(
  code: "LB_NO_TARGET" | "LB_TARGET_UNHEALTHY" | "LB_NO_LISTENER" | "LB_INTERNAL_SCHEME",
  id: string,
  because: string,
  node: Node,
  latent = false,
): Gate {
  return {
    kind: "state",
    code,
    id,
    open: false,
    ...(latent && { latent }),
    because,
    source: sourceOf(node),
  };
}

/** Cloud Run services and functions behind a serverless group; a mask picks them by host. */
export function servedBy(
  backend: Node,
  land: Landscape,
): { service: RunService; masked: boolean }[] {
  const link = pathOf(text(backend, "group") ?? "");
  const group = land.groups.get(link);
  const meant = group && meantBy(group);
  if (!meant) return [];
  const { name, functions, masked } = meant;
  const region = regionOf(`/${link}/`) ?? zoneOf(`/${link}/`);
  return [...land.services.values()]
    .filter(
      ({ workload }) =>
        workload.region === region &&
        (name === undefined || workload.name === name) &&
        // Functions of the second generation are services of the same name.
        (functions || workload.kind === "app"),
    )
    .map((service) => ({ service, masked }));
}

function meantBy(group: Node) {
  if (text(group, "networkEndpointType") !== "SERVERLESS") return undefined;
  const [run, gcf] = [at(group, "cloudRun"), at(group, "cloudFunction")];
  if (!run && !gcf) return undefined;
  const name = (run && text(run, "service")) ?? (gcf && text(gcf, "function"));
  const mask = [run, gcf].flatMap((node) => (node && text(node, "urlMask")) ?? []).join("");
  // The client chooses the URL that the mask reads the name from, so that each service may be meant.
  const masked = name === undefined && !/<(?:service|function)>/.test(mask);
  return { name, masked, functions: !run };
}
