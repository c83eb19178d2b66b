import type { Workload } from "../../src/model/inventory.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { items, listed, oncePer, text } from "../reader.ts";
import type { Interfaces } from "./interfaces.ts";

/** The workload with the prefixes of the subnets of its interfaces. */
export function withSubnets(workload: Workload, snapshot: Snapshot, known: Interfaces): Workload {
  const ids = (known.byInstance.get(workload.id) ?? []).map(({ subnet }) => subnet);
  if (ids.length === 0) return workload;
  const all = prefixesOf(snapshot);
  const subnets = [...new Set(ids)].toSorted().flatMap((id) => all.get(id) ?? []);
  return subnets.length === 0 ? workload : { ...workload, subnets };
}

const prefixesOf = oncePer(
  (snapshot): ReadonlyMap<string, readonly string[]> =>
    new Map(
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
    ),
);
