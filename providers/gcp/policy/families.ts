import type { Family } from "../../../src/model/identity.ts";

interface FamilyRow {
  readonly family: Family;
  /** Prefixes of permissions: a service, or a service with the start of its resources. */
  readonly prefixes: readonly string[];
}

/** By the longest prefix; https://cloud.google.com/iam/docs/permissions-reference lists the services. */
const rows: readonly FamilyRow[] = [
  {
    family: "identity",
    prefixes: [
      "iam",
      "resourcemanager",
      "cloudidentity",
      "identitytoolkit",
      "firebaseauth",
      "orgpolicy",
      "accesscontextmanager",
      "privilegedaccessmanager",
      "policysimulator",
      "iap",
      "oauthconfig",
      "clientauthconfig",
      "managedidentities",
      "iamconnectors",
    ],
  },
  {
    family: "compute",
    prefixes: [
      "compute",
      "batch",
      "vmwareengine",
      "baremetalsolution",
      "osconfig",
      "tpu",
      "workstations",
      "vmmigration",
      "backupdr",
    ],
  },
  {
    family: "network",
    prefixes: [
      "compute.networks",
      "compute.subnetworks",
      "compute.firewall",
      "compute.regionFirewallPolicies",
      "compute.routes",
      "compute.routers",
      "compute.addresses",
      "compute.globalAddresses",
      "compute.forwardingRules",
      "compute.globalForwardingRules",
      "compute.backendServices",
      "compute.regionBackendServices",
      "compute.backendBuckets",
      "compute.urlMaps",
      "compute.regionUrlMaps",
      "compute.target",
      "compute.regionTarget",
      "compute.vpn",
      "compute.targetVpnGateways",
      "compute.externalVpnGateways",
      "compute.interconnect",
      "compute.securityPolicies",
      "compute.regionSecurityPolicies",
      "compute.sslCertificates",
      "compute.regionSslCertificates",
      "compute.sslPolicies",
      "compute.networkEndpointGroups",
      "compute.globalNetworkEndpointGroups",
      "compute.serviceAttachments",
      "compute.packetMirrorings",
      "networksecurity",
      "networkservices",
      "networkconnectivity",
      "networkmanagement",
      "dns",
      "vpcaccess",
      "servicenetworking",
      "certificatemanager",
      "domains",
      "trafficdirector",
      "servicedirectory",
    ],
  },
  {
    family: "storage",
    prefixes: ["storage", "file", "netapp", "storagetransfer", "lustre", "parallelstore"],
  },
  {
    family: "database",
    prefixes: [
      "cloudsql",
      "spanner",
      "bigtable",
      "datastore",
      "firebasedatabase",
      "alloydb",
      "redis",
      "memcache",
      "memorystore",
      "bigquery",
      "biglake",
      "oracledatabase",
      "datamigration",
    ],
  },
  {
    family: "secrets",
    prefixes: ["secretmanager", "parametermanager", "apikeys", "container.secrets"],
  },
  { family: "kms", prefixes: ["cloudkms", "privateca"] },
  {
    family: "logging",
    prefixes: [
      "logging",
      "monitoring",
      "cloudtrace",
      "errorreporting",
      "observability",
      "stackdriver",
    ],
  },
  { family: "billing", prefixes: ["billing", "consumerprocurement"] },
  {
    family: "orchestration",
    prefixes: [
      "config",
      "deploymentmanager",
      "cloudbuild",
      "clouddeploy",
      "workflows",
      "cloudscheduler",
      "composer",
      "dataflow",
      "dataproc",
      "datafusion",
    ],
  },
  {
    family: "containers",
    prefixes: [
      "container",
      "gkehub",
      "gkemulticloud",
      "gkeonprem",
      "artifactregistry",
      "gkebackup",
    ],
  },
  { family: "serverless", prefixes: ["run", "cloudfunctions", "appengine", "eventarc"] },
  { family: "messaging", prefixes: ["pubsub", "pubsublite", "cloudtasks", "managedkafka"] },
  {
    family: "ai",
    prefixes: ["aiplatform", "ml", "automl", "discoveryengine", "dialogflow", "notebooks"],
  },
];

const byPrefix = new Map<string, Family>(
  rows.flatMap(({ family, prefixes }) => prefixes.map((prefix) => [prefix, family] as const)),
);
const narrow = [...byPrefix]
  .filter(([prefix]) => prefix.includes("."))
  .toSorted(([a], [b]) => b.length - a.length);

export function familyOf(permission: string): Family {
  const part = narrow.find(([prefix]) => permission.startsWith(prefix));
  return part?.[1] ?? byPrefix.get(permission.slice(0, permission.search(/[./]/))) ?? "other";
}

/** Permissions that together are everything in a service that stands for its family. */
export const wholeFamilies: Readonly<Partial<Record<Family, readonly (readonly string[])[]>>> = {
  compute: [
    ["compute.instances.create", "compute.instances.delete", "compute.instances.setIamPolicy"],
  ],
  network: [
    [
      "compute.networks.create",
      "compute.networks.delete",
      "compute.firewalls.create",
      "compute.firewalls.delete",
      "compute.routes.create",
    ],
  ],
  storage: [["storage.buckets.create", "storage.buckets.delete", "storage.buckets.setIamPolicy"]],
  database: [
    ["cloudsql.instances.create", "cloudsql.instances.delete", "cloudsql.users.create"],
    ["spanner.databases.create", "spanner.databases.drop", "spanner.databases.setIamPolicy"],
    ["bigquery.datasets.create", "bigquery.datasets.delete", "bigquery.datasets.setIamPolicy"],
  ],
  secrets: [
    [
      "secretmanager.secrets.create",
      "secretmanager.secrets.delete",
      "secretmanager.secrets.setIamPolicy",
    ],
  ],
  kms: [["cloudkms.keyRings.create", "cloudkms.cryptoKeys.setIamPolicy"]],
  containers: [
    [
      "container.clusters.create",
      "container.clusters.delete",
      "container.clusterRoleBindings.create",
    ],
  ],
  serverless: [
    ["run.services.create", "run.services.delete", "run.services.setIamPolicy"],
    [
      "cloudfunctions.functions.create",
      "cloudfunctions.functions.delete",
      "cloudfunctions.functions.setIamPolicy",
    ],
  ],
  messaging: [["pubsub.topics.create", "pubsub.topics.delete", "pubsub.topics.setIamPolicy"]],
  logging: [["logging.sinks.create", "logging.sinks.delete", "logging.logs.delete"]],
};
