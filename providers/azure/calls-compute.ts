import type { JsonObject } from "../../src/model/json.ts";
import type { CallRow } from "./calls-row.ts";
import { childrenOf, everywhere, groupAndName } from "./calls-row.ts";
import * as names from "./operations.ts";
import { perResource } from "./recorded-ids.ts";

const sets = perResource(names.scaleSetCall, "scaleSet");
const ofSet = (sdk: "network" | "compute", group: string, method: string, options?: JsonObject) =>
  childrenOf("scaleSet", { sdk, group, method, ...(options && { options }) });

/** What each site is asked for, one answer each. */
const siteSettings: Readonly<Record<string, string>> = {
  web: "getConfiguration",
  authsettingsV2: "getAuthSettingsV2WithoutSecrets",
};

/** https://learn.microsoft.com/rest/api/compute/, /containerapps/, /container-instances/ and /appservice/. */
export const computeCalls: readonly CallRow[] = [
  {
    operation: names.machineCall,
    also: ["Microsoft.Compute/virtualMachines/instanceView/read"],
    affects: ["workloads", "identity-links"],
    ask: everywhere({
      sdk: "compute",
      group: "virtualMachines",
      method: "listAll",
      options: { expand: "instanceView" },
    }),
  },
  {
    operation: names.scaleSetCall,
    affects: ["workloads", "identity-links"],
    ask: everywhere({ sdk: "compute", group: "virtualMachineScaleSets", method: "listAll" }),
  },
  {
    operation: names.scaleSetMachineCall,
    affects: ["workloads"],
    params: sets,
    ask: ofSet("compute", "virtualMachineScaleSetVMs", "list", { expand: "instanceView" }),
  },
  {
    operation: names.scaleSetInterfaceCall,
    affects: ["interfaces"],
    params: sets,
    ask: ofSet("network", "networkInterfaces", "listVirtualMachineScaleSetNetworkInterfaces"),
  },
  {
    operation: names.scaleSetAddressCall,
    affects: ["addresses"],
    params: sets,
    ask: ofSet("network", "publicIPAddresses", "listVirtualMachineScaleSetPublicIPAddresses"),
  },
  {
    operation: names.environmentCall,
    affects: ["edges"],
    ask: everywhere({
      sdk: "appcontainers",
      group: "managedEnvironments",
      method: "listBySubscription",
    }),
  },
  {
    operation: names.containerAppCall,
    affects: ["workloads", "identity-links", "edges"],
    ask: everywhere({ sdk: "appcontainers", group: "containerApps", method: "listBySubscription" }),
  },
  {
    operation: names.containerAppAuthCall,
    affects: ["edges"],
    params: perResource(names.containerAppCall, "app"),
    ask: childrenOf("app", {
      sdk: "appcontainers",
      group: "containerAppsAuthConfigs",
      method: "listByContainerApp",
    }),
  },
  {
    operation: names.containerGroupCall,
    affects: ["workloads", "identity-links", "addresses"],
    ask: everywhere({ sdk: "containerinstance", group: "containerGroups", method: "list" }),
  },
  {
    operation: names.siteCall,
    affects: ["workloads", "identity-links", "edges"],
    ask: everywhere({ sdk: "appservice", group: "webApps", method: "list" }),
  },
  {
    operation: names.siteConfigCall,
    affects: ["edges"],
    params: (recorded) =>
      perResource(
        names.siteCall,
        "site",
      )(recorded).flatMap((site) =>
        Object.keys(siteSettings).map((config) => Object.assign({ config }, site)),
      ),
    async ask(clients, { params, token, signal }) {
      const { config } = params;
      const method = (typeof config === "string" && siteSettings[config]) || "getConfiguration";
      const args = groupAndName(params, "site");
      return clients.list({ sdk: "appservice", group: "webApps", method, args, token, signal });
    },
  },
  {
    operation: names.hostingCall,
    affects: ["edges"],
    ask: everywhere({ sdk: "appservice", group: "appServiceEnvironments", method: "list" }),
  },
];
