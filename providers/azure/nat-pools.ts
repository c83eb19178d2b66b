import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, items, number, type Node } from "../reader.ts";
import { protocolsOf, type Frontend, type Way } from "./balancer-ways.ts";
import type { Interfaces, IpConfiguration } from "./interfaces.ts";
import { scaleSetCall } from "./operations.ts";
import { idOf, keyOf, nameOf, props, refOf, refsOf, resourcesOf } from "./pages.ts";

/** Keys of the pools that the model of a scale set gives to `<set>|<interface>|<configuration>`. */
export type NatPoolMembers = ReadonlyMap<string, readonly string[]>;

/** Instances do not repeat what their set's model says of them. */
export function natPoolMembers(snapshot: Snapshot): NatPoolMembers {
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
  known: Interfaces,
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
  const left = known.all.filter(
    (each) => isMember(each, keyOf(idOf(pool)), members) && !served.has(each.id),
  );
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

/** `<set>/virtualMachines/<n>/networkInterfaces/<interface>/ipConfigurations/<configuration>` */
const ofInstance =
  /^(.+)\/virtualmachines\/[^/]+\/networkinterfaces\/([^/]+)\/ipconfigurations\/([^/]+)$/;

function isMember({ id, node }: IpConfiguration, pool: string, members: NatPoolMembers): boolean {
  if (refsOf(props(node), "loadBalancerInboundNatPools").some((each) => keyOf(each) === pool))
    return true;
  const [, set, card, configuration] = ofInstance.exec(keyOf(id)) ?? [];
  return members.get(`${set}|${card}|${configuration}`)?.includes(pool) ?? false;
}
