import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { collectFrom } from "../../../mocks/gcp/collect-scenario.ts";
import { startGcpMock, type Fault } from "../../../mocks/gcp/index.ts";
import { normalise } from "../../../providers/gcp/normalise.ts";
import type { Json, JsonObject } from "../../../src/model/json.ts";
import { reach } from "../../../src/reach/reach.ts";

const cases: { scenarios: { title: string; config: { compute: JsonObject } }[] } = JSON.parse(
  readFileSync(new URL("../../conformance/net/postern-gcp.json", import.meta.url), "utf8"),
);
const machine = "Both families, each by a rule of its own";
const balancer = "HTTP only redirects to HTTPS, which serves";

interface Names {
  readonly dns?: JsonObject;
  readonly compute?: JsonObject;
  readonly faults?: readonly Fault[];
}

async function audited(title: string, { dns = {}, compute = {}, faults = [] }: Names) {
  const found = cases.scenarios.find((each) => each.title === title);
  const config = { ...found?.config, compute: { ...found?.config.compute, ...compute }, dns };
  const mock = await startGcpMock({ project: "p1", config }, { faults });
  try {
    const snapshot = await collectFrom(mock.url, "p1");
    const calls = mock.calls.map(({ operation }) => operation);
    const { exposures } = reach(normalise(snapshot));
    return { snapshot, calls, exposures, hosts: exposures.map(({ entry }) => entry.hosts) };
  } finally {
    await mock.close();
  }
}

const zone = (name: string, visibility = "public"): Json => ({ name, dnsName: "a.b.", visibility });
const record = (name: string, type: string, more: JsonObject): Json => ({ name, type, ...more });
const zoneOf = (...rrsets: Json[]): JsonObject => ({
  managedZones: [zone("z1")],
  "resourceRecordSets.list": { z1: { rrsets } },
});
const at = "203.0.113.10";

test.each<[string, JsonObject, readonly string[]]>([
  ["an address", { rrdatas: ["198.51.100.1", at] }, ["a.b"]],
  ["another address", { rrdatas: ["203.0.113.11"] }, []],
  ["a weight", { routingPolicy: { wrr: { items: [{ weight: 1, rrdatas: [at] }] } } }, ["a.b"]],
  ["no weight", { routingPolicy: { wrr: { items: [{ weight: 0, rrdatas: [at] }] } } }, []],
  ["a place", { routingPolicy: { geo: { items: [{ location: "x", rrdatas: [at] }] } } }, ["a.b"]],
  [
    "an endpoint that is checked",
    {
      routingPolicy: {
        geo: { items: [{ location: "x", healthCheckedTargets: { externalEndpoints: [at] } }] },
      },
    },
    ["a.b"],
  ],
  [
    "what serves first",
    { routingPolicy: { primaryBackup: { primaryTargets: { externalEndpoints: [at] } } } },
    ["a.b"],
  ],
  [
    "what serves when that fails",
    { routingPolicy: { primaryBackup: { backupGeoTargets: { items: [{ rrdatas: [at] }] } } } },
    ["a.b"],
  ],
])("a record that points at %s", async (_, more, expected) => {
  const { exposures } = await audited(machine, { dns: zoneOf(record("A.b.", "A", more)) });
  const v4 = exposures.find(({ families }) => families.includes("ipv4"));
  expect(v4?.entry).toMatchObject({ address: at, hosts: expected });
});

test("an address of IPv6 is the same however it is spelled, and text is no address", async () => {
  const { exposures } = await audited(machine, {
    dns: zoneOf(
      record("six.b.", "AAAA", { rrdatas: ["2600:1900:4000:1::"] }),
      record("text.b.", "TXT", { rrdatas: [at] }),
      record("*.b.", "A", { rrdatas: [at] }),
      record("other.b.", "CNAME", { rrdatas: ["six.b."] }),
    ),
  });
  const names = Object.fromEntries(exposures.map(({ families: [f], entry }) => [f, entry.hosts]));
  expect(names).toEqual({ ipv4: [], ipv6: ["other.b", "six.b"] });
});

test("a private zone is not asked", async () => {
  const { calls } = await audited(machine, { dns: { managedZones: [zone("z1", "private")] } });
  expect(calls).toContain("dns.managedZones.list");
  expect(calls).not.toContain("dns.resourceRecordSets.list");
});

test("names that may not be read change no verdict, and a gap tells", async () => {
  const { snapshot, exposures } = await audited(machine, {
    faults: [{ kind: "deny", operation: "dns.managedZones.list" }],
  });
  expect(snapshot.gaps.map(({ call, affects }) => [call, affects])).toEqual([
    ["dns.managedZones.list", ["dns"]],
    ["dns.resourceRecordSets.list", ["dns"]],
  ]);
  expect(exposures.map(({ verdict, certainty }) => [verdict, certainty])).toEqual([
    ["reachable", "certain"],
    ["reachable", "certain"],
  ]);
});

test.each<[string, JsonObject, readonly string[]]>([
  ["that Google renews", { managed: { domains: ["MCP.example.com"] } }, ["mcp.example.com"]],
  ["of one's own", { subjectAlternativeNames: ["a.b", "*.b"] }, ["a.b"]],
])("a certificate %s names its front end", async (_, more, expected) => {
  const link = "https://www.googleapis.com/compute/v1/projects/p1/global/sslCertificates/c";
  const known = cases.scenarios.find(({ title }) => title === balancer)?.config.compute ?? {};
  const [proxy] = JSON.parse(JSON.stringify(known["targetHttpsProxies"]));
  const { hosts } = await audited(balancer, {
    compute: {
      targetHttpsProxies: [{ ...proxy, sslCertificates: [link] }],
      sslCertificates: [{ name: "c", selfLink: link, ...more }],
    },
  });
  expect(hosts).toEqual([expected]);
});

test("without a certificate in use none is asked for", async () => {
  const { calls } = await audited(machine, {});
  expect(calls).not.toContain("compute.sslCertificates.aggregatedList");
});
