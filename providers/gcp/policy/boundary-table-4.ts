import type { BlockedRow } from "./boundary-table.ts";

/** Services of which version 4 can block everything. */
const whole = [
  "clouddeploy",
  "file",
  "privateca",
  "livestream",
  "documentai",
  "securitycentermanagement",
  "cloudsecurityscanner",
  "securitycenter",
  "cloudquotas",
  "recommender",
  "apphub",
  "gkebackup",
  "composer",
  "firebasestorage",
  "workstations",
  "confidentialcomputing",
  "contactcenteraiplatform",
  "datastream",
  "config",
  "parallelstore",
  "policysimulator",
  "secretmanager",
  "vpcaccess",
  "serviceusage",
  "cloudasset",
  "kubernetesmetadata",
] as const;

/**
 * What enforcement version 4 adds, as of 2026-04-08.
 * https://docs.cloud.google.com/iam/docs/pab-blocked-permissions
 */
export const blockedInFour: readonly BlockedRow[] = [
  ...whole.map((service): BlockedRow => ({ version: 4, service, blocks: "*" })),
  { version: 4, service: "analyticshub", blocks: "dataExchanges.*" },
  {
    version: 4,
    service: "bigquery",
    blocks: "capacityCommitments.* datasources.* readsessions.* reservations.* transfers.*",
  },
  {
    version: 4,
    service: "networkconnectivity",
    blocks:
      "groups.* hubRouteTables.* hubRoutes.* hubs.* internalRanges.* policyBasedRoutes.* regionalEndpoints.* spokes.*",
  },
  {
    version: 4,
    service: "iam",
    blocks:
      "oauthClientCredentials.* oauthClients.* workforcePoolProviderKeys.* workforcePoolProviders.* workforcePoolSubjects.* workforcePools.* workloadIdentityPoolNamespaces.* workloadIdentityPoolProviderKeys.* workloadIdentityPoolProviders.* workloadIdentityPools.*",
    except:
      "*.createPolicyBinding *.deletePolicyBinding *.searchPolicyBindings *.updatePolicyBinding",
  },
  { version: 4, service: "alloydb", blocks: "*", except: "databases.*" },
  {
    version: 4,
    service: "integrations",
    blocks: "*",
    except:
      "apigeeauthconfigs.* apigeecertificates.* apigeeintegrations.* apigeeintegrationvers.* apigeeproducts.* apigeesfdcchannels.* apigeesfdcinstances.* apigeesuspensions.* integrations.deploy integrations.update locations.* securityauthconfigs.* securityexecutions.* securityintegrations.* securityintegrationvers.delete securityintegrationvers.deploy securityintegrationvers.list securityintegtemps.* securityproducts.* sfdcchannels.create sfdcchannels.list workflows.*",
  },
  {
    version: 4,
    service: "datafusion",
    blocks:
      "instances.* locations.* namespaces.getIamPolicy namespaces.list namespaces.setIamPolicy operations.*",
  },
  { version: 4, service: "cloudkms", blocks: "*", except: "locations.get locations.list" },
  {
    version: 4,
    service: "cloudtranslate",
    blocks: "*",
    except: "custommodels.* translationmemories.*",
  },
  { version: 4, service: "datamigration", blocks: "*", except: "mappingrules.*" },
  {
    version: 4,
    service: "dataform",
    blocks: "*",
    except: "comments.* commentsnested.* commentthreads.* commentthreadsnested.*",
  },
  {
    version: 4,
    service: "servicemanagement",
    blocks:
      "consumers.getIamPolicy consumers.setIamPolicy services.create services.delete services.get services.getIamPolicy services.list services.setIamPolicy services.update",
  },
  {
    version: 4,
    service: "backupdr",
    blocks:
      "backupPlanAssociations.create* backupPlanAssociations.deleteFor* backupPlanAssociations.fetchFor* backupPlanAssociations.getFor* backupPlanAssociations.list backupPlanRevisions.* backupPlans.* backupVaults.* bvbackups.* bvdataSources.abandonBackup bvdataSources.fetchAccessToken bvdataSources.finalizeBackup bvdataSources.get bvdataSources.initiateBackup bvdataSources.list bvdataSources.remove bvdataSources.setInternalStatus bvdataSources.update compute.* dataSourceReferences.fetchFor* dataSourceReferences.list locations.* managementServers.create managementServers.createConnection managementServers.delete managementServers.get managementServers.getIamPolicy managementServers.list managementServers.setIamPolicy managementServers.update operations.* serviceConfig.*",
    except: "bvbackups.useReadOnlyFor*",
  },
  {
    version: 4,
    service: "dlp",
    blocks:
      "charts.* columnDataProfiles.* connections.* deidentifyTemplates.* estimates.* fileStoreProfiles.* inspecttemplates.* jobTriggers.* jobs.* projectDataProfiles.* storedInfoTypes.* subscriptions.* tableDataProfiles.*",
  },
  {
    version: 4,
    service: "securesourcemanager",
    blocks:
      "branchRules.* hooks.* instances.access instances.create instances.delete instances.get instances.getIamPolicy instances.linkDeveloperConnect instances.list instances.setIamPolicy issuecomments.* issues.* locations.* operations.* prcomments.* pullRequests.* repositories.create repositories.delete repositories.fetch repositories.get repositories.getIamPolicy repositories.list repositories.setIamPolicy repositories.update",
  },
  {
    version: 4,
    service: "connectors",
    blocks: "*",
    except: "connections.executeSqlQuery connections.generateOpenAPISpec connections.listenEvent",
  },
  {
    version: 4,
    service: "metastore",
    blocks:
      "backups.* databases.delete databases.getIamPolicy databases.setIamPolicy databases.update federations.* imports.* locations.* operations.* services.* tables.delete tables.getIamPolicy tables.setIamPolicy tables.update",
    except: "federations.use services.use",
  },
];
