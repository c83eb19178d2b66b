import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { normalise } from "../../../providers/gcp/normalise.ts";
import { gcpScenario } from "../../../src/conformance/scenario-gcp.ts";
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
