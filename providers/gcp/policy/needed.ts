import type { NeedsEvaluator, ProductNeeds, ServiceNeeds } from "../../../src/model/needed.ts";
import { familyOf } from "./families.ts";
import { levelOf } from "./levels.ts";
import { matchesPermission } from "./permissions.ts";

interface Row {
  readonly name: string;
  readonly words: string;
  /** `service.resources`, each with get, list, create, update and delete. */
  readonly resources: readonly string[];
  /** Permissions of other verbs. */
  readonly reads?: readonly string[];
  readonly changes?: readonly string[];
}

/** https://cloud.google.com/iam/docs/permissions-reference */
const rows: readonly Row[] = [
  {
    name: "run",
    words: "run service services",
    resources: ["run.services", "run.revisions"],
    reads: ["logging.logEntries.list"],
  },
  { name: "storage", words: "storage gcs bucket buckets", resources: ["storage.buckets"] },
  {
    name: "objects",
    words: "object objects storage gcs",
    resources: ["storage.objects"],
  },
  {
    name: "compute",
    words: "compute instance instances vm vms disk disks",
    resources: ["compute.instances", "compute.disks"],
    changes: ["compute.instances.start", "compute.instances.stop", "compute.instances.reset"],
  },
  {
    name: "network",
    words: "network networks firewall subnet vpc",
    resources: ["compute.networks", "compute.subnetworks", "compute.firewalls"],
  },
  {
    name: "gke",
    words: "gke cluster clusters nodepool",
    resources: ["container.clusters"],
  },
  {
    name: "bigquery",
    words: "bigquery dataset datasets sql",
    resources: ["bigquery.datasets", "bigquery.tables"],
    reads: ["bigquery.jobs.create", "bigquery.tables.getData"],
    changes: ["bigquery.tables.updateData"],
  },
  { name: "pubsub", words: "pubsub topic topics", resources: ["pubsub.topics"] },
  {
    name: "secretmanager",
    words: "secret secrets secretmanager",
    resources: ["secretmanager.secrets"],
    reads: ["secretmanager.versions.access"],
    changes: ["secretmanager.versions.add"],
  },
  {
    name: "cloudsql",
    words: "cloudsql",
    resources: ["cloudsql.instances", "cloudsql.databases"],
    reads: ["cloudsql.instances.connect"],
  },
  {
    name: "spanner",
    words: "spanner",
    resources: ["spanner.databases"],
    reads: ["spanner.databases.select"],
    changes: ["spanner.databases.write"],
  },
  { name: "functions", words: "function functions", resources: ["cloudfunctions.functions"] },
  {
    name: "projects",
    words: "project projects",
    resources: ["resourcemanager.projects"],
  },
  {
    name: "iam",
    words: "iam policy account accounts role roles",
    resources: ["iam.serviceAccounts", "iam.roles"],
    reads: ["resourcemanager.projects.getIamPolicy"],
    changes: ["resourcemanager.projects.setIamPolicy"],
  },
  {
    name: "logging",
    words: "log logs logging",
    resources: ["logging.logs"],
    reads: ["logging.logEntries.list"],
  },
  {
    name: "monitoring",
    words: "metric metrics monitoring alert alerts timeseries",
    resources: ["monitoring.alertPolicies"],
    reads: ["monitoring.timeSeries.list"],
  },
  { name: "aiplatform", words: "vertex endpoint model", resources: ["aiplatform.endpoints"] },
];

const services: readonly ServiceNeeds[] = rows.map(
  ({ name, words, resources, reads = [], changes = [] }) => {
    const of = (...verbs: readonly string[]): readonly string[] =>
      resources.flatMap((resource) => verbs.map((verb) => `${resource}.${verb}`));
    return {
      name,
      words: words.split(" "),
      verbs: {
        list: [...of("get", "list"), ...reads],
        create: [...of("create"), ...changes],
        modify: [...of("update"), ...changes],
        delete: of("delete"),
      },
    };
  },
);

const deploys = [
  "artifactregistry.repositories.create",
  "artifactregistry.repositories.uploadArtifacts",
  "cloudbuild.builds.create",
  "cloudbuild.builds.get",
  "iam.serviceAccounts.actAs",
  "run.services.create",
  "run.services.get",
  "run.services.setIamPolicy",
  "run.services.update",
  "serviceusage.services.enable",
  "storage.buckets.create",
  "storage.objects.create",
];

const products: Readonly<Record<string, ProductNeeds>> = {
  "gcloud-mcp": {
    source: "https://github.com/googleapis/gcloud-mcp",
    any: ["run_gcloud_command"],
  },
  "cloud-run-mcp": {
    source: "https://github.com/GoogleCloudPlatform/cloud-run-mcp",
    services: ["run", "projects"],
    tools: {
      create_project: ["billing.resourceAssociations.create", "resourcemanager.projects.create"],
      deploy_container_image: [
        "iam.serviceAccounts.actAs",
        "run.services.create",
        "run.services.get",
        "run.services.setIamPolicy",
        "run.services.update",
        "serviceusage.services.enable",
      ],
      deploy_file_contents: deploys,
      deploy_local_files: deploys,
      deploy_local_folder: deploys,
      get_service: ["run.services.get"],
      get_service_log: ["logging.logEntries.list", "run.services.get"],
      list_projects: ["resourcemanager.projects.get"],
      list_services: ["run.locations.list", "run.services.list"],
    },
  },
  "gcs-mcp": {
    source: "https://github.com/googleapis/gcloud-mcp/tree/main/packages/storage-mcp",
    services: ["storage", "objects"],
    tools: {
      check_iam_permissions: [],
      view_iam_policy: ["storage.buckets.getIamPolicy"],
      create_bucket: ["storage.buckets.create"],
      delete_bucket: ["storage.buckets.delete", "storage.objects.delete", "storage.objects.list"],
      update_bucket_labels: ["storage.buckets.get", "storage.buckets.update"],
      list_buckets: ["storage.buckets.list"],
      get_bucket_metadata: ["storage.buckets.get"],
    },
  },
};

/** What tools need of Google Cloud. */
export const gcpNeeds: NeedsEvaluator = {
  table: {
    products,
    services,
    categories: {
      "cloud-data": ["bigquery.tables.getData", "storage.objects.get", "storage.objects.list"],
      database: [
        "alloydb.instances.connect",
        "bigquery.jobs.create",
        "bigquery.tables.getData",
        "cloudsql.instances.connect",
        "cloudsql.instances.get",
        "spanner.databases.select",
      ],
      secrets: ["secretmanager.versions.access"],
      kubernetes: ["container.clusters.get", "container.clusters.list"],
      monitoring: ["logging.logEntries.list", "monitoring.timeSeries.list"],
    },
  },
  kinds: (permission) => [{ ...kindOf(permission), family: familyOf(permission) }],
  // A role stands for all its permissions; its record tells the family and the access.
  touches: (granted, needed) =>
    granted.includes("/") || granted === needed || matchesPermission(granted, needed),
};

function kindOf(permission: string) {
  const { access, plane } = levelOf(permission);
  return { access, plane };
}
