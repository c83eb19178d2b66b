import type {
  ActionKind,
  NeedsEvaluator,
  ProductNeeds,
  ServiceNeeds,
} from "../../../src/model/needed.ts";
import { familyOf, levelOf } from "./levels.ts";
import { includesResource, isVerb, rightOf, rightsOf, type Right } from "./verbs.ts";

/** Service, words of tool names, resource types; https://docs.oracle.com/en-us/iaas/Content/Identity/Reference/policyreference.htm */
const rows: readonly (readonly [name: string, words: string, types: string])[] = [
  ["compute", "compute instance instances image images vnic", "instance-family"],
  ["agent", "agent command", "instance-agent-command-family"],
  ["database", "database databases db pluggable", "database-family autonomous-database-family"],
  ["dr", "dr recovery", "disaster-recovery-family"],
  [
    "identity",
    "identity user users group groups compartment compartments policy",
    "users groups compartments policies",
  ],
  ["limits", "limit limits quota quotas", "limits"],
  ["balancers", "loadbalancer balancer balancers load", "load-balancers"],
  ["network-balancers", "nlb", "network-load-balancers"],
  ["logging", "log logs logging", "log-groups log-content"],
  ["monitoring", "metric metrics alarm alarms monitoring", "metrics alarms"],
  ["networking", "vcn vcns subnet subnets security network", "virtual-network-family"],
  ["storage", "bucket buckets object objects storage", "object-family"],
  ["registry", "registry container repository repositories", "repos"],
  ["search", "search", "all-resources"],
  ["usage", "usage cost", "usage-report"],
  ["secrets", "secret secrets vault", "secret-family"],
  ["functions", "function functions", "functions-family"],
  ["cloud-guard", "guard problem problems", "cloud-guard-family"],
];

const services: readonly ServiceNeeds[] = rows.map(([name, words, types]) => {
  const of = (verb: string): readonly string[] => types.split(" ").map((type) => `${verb} ${type}`);
  return {
    name,
    words: words.split(" "),
    verbs: {
      list: name === "search" ? of("inspect") : of("read"),
      create: of("manage"),
      modify: of("use"),
      delete: of("manage"),
    },
  };
});

const oracle = "https://github.com/oracle/mcp/tree/main/src/";

/** Package of the collection, and the services that its tools work on. */
const collection: readonly (readonly [string, string])[] = [
  ["oci-cloud-guard", "cloud-guard"],
  ["oci-compute", "compute"],
  ["oci-compute-instance-agent", "agent compute"],
  ["oci-database", "database"],
  ["oci-full-stack-disaster-recovery", "dr"],
  ["oci-identity", "identity"],
  ["oci-limits", "limits"],
  ["oci-load-balancer", "balancers"],
  ["oci-logging", "logging"],
  ["oci-monitoring", "monitoring"],
  ["oci-network-load-balancer", "network-balancers"],
  ["oci-networking", "networking"],
  ["oci-object-storage", "storage"],
  ["oci-registry", "registry"],
  ["oci-resource-search", "search"],
  ["oci-usage", "usage"],
];

const products: Readonly<Record<string, ProductNeeds>> = {
  "oracle-oci-api": {
    source: `${oracle}oci-api-mcp-server`,
    any: ["run_oci_command"],
    tools: { get_oci_command_help: [] },
  },
  "oracle-oci-cloud": {
    source: `${oracle}oci-cloud-mcp-server`,
    any: ["invoke_oci_api"],
    tools: {
      describe_oci_operation: [],
      find_oci_api: [],
      list_client_operations: [],
      list_oci_clients: [],
    },
  },
  ...Object.fromEntries(
    collection.map(([name, own]): [string, ProductNeeds] => [
      `oracle-${name}`,
      { source: `${oracle}${name}-mcp-server`, services: own.split(" ") },
    ]),
  ),
};

/** What tools need of Oracle Cloud, as `<verb> <resource type>`. */
export const ociNeeds: NeedsEvaluator = {
  table: {
    products,
    services,
    categories: {
      "cloud-data": ["read object-family"],
      database: ["read database-family", "use autonomous-database-family", "read secret-family"],
      secrets: ["read secret-family"],
      kubernetes: ["use cluster-family"],
      monitoring: ["read log-content", "read log-groups", "read metrics"],
    },
  },
  kinds: (needed) => {
    const kinds = rightsIn(needed).map((right): ActionKind => {
      const { access, plane } = levelOf(right);
      return { access, plane, family: familyOf(right.type) };
    });
    return [...new Map(kinds.map((kind) => [JSON.stringify(kind), kind])).values()];
  },
  touches: (granted, needed) => {
    const [have, want] = [typeOf(granted), typeOf(needed)];
    return includesResource(have, want) || includesResource(want, have);
  },
};

function rightsIn(needed: string): readonly Right[] {
  const [verb = "", type = ""] = needed.split(" ");
  return isVerb(verb) ? rightsOf(verb, type) : [];
}

/** Of `<verb> <type>`, or of a single permission. */
function typeOf(written: string): string {
  const [first = "", type] = written.split(" ");
  return type ?? rightOf(first).type;
}
