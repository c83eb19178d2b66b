import type { EscalationRule } from "../../../src/model/identity.ts";

/** What a rule does with its target. */
export type Effect =
  /** A credential of a service account. */
  | "become"
  /** The right to hand out roles on a service account, and so to become it. */
  | "set-policy"
  /** A credential of an account that the caller's delegate may mint. */
  | "delegate"
  /** Code that runs as an account that the caller may act as. */
  | "run-as"
  /** Code on, or a new version of, a thing that holds the account. */
  | "take-over"
  /** The account that a service runs things as when none is named. */
  | "default-account"
  /** A key that acts as the account on one service. */
  | "service-key"
  /** A stored credential of the account. */
  | "stored-credential"
  /** Roles granted on the audited project or above it. */
  | "grant-self"
  /** Permissions added to a role that is bound already. */
  | "fill-role"
  /** A deny policy taken away. */
  | "lift-deny";

export interface GcpRule extends EscalationRule {
  readonly effect: Effect;
  /** Any of these sets beside the actions. */
  readonly oneOf?: readonly (readonly string[])[];
  /** Kind of thing that holds the account. */
  readonly kind?: string;
  /** Service to which the credential is limited. */
  readonly only?: string;
}

const docs = "https://cloud.google.com";

const accountRules: readonly GcpRule[] = [
  {
    id: "gcp-get-access-token",
    title: "mints an access token of the account",
    effect: "become",
    actions: ["iam.serviceAccounts.getAccessToken"],
    source: `${docs}/iam/docs/create-short-lived-credentials-direct`,
  },
  {
    id: "gcp-sign-jwt",
    title: "signs an assertion of the account, which is exchanged for a token",
    effect: "become",
    actions: ["iam.serviceAccounts.signJwt"],
    source: `${docs}/iam/docs/reference/credentials/rest/v1/projects.serviceAccounts/signJwt`,
  },
  {
    id: "gcp-sign-blob",
    title: "signs bytes as the account, and so an assertion of it",
    effect: "become",
    actions: ["iam.serviceAccounts.signBlob"],
    source: `${docs}/iam/docs/reference/credentials/rest/v1/projects.serviceAccounts/signBlob`,
  },
  {
    id: "gcp-create-key",
    title: "creates a key of the account",
    effect: "become",
    actions: ["iam.serviceAccountKeys.create"],
    source: `${docs}/iam/docs/keys-create-delete`,
  },
  {
    id: "gcp-implicit-delegation",
    title: "mints a token through an account that may mint it",
    effect: "delegate",
    actions: ["iam.serviceAccounts.implicitDelegation"],
    source: `${docs}/iam/docs/create-short-lived-credentials-delegated`,
  },
  {
    id: "gcp-account-set-iam-policy",
    title: "grants itself the right to mint tokens of the account",
    effect: "set-policy",
    actions: ["iam.serviceAccounts.setIamPolicy"],
    source: `${docs}/iam/docs/manage-access-service-accounts`,
  },
  {
    id: "gcp-create-hmac-key",
    title: "creates a storage key that acts as the account",
    effect: "service-key",
    actions: ["storage.hmacKeys.create"],
    only: "storage",
    source: `${docs}/storage/docs/authentication/hmackeys`,
  },
  {
    id: "gcp-read-secret",
    title: "reads a secret that holds a credential of the account",
    effect: "stored-credential",
    actions: ["secretmanager.versions.access"],
    source: `${docs}/secret-manager/docs/access-secret-version`,
  },
  {
    id: "gcp-secret-set-iam-policy",
    title: "lets itself read a secret that holds a credential of the account",
    effect: "stored-credential",
    actions: ["secretmanager.secrets.setIamPolicy"],
    source: `${docs}/secret-manager/docs/manage-access-to-secrets`,
  },
];

const rightsRules: readonly GcpRule[] = [
  ...["projects", "folders", "organizations"].map((kind): GcpRule => ({
    id: `gcp-grant-self-${kind}`,
    title: "grants itself a role that it may hand out",
    effect: "grant-self",
    actions: [`resourcemanager.${kind}.setIamPolicy`],
    source: `${docs}/iam/docs/setting-limits-on-granting-roles`,
  })),
  {
    id: "gcp-update-role",
    title: "adds permissions to a custom role that is bound already",
    effect: "fill-role",
    actions: ["iam.roles.update"],
    source: `${docs}/iam/docs/creating-custom-roles`,
  },
  {
    id: "gcp-delete-deny-policy",
    title: "takes away a deny policy that holds it back",
    effect: "lift-deny",
    actions: [],
    oneOf: [["iam.denypolicies.delete"], ["iam.denypolicies.update"]],
    source: `${docs}/iam/docs/deny-access`,
  },
];

const actAs = "iam.serviceAccounts.actAs";

/** `actAs` is asked on the account, the rest on its project. */
const runRules: readonly GcpRule[] = [
  {
    id: "gcp-create-function",
    title: "deploys a function that runs as the account",
    effect: "run-as",
    actions: [actAs, "cloudfunctions.functions.create", "cloudfunctions.functions.sourceCodeSet"],
    source: `${docs}/functions/docs/reference/iam/permissions`,
  },
  {
    id: "gcp-create-instance",
    title: "starts an instance whose script runs as the account",
    effect: "run-as",
    actions: [
      actAs,
      "compute.instances.create",
      "compute.disks.create",
      "compute.instances.setMetadata",
      "compute.instances.setServiceAccount",
      "compute.subnetworks.use",
    ],
    source: `${docs}/compute/docs/access/create-enable-service-accounts-for-instances`,
  },
  {
    id: "gcp-create-run-service",
    title: "deploys a service that runs as the account and calls it",
    effect: "run-as",
    actions: [actAs, "run.services.create"],
    oneOf: [["run.routes.invoke"], ["run.services.setIamPolicy"]],
    source: `${docs}/run/docs/reference/iam/permissions`,
  },
  {
    id: "gcp-create-run-job",
    title: "creates a job that runs as the account and starts it",
    effect: "run-as",
    actions: [actAs, "run.jobs.create", "run.jobs.run"],
    source: `${docs}/run/docs/reference/iam/permissions`,
  },
  {
    id: "gcp-create-scheduler-job",
    title: "schedules calls that carry a token of the account",
    effect: "run-as",
    actions: [actAs, "cloudscheduler.jobs.create"],
    source: `${docs}/scheduler/docs/http-target-auth`,
  },
  {
    id: "gcp-create-task",
    title: "queues calls that carry a token of the account",
    effect: "run-as",
    actions: [actAs, "cloudtasks.tasks.create"],
    source: `${docs}/tasks/docs/creating-http-target-tasks`,
  },
  {
    id: "gcp-create-infra-manager-deployment",
    title: "deploys Terraform that runs as the account",
    effect: "run-as",
    actions: [actAs, "config.deployments.create"],
    source: `${docs}/infrastructure-manager/docs/configure-service-account`,
  },
  {
    id: "gcp-create-build-as",
    title: "runs a build as the account",
    effect: "run-as",
    actions: [actAs, "cloudbuild.builds.create"],
    source: `${docs}/build/docs/securing-builds/configure-user-specified-service-accounts`,
  },
  {
    id: "gcp-create-workflow",
    title: "runs a workflow that calls APIs as the account",
    effect: "run-as",
    actions: [actAs, "workflows.workflows.create", "workflows.executions.create"],
    source: `${docs}/workflows/docs/authentication`,
  },
  {
    id: "gcp-create-batch-job",
    title: "runs a batch job as the account",
    effect: "run-as",
    actions: [actAs, "batch.jobs.create"],
    source: `${docs}/batch/docs/create-run-job-custom-service-account`,
  },
  {
    id: "gcp-create-custom-job",
    title: "runs a training job as the account",
    effect: "run-as",
    actions: [actAs, "aiplatform.customJobs.create"],
    source: `${docs}/vertex-ai/docs/general/custom-service-account`,
  },
  {
    id: "gcp-create-dataflow-job",
    title: "runs a pipeline whose workers are the account",
    effect: "run-as",
    actions: [actAs, "dataflow.jobs.create"],
    source: `${docs}/dataflow/docs/concepts/security-and-permissions`,
  },
  {
    id: "gcp-create-composer-environment",
    title: "creates an Airflow environment that runs as the account",
    effect: "run-as",
    actions: [actAs, "composer.environments.create"],
    source: `${docs}/composer/docs/composer-3/access-control`,
  },
  {
    id: "gcp-create-dataproc-cluster",
    title: "creates a cluster whose nodes are the account and runs a job on it",
    effect: "run-as",
    actions: [actAs, "dataproc.clusters.create", "dataproc.jobs.create"],
    source: `${docs}/dataproc/docs/concepts/configuring-clusters/service-accounts`,
  },
];

const holderRules: readonly GcpRule[] = [
  {
    id: "gcp-update-function",
    title: "puts other code in a function that runs as the account",
    effect: "run-as",
    kind: "function",
    actions: [actAs, "cloudfunctions.functions.update", "cloudfunctions.functions.sourceCodeSet"],
    source: `${docs}/functions/docs/reference/iam/permissions`,
  },
  {
    id: "gcp-set-instance-metadata",
    title: "gives an instance of the account a script and restarts it",
    effect: "take-over",
    kind: "instance",
    actions: ["compute.instances.setMetadata"],
    oneOf: [["compute.instances.reset"], ["compute.instances.stop", "compute.instances.start"]],
    source: `${docs}/compute/docs/instances/startup-scripts/linux`,
  },
  {
    id: "gcp-set-instance-keys",
    title: "puts an SSH key on an instance of the account",
    effect: "take-over",
    kind: "instance-metadata-keys",
    actions: ["compute.instances.setMetadata"],
    source: `${docs}/compute/docs/connect/add-ssh-keys`,
  },
  {
    id: "gcp-set-project-metadata",
    title: "gives all instances of the project a script and restarts the one of the account",
    effect: "take-over",
    kind: "instance",
    actions: ["compute.projects.setCommonInstanceMetadata"],
    oneOf: [["compute.instances.reset"], ["compute.instances.stop", "compute.instances.start"]],
    source: `${docs}/compute/docs/metadata/setting-custom-metadata`,
  },
  {
    id: "gcp-set-project-keys",
    title: "puts an SSH key on all instances of the project",
    effect: "take-over",
    kind: "instance-metadata-keys",
    actions: ["compute.projects.setCommonInstanceMetadata"],
    source: `${docs}/compute/docs/connect/add-ssh-keys`,
  },
  {
    id: "gcp-os-login",
    title: "logs in to an instance of the account and asks its metadata server",
    effect: "take-over",
    kind: "instance-os-login",
    actions: [],
    oneOf: [["compute.instances.osAdminLogin"], ["compute.instances.osLogin"]],
    source: `${docs}/compute/docs/oslogin/set-up-oslogin`,
  },
  {
    id: "gcp-create-build",
    title: "runs a build as the account that builds run as",
    effect: "default-account",
    kind: "build",
    actions: ["cloudbuild.builds.create"],
    source: `${docs}/build/docs/cloud-build-service-account`,
  },
];

/** Ways from a service account to a stronger one, each with its source. Services that are shut down are not among them. */
export const escalations: readonly GcpRule[] = [
  ...accountRules,
  ...rightsRules,
  ...runRules,
  ...holderRules,
];
