import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { normalise } from "../../../providers/azure/normalise.ts";
import { azureScenario } from "../../../src/conformance/scenario-azure.ts";
import type { JsonObject } from "../../../src/model/json.ts";
import { reach } from "../../../src/reach/reach.ts";
import { allowRule } from "./allow-rule.ts";

const cases: { title: string; config: { resources: JsonObject[] } }[] = JSON.parse(
  readFileSync(new URL("../../conformance/net/postern-azure.json", import.meta.url), "utf8"),
).scenarios;
const base = "/subscriptions/s1/resourceGroups/rg/providers";
const network = `${base}/Microsoft.Network`;

function titled(words: string): JsonObject[] {
  return cases.find(({ title }) => title === words)?.config.resources ?? [];
}

function withMembers(resources: JsonObject[], name: string, members: JsonObject): JsonObject[] {
  return resources.map((each) =>
    each["name"] === name
      ? Object.assign({}, each, { properties: { ...Object(each["properties"]), ...members } })
      : each,
  );
}

const found = (resources: JsonObject[], gaps: string[] = []) =>
  reach(normalise(azureScenario({ config: { resources }, gaps }))).exposures;

const lines = (...args: Parameters<typeof found>): string[] =>
  found(...args).map(
    ({ workload, via, entry, verdict }) => `${workload.name} ${via} ${entry.port.from} ${verdict}`,
  );

describe("a rule of a balancer", () => {
  const plain = titled("Group lets the health probes in and nobody else");
  const open = withMembers(plain, "nsg", {
    securityRules: [allowRule({ destinationPortRanges: ["22", "8080"] })],
  });
  const lb = `${network}/loadBalancers/lb`;
  const part = (kind: string): JsonObject => ({ id: `${lb}/${kind}` });
  const [frontend, pool] = [part("frontendIPConfigurations/fe"), part("backendAddressPools/pool")];
  const balancing = (properties: JsonObject): JsonObject[] =>
    withMembers(open, "lb", { loadBalancingRules: [{ name: "r", properties }] });
  const translating = (properties: JsonObject, more: JsonObject = {}): JsonObject[] =>
    withMembers(open, "lb", {
      loadBalancingRules: [],
      inboundNatRules: [{ name: "n", properties }],
      ...more,
    });

  test("leads nowhere without a frontend or a port", () => {
    const whole = {
      protocol: "Tcp",
      frontendPort: 80,
      backendPort: 8080,
      frontendIPConfiguration: frontend,
    };
    expect(lines(balancing({ ...whole, backendAddressPool: pool }))).toEqual([
      "vm-mcp lb 80 reachable",
    ]);
    expect(
      lines(balancing({ protocol: "Tcp", frontendPort: 80, backendAddressPool: pool })),
    ).toEqual([]);
    expect(
      lines(
        balancing({ protocol: "Tcp", frontendIPConfiguration: frontend, backendAddressPool: pool }),
      ),
    ).toEqual([]);
  });

  const ranged = {
    protocol: "Tcp",
    backendPort: 22,
    frontendPortRangeStart: 500,
    frontendPortRangeEnd: 600,
    frontendIPConfiguration: frontend,
    backendAddressPool: pool,
  };

  test("translates nothing without a frontend, a port, or members and their range", () => {
    const cut = (...keys: string[]): string[] =>
      lines(
        translating(
          Object.fromEntries(Object.entries(ranged).filter(([key]) => !keys.includes(key))),
        ),
      );
    expect(cut()).toEqual(["vm-mcp lb 500 reachable"]);
    expect(cut("frontendIPConfiguration")).toEqual([]);
    expect(cut("backendPort")).toEqual([]);
    expect(cut("backendAddressPool")).toEqual([]);
    expect(cut("frontendPortRangeStart")).toEqual([]);
  });

  test("has the port that the pool tells of it, or is taken to have the next of its range", () => {
    const told = (inboundNatRuleName: string): JsonObject[] =>
      translating(ranged, {
        backendAddressPools: [
          {
            ...pool,
            name: "pool",
            properties: {
              loadBalancerBackendAddresses: [
                {
                  properties: {
                    ipAddress: "10.0.1.4",
                    virtualNetwork: { id: `${network}/virtualNetworks/vnet` },
                    inboundNatRulesPortMapping: [{ inboundNatRuleName, frontendPort: 533 }],
                  },
                },
              ],
            },
          },
        ],
      });
    expect(found(told("n"))).toMatchObject([{ entry: { port: { from: 533 } }, assumptions: [] }]);
    expect(found(told("other"))).toMatchObject([
      { entry: { port: { from: 500 } }, assumptions: [expect.stringContaining("500 is taken")] },
    ]);
  });
});

test("a pool of translations gives an instance no port beside the rule that it made for it", () => {
  const plain = titled("NAT pool of a set whose rules are not told");
  const set = `${base}/Microsoft.Compute/virtualMachineScaleSets/ss`;
  const made = (backendPort: number): JsonObject[] =>
    withMembers(plain, "lb", {
      inboundNatRules: [
        {
          name: "np.0",
          properties: {
            protocol: "Tcp",
            frontendPort: 50_007,
            backendPort,
            frontendIPConfiguration: {
              id: `${network}/loadBalancers/lb/frontendIPConfigurations/fe`,
            },
            backendIPConfiguration: {
              id: `${set}/virtualMachines/0/networkInterfaces/n/ipConfigurations/c`,
            },
          },
        },
      ],
    });
  const ports = (resources: JsonObject[]): number[] =>
    found(resources)
      .filter(({ via }) => via === "lb")
      .map(({ entry }) => entry.port.from);
  expect(ports(plain)).toEqual([50_000]);
  expect(ports(made(22))).toEqual([50_007]);
  expect(ports(made(23))).toContain(50_000);
});

test("whoever comes through a service endpoint is one of any subnet, and nobody else is", () => {
  const plain = titled("Site that admits the gateway's subnet alone");
  const lets = (ipAddress: string): string[] =>
    lines(
      withMembers(plain, "web", {
        ipSecurityRestrictions: [{ ipAddress, action: "Allow", priority: 100, name: "a" }],
      }),
    );
  expect(lets("AnyVNets")).toEqual(["mcp agw 443 reachable"]);
  expect(lets("192.0.2.1/32")).toEqual(["mcp app-service 443 reachable"]);
});

describe("ports of clients", () => {
  const plain = titled("Only some client ports are let in");
  const from = (sourcePortRange: string | undefined): JsonObject[] =>
    withMembers(plain, "nsg", {
      securityRules: [
        allowRule({
          destinationPortRange: "8080",
          ...(sourcePortRange !== undefined && { sourcePortRange }),
        }),
      ],
    });

  test.each<[string | undefined, unknown]>([
    ["443", { from: 443, to: 443 }],
    ["0-443", { from: 1, to: 443 }],
    ["50000-65535", { from: 50_000, to: 65_535 }],
    ["0-65535", undefined],
    ["*", undefined],
    [undefined, undefined],
  ])("%s are told where not all of them work", (range, expected) => {
    const [exposure, ...others] = found(from(range));
    expect(others).toEqual([]);
    expect(exposure?.sourcePorts).toEqual(expected);
  });
});

describe("a route that is not understood", () => {
  test.each<[string, JsonObject]>([
    ["of an unknown kind", { addressPrefix: "0.0.0.0/0", nextHopType: "Other" }],
    ["without a prefix", { nextHopType: "VirtualAppliance" }],
  ])("(%s) leads nobody elsewhere", (_, properties) => {
    const plain = titled("Default route told as Internet");
    const routes = [{ name: "r", properties }];
    expect(lines(withMembers(plain, "rt", { routes }))).toEqual(
      lines(withMembers(plain, "rt", { routes: [] })),
    );
  });

  test("because its tag is not listed leaves everyone unsure", () => {
    const plain = titled("Route of a service tag to an appliance");
    const routes = [
      { name: "r", properties: { addressPrefix: "Sql", nextHopType: "VirtualAppliance" } },
    ];
    expect(found(withMembers(plain, "rt", { routes }))).toMatchObject([{ certainty: "maybe" }]);
  });
});

describe("an address that an edge dials, where public addresses were not read", () => {
  const addresses = `${network.slice(network.indexOf("Microsoft"))}/publicIPAddresses`;

  test("may be that of a machine that has one, and not of one that has none", () => {
    const plain = titled("Front Door before a machine, by address");
    const another = titled("Subnet group without rules of its own").filter(
      ({ type }) => type === "Microsoft.Compute/virtualMachines",
    );
    const nic = plain.find(({ name }) => name === "nic");
    const hidden = JSON.parse(
      JSON.stringify([nic, ...another])
        .replaceAll("networkInterfaces/nic", "networkInterfaces/nic9")
        .replaceAll("vm-mcp", "vm-9")
        .replaceAll('"name":"nic"', '"name":"nic9"')
        .replace(/,"publicIPAddress":\{[^}]*\}/, ""),
    );
    const through = lines([...plain, ...hidden], [addresses]).filter((line) =>
      line.includes(" e "),
    );
    expect(through).toEqual(["vm-mcp e 443 unknown"]);
  });

  test("is not that of a firewall whose rules name another", () => {
    const plain = titled("Firewall that translates for Front Door alone");
    const elsewhere = withMembers(plain, "o", { hostName: "203.0.113.99" });
    expect(lines(plain, [addresses])).toContain("vm-mcp e > fw 443 reachable");
    expect(lines(elsewhere, [addresses]).filter((line) => line.includes("e > "))).toEqual([]);
  });

  test("is none of theirs where the name is no address of Azure", () => {
    const plain = titled("Front Door before a machine, by address");
    const named = (hostName: string): string[] =>
      lines(withMembers(plain, "o", { hostName }), [addresses]).filter((line) =>
        line.includes(" e "),
      );
    expect(named("other.example")).toEqual([]);
    expect(named("10.1.2.3")).toEqual([]);
    expect(named("y.eastus.cloudapp.azure.com")).toEqual(["vm-mcp e 443 unknown"]);
  });
});
