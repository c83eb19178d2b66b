import type { Snapshot } from "../../src/model/snapshot.ts";
import { allPorts } from "../../src/net/flow-set.ts";
import { flag, items, number, text, type Node } from "../reader.ts";
import { protocolsOf, toFrontend, type Backend, type Frontend, type Way } from "./balancer-ways.ts";
import { skuOf } from "./addresses.ts";
import type { Interfaces, IpConfiguration } from "./interfaces.ts";
import { natPoolMembers, natPoolWays } from "./nat-pools.ts";
import { balancerCall } from "./operations.ts";
import { idOf, keyOf, nameOf, props, refOf, refsOf, resourcesOf } from "./pages.ts";

export interface Balancer {
  readonly id: string;
  readonly name: string;
  readonly basic: boolean;
  readonly frontends: readonly Frontend[];
  readonly ways: readonly Way[];
  /** Everything in its pools. */
  readonly members: readonly Backend[];
  readonly node: Node;
}

/** https://learn.microsoft.com/azure/templates/microsoft.network/loadbalancers */
export function balancers(snapshot: Snapshot, known: Interfaces): Balancer[] {
  const instances = natPoolMembers(snapshot, known);
  return resourcesOf(snapshot, balancerCall).map((node): Balancer => {
    const own = props(node);
    const frontends = items(own, "frontendIPConfigurations").map(toFrontend);
    const pools = new Map(
      items(own, "backendAddressPools").map((pool) => [keyOf(idOf(pool)), backendsOf(pool, known)]),
    );
    const at = (id: string | undefined): Frontend | undefined =>
      frontends.find((each) => id !== undefined && keyOf(each.id) === keyOf(id));
    const context = { at, pools, own, known };
    const translated = items(own, "inboundNatRules").flatMap((rule) =>
      translationWays(rule, context),
    );
    return {
      id: idOf(node),
      name: nameOf(node),
      basic: skuOf(node) === "basic",
      frontends,
      ways: [
        ...items(own, "loadBalancingRules").flatMap((rule) => balancingWay(rule, context)),
        ...translated,
        ...items(own, "inboundNatPools").flatMap((pool) =>
          natPoolWays(pool, at, translated, instances),
        ),
      ],
      members: [...pools.values()].flat(),
      node,
    };
  });
}

interface Context {
  readonly at: (id: string | undefined) => Frontend | undefined;
  readonly pools: ReadonlyMap<string, readonly Backend[]>;
  readonly own: Node;
  readonly known: Interfaces;
}

/** Members by interface, by address, and those whose interface names the pool. */
function backendsOf(pool: Node, known: Interfaces): Backend[] {
  const own = props(pool);
  const found = new Map<string, Backend>();
  const add = (configuration: IpConfiguration | undefined, down: boolean): void => {
    if (!configuration) return;
    const key = keyOf(configuration.id);
    found.set(key, { configuration, down: down || (found.get(key)?.down ?? false) });
  };
  for (const id of refsOf(own, "backendIPConfigurations")) add(known.byId.get(keyOf(id)), false);
  for (const each of items(own, "loadBalancerBackendAddresses")) {
    const facts = props(each);
    const down = text(facts, "adminState") === "Down";
    const id = refOf(facts, "networkInterfaceIPConfiguration");
    const network = refOf(facts, "virtualNetwork") ?? refOf(own, "virtualNetwork") ?? "";
    const address = text(facts, "ipAddress");
    add(
      id === undefined
        ? addressed(known, address).find((one) => isWithin(one, network))
        : known.byId.get(keyOf(id)),
      down,
    );
  }
  for (const one of known.byPool.get(keyOf(idOf(pool))) ?? []) add(one, false);
  return [...found.values()];
}

/** An address that was not told is that of no interface, whose own may be untold too. */
function addressed(known: Interfaces, address: string | undefined): readonly IpConfiguration[] {
  return (address === undefined ? undefined : known.byAddress.get(address)) ?? [];
}

function isWithin({ subnet }: IpConfiguration, network: string): boolean {
  return network === "" || keyOf(subnet).startsWith(`${keyOf(network)}/subnets/`);
}

/** Port 0 with every protocol: all ports of the frontend, as they are. */
function balancingWay(rule: Node, { at, pools }: Context): Way[] {
  const own = props(rule);
  const frontend = at(refOf(own, "frontendIPConfiguration"));
  const port = number(own, "frontendPort");
  if (!frontend || port === undefined) return [];
  const named = [refOf(own, "backendAddressPool"), ...refsOf(own, "backendAddressPools")];
  const ids = new Set(named.flatMap((id) => (id === undefined ? [] : [keyOf(id)])));
  const every = port === 0;
  return [
    {
      name: nameOf(rule),
      frontend,
      protocols: protocolsOf(rule),
      entry: every ? allPorts : { from: port, to: port },
      ...(!every && { port: number(own, "backendPort") ?? port }),
      floating: flag(own, "enableFloatingIP") ?? false,
      backends: [...ids].flatMap((id) => pools.get(id) ?? []),
      node: rule,
    },
  ];
}

/** A rule for one interface, or for a pool whose members each get a port of the range. */
function translationWays(rule: Node, { at, pools, own, known }: Context): Way[] {
  const facts = props(rule);
  const frontend = at(refOf(facts, "frontendIPConfiguration"));
  const port = number(facts, "backendPort");
  if (!frontend || port === undefined) return [];
  const base = {
    name: nameOf(rule),
    frontend,
    protocols: protocolsOf(rule),
    port,
    floating: flag(facts, "enableFloatingIP") ?? false,
    node: rule,
  };
  const single = known.byId.get(keyOf(refOf(facts, "backendIPConfiguration") ?? ""));
  const entry = number(facts, "frontendPort");
  if (single && entry !== undefined)
    return [
      {
        ...base,
        entry: { from: entry, to: entry },
        backends: [{ configuration: single, down: false }],
      },
    ];
  const pool = refOf(facts, "backendAddressPool");
  const start = number(facts, "frontendPortRangeStart");
  if (pool === undefined || start === undefined) return [];
  const told = mappings(own, pool, base.name);
  const toWay = (backend: Backend, i: number): Way => {
    const mapped = told.get(backend.configuration.address);
    const dialled = mapped ?? start + i;
    const assumption = `${base.name} gives each member a port of its range: ${dialled} is taken to be that of ${nameOf(backend.configuration.node)}`;
    return {
      ...base,
      entry: { from: dialled, to: dialled },
      backends: [backend],
      ...(mapped === undefined && { assumption }),
    };
  };
  return (pools.get(keyOf(pool)) ?? []).map(toWay);
}

/** Frontend ports that the pool itself tells, by address. */
function mappings(own: Node, pool: string, rule: string): Map<string, number> {
  const found = items(own, "backendAddressPools").find((each) => keyOf(idOf(each)) === keyOf(pool));
  const members = found ? items(props(found), "loadBalancerBackendAddresses") : [];
  return new Map(
    members.flatMap((member) =>
      items(props(member), "inboundNatRulesPortMapping").flatMap((each): [string, number][] => {
        const [port, address] = [number(each, "frontendPort"), text(props(member), "ipAddress")];
        return text(each, "inboundNatRuleName") === rule &&
          port !== undefined &&
          address !== undefined
          ? [[address, port]]
          : [];
      }),
    ),
  );
}
