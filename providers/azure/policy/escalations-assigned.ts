import type { EscalationRule } from "../../../src/model/identity.ts";

/** Puts a user-assigned identity on something that the caller writes; all `actions` hold at one scope. */
export interface AssignRule extends EscalationRule {
  /** Beside the right to assign the identity itself. */
  readonly actions: readonly string[];
  /** Namespace of the service that runs it; where that is known to be off, nothing runs. */
  readonly runsOn?: string;
}

export const assignAction = "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action";

const containers = "microsoft.containerinstance";
const docs = "https://learn.microsoft.com/azure";

export const assignRules: readonly AssignRule[] = [
  {
    id: "assign-to-vm",
    title: "Puts the identity on a virtual machine",
    actions: ["Microsoft.Compute/virtualMachines/write"],
    source: `${docs}/virtual-machines/overview`,
  },
  {
    id: "assign-to-scale-set",
    title: "Puts the identity on a scale set",
    actions: ["Microsoft.Compute/virtualMachineScaleSets/write"],
    source: `${docs}/virtual-machine-scale-sets/overview`,
  },
  {
    id: "assign-to-site",
    title: "Puts the identity on a web or function app",
    actions: ["Microsoft.Web/sites/write"],
    source: `${docs}/app-service/overview-managed-identity`,
  },
  {
    id: "assign-to-container-group",
    title: "Starts containers with the identity",
    actions: ["Microsoft.ContainerInstance/containerGroups/write"],
    runsOn: containers,
    source: `${docs}/container-instances/container-instances-managed-identity`,
  },
  {
    id: "assign-to-container-app",
    title: "Puts the identity on a container app",
    actions: ["Microsoft.App/containerApps/write"],
    source: `${docs}/container-apps/managed-identity`,
  },
  {
    id: "assign-to-container-job",
    title: "Runs a container job with the identity",
    actions: ["Microsoft.App/jobs/write"],
    source: `${docs}/container-apps/managed-identity`,
  },
  {
    id: "assign-to-workflow",
    title: "Puts the identity on a workflow",
    actions: ["Microsoft.Logic/workflows/write"],
    source: `${docs}/logic-apps/authenticate-with-managed-identity`,
  },
  {
    id: "assign-to-automation",
    title: "Puts the identity on an automation account and runs a runbook",
    actions: [
      "Microsoft.Automation/automationAccounts/write",
      "Microsoft.Automation/automationAccounts/runbooks/write",
      "Microsoft.Automation/automationAccounts/jobs/write",
    ],
    source: `${docs}/automation/enable-managed-identity-for-automation`,
  },
  {
    id: "deployment-script",
    title: "Deploys a script that runs as the identity",
    actions: [
      "Microsoft.Resources/deploymentScripts/write",
      "Microsoft.Resources/deployments/write",
      "Microsoft.Storage/storageAccounts/write",
      "Microsoft.ContainerInstance/containerGroups/write",
    ],
    runsOn: containers,
    source: `${docs}/azure-resource-manager/templates/deployment-script-template-configure-dev`,
  },
];
