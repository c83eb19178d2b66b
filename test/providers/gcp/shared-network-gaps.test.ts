import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { normalise } from "../../../providers/gcp/normalise.ts";
import { gcpScenario } from "../../../src/conformance/scenario-gcp.ts";
import type { Json, JsonObject } from "../../../src/model/json.ts";
import { reach } from "../../../src/reach/reach.ts";

const cases: { scenarios: { title: string; config: JsonObject }[] } = JSON.parse(
  readFileSync(new URL("../../conformance/net/postern-gcp.json", import.meta.url), "utf8"),
);
const own = "A rule for a range of ports opens them all, and no other";
const shared = "The network belongs to a host project";
const host = /projects\/([a-z0-9-]+)\/global\/networks/.exec(
  JSON.stringify(cases.scenarios.find(({ title }) => title === shared)?.config),
)?.[1];

/** The verdicts of a case of which one call was denied. */
function verdicts(title: string, call: string, params: JsonObject): string[] {
  const config = cases.scenarios.find((each) => each.title === title)?.config ?? {};
  const gaps: Json[] = [{ call, params, reason: "denied" }];
  const { exposures } = reach(normalise(gcpScenario({ config, gaps })));
  return exposures.map(({ verdict, certainty }) => `${verdict} ${certainty}`);
}

const policies = "networkconnectivity.projects.locations.policyBasedRoutes.list";

test.each<[string, string, string, JsonObject, readonly string[]]>([
  ["the routes of its own network", own, "compute.routes.list", {}, ["unknown maybe"]],
  [
    "the routes of the host project",
    shared,
    "compute.routes.list",
    { project: host ?? "" },
    ["unknown maybe"],
  ],
  ["its policy-based routes", own, policies, {}, ["reachable maybe"]],
  [
    "the policy-based routes of the host project",
    shared,
    policies,
    { project: host ?? "" },
    ["reachable maybe"],
  ],
  ["those of another host project", shared, policies, { project: "x" }, ["reachable certain"]],
])("without %s", (_, title, call, params, expected) => {
  expect(host).not.toBe("p1");
  expect(verdicts(title, call, params)).toEqual(expected);
});
