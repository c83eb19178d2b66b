import { describe, expect, test } from "vitest";
import { collectScenario } from "../../../mocks/oci/collect-scenario.ts";
import { normalise } from "../../../providers/oci/normalise.ts";
import { ociScenario } from "../../../src/conformance/scenario-oci.ts";
import type { Snapshot } from "../../../src/model/snapshot.ts";
import { configOf, type Loose } from "./world.ts";

const address = "203.0.113.5";
const record = (domain: string, rtype: string, rdata: string) => ({
  domain,
  rtype,
  rdata,
  ttl: 60,
});

function world(records: Loose[], more: Loose = {}): Loose {
  const zone = { id: "ocid1.dns-zone.oc1..z", name: "example.com", scope: "GLOBAL" };
  const dns = { zones: [zone], getZoneRecords: { [zone.id]: { items: records } }, ...more };
  return { config: { ...configOf("oci-001"), dns } };
}

const steering = (answers: Loose[], domainName = "mcp.example.com") => ({
  steeringPolicyAttachments: [{ id: "a", domainName, steeringPolicyId: "p" }],
  getSteeringPolicy: { p: { id: "p", template: "FAILOVER", answers } },
});

function hostsOf(snapshot: Snapshot): readonly (readonly string[])[] {
  const { approaches = [] } = normalise(snapshot);
  return approaches
    .filter(({ entry }) => entry.address === address)
    .map(({ entry }) => entry.hosts);
}

describe("names of an address", () => {
  test.each<[string, Loose[], Loose, readonly string[]]>([
    ["a record of the address", [record("MCP.example.com", "A", address)], {}, ["mcp.example.com"]],
    ["none of another", [record("mcp.example.com", "A", "203.0.113.6")], {}, []],
    [
      "a name of a name, at the top of the zone too",
      [
        record("mcp.example.com", "A", address),
        record("www.example.com", "CNAME", "mcp.example.com."),
        record("example.com", "ALIAS", "www.example.com"),
      ],
      {},
      ["mcp.example.com", "www.example.com", "example.com"],
    ],
    ["no text", [record("mcp.example.com", "TXT", address)], {}, []],
    ["no wildcard", [record("*.example.com", "A", address)], {}, []],
    [
      "each answer of a steering policy that is not switched off",
      [],
      steering([
        { name: "1", rtype: "A", rdata: "203.0.113.6" },
        { name: "2", rtype: "A", rdata: address },
      ]),
      ["mcp.example.com"],
    ],
    [
      "no answer that is switched off",
      [],
      steering([{ name: "2", rtype: "A", rdata: address, isDisabled: true }]),
      [],
    ],
    ["no policy that was not read", [], { ...steering([]), getSteeringPolicy: {} }, []],
    [
      "a circle of names, once",
      [
        record("a.example.com", "A", address),
        record("b.example.com", "CNAME", "a.example.com"),
        record("a.example.com", "CNAME", "b.example.com"),
      ],
      {},
      ["a.example.com", "b.example.com"],
    ],
  ])("%s", (_, records, more, names) => {
    expect(hostsOf(ociScenario(world(records, more)))).toEqual([names]);
  });

  test("at most twenty", () => {
    const many = Array.from({ length: 30 }, (_, i) => record(`n${i}.example.com`, "A", address));
    expect(hostsOf(ociScenario(world(many)))[0]).toHaveLength(20);
  });

  test("of a listener's names only those that fit", () => {
    const { config } = world([
      record("mcp.example.com", "A", "203.0.113.77"),
      record("other.example.com", "A", "203.0.113.77"),
    ]);
    const lb: Loose = configOf("oci-040");
    const [own] = lb.loadBalancer.loadBalancers;
    own.hostnames = { h: { name: "h", hostname: "*p.example.com" } };
    own.listeners.l443.hostnameNames = ["h"];
    const { approaches = [] } = normalise(ociScenario({ config: { ...lb, dns: config.dns } }));
    const way = approaches.find(({ via }) => via.length === 1);
    expect(way?.entry.hosts).toEqual(["*p.example.com", "mcp.example.com"]);
  });
});

test("are read over the wire, public zones alone, once for the whole tenancy", async () => {
  const records = [record("a.example.com", "A", address)];
  const scenario = world(records, steering([{ name: "1", rtype: "A", rdata: address }]));
  scenario.config.dns.zones.push({ id: "private", name: "x.local", scope: "PRIVATE" });
  const snapshot = await collectScenario(scenario);
  expect(snapshot.gaps.filter(({ call }) => call.startsWith("dns:"))).toEqual([]);
  expect(hostsOf(snapshot)).toEqual([["a.example.com", "mcp.example.com"]]);
  const asked = snapshot.pages.filter(({ call }) => call.startsWith("dns:Get"));
  expect(asked.map(({ call, region }) => `${call} ${region}`).toSorted()).toEqual([
    "dns:GetSteeringPolicy global",
    "dns:GetZoneRecords global",
  ]);
});

test("that may not be read close nothing", async () => {
  const snapshot = ociScenario({ ...world([]), gaps: ["dns:ListZones"] });
  expect(hostsOf(snapshot)).toEqual([[]]);
});
