import type { Access, Grant } from "../../../src/model/identity.ts";

/** What a permission is, where its verb says more or less than it changes. */
interface LevelOverride {
  readonly pattern: RegExp;
  readonly access: Access;
  readonly plane: Grant["plane"];
  readonly because: string;
}

/** Services and single permissions that Viewer has for asking, whatever their verbs say: they change no resource. */
const askingServices: ReadonlySet<string> = new Set([
  "cloudaicompanion",
  "datalineage",
  "geminicloudassist",
  "recommender",
]);
const asking: ReadonlySet<string> = new Set([
  "aiplatform.notebookRuntimeTemplates.apply",
  "alloydb.instances.executeSqlReadOnly",
  "appengine.runtimes.actAsAdmin",
  "backupdr.managementServers.access",
  "bigquery.readsessions.update",
  "bigquery.tables.createSnapshot",
  "bigtable.instances.executeQuery",
  "chronicle.ais.createFeedback",
  "chronicle.dashboardQueries.execute",
  "cloudkms.locations.generateRandomBytes",
  "cloudsql.instances.createBackupDrBackup",
  "cloudtrace.tasks.create",
  "container.localSubjectAccessReviews.create",
  "container.selfSubjectAccessReviews.create",
  "container.selfSubjectRulesReviews.create",
  "container.subjectAccessReviews.create",
  "container.tokenReviews.create",
  "healthcare.fhirStores.executeBundle",
  "looker.instances.login",
  "pubsub.schemas.attach",
  "retail.models.pause",
  "retail.models.resume",
  "run.instances.sshRead",
  "run.jobs.sshRead",
  "run.services.sshRead",
  "run.workerpools.sshRead",
  "securesourcemanager.instances.access",
  "speech.adaptations.execute",
  "spanner.sessions.create",
  "spanner.sessions.delete",
]);

/** First match decides. */
const overrides: readonly LevelOverride[] = [
  {
    pattern:
      /^(?:storage\.objects\.get|secretmanager\.versions\.access|parametermanager\.parameterVersions\.render|container\.secrets\.get|apikeys\.keys\.getKeyString|redis\.instances\.getAuthString)$/,
    access: "read",
    plane: "data",
    because: "gives contents, secrets or keys",
  },
  {
    pattern:
      /^(?:bigquery\.(?:tables|models|readsessions)\.(?:getData|export)|bigtable\.\w+\.readRows|datastore\.entities\.get|spanner\.databases\.(?:read|select|partitionRead|partitionQuery)|firebasedatabase\.instances\.get|cloudsql\.instances\.(?:export|connect|login|executeSql)|cloudsql\.backupRuns\.export|alloydb\.(?:clusters\.export|instances\.(?:connect|executeSql))|redis\.\w+\.(?:connect|export)|datastore\.databases\.export)$/,
    access: "read",
    plane: "data",
    because: "gives rows of a database",
  },
  {
    pattern: /^pubsub\.subscriptions\.consume$/,
    access: "read",
    plane: "data",
    because: "gives messages",
  },
  {
    pattern: /^cloudkms\.cryptoKeyVersions\.useToDecrypt/,
    access: "read",
    plane: "data",
    because: "gives plain text",
  },
  {
    pattern: /^cloudkms\.cryptoKeyVersions\.(?:useTo|manage)/,
    access: "write",
    plane: "data",
    because: "uses a key, and changes no resource",
  },
  {
    pattern: /^cloudkms\.cryptoKeyVersions\.destroy$/,
    access: "delete",
    plane: "control",
    because: "what the key protects is lost",
  },
  {
    pattern:
      /^(?:logging\.logEntries\.(?:create|route)|monitoring\.(?:timeSeries|metricDescriptors|metricsScopes)\.(?:create|link)|cloudtrace\.traces\.patch|telemetry\.\w+\.write|errorreporting\.errorEvents\.create|cloudprofiler\.profiles\.(?:create|update)|servicemanagement\.services\.(?:check|report|quota))$/,
    access: "write",
    plane: "data",
    because: "writes logs and metrics of its own",
  },
  {
    pattern:
      /^(?:storage\.(?:objects|folders|managedFolders|multipartUploads)|datastore\.entities|bigtable\.tables\.mutateRows|spanner\.databases\.write|spanner\.sessions|bigquery\.tables\.updateData|pubsub\.topics\.publish|artifactregistry\.\w+\.uploadArtifacts)\b(?!\.(?:get|list|delete|setIamPolicy))/,
    access: "write",
    plane: "data",
    because: "changes contents, not resources",
  },
  {
    pattern:
      /^(?:bigquery\.(?:jobs|readsessions)\.create|spanner\.databases\.begin\w*|spanner\.sessions\.\w+|pubsub\.(?:topics|snapshots)\.(?:attachSubscription|seek)|resourcemanager\.hierarchyNodes\.createTagBinding$)/,
    access: "read",
    plane: "control",
    because: "opens a session, which reads or writes with other permissions",
  },
  {
    pattern:
      /^iam\.(?:serviceAccounts\.(?:getAccessToken|getOpenIdToken|signBlob|signJwt|implicitDelegation|actAs)|serviceAccountKeys\.create)$/,
    access: "permissions",
    plane: "control",
    because: "gives the rights of an account",
  },
  {
    pattern:
      /^(?:iam\.roles\.(?:create|update|undelete)|iam\.denypolicies\.(?:create|update|delete)|iam\.principalaccessboundarypolicies\.(?:create|update|delete|bind|unbind)|orgpolicy\.polic\w+\.(?:set|create|update|delete)|storage\.hmacKeys\.(?:create|update))$/,
    access: "permissions",
    plane: "control",
    because: "changes who may do what",
  },
  {
    pattern:
      /^compute\.instances\.(?:osLogin|osAdminLogin)$|^container\.pods\.(?:exec|attach|portForward)$|^run\.\w+\.(?:invoke|run|runWithOverrides|sshRo\w+|sshRead)$|^cloudfunctions\.functions\.(?:call|invoke)$|^workflows\.executions\.create$|^cloudscheduler\.jobs\.run$/,
    access: "execute",
    plane: "control",
    because: "makes code run",
  },
];

/**
 * Verbs of changes, at the start of the last part of a permission. Other verbs ask, compute, search or predict: they
 * change no resource.
 */
const writing =
  /^(?:create|update|set(?!tings)|insert|patch|add|attach|detach|enable|disable|deploy|undeploy|start|stop|suspend|resume|reset|restart|move|rename|restore|undelete|import|upload|register|install|apply|bind|unbind|approve|activate|deactivate|promote|failover|rotate|resize|clone|link|unlink|migrate|rollback|release|write|put|modify|configure|lock|submit|instantiate|cancel|pause|manage|upgrade|associate|disassociate|allow|deny|replace|commit|abandon|switchover|reimage|provision|drain|override|relocate|rewrap|escalate|impersonate|use(?:$|External|Internal|ReadOnly))/;
const looking = /(?:Read|ReadOnly|Get|List|View)$|^use(?:ReadOnly)?$/;
const deleting =
  /^(?:delete|destroy|purge|drop|remove|truncate|batchDelete|bulkDelete|trash|terminate)/;
const executing = /^(?:invoke|call|run|execute|exec|login|ssh|osLogin|osAdminLogin|access)/;
const rights = /^(?:setIamPolicy|setOrgPolicy|grant|escalate|bind$)/;

/**
 * Basic roles that are for looking at resources and not at what is in them. A few services count their rows as a part
 * of it (Bigtable, Datastore, Spanner), which alone does not make every viewer a reader of secrets.
 * https://cloud.google.com/iam/docs/roles-overview#basic
 */
const metadataRoles: ReadonlySet<string> = new Set(["roles/viewer"]);

export interface Level {
  readonly access: Access;
  readonly plane: Grant["plane"];
}

export function levelOf(permission: string, role?: string): Level {
  const level = levelAlone(permission);
  const within = role !== undefined && metadataRoles.has(role) && level.plane === "data";
  return within && level.access === "read" ? { access: "read", plane: "control" } : level;
}

function levelAlone(permission: string): Level {
  if (asking.has(permission) || askingServices.has(permission.slice(0, permission.indexOf(".")))) {
    return { access: "read", plane: "control" };
  }
  const override = overrides.find(({ pattern }) => pattern.test(permission));
  if (override) return override;
  const verb = permission.slice(permission.lastIndexOf(".") + 1);
  if (/^list/i.test(verb)) return { access: "list", plane: "control" };
  if (looking.test(verb)) return { access: "read", plane: "control" };
  if (rights.test(verb)) return { access: "permissions", plane: "control" };
  if (deleting.test(verb)) return { access: "delete", plane: "control" };
  if (executing.test(verb)) return { access: "execute", plane: "control" };
  if (writing.test(verb)) return { access: "write", plane: "control" };
  return { access: "read", plane: "control" };
}
