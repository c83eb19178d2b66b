import type { EscalationRule } from "../../../src/model/identity.ts";

/** Operations on something that runs as another identity; holding them all runs code as it. */
export interface HolderRule extends EscalationRule {
  /** ARM type of the holder, in lower case. */
  readonly type: string;
  /** Only while the cluster has a local administrator account. */
  readonly localAccounts?: true;
}

const docs = "https://learn.microsoft.com/azure";
const vm = "microsoft.compute/virtualmachines";
const scaleSet = "microsoft.compute/virtualmachinescalesets";
const arc = "microsoft.hybridcompute/machines";
const automation = "microsoft.automation/automationaccounts";
const site = "microsoft.web/sites";
const cluster = "microsoft.containerservice/managedclusters";
const runbook = "Microsoft.Automation/automationAccounts/runbooks/write";

export const holderRules: readonly HolderRule[] = [
  {
    id: "vm-run-command",
    title: "Runs a command on a virtual machine",
    type: vm,
    actions: ["Microsoft.Compute/virtualMachines/runCommand/action"],
    source: `${docs}/virtual-machines/run-command-overview`,
  },
  {
    id: "vm-managed-run-command",
    title: "Writes a managed run command of a virtual machine",
    type: vm,
    actions: ["Microsoft.Compute/virtualMachines/runCommands/write"],
    source: `${docs}/virtual-machines/linux/run-command-managed`,
  },
  {
    id: "vm-extension",
    title: "Installs an extension that runs a script on a virtual machine",
    type: vm,
    actions: ["Microsoft.Compute/virtualMachines/extensions/write"],
    source: `${docs}/virtual-machines/extensions/custom-script-linux`,
  },
  {
    id: "vmss-run-command",
    title: "Runs a command on instances of a scale set",
    type: scaleSet,
    actions: ["Microsoft.Compute/virtualMachineScaleSets/virtualMachines/runCommand/action"],
    source: `${docs}/virtual-machines/run-command-overview`,
  },
  {
    id: "vmss-extension",
    title: "Installs an extension that runs a script on a scale set",
    type: scaleSet,
    actions: ["Microsoft.Compute/virtualMachineScaleSets/extensions/write"],
    source: `${docs}/virtual-machines/extensions/custom-script-linux`,
  },
  {
    id: "arc-run-command",
    title: "Runs a command on a machine joined by Azure Arc",
    type: arc,
    actions: ["Microsoft.HybridCompute/machines/runCommands/write"],
    source: `${docs}/azure-arc/servers/run-command`,
  },
  {
    id: "arc-extension",
    title: "Installs an extension on a machine joined by Azure Arc",
    type: arc,
    actions: ["Microsoft.HybridCompute/machines/extensions/write"],
    source: `${docs}/azure-arc/servers/manage-vm-extensions`,
  },
  {
    id: "runbook-job",
    title: "Writes a runbook and starts it",
    type: automation,
    actions: [runbook, "Microsoft.Automation/automationAccounts/jobs/write"],
    source: `${docs}/automation/automation-role-based-access-control`,
  },
  {
    id: "runbook-webhook",
    title: "Writes a runbook and a webhook that starts it",
    type: automation,
    actions: [runbook, "Microsoft.Automation/automationAccounts/webhooks/write"],
    source: `${docs}/automation/automation-webhooks`,
  },
  {
    id: "runbook-schedule",
    title: "Writes a runbook and a schedule that starts it",
    type: automation,
    actions: [
      runbook,
      "Microsoft.Automation/automationAccounts/schedules/write",
      "Microsoft.Automation/automationAccounts/jobSchedules/write",
    ],
    source: `${docs}/automation/shared-resources/schedules`,
  },
  {
    id: "site-publish-profile",
    title: "Reads the publishing credentials of an app and deploys code to it",
    type: site,
    actions: ["Microsoft.Web/sites/publishxml/action"],
    source: `${docs}/app-service/deploy-configure-credentials`,
  },
  {
    id: "site-publishing-credentials",
    title: "Lists the publishing credentials of an app among its settings and deploys code to it",
    type: site,
    actions: ["Microsoft.Web/sites/config/list/action"],
    source: `${docs}/role-based-access-control/permissions/web-and-mobile#microsoftweb`,
  },
  {
    id: "function-host-key",
    title: "Reads the master key of a function app and deploys code to it",
    type: site,
    actions: ["Microsoft.Web/sites/host/listkeys/action"],
    source: `${docs}/azure-functions/function-keys-how-to`,
  },
  {
    id: "site-package",
    title: "Deploys a package to an app",
    type: site,
    actions: ["Microsoft.Web/sites/extensions/write"],
    source: `${docs}/app-service/deploy-zip`,
  },
  {
    id: "site-source-control",
    title: "Points an app at another repository of code",
    type: site,
    actions: ["Microsoft.Web/sites/sourcecontrols/write"],
    source: `${docs}/app-service/deploy-continuous-deployment`,
  },
  {
    id: "workflow-write",
    title: "Rewrites a workflow that calls the cloud with its identity",
    type: "microsoft.logic/workflows",
    actions: ["Microsoft.Logic/workflows/write"],
    source: `${docs}/logic-apps/authenticate-with-managed-identity`,
  },
  {
    id: "aks-admin-credential",
    title: "Reads the credential of a cluster's administrator, who reaches the nodes",
    type: cluster,
    localAccounts: true,
    actions: ["Microsoft.ContainerService/managedClusters/listClusterAdminCredential/action"],
    source: `${docs}/aks/control-kubeconfig-access`,
  },
  {
    id: "aks-command",
    title: "Runs a command inside a cluster",
    type: cluster,
    localAccounts: true,
    actions: ["Microsoft.ContainerService/managedClusters/runcommand/action"],
    source: `${docs}/aks/access-private-cluster`,
  },
  {
    id: "container-app-write",
    title: "Deploys a revision of a container app",
    type: "microsoft.app/containerapps",
    actions: ["Microsoft.App/containerApps/write"],
    source: `${docs}/container-apps/managed-identity`,
  },
  {
    id: "container-exec",
    title: "Opens a shell in a container",
    type: "microsoft.containerinstance/containergroups",
    actions: ["Microsoft.ContainerInstance/containerGroups/containers/exec/action"],
    source: `${docs}/container-instances/container-instances-exec`,
  },
  {
    id: "federated-credential",
    title: "Lets an outside token become a user-assigned identity",
    type: "microsoft.managedidentity/userassignedidentities",
    actions: [
      "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write",
    ],
    source: "https://learn.microsoft.com/entra/workload-id/workload-identity-federation",
  },
];
