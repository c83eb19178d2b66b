import type { GcpRule } from "./escalations.ts";

const docs = "https://cloud.google.com";

const actAs = "iam.serviceAccounts.actAs";

/** `actAs` is asked on the account, the rest on its project. */
export const runRules: readonly GcpRule[] = [
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

/** Ways through what runs already. */
export const holderRules: readonly GcpRule[] = [
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
