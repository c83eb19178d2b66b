import type { AuthGate } from "../../src/model/exposure.ts";
import type { Approach, Gate, Leg } from "../../src/model/network.ts";
import { at, flag, items, sourceOf, text, type Node } from "../reader.ts";
import { servedBy, targetsOf } from "./backends.ts";
import type { Landscape } from "./landscape.ts";
import type { Target } from "./targets.ts";
import { arrival, stateLegs, type Interface } from "./compute.ts";
import { armorOf } from "./armor.ts";
import { addressIn, schemeGates } from "./front-gates.ts";
import type { FrontEnd } from "./front-ends.ts";
import { nameOf, pathOf, projectOf } from "./links.ts";
import { missedTargets } from "./missed-targets.ts";
import { receivingChain, routeGates } from "./network.ts";
import { gapIn } from "./pages.ts";
import { proxyRanges } from "./proxy-ranges.ts";
import { throughInstance, throughPool, throughService } from "./passthrough.ts";
import { ingressGate, serviceLeg, type RunService } from "./run-services.ts";
import { choicesOf, type Choice } from "./url-maps.ts";

/** Where Google's front ends open connections from. https://cloud.google.com/load-balancing/docs/firewall-rules */
const frontEndRanges = {
  ipv4: ["35.191.0.0/16", "130.211.0.0/22"],
  ipv6: ["2600:2d00:1:b029::/64", "2600:2d00:1:1::/64"],
} as const;

/** The ways through a forwarding rule. */
export function balancedApproaches(front: FrontEnd, land: Landscape): Approach[] {
  if (front.kind === "targetPools") return throughPool(front, land);
  if (front.kind === "targetInstances") return throughInstance(front, land);
  if (front.kind === "backendServices") return throughService(front, land);
  const proxy = land.proxies.get(front.target);
  if (!proxy) return [];
  const choices = choicesBehind(proxy, land);
  return choices.flatMap((choice) => {
    const service = land.backendServices.get(choice.service);
    if (!service) return [];
    return front.ports.flatMap((ports) =>
      throughProxy({ front: { ...front, ports: [ports] }, proxy, choice, service, land }),
    );
  });
}

/** By the URL map of a proxy, or the one service of a proxy without. */
export function choicesBehind(proxy: Node, { urlMaps }: Landscape): readonly Choice[] {
  const map = text(proxy, "urlMap");
  const url = map === undefined ? undefined : urlMaps.get(pathOf(map));
  if (url) return choicesOf(url);
  const direct = text(proxy, "service");
  return direct === undefined
    ? []
    : [{ service: pathOf(direct), hosts: [], paths: [], node: proxy }];
}

export interface Proxied {
  readonly front: FrontEnd;
  readonly proxy: Node;
  readonly choice: Choice;
  readonly service: Node;
  readonly land: Landscape;
}

export function throughProxy(way: Proxied): Approach[] {
  const { service, land } = way;
  const machines = targetsOf(service, land, true).flatMap((target) => toMachine(way, target));
  const apps = items(service, "backends").flatMap((backend) =>
    servedBy(backend, land).map(({ service: app, masked }) => toApp(way, app, masked)),
  );
  const missed = missedTargets(service, land).flatMap((target) =>
    toMachine(way, target).map((each) => Object.assign(each, { nearMiss: true })),
  );
  return [...machines, ...missed, ...apps];
}

/** Connections end at the front end: the machine's firewalls see its proxies instead of the client. */
function toMachine(way: Proxied, { machine, nic, address, port, gates }: Target): Approach[] {
  const { front, land } = way;
  if (port === undefined) return [];
  const inside = front.managed && (front.region !== undefined || !front.external);
  const { family } = address;
  const known = inside ? proxyRanges(front, land, nic.network, family) : frontEndRanges[family];
  const blind = known.length === 0 ? subnetsUnread(nic, land) : [];
  const ranges = blind.length > 0 ? [family === "ipv4" ? "0.0.0.0/0" : "::/0"] : known;
  const back: Leg = {
    family,
    from: { addresses: ranges, groups: [] },
    to: { addresses: [address.own], groups: [] },
    port,
    own: [...gates, ...blind],
    chain: receivingChain(land.network, nic, {
      to: [address.own],
      origin: inside ? "vpc" : "front-end",
      balanced: true,
      routed: false,
    }),
    stop: arrival(machine.workload, nic),
  };
  const legs = [frontLeg(way), back, ...stateLegs(machine.workload, back)];
  return [{ ...proxied(way, legs), workload: machine.workload.id }];
}

/** Proxies of a region may send from a subnet that was not read. */
function subnetsUnread({ network, node }: Interface, { network: { snapshot } }: Landscape): Gate[] {
  const call = "compute.subnetworks.aggregatedList";
  const project = projectOf(network) ?? "";
  const foreign = project !== snapshot.scope.id;
  if (!gapIn(snapshot, call, foreign ? { project } : {})) return [];
  const because = `${call} was not read: where the proxies in ${network} send from is unknown`;
  return [
    {
      kind: "unread",
      limit: false,
      code: "LB_TARGET_FW",
      id: network,
      source: sourceOf(node),
      because,
    },
  ];
}

function toApp(way: Proxied, app: RunService, masked: boolean): Approach {
  const { front, service } = way;
  const legs = [frontLeg(way), serviceLeg(app, front.family, [ingressGate(app, true)])];
  const base = proxied(way, legs);
  const guarded = base.authGate === "none" && !iap(service);
  return {
    ...base,
    workload: app.workload.id,
    authGate: guarded ? app.gate.auth : base.authGate,
    assumptions: [
      ...base.assumptions,
      ...(guarded ? app.gate.assumptions : []),
      ...(masked
        ? ["the URL mask of the network endpoint group is taken to name the service"]
        : []),
    ],
  };
}

function frontLeg({ front, service, land }: Proxied): Leg {
  return {
    family: front.family,
    from: { addresses: "client", groups: [] },
    to: { addresses: [], groups: [] },
    own: [
      ...schemeGates(front, land),
      ...proxyAnswers(front, land),
      ...armorOf(service, land.network),
    ],
    stop: {
      kind: "balancer",
      id: front.name,
      because: `${front.name} hands requests to ${text(service, "name") ?? "a backend service"}`,
      source: sourceOf(front.node),
    },
  };
}

/** Proxies that stand in the network answer clients inside by its routes. */
function proxyAnswers({ external, network, node }: FrontEnd, land: Landscape): Gate[] {
  return external || network === undefined
    ? []
    : routeGates(land.network, { network, tags: [], node });
}

function proxied(
  { front, proxy, choice, service, land }: Proxied,
  legs: readonly Leg[],
): Omit<Approach, "workload"> {
  const mutual = mutualTls(proxy, land);
  return {
    protocol: ["tcp"],
    via: [front.name],
    family: front.family,
    entryPorts: front.ports[0] ?? { from: 443, to: 443 },
    legs,
    entry: {
      ...addressIn(front),
      hosts: choice.hosts,
      paths: choice.paths,
      tls: frontTls[front.kind] ?? "unknown",
    },
    backendTls: backTls[text(service, "protocol") ?? ""] ?? "unknown",
    authGate: iap(service) ? "iap" : mutual.auth,
    assumptions: mutual.assumptions,
  };
}

const frontTls: Readonly<Record<string, "http" | "https">> = {
  targetHttpProxies: "http",
  targetHttpsProxies: "https",
  targetSslProxies: "https",
};

const backTls: Readonly<Record<string, "http" | "https">> = {
  HTTP: "http",
  H2C: "http",
  HTTPS: "https",
  HTTP2: "https",
  SSL: "https",
};

function iap(service: Node): boolean {
  const settings = at(service, "iap");
  return settings !== undefined && flag(settings, "enabled") === true;
}

/** https://cloud.google.com/load-balancing/docs/mtls#client-validation-modes */
function mutualTls(
  proxy: Node,
  { tlsPolicies }: Landscape,
): { readonly auth: AuthGate; readonly assumptions: readonly string[] } {
  const link = text(proxy, "serverTlsPolicy");
  if (link === undefined || link === "") return { auth: "none", assumptions: [] };
  const [policy] = tlsPolicies.get(pathOf(link)) ?? [];
  if (!policy)
    return {
      auth: "none",
      assumptions: [`${nameOf(link)} was not read: it may demand client certificates`],
    };
  const mtls = at(policy, "mtlsPolicy");
  const mode = mtls && text(mtls, "clientValidationMode");
  return { auth: mode === "REJECT_INVALID" ? "mtls" : "none", assumptions: [] };
}
