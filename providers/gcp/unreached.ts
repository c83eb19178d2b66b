import { allPorts } from "../../src/net/flow-set.ts";
import type { Approach, Gate } from "../../src/model/network.ts";
import { text, type Node } from "../reader.ts";
import { closed } from "./backends.ts";
import type { Landscape } from "./landscape.ts";
import { choicesBehind, throughProxy } from "./balancers.ts";
import type { FrontEnd } from "./front-ends.ts";
import { regionOf } from "./links.ts";
import { linkOf } from "./pages.ts";
import { throughService } from "./passthrough.ts";

/** Ways that would lead to machines and services if a front end led to their backend service: what somebody meant to serve. */
export function unreached(fronts: readonly FrontEnd[], land: Landscape): Approach[] {
  const reached = new Map(fronts.map((front) => [front, servicesOf(front, land)]));
  const known = new Set([...reached.values()].flat());
  const lost = [...land.backendServices.values()].filter(
    (service) =>
      !known.has(linkOf(service)) &&
      (text(service, "loadBalancingScheme") ?? "").startsWith("EXTERNAL"),
  );
  const silent = fronts.filter(
    (front) => land.proxies.has(front.target) && reached.get(front)?.length === 0,
  );
  return [
    ...lost.flatMap((service) => withoutFront(service, land)),
    ...silent.flatMap((front) => beside(front, reached, land)),
  ];
}

function servicesOf(front: FrontEnd, land: Landscape): string[] {
  const proxy = land.proxies.get(front.target);
  return proxy ? choicesBehind(proxy, land).map(({ service }) => service) : [front.target];
}

/** A front end that only redirects: the services of those that share its address, else of all. */
function beside(
  front: FrontEnd,
  reached: ReadonlyMap<FrontEnd, readonly string[]>,
  land: Landscape,
): Approach[] {
  const proxied = [...reached].filter(([{ target }]) => land.proxies.has(target));
  const same = proxied
    .filter(([other]) => other.address === front.address)
    .flatMap(([, own]) => own);
  const links = same.length > 0 ? same : proxied.flatMap(([, own]) => own);
  const because = `${front.name} sends no request to a backend`;
  const gate = closed("LB_NO_TARGET", front.name, because, front.node);
  return [...new Set(links)].flatMap((link) => {
    const service = land.backendServices.get(link);
    return service ? shut(viaProxy(front, service, land), [gate]) : [];
  });
}

function withoutFront(service: Node, land: Landscape): Approach[] {
  const name = text(service, "name") ?? linkOf(service);
  const scheme = text(service, "loadBalancingScheme") ?? "";
  const region = regionOf(`/${linkOf(service)}/`);
  const front: FrontEnd = {
    name,
    family: "ipv4",
    address: undefined,
    protocols: ["tcp", "udp"],
    ports: [allPorts],
    external: true,
    region,
    network: undefined,
    kind: "backendServices",
    target: linkOf(service),
    managed: scheme.endsWith("_MANAGED"),
    node: service,
  };
  const because = `no front end of the internet leads to ${name}`;
  const gates = (["LB_NO_LISTENER", "LB_NO_TARGET"] as const).map((code) =>
    closed(code, name, because, service),
  );
  const passes = region !== undefined && scheme === "EXTERNAL";
  return shut(passes ? throughService(front, land) : viaProxy(front, service, land), gates);
}

function viaProxy(front: FrontEnd, service: Node, land: Landscape): Approach[] {
  const choice = { service: linkOf(service), hosts: [], paths: [], node: service };
  return throughProxy({ front, proxy: front.node, choice, service, land });
}

function shut(approaches: readonly Approach[], gates: readonly Gate[]): Approach[] {
  return approaches.map((approach) => ({
    ...approach,
    nearMiss: true,
    legs: approach.legs.map((leg, i) => (i === 0 ? { ...leg, own: [...leg.own, ...gates] } : leg)),
  }));
}
