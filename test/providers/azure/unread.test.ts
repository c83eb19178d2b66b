import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { normalise } from "../../../providers/azure/normalise.ts";
import { azureScenario } from "../../../src/conformance/scenario-azure.ts";
import type { Exposure } from "../../../src/model/exposure.ts";
import type { Json, JsonObject } from "../../../src/model/json.ts";
import { reach } from "../../../src/reach/reach.ts";

const read = (name: string): { scenarios: { id: string; config: { resources: JsonObject[] } }[] } =>
  JSON.parse(readFileSync(new URL(`../../conformance/net/${name}.json`, import.meta.url), "utf8"));
const scenarios = [...read("azure").scenarios, ...read("postern-azure").scenarios];

const resourcesOf = (id: string): JsonObject[] =>
  scenarios.find((each) => each.id === id)!.config.resources;
const titled = (title: string): JsonObject[] =>
  read("postern-azure").scenarios.find((each) => Reflect.get(each, "title") === title)!.config
    .resources;

function found(resources: JsonObject[], gaps: Json[] = []): Exposure[] {
  return [...reach(normalise(azureScenario({ config: { resources }, gaps }))).exposures];
}

const told = (resources: JsonObject[], ...gaps: Json[]): string[] =>
  found(resources, gaps).map(
    ({ via, verdict, certainty, portRange: { from, to } }) =>
      `${via} ${from}-${to} ${verdict} ${certainty}`,
  );

function propertiesOf({ properties }: JsonObject): JsonObject {
  return typeof properties === "object" && properties !== null && !Array.isArray(properties)
    ? Object.fromEntries(Object.entries(properties))
    : {};
}

/** The resources, with these properties added to those that are chosen. */
function withProperties(
  resources: JsonObject[],
  chosen: (resource: JsonObject) => boolean,
  added: JsonObject,
): JsonObject[] {
  return resources.map((each) =>
    chosen(each)
      ? Object.assign({}, each, { properties: { ...propertiesOf(each), ...added } })
      : each,
  );
}

function owned(resources: JsonObject[], address: string, owner: string): JsonObject[] {
  const added = { ipConfiguration: { id: owner } };
  return withProperties(resources, ({ name }) => name === address, added);
}

const network = "Microsoft.Network";
const base = `/subscriptions/s1/resourceGroups/rg/providers/${network}`;
const every = (via: string): string[] => [
  `${via} 0-65535 unknown maybe`,
  `${via} 0-65535 unknown maybe`,
];

describe("a list of front doors that was denied", () => {
  test.each([
    ["azure-034", "loadBalancers", "load balancers"],
    ["azure-060", "applicationGateways", "application gateways"],
    ["azure-050", "azureFirewalls", "firewalls"],
  ])("leaves unknown what an address of nobody leads to (%s, %s)", (id, type, words) => {
    expect(told(resourcesOf(id), `${network}/${type}`)).toEqual(every(`the ${words} of s1`));
  });

  test("is told by the owner that an address names", () => {
    const resources = owned(
      resourcesOf("azure-060"),
      "pip-agw",
      `${base}/applicationGateways/agw/frontendIPConfigurations/pub`,
    );
    expect(told(resources, `${network}/applicationGateways`)).toEqual(every("agw"));
    expect(told(resources, `${network}/applicationGateways`, `${network}/loadBalancers`)).toEqual(
      every("agw"),
    );
  });

  test("changes nothing where every address is somebody else's", () => {
    const sure = ["direct 8080-8080 reachable certain"];
    expect(told(resourcesOf("azure-006"), `${network}/loadBalancers`)).toEqual(sure);
    const nat = withProperties(resourcesOf("azure-034"), ({ name }) => name === "pip-lb", {
      natGateway: { id: `${base}/natGateways/n` },
    });
    expect(told(nat, `${network}/loadBalancers`)).toEqual([]);
  });

  test("may have any address when those were denied too", () => {
    const lines = told(
      resourcesOf("azure-006"),
      `${network}/loadBalancers`,
      `${network}/publicIPAddresses`,
    );
    expect(lines).toEqual(expect.arrayContaining(every("the load balancers of s1")));
  });

  test.each(["profiles", "profiles/afdEndpoints/routes", "profiles/originGroups/origins"])(
    "of edges (%s) leaves a restricted site unknown, and an open one as it is",
    (type) => {
      const restricted = titled("Front Door's tag and a header, for those who dial the site");
      expect(told(restricted, `Microsoft.Cdn/${type}`)).toEqual([
        "Front Door 443-443 unknown maybe",
      ]);
      const open = titled("Optional client certificate");
      expect(told(open, `Microsoft.Cdn/${type}`)).toEqual([
        "app-service 443-443 reachable certain",
      ]);
    },
  );
});

describe("gateways that were denied", () => {
  test.each([
    ["Internal environment behind a gateway, by name", 8000],
    ["Closed site with a private endpoint behind a gateway", 443],
    ["Site that admits the gateway's subnet alone", 443],
  ])("leave a platform unknown that turns others away (%s)", (title, port) => {
    expect(told(titled(title), `${network}/applicationGateways`)).toEqual([
      `the application gateways of s1 ${port}-${port} unknown maybe`,
    ]);
    expect(told(titled("Optional client certificate"), `${network}/applicationGateways`)).toEqual([
      "app-service 443-443 reachable certain",
    ]);
  });
});

describe("public addresses that were denied", () => {
  const addresses = `${network}/publicIPAddresses`;

  test("leave what a firewall translates reachable, at the address that its rule names", () => {
    const [exposure, ...others] = found(resourcesOf("azure-050"), [addresses]);
    expect(others).toEqual([]);
    expect(exposure).toMatchObject({
      via: "fw",
      verdict: "reachable",
      certainty: "maybe",
      entry: { address: "203.0.113.40" },
      assumptions: [expect.stringContaining(addresses)],
    });
  });

  test("leave rules unknown that name the address of a front end", () => {
    expect(told(resourcesOf("azure-035"), addresses)).toEqual(["lb 8080-8080 unknown maybe"]);
  });

  test("leave a balancer of all regions as sure as it was, since it names its front ends", () => {
    expect(told(titled("Balancer of all regions before one of a region"), addresses)).toEqual(
      expect.arrayContaining(["glb > lb 8080-8080 reachable certain"]),
    );
  });

  test("leave unknown whether a site lets in the gateway before it", () => {
    const closed = titled("Closed site without one behind a gateway");
    const named = ({ name }: JsonObject): boolean => name === "mcp";
    const open = withProperties(closed, named, { publicNetworkAccess: "Enabled" });
    const lets = (ipAddress: string): JsonObject[] =>
      withProperties(open, ({ name }) => name === "web", {
        ipSecurityRestrictions: [{ ipAddress, action: "Allow", priority: 100, name: "a" }],
      });
    const through = (...args: Parameters<typeof told>): string[] =>
      told(...args).filter((line) => line.startsWith("agw"));
    expect(through(lets("203.0.113.50/32"))).toEqual(["agw 443-443 reachable certain"]);
    expect(through(lets("203.0.113.51/32"))).toEqual([]);
    expect(through(lets("203.0.113.50/32"), addresses)).toEqual(["agw 443-443 unknown maybe"]);
    expect(through(lets("203.0.113.51/32"), addresses)).toEqual(["agw 443-443 unknown maybe"]);
  });

  test("leave unknown whose the address is that an edge dials", () => {
    expect(told(titled("Front Door before an application gateway"), addresses)).toEqual(
      expect.arrayContaining(["e > agw 8000-8000 unknown maybe"]),
    );
  });
});

describe("interfaces that were denied", () => {
  test("leave their machine unknown", () => {
    expect(told(resourcesOf("azure-006"), `${network}/networkInterfaces`)).toEqual(every("direct"));
  });

  test("in part leave those that were read as sure as they were", () => {
    const part = { call: `${network}/networkInterfaces`, params: { page: 1 } };
    expect(told(resourcesOf("azure-006"), part)).toEqual(["direct 8080-8080 reachable certain"]);
  });

  test("of scale sets leave the instances unknown, those of machines do not", () => {
    const own = "Microsoft.Compute/virtualMachineScaleSets/virtualMachines/networkInterfaces";
    const lines = told(resourcesOf("azure-121"), own);
    expect(lines.filter((line) => line.startsWith("direct"))).toEqual([
      ...every("direct"),
      ...every("direct"),
    ]);
    const others = told(resourcesOf("azure-121"), `${network}/networkInterfaces`);
    expect(others.every((line) => line.includes("reachable certain"))).toBe(true);
  });
});

describe("a firewall policy that was denied", () => {
  const waf = `${network}/ApplicationGatewayWebApplicationFirewallPolicies`;

  test("of a gateway is a limit that is named", () => {
    const [exposure] = found(resourcesOf("azure-108"), [waf]);
    expect(exposure).toMatchObject({
      verdict: "reachable",
      certainty: "maybe",
      sources: "internet",
    });
    expect(exposure?.assumptions).toEqual([expect.stringContaining(waf)]);
  });

  test.each([
    "Microsoft.Cdn/profiles/securityPolicies",
    `${network}/frontDoorWebApplicationFirewallPolicies`,
  ])("of an edge is one too (%s)", (call) => {
    const [exposure] = found(titled("Front Door whose firewall admits one network"), [call]);
    expect(exposure).toMatchObject({ via: "e", certainty: "maybe", sources: "internet" });
  });

  test("of another gateway is none", () => {
    expect(told(resourcesOf("azure-060"), waf)).toEqual(["agw 8000-8000 reachable certain"]);
  });
});

describe("admin rules that were denied", () => {
  const rules = `${network}/virtualNetworks/listNetworkManagerEffectiveSecurityAdminRules/action`;
  const manager: JsonObject = {
    id: `${base}/networkManagers/nm`,
    name: "nm",
    type: `${network}/networkManagers`,
    properties: {},
  };
  const plain = resourcesOf("azure-006");

  const perhaps = [
    "direct 0-8079 unknown maybe",
    "direct 8080-8080 reachable maybe",
    "direct 8081-65535 unknown maybe",
    "direct 0-65535 unknown maybe",
  ];

  test("are none where the subscription shows no network manager that writes any", () => {
    const sure = ["direct 8080-8080 reachable certain"];
    const scoped = (...accesses: string[]): JsonObject[] =>
      withProperties([manager], () => true, { networkManagerScopeAccesses: accesses });
    expect(told([...plain, ...scoped("Connectivity")], rules)).toEqual(sure);
    expect(told([...plain, ...scoped("Connectivity", "SecurityAdmin")], rules)).toEqual(perhaps);
    const snapshot = azureScenario({ config: { resources: [...plain, manager] }, gaps: [rules] });
    const pages = snapshot.pages.map((page) =>
      page.call.includes("networkManagers")
        ? Object.assign({}, page, { body: { value: [] } })
        : page,
    );
    expect(reach(normalise({ ...snapshot, pages })).exposures).toMatchObject([
      { verdict: "reachable", certainty: "certain" },
    ]);
  });

  test("may open and close every port where one is known or cannot be excluded", () => {
    expect(told([...plain, manager], rules)).toEqual(perhaps);
    expect(told(plain, rules)).toEqual(perhaps);
    expect(told([...plain, manager], rules, `${network}/networkManagers`)).toEqual(perhaps);
    const elsewhere = { call: rules, params: { virtualNetwork: `${base}/virtualNetworks/other` } };
    expect(told([...plain, manager], elsewhere)).toEqual(["direct 8080-8080 reachable certain"]);
  });

  test("limit what is behind a gateway, and not the gateway itself", () => {
    const [exposure] = found([...resourcesOf("azure-060"), manager], [rules]);
    expect(exposure?.assumptions).toHaveLength(1);
  });
});

const isSite = ({ type }: JsonObject): boolean => type === "Microsoft.Web/sites";

describe("a site whose surroundings were denied", () => {
  test("is unknown behind a gateway when its private endpoints are", () => {
    const resources = withProperties(
      titled("Closed site with a private endpoint behind a gateway"),
      isSite,
      { privateEndpointConnections: [{ id: "c" }] },
    );
    expect(told(resources, `${network}/privateEndpoints`)).toEqual(["agw 443-443 unknown maybe"]);
  });

  test("is unknown when its environment is", () => {
    const resources = withProperties(titled("Optional client certificate"), isSite, {
      hostingEnvironmentProfile: { id: "/x/hostingEnvironments/ase" },
    });
    expect(told(resources, "Microsoft.Web/hostingEnvironments")).toEqual([
      "app-service 443-443 unknown maybe",
    ]);
  });

  test("and a slot's settings are a limit that is named", () => {
    const slot = titled("Slot beside a closed site");
    expect(told(slot, "Microsoft.Web/sites/slots/config")).toEqual([
      "app-service 443-443 reachable maybe",
    ]);
  });
});
