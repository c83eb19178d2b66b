import type { IpFamily } from "../../src/model/exposure.ts";
import type { Approach, Gate, Leg } from "../../src/model/network.ts";
import { grouped, items, sourceOf, text } from "../reader.ts";
import type { Gateway, GatewayTarget } from "./gateways.ts";
import { unserved, type Landscape } from "./landscape.ts";
import { learnedRoutes } from "./learned-routes.ts";
import { client, closed, nobody, stateAssumptions } from "./legs.ts";
import { guardGate, replyGate } from "./network.ts";
import { idOf, keyOf, nameOf, props, refsOf } from "./pages.ts";
import type { PublicDoors } from "./public-doors.ts";
import {
  isConnected,
  receiversAt,
  senderIn,
  toInterface,
  type Onward,
  type Sender,
} from "./receivers.ts";
import { wafGates } from "./waf.ts";
import { throughInside, throughWeb } from "./web-targets.ts";

/** Ways through an application gateway, which ends connections and opens its own. */
export function gatewayApproaches(
  gateway: Gateway,
  land: Landscape,
  doors: PublicDoors,
): Approach[] {
  const sender = senderOf(gateway, land);
  const found = gateway.targets.flatMap((target) =>
    onwards(target, sender, land, doors).map((onward) => ({ target, onward })),
  );
  const members = gateway.pools.flatMap((pool) => poolMembers(pool, 0, sender, land));
  const distinct = new Map(members.map(({ workload }) => [workload.id, workload]));
  const ports = grouped(
    found.flatMap(({ onward: { workload, port } }) =>
      port === undefined ? [] : [[workload.id, { from: port, to: port }] as const],
    ),
  );
  const { name, node } = gateway;
  return [
    ...found.map(({ target, onward }) => approachOf(gateway, target, onward, land)),
    ...[...distinct.values()].flatMap((workload) =>
      unserved(workload, { name, node }, ports.get(workload.id) ?? [], ["tcp"]),
    ),
  ];
}

function senderOf(gateway: Gateway, land: Landscape): Sender {
  const open = gateway.publicIds.map(land.addresses);
  const unread = open.find((each) => each.address === undefined && each.unread)?.unread;
  return {
    ...senderIn(gateway.name, gateway.subnet, [], gateway.node, land),
    publicAddresses: open.flatMap(({ address }) => address ?? []),
    ...(unread !== undefined && { publicUnread: unread }),
  };
}

/** What answers at an address inside of networks besides machines, for a firewall that dials it. */
export type InnerDoors = (address: string, port: number | undefined, by: Sender) => Onward[];

/** Private listeners of gateways. Their security group and firewall policy see who dials, as for any client. */
export function privateListeners(
  all: readonly Gateway[],
  land: Landscape,
  doors: PublicDoors,
): InnerDoors {
  return (address, port, by) =>
    all.flatMap((gateway) =>
      gateway.targets
        .filter(({ frontend, entry }) => frontend.privateAddress === address && entry.from === port)
        .flatMap((target) =>
          onwards(target, senderOf(gateway, land), land, doors).map((onward) =>
            Object.assign({}, onward, {
              via: [gateway.name, ...onward.via],
              legs: [insideLeg(gateway, target, by, land), ...onward.legs],
              authGate: authOf(target, onward),
            }),
          ),
        ),
    );
}

function authOf({ authGate }: GatewayTarget, onward: Onward): Approach["authGate"] {
  return authGate === "none" ? (onward.authGate ?? authGate) : authGate;
}

function insideLeg(gateway: Gateway, target: GatewayTarget, by: Sender, land: Landscape): Leg {
  const { name, subnet } = gateway;
  const apart = `${by.name} has no connected peering to the network of ${name}`;
  return {
    ...frontLeg(gateway, target, "ipv4", land),
    from: { addresses: by.addresses, groups: [] },
    own: [
      ...(isConnected(by, subnet, land) ? [] : [closed("LB_NO_TARGET", by.name, apart, by.node)]),
      ...stoppedGates(gateway),
    ],
  };
}

function onwards(
  { pool, port, hostOverride }: GatewayTarget,
  by: Sender,
  land: Landscape,
  doors: PublicDoors,
): Onward[] {
  const dialled = items(props(pool), "backendAddresses").flatMap(
    (each) => text(each, "ipAddress") ?? text(each, "fqdn") ?? [],
  );
  return [
    ...poolMembers(pool, port, by, land, hostOverride),
    ...dialled.flatMap((host) => doors({ host, port, protocol: "tcp", by })),
  ];
}

function poolMembers(
  pool: GatewayTarget["pool"],
  port: number,
  sender: Sender,
  land: Landscape,
  host?: string,
): Onward[] {
  const own = props(pool);
  const { byId, byPool } = land.interfaces;
  const members = new Set([
    ...refsOf(own, "backendIPConfigurations").flatMap((id) => byId.get(keyOf(id)) ?? []),
    ...(byPool.get(keyOf(idOf(pool))) ?? []),
  ]);
  const named = [...members].flatMap((each) => toInterface(each, port, sender, land));
  const listed = items(own, "backendAddresses").flatMap((each) => {
    const [address, name] = [text(each, "ipAddress"), text(each, "fqdn")];
    const byAddress =
      address === undefined
        ? []
        : [
            ...receiversAt(address, port, "tcp", sender, land),
            ...throughInside(address, host, sender, land),
          ];
    return byAddress.concat(name === undefined ? [] : throughWeb(name, sender, land));
  });
  return [...named, ...listed];
}

function approachOf(
  gateway: Gateway,
  target: GatewayTarget,
  onward: Onward,
  land: Landscape,
): Approach {
  const { frontend, entry, hosts, paths, tls, backendTls } = target;
  const open =
    frontend.publicAddress === undefined ? undefined : land.addresses(frontend.publicAddress);
  const family = open?.family ?? "ipv4";
  return {
    workload: onward.workload.id,
    protocol: ["tcp"],
    via: [gateway.name, ...onward.via],
    family,
    entryPorts: entry,
    legs: [frontLeg(gateway, target, family, land), ...onward.legs],
    entry: {
      ...(open?.address !== undefined && { address: open.address }),
      hosts: hosts.length > 0 || open?.name === undefined ? hosts : [open.name],
      paths: paths.map((path) => path.replace(/\*$/, "")),
      tls,
    },
    backendTls,
    authGate: authOf(target, onward),
    assumptions: [
      ...stateAssumptions(onward.workload),
      ...(onward.assumptions ?? []),
      ...learnedRoutes(land.network, gateway.subnet),
    ],
    ...(!open && { nearMiss: true }),
  };
}

function stoppedGates({ name, stopped, node }: Gateway): Gate[] {
  return stopped ? [closed("FRONTEND_DISABLED", name, `${name} is stopped`, node, true)] : [];
}

/** The security group of the gateway's subnet sees the client. */
function frontLeg(
  gateway: Gateway,
  { frontend, rule, node, waf, entry }: GatewayTarget,
  family: IpFamily,
  land: Landscape,
): Leg {
  const { name, subnet } = gateway;
  const { network } = land;
  const internal = `${nameOf(frontend.node)} of ${name} has no public address`;
  const end = {
    subnet,
    address: network.subnets.get(keyOf(subnet))?.prefixes[0] ?? "",
    groups: [],
    node: gateway.node,
  };
  const guard = { code: "LB_SG_NO_MATCH", unguarded: "open", gateway: true } as const;
  const own: Gate[] = [
    ...(frontend.publicAddress === undefined
      ? [closed("LB_INTERNAL_SCHEME", name, internal, frontend.node)]
      : []),
    ...stoppedGates(gateway),
  ];
  const wafId = waf ? keyOf(waf.kind === "read" ? nameOf(waf.policy) : waf.id) : "";
  return {
    family,
    from: client,
    to: nobody,
    port: entry.from,
    own,
    chain: network.chain(keyOf(`gateway|${subnet}|${name}|${wafId}`), () => [
      guardGate(network, end, guard),
      ...wafGates(network, waf),
      replyGate(network, end),
    ]),
    stop: {
      kind: "balancer",
      id: name,
      because: `${rule} of ${name} takes what comes to port ${entry.from}`,
      source: sourceOf(node),
    },
  };
}
