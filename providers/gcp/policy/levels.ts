import type { Access, Grant } from "../../../src/model/identity.ts";

/** What a permission is, where its verb says more or less than it changes. */
interface LevelOverride {
  readonly pattern: RegExp;
  readonly access: Access;
  readonly plane: Grant["plane"];
  readonly because: string;
}

/** First match decides. */
const overrides: readonly LevelOverride[] = [
  {
    pattern:
      /^(?:storage\.objects\.get|secretmanager\.versions\.access|parametermanager\.parameterVersions\.render|container\.secrets\.(?:get|list)|apikeys\.keys\.getKeyString|redis\.instances\.getAuthString)$/,
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
    pattern: /^cloudkms\.(?:cryptoKeyVersions\.(?:useTo|manage)|locations\.generateRandomBytes)/,
    access: "execute",
    plane: "data",
    because: "uses a key, changes nothing",
  },
  {
    pattern: /^cloudkms\.cryptoKeyVersions\.destroy$/,
    access: "delete",
    plane: "control",
    because: "what the key protects is lost",
  },
  {
    pattern:
      /^(?:logging\.logEntries\.(?:create|route|download)|monitoring\.(?:timeSeries|metricDescriptors|metricsScopes)\.(?:create|link)|cloudtrace\.traces\.patch|telemetry\.\w+\.write|errorreporting\.errorEvents\.create|cloudprofiler\.profiles\.(?:create|update)|servicemanagement\.services\.(?:check|report|quota))$/,
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
      /^(?:bigquery\.(?:jobs|readsessions)\.create|spanner\.databases\.begin\w*|spanner\.sessions\.\w+|pubsub\.(?:topics|snapshots)\.(?:attachSubscription|seek)|cloudaicompanion\.\w+\.\w+|recommender\.\w+\.update|datalineage\.|resourcemanager\.hierarchyNodes\.createTagBinding$)/,
    access: "execute",
    plane: "data",
    because: "opens a session or marks a hint, changes no resource",
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

/** Verbs that only look; the first word of the last part of a permission. */
const reading =
  /^(?:get(?!IamPolicy$)|getIamPolicy|view|read|search|query|export|fetch|check|validate|test|lookup|download|analyze|calculate|evaluate|show|count|find|describe|verify|simulate|preview|generate(?=Report)|compute|report|introspect|monitor|watch|explain|resolve|retrieve|describekey|listen|legacyGet|connect|use(?:ReadOnly)?$|useReadOnly|wait|troubleshoot|estimate|summarize)/;
const deleting = /^(?:delete|destroy|purge|drop|remove|truncate|batchDelete|bulkDelete|trash)/;
const executing =
  /^(?:invoke|call|run|execute|predict|exec|consume|publish|submit|access|impersonate|translate|detect|converse)/;
const rights = /^(?:setIamPolicy|setOrgPolicy|grant|mint|escalate|bind)/;

export interface Level {
  readonly access: Access;
  readonly plane: Grant["plane"];
}

export function levelOf(permission: string): Level {
  const override = overrides.find(({ pattern }) => pattern.test(permission));
  if (override) return override;
  const verb = permission.slice(permission.lastIndexOf(".") + 1);
  if (/^list/i.test(verb)) return { access: "list", plane: "control" };
  if (reading.test(verb)) return { access: "read", plane: "control" };
  if (rights.test(verb)) return { access: "permissions", plane: "control" };
  if (deleting.test(verb)) return { access: "delete", plane: "control" };
  if (executing.test(verb)) return { access: "execute", plane: "control" };
  return { access: "write", plane: "control" };
}
