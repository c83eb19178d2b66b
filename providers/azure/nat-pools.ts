import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, grouped, items, number, type Node } from "../reader.ts";
import { protocolsOf, type Frontend, type Way } from "./balancer-ways.ts";
import type { Interfaces, IpConfiguration } from "./interfaces.ts";
import { scaleSetCall } from "./operations.ts";
import { idOf, keyOf, nameOf, props, refOf, refsOf, resourcesOf } from "./pages.ts";

/** The instances that a pool is for, by the key of the pool. */
export type NatPoolMembers = ReadonlyMap<string, readonly IpConfiguration[]>;

export function natPoolMembers(snapshot: Snapshot, { all }: Interfaces): NatPoolMembers {
  const modelled = modelledPools(snapshot);
  return grouped(
    all.flatMap((each) =>
      [...new Set(poolsOf(each, modelled))].map((pool) => [pool, each] as const),
    ),
  );
}

/** `<set>/virtualMachines/<n>/networkInterfaces/<interface>/ipConfigurations/<configuration>` */
const ofInstance =
  /^(.+)\/virtualmachines\/[^/]+\/networkinterfaces\/([^/]+)\/ipconfigurations\/([^/]+)$/;

/** Instances do not repeat what their set's model says of them. */
function poolsOf(
  { id, node }: IpConfiguration,
  modelled: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  const [, set, card, configuration] = ofInstance.exec(keyOf(id)) ?? [];
  const own = refsOf(props(node), "loadBalancerInboundNatPools").map(keyOf);
  return [...own, ...(modelled.get(`${set}|${card}|${configuration}`) ?? [])];
}

/** Keys of the pools that the model of a scale set gives to `<set>|<interface>|<configuration>`. */
function modelledPools(snapshot: Snapshot): ReadonlyMap<string, readonly string[]> {
  return new Map(
    resourcesOf(snapshot, scaleSetCall).flatMap((set) => {
      const profile = at(props(set), "virtualMachineProfile");
      const network = profile && at(profile, "networkProfile");
      return (network ? items(network, "networkInterfaceConfigurations") : []).flatMap((card) =>
        items(props(card), "ipConfigurations").map((each): [string, string[]] => [
          keyOf(`${idOf(set)}|${nameOf(card)}|${nameOf(each)}`),
          refsOf(props(each), "loadBalancerInboundNatPools").map(keyOf),
        ]),
      );
    }),
  );
}

/**
 * Azure makes one translation rule of a pool for each instance. Where a pool has none for an instance, it has a port of
 * the range all the same. https://learn.microsoft.com/azure/load-balancer/inbound-nat-rules
 */
export function natPoolWays(
  pool: Node,
  frontendAt: (id: string | undefined) => Frontend | undefined,
  rules: readonly Way[],
  members: NatPoolMembers,
): Way[] {
  const own = props(pool);
  const frontend = frontendAt(refOf(own, "frontendIPConfiguration"));
  const [start, port] = [number(own, "frontendPortRangeStart"), number(own, "backendPort")];
  if (!frontend || start === undefined || port === undefined) return [];
  const served = new Set(
    rules.flatMap((way) =>
      way.port === port ? way.backends.map(({ configuration }) => configuration.id) : [],
    ),
  );
  const left = (members.get(keyOf(idOf(pool))) ?? []).filter(({ id }) => !served.has(id));
  return left.map((configuration, i): Way => {
    const dialled = start + i;
    return {
      name: nameOf(pool),
      frontend,
      protocols: protocolsOf(pool),
      entry: { from: dialled, to: dialled },
      port,
      floating: false,
      backends: [{ configuration, down: false }],
      assumption: `${nameOf(pool)} gives each instance a port of its range: ${dialled} is taken to be that of ${nameOf(configuration.node)}`,
      node: pool,
    };
  });
}
