import type { HolderRule } from "./escalations-held.ts";

const docs = "https://learn.microsoft.com/azure";
const factory = "microsoft.datafactory/factories";
const gateway = "microsoft.apimanagement/service";
const slot = "microsoft.web/sites/slots";

/** Services that call others with their identity, and places of an app that carry one of their own. */
export const serviceRules: readonly HolderRule[] = [
  {
    id: "vmss-managed-run-command",
    title: "Writes a managed run command of an instance of a scale set",
    type: "microsoft.compute/virtualmachinescalesets",
    actions: ["Microsoft.Compute/virtualMachineScaleSets/virtualMachines/runCommands/write"],
    source: `${docs}/virtual-machines/linux/run-command-managed`,
  },
  {
    id: "factory-pipeline",
    title: "Writes a pipeline that calls with the identity of its factory, and runs it",
    type: factory,
    actions: [
      "Microsoft.DataFactory/factories/pipelines/write",
      "Microsoft.DataFactory/factories/pipelines/createrun/action",
    ],
    source: `${docs}/data-factory/control-flow-web-activity#authentication`,
  },
  {
    id: "gateway-policy",
    title: "Writes a policy that sends a token of the gateway's identity to a backend",
    type: gateway,
    actions: ["Microsoft.ApiManagement/service/policies/write"],
    source: `${docs}/api-management/authentication-managed-identity-policy`,
  },
  {
    id: "gateway-api-policy",
    title: "Writes a policy of an API that sends a token of the gateway's identity to a backend",
    type: gateway,
    actions: ["Microsoft.ApiManagement/service/apis/policies/write"],
    source: `${docs}/api-management/authentication-managed-identity-policy`,
  },
  {
    id: "slot-publish-profile",
    title: "Reads the publishing credentials of a slot and deploys code to it",
    type: slot,
    actions: ["Microsoft.Web/sites/slots/publishxml/action"],
    source: `${docs}/app-service/deploy-configure-credentials`,
  },
  {
    id: "slot-publishing-credentials",
    title: "Lists the publishing credentials of a slot among its settings and deploys code to it",
    type: slot,
    actions: ["Microsoft.Web/sites/slots/config/list/action"],
    source: `${docs}/role-based-access-control/permissions/web-and-mobile#microsoftweb`,
  },
  {
    id: "slot-package",
    title: "Deploys a package to a slot",
    type: slot,
    actions: ["Microsoft.Web/sites/slots/extensions/write"],
    source: `${docs}/app-service/deploy-zip`,
  },
  {
    id: "container-job",
    title: "Rewrites a container job and starts it",
    type: "microsoft.app/jobs",
    actions: ["Microsoft.App/jobs/write", "Microsoft.App/jobs/start/action"],
    source: `${docs}/container-apps/jobs`,
  },
];
