import type { JsonObject } from "../../src/model/json.ts";
import type { CallRow } from "./calls-row.ts";
import { childrenOf, everywhere, groupAndName } from "./calls-row.ts";
import * as names from "./operations.ts";
import { nameIn, parentOf } from "./pages.ts";
import { perResource } from "./recorded-ids.ts";

const sets = perResource(names.scaleSetCall, "scaleSet");
const ofSet = (sdk: "network" | "compute", group: string, method: string, options?: JsonObject) =>
  childrenOf("scaleSet", { sdk, group, method, ...(options && { options }) });

/** What each site is asked for, one answer each. */
const siteSettings: Readonly<Record<string, string>> = {
  web: "getConfiguration",
  authsettingsV2: "getAuthSettingsV2WithoutSecrets",
};

/** The same of a slot, which the SDK asks by the name of its site and its own. */
const slotSettings: Readonly<Record<string, string>> = {
  web: "getConfigurationSlot",
  authsettingsV2: "getAuthSettingsV2WithoutSecretsSlot",
};

function settingsOfEach(call: string): NonNullable<CallRow["params"]> {
  return (recorded) =>
    perResource(
      call,
      "site",
    )(recorded).flatMap((site) =>
      Object.keys(siteSettings).map((config) => Object.assign({ config }, site)),
    );
}

function isMachine(id: string): boolean {
  return /\/virtualMachines\/[^/]+$/i.test(id) && !/\/virtualMachineScaleSets\//i.test(id);
}

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
    operation: names.machineDetailCall,
    permission: names.machineCall,
    affects: ["user-data"],
    per: "exposed-workload",
    detail: (workloadId) => ({ machine: workloadId }),
    /** Instances of scale sets and what the platform runs have none of their own. */
    async ask(clients, { params, token, signal }) {
      const [group, name] = groupAndName(params, "machine");
      const { machine } = params;
      if (typeof machine !== "string" || !isMachine(machine)) return { body: null };
      const options = { expand: "userData" };
      const args = [group, name];
      const method = "get";
      return clients.list({
        sdk: "compute",
        group: "virtualMachines",
        method,
        args,
        options,
        token,
        signal,
      });
    },
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
    params: settingsOfEach(names.siteCall),
    async ask(clients, { params, token, signal }) {
      const { config } = params;
      const method = (typeof config === "string" && siteSettings[config]) || "getConfiguration";
      const args = groupAndName(params, "site");
      return clients.list({ sdk: "appservice", group: "webApps", method, args, token, signal });
    },
  },
  {
    operation: names.functionCall,
    affects: ["user-data"],
    params: perResource(names.siteCall, "site", ({ kind }) =>
      JSON.stringify(kind ?? null).includes("functionapp"),
    ),
    ask: childrenOf("site", { sdk: "appservice", group: "webApps", method: "listFunctions" }),
  },
  {
    operation: names.slotCall,
    affects: ["workloads", "identity-links", "edges"],
    params: perResource(names.siteCall, "site"),
    ask: childrenOf("site", { sdk: "appservice", group: "webApps", method: "listSlots" }),
  },
  {
    operation: names.slotConfigCall,
    affects: ["edges"],
    params: settingsOfEach(names.slotCall),
    async ask(clients, { params, token, signal }) {
      const { config, site } = params;
      const method = (typeof config === "string" && slotSettings[config]) || "getConfigurationSlot";
      const [group, slot] = groupAndName(params, "site");
      const args = [group, nameIn(parentOf(typeof site === "string" ? site : "")), slot];
      return clients.list({ sdk: "appservice", group: "webApps", method, args, token, signal });
    },
  },
  {
    operation: names.hostingCall,
    affects: ["edges"],
    ask: everywhere({ sdk: "appservice", group: "appServiceEnvironments", method: "list" }),
  },
];
