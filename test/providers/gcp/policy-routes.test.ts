import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { collectFrom } from "../../../mocks/gcp/collect-scenario.ts";
import { startGcpMock, type Fault } from "../../../mocks/gcp/index.ts";
import { normalise } from "../../../providers/gcp/normalise.ts";
import type { JsonObject } from "../../../src/model/json.ts";
import { clientSpace } from "../../../src/net/client-space.ts";
import { intersect, parseSet, toCidrs } from "../../../src/net/prefix-set.ts";
import { reach } from "../../../src/reach/reach.ts";

const cases: { scenarios: { title: string; config: JsonObject }[] } = JSON.parse(
  readFileSync(new URL("../../conformance/net/postern-gcp.json", import.meta.url), "utf8"),
);
const tagged = "A rule for a network tag that the instance has";
const operation = "networkconnectivity.projects.locations.policyBasedRoutes.list";

async function audited(
  policyBasedRoutes: readonly JsonObject[],
  faults: readonly Fault[] = [],
  title = tagged,
) {
  const found = cases.scenarios.find((each) => each.title === title);
  const config = { ...found?.config, networkConnectivity: { policyBasedRoutes } };
  const mock = await startGcpMock({ project: "p1", config }, { faults });
  try {
    return reach(normalise(await collectFrom(mock.url, "p1")));
  } finally {
    await mock.close();
  }
}

const route = (more: JsonObject, filter: JsonObject = {}): JsonObject => ({
  name: `projects/p1/locations/global/policyBasedRoutes/r${JSON.stringify([more, filter]).length}`,
  network: "projects/p1/global/networks/vpc",
  priority: 100,
  nextHopIlbIp: "10.0.0.50",
  ...more,
  filter: { protocolVersion: "IPV4", ipProtocol: "ALL", destRange: "0.0.0.0/0", ...filter },
});
const clients = (range: string): string[] => {
  const set = parseSet("ipv4", [range]);
  return set ? toCidrs(intersect(clientSpace("gcp", "ipv4"), set)) : [];
};
const half = { destRange: "128.0.0.0/1" };
const plain = { nextHopOtherRoutes: "DEFAULT_ROUTING", nextHopIlbIp: null };

test.each<[string, readonly JsonObject[], readonly string[]]>([
  ["none", [], ["internet"]],
  ["one for everything", [route({})], []],
  ["one without a filter for destinations", [route({}, { destRange: null })], []],
  ["one for half of the clients", [route({}, half)], clients("0.0.0.0/1")],
  ["one of another network", [route({ network: "projects/p1/global/networks/x" })], ["internet"]],
  ["one for machines with a tag of it", [route({ virtualMachine: { tags: ["mcp"] } })], []],
  [
    "one for machines with any of two tags",
    [route({ virtualMachine: { tags: ["x", "mcp"] } })],
    [],
  ],
  ["one for machines with another tag", [route({ virtualMachine: { tags: ["x"] } })], ["internet"]],
  ["one for what an attachment brings", [route({ interconnectAttachment: {} })], ["internet"]],
  ["one for what it sends", [route({}, { srcRange: "10.0.0.0/24" })], []],
  ["one for what others send", [route({}, { srcRange: "10.9.0.0/24" })], ["internet"]],
  ["one for TCP", [route({}, { ipProtocol: "TCP" })], []],
  ["one for UDP", [route({}, { ipProtocol: "UDP" })], ["internet"]],
  ["one that leaves it to the other routes", [route(plain)], ["internet"]],
  [
    "one that leaves half to them before one for everything",
    [route({ priority: 200 }), route({ ...plain, priority: 100 }, half)],
    clients("128.0.0.0/1"),
  ],
  [
    "one for everything before one that leaves half to them",
    [route({ priority: 100 }), route({ ...plain, priority: 200 }, half)],
    [],
  ],
  ["one of IPv6", [route({}, { protocolVersion: "IPV6", destRange: "::/0" })], ["internet"]],
])("policy-based routes: %s", async (_, routes, expected) => {
  const { exposures, blocked } = await audited(routes);
  expect(exposures.flatMap(({ sources }) => sources)).toEqual(expected);
  const codes = blocked.map(({ firstGate }) => firstGate);
  if (expected.length === 0) expect(codes).toContain("NO_INTERNET_ROUTE");
});

test("they are asked before a narrower route to the gateway", async () => {
  const { exposures } = await audited([route({})], [], "The gateway by two halves");
  expect(exposures).toEqual([]);
});

test("they do not stand between a balancer and its clients", async () => {
  const { exposures } = await audited(
    [route({})],
    [],
    "A passthrough balancer needs no default route",
  );
  expect(exposures).toMatchObject([{ sources: "internet" }]);
});

test("that they could not be read is a limit that the exposure names", async () => {
  const { exposures } = await audited([], [{ kind: "deny", operation }]);
  expect(exposures).toMatchObject([
    {
      verdict: "reachable",
      certainty: "maybe",
      assumptions: [expect.stringContaining("policy-based routes are assumed")],
    },
  ]);
});
