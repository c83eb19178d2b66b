import type { Workload } from "../../src/model/inventory.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { items, listed, text } from "../reader.ts";
import type { Interfaces } from "./interfaces.ts";

const prefixes = new WeakMap<Snapshot, ReadonlyMap<string, readonly string[]>>();

/** The workload with the prefixes of the subnets of its interfaces. */
export function withSubnets(workload: Workload, snapshot: Snapshot, known: Interfaces): Workload {
  const ids = (known.byInstance.get(workload.id) ?? []).map(({ subnet }) => subnet);
  if (ids.length === 0) return workload;
  const all = prefixes.get(snapshot) ?? prefixesOf(snapshot);
  prefixes.set(snapshot, all);
  const subnets = [...new Set(ids)].toSorted().flatMap((id) => all.get(id) ?? []);
  return subnets.length === 0 ? workload : { ...workload, subnets };
}

function prefixesOf(snapshot: Snapshot): ReadonlyMap<string, readonly string[]> {
  return new Map(
    listed(snapshot, "ec2:DescribeSubnets", "Subnets").flatMap((subnet) => {
      const id = text(subnet, "SubnetId");
      const own = text(subnet, "CidrBlock");
      const wide = items(subnet, "Ipv6CidrBlockAssociationSet").flatMap(
        (each) => text(each, "Ipv6CidrBlock") ?? [],
      );
      return id === undefined
        ? []
        : [[id, [...(own === undefined ? [] : [own]), ...wide]] as const];
    }),
  );
}
