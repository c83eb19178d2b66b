/** What an OAuth scope lets a token do: patterns of permissions. */
export interface ScopeRow {
  /** After `https://www.googleapis.com/auth/`. */
  readonly scope: string;
  readonly services: readonly string[];
  /** `read` = get and list; `all` = every permission of the services; else exactly these. */
  readonly allows: "all" | "read" | readonly string[];
}

/** https://developers.google.com/identity/protocols/oauth2/scopes; a scope that is missing here is not decided. */
export const scopeRows: readonly ScopeRow[] = [
  { scope: "cloud-platform", services: ["*"], allows: "all" },
  { scope: "cloud-platform.read-only", services: ["*"], allows: "read" },
  { scope: "compute", services: ["compute"], allows: "all" },
  { scope: "compute.readonly", services: ["compute"], allows: "read" },
  { scope: "iam", services: ["iam"], allows: "all" },
  { scope: "devstorage.full_control", services: ["storage"], allows: "all" },
  {
    scope: "devstorage.read_write",
    services: ["storage"],
    allows: [
      "storage.objects.get",
      "storage.objects.list",
      "storage.objects.create",
      "storage.objects.delete",
      "storage.objects.update",
      "storage.buckets.get",
      "storage.buckets.list",
    ],
  },
  { scope: "devstorage.read_only", services: ["storage"], allows: "read" },
  {
    scope: "devstorage.write_only",
    services: ["storage"],
    allows: ["storage.objects.create", "storage.objects.delete"],
  },
  { scope: "logging.write", services: ["logging"], allows: ["logging.logEntries.create"] },
  { scope: "logging.read", services: ["logging"], allows: "read" },
  { scope: "logging.admin", services: ["logging"], allows: "all" },
  {
    scope: "monitoring.write",
    services: ["monitoring"],
    allows: ["monitoring.timeSeries.create", "monitoring.metricDescriptors.create"],
  },
  { scope: "monitoring.read", services: ["monitoring"], allows: "read" },
  { scope: "monitoring", services: ["monitoring"], allows: "all" },
  { scope: "trace.append", services: ["cloudtrace"], allows: ["cloudtrace.traces.patch"] },
  { scope: "trace.readonly", services: ["cloudtrace"], allows: "read" },
  {
    scope: "servicecontrol",
    services: ["servicemanagement"],
    allows: ["servicemanagement.services.check", "servicemanagement.services.report"],
  },
  { scope: "service.management", services: ["servicemanagement", "serviceusage"], allows: "all" },
  {
    scope: "service.management.readonly",
    services: ["servicemanagement", "serviceusage"],
    allows: "read",
  },
  { scope: "bigquery", services: ["bigquery"], allows: "all" },
  { scope: "bigquery.readonly", services: ["bigquery"], allows: "read" },
  { scope: "bigquery.insertdata", services: ["bigquery"], allows: ["bigquery.tables.updateData"] },
  { scope: "bigtable.admin", services: ["bigtable"], allows: "all" },
  { scope: "bigtable.data", services: ["bigtable"], allows: "all" },
  { scope: "bigtable.data.readonly", services: ["bigtable"], allows: "read" },
  { scope: "cloud-bigtable.admin", services: ["bigtable"], allows: "all" },
  { scope: "cloud-bigtable.data", services: ["bigtable"], allows: "all" },
  { scope: "cloudkms", services: ["cloudkms"], allows: "all" },
  { scope: "datastore", services: ["datastore"], allows: "all" },
  { scope: "ndev.clouddns.readonly", services: ["dns"], allows: "read" },
  { scope: "ndev.clouddns.readwrite", services: ["dns"], allows: "all" },
  { scope: "pubsub", services: ["pubsub"], allows: "all" },
  { scope: "spanner.admin", services: ["spanner"], allows: "all" },
  { scope: "spanner.data", services: ["spanner"], allows: "all" },
  { scope: "sqlservice.admin", services: ["cloudsql"], allows: "all" },
  { scope: "sqlservice.login", services: ["cloudsql"], allows: ["cloudsql.instances.login"] },
  { scope: "appengine.admin", services: ["appengine"], allows: "all" },
  {
    scope: "cloudplatformprojects",
    services: ["resourcemanager"],
    allows: [
      "resourcemanager.projects.get",
      "resourcemanager.projects.list",
      "resourcemanager.projects.create",
      "resourcemanager.projects.update",
      "resourcemanager.projects.delete",
    ],
  },
  { scope: "cloudplatformprojects.readonly", services: ["resourcemanager"], allows: "read" },
  { scope: "cloudruntimeconfig", services: ["runtimeconfig"], allows: "all" },
  { scope: "source.full_control", services: ["source"], allows: "all" },
  { scope: "source.read_write", services: ["source"], allows: "all" },
  { scope: "source.read_only", services: ["source"], allows: "read" },
  { scope: "cloud_debugger", services: ["clouddebugger"], allows: "all" },
  { scope: "taskqueue", services: ["appengine"], allows: [] },
  { scope: "userinfo.email", services: [], allows: [] },
  { scope: "userinfo.profile", services: [], allows: [] },
];
