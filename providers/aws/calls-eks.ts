import type { Json, JsonObject } from "../../src/model/json.ts";
import type { Recorded } from "../call.ts";
import { isObject, itemsOf } from "./calls-params.ts";
import type { CallRow } from "./calls-row.ts";

/**
 * Tags that name the cluster of a node: of managed node groups and Auto Mode, and of everything else in the tag's key.
 * https://docs.aws.amazon.com/eks/latest/userguide/eks-using-tags.html
 */
const byValue: ReadonlySet<string> = new Set(["eks:cluster-name", "aws:eks:cluster-name"]);
const byKey = /^kubernetes\.io\/cluster\/(.+)$/;

/** The cluster that an instance with these tags is a node of. */
export function clusterOf(tags: Readonly<Record<string, string>>): string | undefined {
  for (const [key, value] of Object.entries(tags)) {
    if (byValue.has(key)) return value;
    const name = byKey.exec(key)?.[1];
    if (name !== undefined) return name;
  }
  return undefined;
}

/** A cluster that is none of EKS's is no cluster there. */
const absent = ["ResourceNotFoundException"];

/**
 * Whose identities the pods on a node may have; clusters are those that nodes name.
 * https://docs.aws.amazon.com/eks/latest/APIReference/API_Operations.html
 */
export const clusterCalls: readonly CallRow[] = [
  {
    action: "DescribeCluster",
    affects: ["identity-links"],
    absent,
    params: (recorded) => clustersIn(recorded).map((name) => ({ name })),
  },
  {
    action: "ListPodIdentityAssociations",
    affects: ["identity-links"],
    pageSize: 100,
    absent,
    params: (recorded) => clustersIn(recorded).map((clusterName) => ({ clusterName })),
  },
  {
    action: "DescribePodIdentityAssociation",
    affects: ["identity-links"],
    absent,
    params: (recorded) =>
      itemsOf(recorded, "eks:ListPodIdentityAssociations", "associations").flatMap(
        ({ clusterName, associationId }) =>
          typeof clusterName === "string" && typeof associationId === "string"
            ? [{ clusterName, associationId }]
            : [],
      ),
  },
];

function clustersIn(recorded: Recorded): readonly string[] {
  const nodes = itemsOf(recorded, "ec2:DescribeInstances", "Reservations")
    .flatMap(({ Instances }) => listOf(Instances))
    .flatMap(({ Tags }) => clusterOf(Object.fromEntries(listOf(Tags).flatMap(tagOf))) ?? []);
  return [...new Set(nodes)];
}

function tagOf({ Key, Value }: JsonObject): [string, string][] {
  return typeof Key === "string" && typeof Value === "string" ? [[Key, Value]] : [];
}

function listOf(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
