import type { AuthGate, IpFamily } from "../../src/model/exposure.ts";
import type { Approach, Gate } from "../../src/model/network.ts";
import { sourceOf, type Node } from "../reader.ts";
import { apiTargetApproaches, type ApiTarget } from "./api-targets.ts";
import { doorLeg, https, shut, type Door } from "./front-doors.ts";
import type { OriginLand } from "./origins.ts";
import type { PolicyEffect } from "./policy-gate.ts";

/** A name that clients dial to get to an API. */
export interface ApiName {
  readonly host: string;
  readonly families: readonly IpFamily[];
  readonly mtls: boolean;
  readonly gates: readonly Gate[];
  readonly node: Node;
}

export interface ApiRoute {
  /** As listeners write paths; absent = all. */
  readonly path?: string;
  readonly authGate: AuthGate;
  readonly gates: readonly Gate[];
  readonly assumptions: readonly string[];
  readonly targets: readonly ApiTarget[];
  /** What the API's resource policy makes of requests on this route. */
  readonly policy: (family: IpFamily) => PolicyEffect;
}

/** An API of either generation. */
export interface ApiFront {
  readonly id: string;
  readonly name: string;
  readonly names: readonly ApiName[];
  readonly routes: readonly ApiRoute[];
  readonly node: Node;
}

export const openPolicy = (): PolicyEffect => ({ gates: [] });

export function disabledGate(id: string, because: string, node: Node): Gate {
  return shut("FRONTEND_DISABLED", id, because, node);
}

/** An API without a stage answers nobody; where stages were not read, it is taken to have one. */
export function idleGates(
  id: string,
  node: Node,
  stages: { readonly none: boolean; readonly unread?: string },
): Gate[] {
  if (stages.unread !== undefined) {
    const because = `${stages.unread} was not read: ${id} is taken to have a stage`;
    const source = sourceOf(node);
    return [{ kind: "unread", limit: true, code: "FRONTEND_DISABLED", id, because, source }];
  }
  return stages.none ? [disabledGate(id, `${id} has no stage`, node)] : [];
}

/** Every way that begins at a name of the API. */
export function apiApproaches(api: ApiFront, land: OriginLand): Approach[] {
  return api.names.flatMap((name) =>
    name.families.flatMap((family) =>
      throughRoutes(api, name, land, {
        family,
        protocol: ["tcp"],
        via: [api.name],
        legs: [],
        entry: { address: name.host, hosts: [], paths: [], tls: "https" },
        entryPorts: https,
        authGate: "none",
        assumptions: [],
      }),
    ),
  );
}

/** Ways on from another front door that dials the API under `host`. */
export function apiApproachesBehind(
  apis: readonly ApiFront[],
  host: string,
  door: Door,
  land: OriginLand,
): Approach[] {
  return apis.flatMap((api) =>
    api.names
      .filter((name) => name.host.toLowerCase() === host)
      .flatMap((name) => throughRoutes(api, name, land, { ...door, via: [...door.via, api.name] })),
  );
}

function throughRoutes(api: ApiFront, name: ApiName, land: OriginLand, door: Door): Approach[] {
  const { family } = door;
  return api.routes.flatMap((route) => {
    const { gates, clients } = route.policy(family);
    const own = [...name.gates, ...route.gates, ...gates];
    const because = `${name.host} leads to ${api.name}`;
    const mtls = name.mtls ? "mtls" : door.authGate;
    const paths = route.path === undefined ? door.entry.paths : [route.path];
    const onward: Door = {
      ...door,
      legs: [...door.legs, { ...doorLeg(family, api.name, name.node, own, because), port: 443 }],
      entry: { ...door.entry, paths },
      authGate: route.authGate === "none" ? mtls : route.authGate,
      ...(clients && { clients }),
      assumptions: [...door.assumptions, ...route.assumptions],
    };
    return route.targets.flatMap((target) => apiTargetApproaches(onward, target, land));
  });
}

/** A route that could not be read. */
export function unreadRoute(call: string, api: string, node: Node): Gate {
  return {
    kind: "unread",
    limit: false,
    code: "LB_NO_LISTENER",
    id: api,
    because: `${call} was not read: the routes of ${api} are unknown`,
    source: sourceOf(node),
  };
}
