import type { JsonObject } from "../../src/model/json.ts";
import { idOf, publicAddress, resource, subnetId } from "./azure-network.ts";

const type = "Microsoft.Network/applicationGateways";

/** A public listener on port 80 that forwards to one private address. */
export interface AzureGateway {
  readonly name: string;
  readonly publicAddress: string;
  readonly target: string;
  readonly targetPort: number;
}

/** https://learn.microsoft.com/rest/api/application-gateway/application-gateways/get */
export function applicationGateway(gateway: AzureGateway): JsonObject[] {
  const { name, target, targetPort } = gateway;
  const part = (collection: string, member: string): JsonObject => ({
    id: `${idOf(type, name)}/${collection}/${member}`,
  });
  const own = (collection: string, member: string, properties: JsonObject): JsonObject => ({
    ...part(collection, member),
    name: member,
    properties,
  });
  const address = `pip-${name}`;
  return [
    publicAddress(address, gateway.publicAddress),
    resource(type, name, {
      properties: {
        operationalState: "Running",
        sku: { name: "Standard_v2", tier: "Standard_v2" },
        gatewayIPConfigurations: [
          own("gatewayIPConfigurations", "gateway", { subnet: { id: subnetId("gateway") } }),
        ],
        frontendIPConfigurations: [
          own("frontendIPConfigurations", "public", {
            publicIPAddress: { id: idOf("Microsoft.Network/publicIPAddresses", address) },
          }),
        ],
        frontendPorts: [own("frontendPorts", "port-80", { port: 80 })],
        httpListeners: [
          own("httpListeners", "http", {
            protocol: "Http",
            frontendIPConfiguration: part("frontendIPConfigurations", "public"),
            frontendPort: part("frontendPorts", "port-80"),
          }),
        ],
        backendAddressPools: [
          own("backendAddressPools", "pool", { backendAddresses: [{ ipAddress: target }] }),
        ],
        backendHttpSettingsCollection: [
          own("backendHttpSettingsCollection", "plain", { port: targetPort, protocol: "Http" }),
        ],
        requestRoutingRules: [
          own("requestRoutingRules", "all", {
            ruleType: "Basic",
            priority: 10,
            httpListener: part("httpListeners", "http"),
            backendAddressPool: part("backendAddressPools", "pool"),
            backendHttpSettings: part("backendHttpSettingsCollection", "plain"),
          }),
        ],
      },
    }),
  ];
}
