import { afterEach, describe, expect, test } from "vitest";
import { collectFrom } from "../../../mocks/azure/collect-scenario.ts";
import { startAzureMock, type AzureMock } from "../../../mocks/azure/index.ts";
import { normalise } from "../../../providers/azure/normalise.ts";
import { azureScenario } from "../../../src/conformance/scenario-azure.ts";
import type { JsonObject } from "../../../src/model/json.ts";

const base = "/subscriptions/s1/resourceGroups/rg/providers";
const network = `${base}/Microsoft.Network`;
const zone = `${network}/dnsZones/example.com`;

function record(kind: string, name: string, properties: JsonObject, of = zone): JsonObject {
  const type = `Microsoft.Network/dnszones/${kind}`;
  return { id: `${of}/${kind}/${name}`, name, type, properties };
}

const addressed = (name: string, ...ips: string[]): JsonObject =>
  record("A", name, { TTL: 60, ARecords: ips.map((ipv4Address) => ({ ipv4Address })) });
const canonical = (name: string, cname: string): JsonObject =>
  record("CNAME", name, { TTL: 60, CNAMERecord: { cname } });
const alias = (name: string, id: string, kind = "A"): JsonObject =>
  record(kind, name, { TTL: 60, targetResource: { id } });

/** A container group is the smallest thing with an address of its own. */
const group = (address: string, fqdn?: string): JsonObject => ({
  id: `${base}/Microsoft.ContainerInstance/containerGroups/cg`,
  name: "cg",
  type: "Microsoft.ContainerInstance/containerGroups",
  properties: {
    ipAddress: {
      type: "Public",
      ip: address,
      ...(fqdn !== undefined && { fqdn }),
      ports: [{ protocol: "TCP", port: 443 }],
    },
  },
});

const site: JsonObject = {
  id: `${base}/Microsoft.Web/sites/mcp`,
  name: "mcp",
  type: "Microsoft.Web/sites",
  properties: {
    state: "Running",
    httpsOnly: true,
    defaultHostName: "mcp.azurewebsites.net",
    hostNames: ["mcp.azurewebsites.net", "mcp.example.com"],
  },
};

const publicAddress: JsonObject = {
  id: `${network}/publicIPAddresses/pip`,
  name: "pip",
  type: "Microsoft.Network/publicIPAddresses",
  properties: { ipAddress: "20.9.9.9" },
};

function hosts(resources: JsonObject[]): readonly string[] {
  const { approaches = [] } = normalise(azureScenario({ config: { resources } }));
  return [...new Set(approaches.flatMap(({ entry, nearMiss }) => (nearMiss ? [] : entry.hosts)))];
}

describe("names of an entry", () => {
  test.each<[string, JsonObject[], string[]]>([
    [
      "a record of its address",
      [group("20.9.9.9"), addressed("mcp", "20.1.1.1", "20.9.9.9"), addressed("b", "20.9.9.8")],
      ["mcp.example.com"],
    ],
    [
      "a record that stands for its zone",
      [group("20.9.9.9"), addressed("@", "20.9.9.9")],
      ["example.com"],
    ],
    [
      "a record of an address of version 6",
      [
        group("2001:db8::9"),
        record("AAAA", "mcp", { AAAARecords: [{ ipv6Address: "2001:db8::9" }] }),
      ],
      ["mcp.example.com"],
    ],
    [
      "a record of the name that Azure gives to the address, and one of that record",
      [
        group("20.9.9.9", "x.eastus.azurecontainer.io"),
        canonical("a", "X.eastus.azurecontainer.io."),
        canonical("b", "a.example.com"),
      ],
      ["x.eastus.azurecontainer.io", "a.example.com", "b.example.com"],
    ],
    [
      "an alias of the address, and one of that alias",
      [
        group("20.9.9.9"),
        publicAddress,
        alias("a", `${network}/publicipaddresses/PIP`),
        alias("b", `${zone}/A/a`),
      ],
      ["a.example.com", "b.example.com"],
    ],
    ["no wildcard", [group("20.9.9.9"), addressed("*", "20.9.9.9")], []],
    [
      "no alias of something else",
      [group("20.9.9.9"), alias("a", `${network}/loadBalancers/x`)],
      [],
    ],
    [
      "of a site none that it does not answer for",
      [site, canonical("mcp", "mcp.azurewebsites.net"), canonical("x", "mcp.azurewebsites.net")],
      ["mcp.azurewebsites.net", "mcp.example.com"],
    ],
  ])("%s", (_, resources, expected) => {
    expect(hosts(resources)).toEqual(expected);
  });
});

let mock: AzureMock | undefined;
afterEach(async () => mock?.close());

test("public zones are read over the wire, and private ones are left alone", async () => {
  const zoneOf = (id: string, zoneType: string): JsonObject => ({
    id,
    name: id.slice(id.lastIndexOf("/") + 1),
    type: "Microsoft.Network/dnszones",
    location: "global",
    properties: { zoneType },
  });
  const inside = `${network}/dnsZones/inside.example`;
  mock = await startAzureMock({
    subscription: "s1",
    resources: [
      group("20.9.9.9"),
      zoneOf(zone, "Public"),
      zoneOf(inside, "Private"),
      addressed("mcp", "20.9.9.9"),
      record("A", "mcp", { ARecords: [{ ipv4Address: "20.9.9.9" }] }, inside),
    ],
  });
  const snapshot = await collectFrom(mock.url);
  expect(snapshot.gaps).toEqual([]);
  const { approaches = [] } = normalise(snapshot);
  expect(new Set(approaches.flatMap(({ entry }) => entry.hosts))).toEqual(
    new Set(["mcp.example.com"]),
  );
}, 30_000);
