import type { IpFamily } from "../../src/model/exposure.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, grouped, items, listed, text, type Node } from "../reader.ts";
import type { Guarded } from "./network.ts";
import {
  interfaceCall,
  machineCall,
  scaleSetInterfaceCall,
  scaleSetMachineCall,
} from "./operations.ts";
import { idOf, keyOf, props, refOf, refsOf, resourcesOf } from "./pages.ts";
import { familyOf } from "./prefixes.ts";

/** One address of an interface. */
export interface IpConfiguration extends Guarded {
  readonly id: string;
  readonly interface: string;
  readonly machine: string;
  readonly family: IpFamily;
  readonly publicAddress?: string;
  /** Keys of the pools that the interface itself names. */
  readonly pools: readonly string[];
  /** The same of application gateways. */
  readonly gatewayPools: readonly string[];
}

export interface Interfaces {
  readonly all: readonly IpConfiguration[];
  readonly byId: ReadonlyMap<string, IpConfiguration>;
  readonly byMachine: ReadonlyMap<string, readonly IpConfiguration[]>;
  readonly byAddress: ReadonlyMap<string, readonly IpConfiguration[]>;
  /** By the key of a pool of a balancer or a gateway that the interface itself names. */
  readonly byPool: ReadonlyMap<string, readonly IpConfiguration[]>;
}

export function interfaces(snapshot: Snapshot): Interfaces {
  const owners = ownersOf(snapshot);
  const nodes = [interfaceCall, scaleSetInterfaceCall].flatMap((call) =>
    resourcesOf(snapshot, call),
  );
  const distinct = new Map(nodes.map((node) => [keyOf(idOf(node)), node]));
  return indexed([...distinct.values()].flatMap((node) => configurationsOf(node, owners)));
}

export function indexed(all: readonly IpConfiguration[]): Interfaces {
  return {
    all,
    byId: new Map(all.map((each) => [keyOf(each.id), each])),
    byMachine: grouped(all.map((each) => [keyOf(each.machine), each] as const)),
    byAddress: grouped(all.map((each) => [each.address, each] as const)),
    byPool: grouped(
      all.flatMap((each) =>
        [...each.pools, ...each.gatewayPools].map((pool) => [pool, each] as const),
      ),
    ),
  };
}

/** Interfaces that only their machine names. */
function ownersOf(snapshot: Snapshot): Map<string, string> {
  const machines = [machineCall, scaleSetMachineCall].flatMap((call) =>
    listed(snapshot, call, "value"),
  );
  return new Map(
    machines.flatMap((machine) => {
      const profile = at(props(machine), "networkProfile");
      return (profile ? refsOf(profile, "networkInterfaces") : []).map((id): [string, string] => [
        keyOf(id),
        idOf(machine),
      ]);
    }),
  );
}

function configurationsOf(node: Node, owners: ReadonlyMap<string, string>): IpConfiguration[] {
  const own = props(node);
  const id = idOf(node);
  const machine = refOf(own, "virtualMachine") ?? owners.get(keyOf(id)) ?? "";
  const rules = refOf(own, "networkSecurityGroup");
  return items(own, "ipConfigurations").flatMap((each): IpConfiguration[] => {
    const facts = props(each);
    const address = text(facts, "privateIPAddress") ?? "";
    const open = refOf(facts, "publicIPAddress");
    const v6 = text(facts, "privateIPAddressVersion")?.toLowerCase() === "ipv6";
    return [
      {
        id: idOf(each),
        interface: id,
        machine,
        subnet: refOf(facts, "subnet") ?? "",
        address,
        family: v6 ? "ipv6" : familyOf(address),
        groups: refsOf(facts, "applicationSecurityGroups").map(keyOf),
        pools: refsOf(facts, "loadBalancerBackendAddressPools").map(keyOf),
        gatewayPools: refsOf(facts, "applicationGatewayBackendAddressPools").map(keyOf),
        ...(rules !== undefined && { rules }),
        ...(open !== undefined && { publicAddress: open }),
        node: each,
      },
    ];
  });
}
