import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { normalise } from "../../../providers/gcp/normalise.ts";
import { gcpScenario } from "../../../src/conformance/scenario-gcp.ts";
import { listOf, objectOf } from "../../../src/conformance/read-json.ts";
import type { JsonObject } from "../../../src/model/json.ts";
import { reach } from "../../../src/reach/reach.ts";

const cases: { title: string; config: JsonObject }[] = JSON.parse(
  readFileSync(new URL("../../conformance/net/postern-gcp.json", import.meta.url), "utf8"),
).scenarios;
const regional = cases.find(
  ({ title }) => title === "A regional internal application balancer serves its own region",
)?.config;
const elsewhere =
  "only clients in us-central1 are served: where those are that are in no subnet of it is not known";

/** What is told of the way through the balancer, and whether it is for want of the client's region. */
function told(from: string, gaps: string[] = []): [string, boolean][] {
  const inventory = normalise(gcpScenario({ config: regional ?? {}, gaps }));
  return reach(inventory, undefined, { from: [from] })
    .exposures.filter(({ via }) => via === "fr")
    .map(({ verdict, assumptions }) => [verdict, assumptions.includes(elsewhere)]);
}

test("a client of another region is not served, and one of no known subnet perhaps", () => {
  expect(told("10.0.0.7/32")).toEqual([["reachable", false]]);
  expect(told("10.2.0.7/32")).toEqual([]);
  expect(told("10.9.0.7/32")).toEqual([["unknown", true]]);
});

test("where every client is stays open when the subnets were not read", () => {
  const gaps = ["compute.subnetworks.aggregatedList"];
  expect(told("10.0.0.7/32", gaps)).toEqual([["unknown", true]]);
  expect(told("10.2.0.7/32", gaps)).toEqual([["unknown", true]]);
});

test("each network has regions of its own, and each front end the address that it has", () => {
  const network = "projects/p1/global/networks/second";
  const compute = objectOf(regional?.["compute"]);
  const withOne = (name: string, more: JsonObject): JsonObject[] => {
    const own = listOf(compute[name]).map(objectOf);
    return [...own, { ...own[0], ...more, network }];
  };
  const prefix = "10.5.0.0/24";
  const second = {
    forwardingRules: withOne("forwardingRules", { name: "fr-2", IPAddress: "10.5.0.98" }),
    subnetworks: withOne("subnetworks", { name: "sn-2", ipCidrRange: prefix }),
    routes: [
      ...listOf(compute["routes"]),
      { name: "to-sn-2", network, destRange: prefix, nextHopNetwork: network, priority: 0 },
    ],
  };
  const config = { ...regional, compute: { ...compute, ...second } };
  const { exposures } = reach(normalise(gcpScenario({ config })), undefined, {
    from: ["10.0.0.7/32", "10.5.0.7/32"],
  });
  const doors = exposures.filter(({ via }) => via !== "direct");
  expect(
    doors.map(({ via, verdict, entry, sources }) => [via, verdict, entry.address, sources]),
  ).toEqual([
    ["fr", "reachable", "10.0.0.99", ["10.0.0.7/32"]],
    ["fr-2", "reachable", "10.5.0.98", ["10.5.0.7/32"]],
  ]);
});
