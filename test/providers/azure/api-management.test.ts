import { describe, expect, test } from "vitest";
import { normalise } from "../../../providers/azure/normalise.ts";
import { azureScenario } from "../../../src/conformance/scenario-azure.ts";
import { hintsOf } from "../../../src/hints/passive.ts";
import type { JsonObject } from "../../../src/model/json.ts";
import { allowRule } from "./allow-rule.ts";
import { api, base, lines, open, serviceOf, subnet, told } from "./api-estate.ts";

describe("an MCP server of API Management", () => {
  test("answers at the gateway under the path of its API, and says that it speaks MCP", () => {
    const resources = [serviceOf(), api("orders"), api("rest", { type: "http" })];
    expect(told(resources)).toEqual([{ line: open, paths: ["/orders-mcp/mcp"], assumptions: [] }]);
    const { workloads, approaches = [] } = normalise(azureScenario({ config: { resources } }));
    expect(approaches[0]?.entry.hosts).toEqual(["apim.azure-api.net", "api.example.com"]);
    expect(workloads.map(({ identities }) => identities.map(({ id }) => id))).toEqual([["p-1"]]);
    expect(hintsOf(workloads[0]!).map(({ id }) => id)).toContain("declared-protocol");
  });

  test.each<[string, JsonObject, string[]]>([
    [
      "told by name",
      { mcpProperties: { endpoints: { mcp: { uriTemplate: "/x" } } } },
      ["/orders-mcp/x"],
    ],
    [
      "told in a list",
      {
        mcpProperties: {
          endpoints: [
            { name: "sse", uriTemplate: "/sse" },
            { name: "m", uriTemplate: "m" },
          ],
        },
      },
      ["/orders-mcp/m", "/orders-mcp/sse"],
    ],
    ["at the root", { path: "" }, ["/mcp"]],
  ])("has the endpoints that it tells (%s)", (_, properties, paths) => {
    expect(told([serviceOf(), api("orders", properties)])[0]?.paths).toEqual(paths);
  });

  test("is served in plain too where its API says so, and not by a revision that is not current", () => {
    expect(lines([serviceOf(), api("orders", { protocols: ["http", "https"] })])).toEqual(
      [
        "orders via apim 443 none reachable internet",
        "orders via apim 80 none reachable internet",
      ].toSorted((a, b) => Number(a.includes("443")) - Number(b.includes("443"))),
    );
    expect(lines([serviceOf(), api("orders", { isCurrent: false })])).toEqual([]);
  });

  test.each<[string, JsonObject]>([
    ["is switched off", { disableGateway: true }],
    ["is inside a network", { virtualNetworkType: "Internal" }],
    ["is closed to public networks", { publicNetworkAccess: "Disabled" }],
  ])("is not reached when the gateway %s", (_, properties) => {
    expect(lines([serviceOf(properties), api("orders")])).toEqual([]);
  });
});

describe("a gateway in a network", () => {
  const place = (virtualNetworkType: string): JsonObject =>
    serviceOf({
      virtualNetworkType,
      virtualNetworkConfiguration: { subnetResourceId: subnet },
      privateIPAddresses: ["10.0.3.4"],
    });
  const network = (rules: JsonObject[] | undefined): JsonObject[] => [
    {
      id: subnet.replace(/\/subnets\/.*/, ""),
      name: "vnet",
      type: "Microsoft.Network/virtualNetworks",
      properties: {
        addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
        subnets: [
          {
            id: subnet,
            name: "apim",
            properties: {
              addressPrefix: "10.0.3.0/24",
              ...(rules && {
                networkSecurityGroup: { id: `${base}/Microsoft.Network/networkSecurityGroups/g` },
              }),
            },
          },
          {
            id: subnet.replace(/apim$/, "agw"),
            name: "agw",
            properties: { addressPrefix: "10.0.8.0/24" },
          },
        ],
      },
    },
    {
      id: `${base}/Microsoft.Network/networkSecurityGroups/g`,
      name: "g",
      type: "Microsoft.Network/networkSecurityGroups",
      properties: { securityRules: rules ?? [] },
    },
  ];
  const allow = (sourceAddressPrefix: string): JsonObject =>
    allowRule({
      sourceAddressPrefix,
      destinationAddressPrefix: "VirtualNetwork",
      destinationPortRange: "443",
    });

  test("lets in whom the security group of its subnet lets in, and nobody without one", () => {
    const asked = (rules: JsonObject[] | undefined): string[] =>
      lines([place("External"), api("orders"), ...network(rules)]);
    expect(asked([allow("Internet")])).toEqual([open]);
    expect(asked([allow("198.51.100.0/24")])).toEqual([
      "orders via apim 443 none reachable 198.51.100.0/24",
    ]);
    expect(asked([])).toEqual([]);
    expect(asked(undefined)).toEqual([]);
  });

  test("is reached through an application gateway that dials it inside", () => {
    const id = `${base}/Microsoft.Network/applicationGateways/agw`;
    const part = (kind: string, name: string, properties: JsonObject): JsonObject => ({
      id: `${id}/${kind}/${name}`,
      name,
      properties,
    });
    const ref = (kind: string, name: string): JsonObject => ({ id: `${id}/${kind}/${name}` });
    const gateway: JsonObject = {
      id,
      name: "agw",
      type: "Microsoft.Network/applicationGateways",
      properties: {
        operationalState: "Running",
        gatewayIPConfigurations: [
          { name: "g", properties: { subnet: { id: subnet.replace(/apim$/, "agw") } } },
        ],
        frontendIPConfigurations: [
          part("frontendIPConfigurations", "f", {
            publicIPAddress: { id: `${base}/Microsoft.Network/publicIPAddresses/pip` },
          }),
        ],
        frontendPorts: [part("frontendPorts", "p", { port: 443 })],
        httpListeners: [
          part("httpListeners", "l", {
            protocol: "Https",
            frontendIPConfiguration: ref("frontendIPConfigurations", "f"),
            frontendPort: ref("frontendPorts", "p"),
          }),
        ],
        backendAddressPools: [
          part("backendAddressPools", "b", { backendAddresses: [{ ipAddress: "10.0.3.4" }] }),
        ],
        backendHttpSettingsCollection: [
          part("backendHttpSettingsCollection", "h", {
            port: 443,
            protocol: "Https",
            hostName: "apim.azure-api.net",
          }),
        ],
        requestRoutingRules: [
          part("requestRoutingRules", "r", {
            ruleType: "Basic",
            httpListener: ref("httpListeners", "l"),
            backendAddressPool: ref("backendAddressPools", "b"),
            backendHttpSettings: ref("backendHttpSettingsCollection", "h"),
          }),
        ],
      },
    };
    const address: JsonObject = {
      id: `${base}/Microsoft.Network/publicIPAddresses/pip`,
      name: "pip",
      type: "Microsoft.Network/publicIPAddresses",
      sku: { name: "Standard" },
      properties: { ipAddress: "203.0.113.50" },
    };
    const resources = [place("Internal"), api("orders"), ...network([]), gateway, address];
    expect(lines(resources)).toEqual(["orders via agw 443 none reachable internet"]);
  });
});
