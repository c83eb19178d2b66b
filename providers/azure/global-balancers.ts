import type { Approach } from "../../src/model/network.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, items, number, sourceOf, text, type Node } from "../reader.ts";
import { wayApproaches } from "./balancer-approaches.ts";
import { protocolsOf, toFrontend } from "./balancer-ways.ts";
import type { Landscape } from "./landscape.ts";
import { client, nobody } from "./legs.ts";
import { balancerCall } from "./operations.ts";
import { idOf, keyOf, nameOf, props, refOf, refsOf, resourcesOf } from "./pages.ts";
import { onwards } from "./public-doors.ts";

/**
 * Balancers of all regions, whose pools hold the frontends of balancers of one: the client's address is kept.
 * https://learn.microsoft.com/azure/load-balancer/cross-region-overview
 */
export function globalApproaches(snapshot: Snapshot, land: Landscape): Approach[] {
  return resourcesOf(snapshot, balancerCall).flatMap((node) => {
    const sku = at(node, "sku");
    if (!sku || text(sku, "tier") !== "Global") return [];
    return items(props(node), "loadBalancingRules").flatMap((rule) =>
      throughRule(node, rule, land),
    );
  });
}

function throughRule(node: Node, rule: Node, land: Landscape): Approach[] {
  const [own, facts] = [props(node), props(rule)];
  const frontend = items(own, "frontendIPConfigurations")
    .map(toFrontend)
    .find(({ id }) => keyOf(id) === keyOf(refOf(facts, "frontendIPConfiguration") ?? ""));
  const port = number(facts, "frontendPort");
  if (frontend?.publicAddress === undefined || port === undefined) return [];
  const open = land.addresses(frontend.publicAddress);
  const family = open.family ?? "ipv4";
  const dialled = number(facts, "backendPort") ?? port;
  const name = nameOf(node);
  const ways = regional(own, facts, land);
  return protocolsOf(rule).flatMap((protocol) =>
    onwards(ways, { host: "", port: dialled, protocol, by: "client" }, land).map(
      (onward): Approach => ({
        workload: onward.workload.id,
        protocol: [protocol],
        via: [name, ...onward.via],
        family,
        entryPorts: { from: port, to: port },
        legs: [
          {
            family,
            from: client,
            to: nobody,
            own: [],
            stop: {
              kind: "balancer",
              id: name,
              because: `${nameOf(rule)} of ${name} takes what comes to this port`,
              source: sourceOf(rule),
            },
          },
          ...onward.legs,
        ],
        entry: {
          ...(open.address !== undefined && { address: open.address }),
          hosts: open.name === undefined ? [] : [open.name],
          paths: [],
          tls: "unknown",
        },
        backendTls: "unknown",
        authGate: onward.authGate ?? "none",
        assumptions: onward.assumptions ?? [],
      }),
    ),
  );
}

/** Ways that start at the frontends in the rule's pools. */
function regional(own: Node, rule: Node, land: Landscape): Approach[] {
  const named = [refOf(rule, "backendAddressPool"), ...refsOf(rule, "backendAddressPools")];
  const ids = new Set(named.flatMap((id) => (id === undefined ? [] : [keyOf(id)])));
  const members = items(own, "backendAddressPools")
    .filter((pool) => ids.has(keyOf(idOf(pool))))
    .flatMap((pool) => items(props(pool), "loadBalancerBackendAddresses"))
    .flatMap((each) => refOf(props(each), "loadBalancerFrontendIPConfiguration") ?? []);
  const frontends = new Set(members.map(keyOf));
  return land.balancers.flatMap((balancer) =>
    balancer.ways
      .filter(({ frontend }) => frontends.has(keyOf(frontend.id)))
      .flatMap((way) => wayApproaches(balancer, way, land)),
  );
}
