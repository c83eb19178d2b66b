/** Permissions of one service that boundaries of a version can block, after `SERVICE.googleapis.com/`. */
export interface BlockedRow {
  readonly version: 1 | 2 | 3 | 4;
  readonly service: string;
  /** Patterns with spaces between them; a star stands for any text. */
  readonly blocks: string;
  /** What the patterns cover and a boundary cannot block all the same. */
  readonly except?: string;
}

/**
 * What each enforcement version adds to the one before it, as of 2026-04-08. Machines are in none of them.
 * https://docs.cloud.google.com/iam/docs/pab-blocked-permissions
 */
export const blockedRows: readonly BlockedRow[] = [
  {
    version: 1,
    service: "accessapproval",
    blocks: "requests.list serviceaccounts.get settings.*",
  },
  {
    version: 1,
    service: "accesscontextmanager",
    blocks: "*",
    except: "gcpUserAccessBindings.*",
  },
  {
    version: 1,
    service: "bigquery",
    blocks:
      "datasets.create datasets.delete datasets.get datasets.setIamPolicy datasets.update jobs.create jobs.delete jobs.list jobs.get models.create models.delete models.list models.updateMetadata routines.create routines.delete routines.list routines.update",
  },
  { version: 1, service: "binaryauthorization", blocks: "*" },
  { version: 1, service: "logging", blocks: "logEntries.create logMetrics.*" },
  {
    version: 1,
    service: "run",
    blocks:
      "authorizeddomains.* configurations.get configurations.list domainmappings.* services.create services.delete services.get services.list services.update executions.* jobs.create jobs.delete jobs.get jobs.list jobs.run revisions.* routes.get routes.list tasks.*",
  },
  {
    version: 1,
    service: "storage",
    blocks:
      "buckets.get buckets.getIamPolicy buckets.list buckets.setIamPolicy buckets.update hmacKeys.update objects.delete objects.get objects.setRetention",
  },
  {
    version: 1,
    service: "dataflow",
    blocks: "messages.list metrics.get snapshots.list workItems.* jobs.*",
    except: "jobs.snapshot",
  },
  {
    version: 1,
    service: "datastore",
    blocks: "databases.create databases.delete databases.get databases.getMetadata databases.list",
  },
  { version: 1, service: "firebaserules", blocks: "*" },
  {
    version: 1,
    service: "gkehub",
    blocks:
      "membershipbindings.* rbacrolebindings.* features.* fleet.create fleet.get fleet.patch locations.* memberships.* scopes.*",
    except: "*.createTagBinding *.deleteTagBinding *.listEffectiveTags *.listTagBindings",
  },
  {
    version: 1,
    service: "pubsub",
    blocks: "*",
    except: "*.getIamPolicy *.setIamPolicy schemas.delete schemas.validate subscriptions.consume",
  },
  {
    version: 1,
    service: "redis",
    blocks:
      "instances.create instances.delete instances.failover instances.get instances.getAuthString instances.list instances.update instances.upgrade",
  },
  { version: 1, service: "aiplatform", blocks: "*", except: "operations.*" },
  { version: 2, service: "accesscontextmanager", blocks: "*" },
  { version: 2, service: "containeranalysis", blocks: "*" },
  {
    version: 2,
    service: "bigquery",
    blocks: "rowAccessPolicies.* datasets.* jobs.* models.* routines.* tables.*",
  },
  { version: 2, service: "bigquerydatapolicy", blocks: "*" },
  { version: 2, service: "bigquerydatatransfer", blocks: "transfers.*" },
  { version: 2, service: "beyondcorp", blocks: "*" },
  { version: 2, service: "cloudasset", blocks: "*" },
  { version: 2, service: "billing", blocks: "budgets.*" },
  { version: 2, service: "cloudbuild", blocks: "*" },
  { version: 2, service: "monitoring", blocks: "*", except: "metricsScopes.link timeSeries.list" },
  { version: 2, service: "meshconfig", blocks: "*" },
  {
    version: 2,
    service: "storage",
    blocks:
      "bucketOperations.* buckets.* managedFolders.* multipartUploads.* folders.* hmacKeys.* objects.*",
  },
  { version: 2, service: "cloudtrace", blocks: "*" },
  {
    version: 2,
    service: "compute",
    blocks:
      "networkAttachments.* networkEdgeSecurityServices.* regionSecurityPolicies.* securityPolicies.* serviceAttachments.* routers.*",
  },
  { version: 2, service: "gkemulticloud", blocks: "*" },
  { version: 2, service: "iap", blocks: "*" },
  { version: 2, service: "redis", blocks: "*" },
  { version: 2, service: "networkmanagement", blocks: "*" },
  {
    version: 2,
    service: "networkservices",
    blocks: "edgeCacheKeysets.* edgeCacheOrigins.* edgeCacheServices.*",
  },
  { version: 2, service: "recaptchaenterprise", blocks: "*" },
  {
    version: 2,
    service: "cloudresourcemanager",
    blocks: "*",
    except:
      "*.createPolicyBinding *.deletePolicyBinding *.searchPolicyBindings *.updatePolicyBinding",
  },
  { version: 2, service: "videostitcher", blocks: "*" },
  { version: 3, service: "essentialcontacts", blocks: "contacts.*" },
  {
    version: 3,
    service: "iam",
    blocks: "denypolicies.* roles.* serviceAccountKeys.* serviceAccounts.*",
    except:
      "serviceAccounts.createTagBinding serviceAccounts.deleteTagBinding serviceAccounts.getCertificateAs serviceAccounts.listEffectiveTags serviceAccounts.listTagBindings",
  },
  {
    version: 3,
    service: "dataproc",
    blocks:
      "autoscalingPolicies.* batches.* clusters.* jobs.* operations.* sessionTemplates.* sessions.* workflowTemplates.*",
  },
  { version: 3, service: "servicemanagement", blocks: "services.check services.report" },
  ...[
    "bigtable",
    "bigtableadmin",
    "cloudsql",
    "trafficdirector",
    "networkmanagement",
    "artifactregistry",
    "pubsub",
    "workflows",
    "gkeonprem",
    "dns",
    "orgpolicy",
    "cloudfunctions",
    "spanner",
    "container",
  ].map((service): BlockedRow => ({ version: 3, service, blocks: "*" })),
  {
    version: 3,
    service: "networkservices",
    blocks:
      "endpointPolicies.* gateways.* grpcRoutes.* httpRoutes.* httpfilters.* meshes.* route_views.* serviceBindings.* serviceLbPolicies.* tcpRoutes.* tlsRoutes.*",
  },
  {
    version: 3,
    service: "compute",
    blocks:
      "addresses.* backendBuckets.* backendServices.* externalVpnGateways.* firewallPolicies.* firewalls.* forwardingRules.* globalAddresses.* globalForwardingRules.* healthChecks.* httpHealthChecks.* httpsHealthChecks.* interconnectAttachments.* interconnectLocations.* interconnectRemoteLocations.* interconnects.* networks.* packetMirrorings.* publicAdvertisedPrefixes.* publicDelegatedPrefixes.* regionBackendServices.* regionFirewallPolicies.* regionHealthChecks.* regionSslPolicies.* regionTargetHttpProxies.* regionTargetTcpProxies.* regionUrlMaps.* routes.* sslPolicies.* subnetworks.* targetGrpcProxies.* targetHttpProxies.* targetHttpsProxies.* targetInstances.* targetPools.* targetSslProxies.* targetTcpProxies.* targetVpnGateways.* urlMaps.* vpnGateways.*",
  },
  { version: 3, service: "apikeys", blocks: "apikeys.* keys.*" },
  { version: 3, service: "serviceusage", blocks: "apiKeys.*" },
  {
    version: 3,
    service: "datastore",
    blocks:
      "backupSchedules.* backups.delete backups.get backups.list databases.* entities.* indexes.* locations.* operations.* userCreds.*",
  },
  {
    version: 3,
    service: "cloudkms",
    blocks:
      "autokeyConfigs.* cryptoKeyVersions.create cryptoKeyVersions.destroy cryptoKeyVersions.get cryptoKeyVersions.list cryptoKeyVersions.restore cryptoKeyVersions.update cryptoKeyVersions.useToDecrypt cryptoKeyVersions.useToEncrypt cryptoKeyVersions.useToSign cryptoKeyVersions.useToVerify cryptoKeyVersions.viewPublicKey ekmConfigs.* importJobs.* keyHandles.* keyRings.*",
    except: "importJobs.useToImport",
  },
  {
    version: 3,
    service: "dataplex",
    blocks:
      "aspectTypes.* datascans.* entries.* entryGroups.create entryGroups.delete entryGroups.get entryGroups.getIamPolicy entryGroups.import entryGroups.list entryGroups.setIamPolicy entryGroups.update entryGroups.useContactsAspect entryGroups.useGenericAspect entryGroups.useGenericEntry entryGroups.useOverviewAspect entryGroups.useSchemaAspect entryTypes.* metadataJobs.*",
  },
  {
    version: 3,
    service: "datalineage",
    blocks: "events.* locations.* operations.* processes.* runs.*",
  },
  { version: 3, service: "gkehub", blocks: "fleets.*" },
];
