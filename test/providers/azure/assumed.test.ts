import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { normalise } from "../../../providers/azure/normalise.ts";
import { azureScenario } from "../../../src/conformance/scenario-azure.ts";
import type { JsonObject } from "../../../src/model/json.ts";
import { reach } from "../../../src/reach/reach.ts";

const cases = ["azure", "postern-azure"].flatMap(
  (name): { id: string; title: string; config: { resources: JsonObject[] } }[] =>
    JSON.parse(readFileSync(new URL(`../../conformance/net/${name}.json`, import.meta.url), "utf8"))
      .scenarios,
);
const network = "/subscriptions/s1/resourceGroups/rg/providers/Microsoft.Network";

function titled(words: string): JsonObject[] {
  const found = cases.find(({ id, title }) => id === words || title === words);
  return found?.config.resources ?? [];
}

/** The resources with members of some of them changed. */
function withMembers(
  resources: JsonObject[],
  name: string,
  change: (own: Record<string, unknown>) => JsonObject,
): JsonObject[] {
  return resources.map((each) =>
    each["name"] === name
      ? Object.assign({}, each, {
          properties: { ...Object(each["properties"]), ...change(Object(each["properties"])) },
        })
      : each,
  );
}

function assumed(resources: JsonObject[]): (readonly string[])[] {
  return reach(normalise(azureScenario({ config: { resources } }))).exposures.map(
    ({ assumptions }) => assumptions,
  );
}

describe("routes that a gateway learns", () => {
  const words = [expect.stringContaining("a gateway of vnet learns")];
  const plain = titled("Subnet and interface group both allow");
  const withGateway = (resources: JsonObject[], kind: string): JsonObject[] =>
    withMembers(resources, "vnet", ({ subnets }) => ({
      subnets: [
        ...(Array.isArray(subnets) ? subnets : []),
        {
          id: `${network}/virtualNetworks/vnet/subnets/GatewaySubnet`,
          name: "GatewaySubnet",
          properties: { ipConfigurations: [{ id: `${network}/${kind}/g/ipConfigurations/c` }] },
        },
      ],
    }));

  test("are an assumption of what is reached from outside in its network", () => {
    expect(assumed(plain)).toEqual([[]]);
    expect(assumed(withGateway(plain, "virtualNetworkGateways"))).toEqual([words]);
    expect(assumed(withGateway(plain, "other"))).toEqual([[]]);
    const behind = titled("Udp rule through a balancer");
    expect(assumed(withGateway(behind, "virtualNetworkGateways"))).toEqual([words]);
    const web = titled("azure-060");
    expect(assumed(withGateway(web, "virtualNetworkGateways"))).toEqual([words]);
  });

  test("count in a network that uses a peer's gateway", () => {
    const peering = (peeringState: string, useRemoteGateways: boolean): JsonObject[] =>
      withMembers(plain, "vnet", () => ({
        virtualNetworkPeerings: [
          {
            name: "hub",
            properties: {
              peeringState,
              useRemoteGateways,
              remoteVirtualNetwork: { id: `${network}/virtualNetworks/hub` },
            },
          },
        ],
      }));
    expect(assumed(peering("Connected", true))).toEqual([words]);
    expect(assumed(peering("Connected", false))).toEqual([[]]);
    expect(assumed(peering("Disconnected", true))).toEqual([[]]);
  });

  test("are none where a table keeps them out, or has a default route of its own", () => {
    const routed = withGateway(titled("Default route told as Internet"), "virtualNetworkGateways");
    expect(assumed(routed)).toEqual([[]]);
    const table = (properties: JsonObject): JsonObject[] =>
      withMembers(routed, "rt", () => ({ routes: [], ...properties }));
    expect(assumed(table({}))).toEqual([words]);
    expect(assumed(table({ disableBgpRoutePropagation: true }))).toEqual([[]]);
  });
});

describe("appliances of a gateway balancer", () => {
  const chain = {
    gatewayLoadBalancer: { id: `${network}/loadBalancers/nva/frontendIPConfigurations/f` },
  };
  const words = [expect.stringContaining("the appliances of nva before")];
  const changed = (resources: JsonObject[], name: string, key: string): JsonObject[] =>
    withMembers(resources, name, (own) => ({
      [key]: (Array.isArray(own[key]) ? own[key] : []).map((each: JsonObject) =>
        Object.assign({}, each, { properties: { ...Object(each["properties"]), ...chain } }),
      ),
    }));

  test("are taken to let packets pass, before a machine and before a balancer", () => {
    const plain = titled("Subnet and interface group both allow");
    expect(assumed(changed(plain, "nic", "ipConfigurations"))).toEqual([words]);
    const behind = titled("Udp rule through a balancer");
    expect(assumed(changed(behind, "lb", "frontendIPConfigurations"))).toEqual([words]);
  });
});

test("a network is taken to be connected to the hub whose firewall leads there", () => {
  const words = [expect.stringContaining("connected to the hub of fw")];
  expect(assumed(titled("Hub of a virtual WAN"))).toEqual([words]);
  expect(assumed(titled("Classic rules of the firewall itself")).flat()).toEqual([]);
});

describe("the security group of an environment's subnet", () => {
  const grouped = titled("Group on the subnet of an external environment with workload profiles");

  test("is told not to matter where there are workload profiles, and taken not to elsewhere", () => {
    expect(assumed(grouped)).toEqual([[]]);
    const consumption = withMembers(grouped, "env", () => ({ workloadProfiles: [] }));
    expect(assumed(consumption)).toEqual([[expect.stringContaining("nsg is taken not to hold")]]);
    const bare = withMembers(consumption, "vnet", () => ({ subnets: [] }));
    expect(assumed(bare)).toEqual([[]]);
  });
});
