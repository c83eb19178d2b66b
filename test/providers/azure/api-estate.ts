import { normalise } from "../../../providers/azure/normalise.ts";
import { azureScenario } from "../../../src/conformance/scenario-azure.ts";
import type { JsonObject } from "../../../src/model/json.ts";
import { reach } from "../../../src/reach/reach.ts";

export const base = "/subscriptions/s1/resourceGroups/rg/providers";
export const service = `${base}/Microsoft.ApiManagement/service/apim`;
export const subnet = `${base}/Microsoft.Network/virtualNetworks/vnet/subnets/apim`;

export const serviceOf = (properties: JsonObject = {}): JsonObject => ({
  id: service,
  name: "apim",
  type: "Microsoft.ApiManagement/service",
  location: "East US",
  sku: { name: "StandardV2" },
  identity: { type: "SystemAssigned", principalId: "P-1" },
  properties: {
    gatewayUrl: "https://apim.azure-api.net",
    hostnameConfigurations: [
      { type: "Proxy", hostName: "apim.azure-api.net" },
      { type: "Proxy", hostName: "api.example.com" },
      { type: "DeveloperPortal", hostName: "dev.example.com" },
    ],
    virtualNetworkType: "None",
    publicNetworkAccess: "Enabled",
    publicIPAddresses: ["20.8.8.8"],
    ...properties,
  },
});

export const api = (name: string, properties: JsonObject = {}): JsonObject => ({
  id: `${service}/apis/${name}`,
  name,
  type: "Microsoft.ApiManagement/service/apis",
  properties: {
    type: "mcp",
    path: "orders-mcp",
    protocols: ["https"],
    subscriptionRequired: false,
    isCurrent: true,
    ...properties,
  },
});

export const policy = (inbound: string, of = `${service}/apis/orders`): JsonObject => ({
  id: `${of}/policies/policy`,
  name: "policy",
  type: `Microsoft.ApiManagement/service/${of === service ? "" : "apis/"}policies`,
  properties: { value: `<policies><inbound>${inbound}</inbound><backend /></policies>` },
});

export interface Told {
  readonly line: string;
  readonly paths: readonly string[];
  readonly assumptions: readonly string[];
}

export function told(resources: JsonObject[], gaps: string[] = []): Told[] {
  const inventory = normalise(azureScenario({ config: { resources }, gaps }));
  return reach(inventory).exposures.map((each) => ({
    line: `${each.workload.name} via ${each.via} ${each.entry.port.from} ${each.authGate} ${each.verdict} ${
      each.sources === "internet" ? "internet" : each.sources.join(",")
    }`,
    paths: each.entry.paths,
    assumptions: each.assumptions,
  }));
}

export const lines = (...args: Parameters<typeof told>): string[] =>
  told(...args).map(({ line }) => line);
export const open = "orders via apim 443 none reachable internet";
