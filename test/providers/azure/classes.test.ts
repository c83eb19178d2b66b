import { describe, expect, test } from "vitest";
import { normalise } from "../../../providers/azure/normalise.ts";
import { azureScenario } from "../../../src/conformance/scenario-azure.ts";
import type { JsonObject } from "../../../src/model/json.ts";
import { reach } from "../../../src/reach/reach.ts";

const base = "/subscriptions/s1/resourceGroups/rg/providers";
const profile = `${base}/Microsoft.Cdn/profiles/fd`;
const site = `${base}/Microsoft.Web/sites/mcp`;

function exposed(resources: JsonObject[], gaps: string[] = []): string[] {
  const inventory = normalise(azureScenario({ config: { resources }, gaps }));
  return reach(inventory).exposures.map(
    ({ via, families, entry, verdict, authGate }) =>
      `${via} ${entry.port.from} ${families.join("+")} ${verdict} ${authGate}`,
  );
}

const tags: JsonObject = {
  id: "/subscriptions/s1/providers/Microsoft.Network/serviceTags/public",
  name: "public",
  type: "Microsoft.Network/serviceTags",
  properties: {
    values: [
      { name: "AzureFrontDoor.Backend", properties: { addressPrefixes: ["147.243.0.0/16"] } },
    ],
  },
};

function frontDoor(origin: JsonObject, enabled = "Enabled"): JsonObject[] {
  const group = `${profile}/originGroups/g`;
  return [
    {
      id: profile,
      name: "fd",
      type: "Microsoft.Cdn/profiles",
      sku: { name: "Premium_AzureFrontDoor" },
      properties: { frontDoorId: "11111111-0000-0000-0000-000000000001" },
    },
    {
      id: `${profile}/afdEndpoints/e`,
      name: "e",
      type: "Microsoft.Cdn/profiles/afdEndpoints",
      properties: { hostName: "e.z01.azurefd.net", enabledState: enabled },
    },
    {
      id: `${profile}/afdEndpoints/e/routes/r`,
      name: "r",
      type: "Microsoft.Cdn/profiles/afdEndpoints/routes",
      properties: { originGroup: { id: group }, patternsToMatch: ["/*"], enabledState: "Enabled" },
    },
    { id: group, name: "g", type: "Microsoft.Cdn/profiles/originGroups", properties: {} },
    {
      id: `${group}/origins/o`,
      name: "o",
      type: "Microsoft.Cdn/profiles/originGroups/origins",
      properties: { hostName: "mcp.azurewebsites.net", enabledState: "Enabled", ...origin },
    },
    tags,
  ];
}

function webSite(properties: JsonObject, restrictions: JsonObject[] = []): JsonObject[] {
  return [
    {
      id: site,
      name: "mcp",
      type: "Microsoft.Web/sites",
      properties: {
        state: "Running",
        httpsOnly: true,
        defaultHostName: "mcp.azurewebsites.net",
        ...properties,
      },
    },
    {
      id: `${site}/config/web`,
      name: "web",
      type: "Microsoft.Web/sites/config",
      properties: { ipSecurityRestrictions: restrictions },
    },
  ];
}

const link = (status: string): JsonObject => ({
  sharedPrivateLinkResource: { privateLink: { id: site }, status, groupId: "sites" },
});

const through = "e 443 ipv4+ipv6 reachable none";

describe("a site behind Front Door", () => {
  const closed = webSite({ publicNetworkAccess: "Disabled" });

  test("is reached through an approved private link, though its own front end is closed", () => {
    expect(exposed([...frontDoor(link("Approved")), ...closed])).toEqual([through]);
  });

  test("is not reached through a link that nobody approved, or an endpoint that is switched off", () => {
    expect(exposed([...frontDoor(link("Pending")), ...closed])).toEqual([]);
    expect(exposed([...frontDoor(link("Approved"), "Disabled"), ...closed])).toEqual([]);
  });

  test("is reached by its own profile alone, when its restrictions name that profile", () => {
    const rule = (id: string): JsonObject => ({
      ipAddress: "AzureFrontDoor.Backend",
      tag: "ServiceTag",
      action: "Allow",
      priority: 100,
      name: "fd",
      headers: { "x-azure-fdid": [id] },
    });
    const own = webSite({}, [rule("11111111-0000-0000-0000-000000000001")]);
    expect(exposed([...frontDoor({}), ...own])).toEqual([through]);
    const other = webSite({}, [rule("22222222-0000-0000-0000-000000000002")]);
    expect(exposed([...frontDoor({}), ...other])).toEqual([]);
  });
});

describe("a site's own front end", () => {
  test.each<[string, JsonObject, string[]]>([
    ["closed by name", { publicNetworkAccess: "Disabled" }, []],
    ["closed by a private endpoint", { privateEndpointConnections: [{ id: "p" }] }, []],
    [
      "open by name beside a private endpoint",
      { publicNetworkAccess: "Enabled", privateEndpointConnections: [{ id: "p" }] },
      ["443"],
    ],
    ["open on plain HTTP too", { httpsOnly: false }, ["443", "80"]],
  ])("%s", (_, properties, ports) => {
    const found = exposed(webSite(properties)).map((line) => line.split(" ")[1]);
    expect(new Set(found)).toEqual(new Set(ports));
  });
});
