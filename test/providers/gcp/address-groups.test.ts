import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { collectFrom } from "../../../mocks/gcp/collect-scenario.ts";
import { startGcpMock, type Fault } from "../../../mocks/gcp/index.ts";
import { normalise } from "../../../providers/gcp/normalise.ts";
import type { Json, JsonObject } from "../../../src/model/json.ts";
import { reach } from "../../../src/reach/reach.ts";

const cases: { scenarios: { title: string; config: JsonObject }[] } = JSON.parse(
  readFileSync(new URL("../../conformance/net/postern-gcp.json", import.meta.url), "utf8"),
);
const name = "organizations/1/locations/global/addressGroups/offices";
const operation = "networksecurity.addressGroups.get";

/** A rule of the network's policy, aimed at a group of addresses instead of a tag. */
async function audited(groups: readonly Json[], faults: readonly Fault[] = []) {
  const found = cases.scenarios.find(
    ({ title }) => title === "A policy rule for senders with a secure tag",
  );
  const text = JSON.stringify(found?.config).replaceAll(
    /"srcSecureTags":\[[^\]]*\]/g,
    `"srcAddressGroups":["//networksecurity.googleapis.com/${name}"]`,
  );
  const config = { ...JSON.parse(text), networkSecurity: { addressGroups: groups } };
  const mock = await startGcpMock({ project: "p1", config }, { faults });
  try {
    const { exposures } = reach(normalise(await collectFrom(mock.url, "p1")));
    const asked = mock.calls.filter((call) => call.operation === operation);
    return { asked, exposures };
  } finally {
    await mock.close();
  }
}

test("a group of addresses is asked for once, and its members are who may come", async () => {
  const { asked, exposures } = await audited([{ name, type: "IPV4", items: ["198.51.100.0/24"] }]);
  expect(asked).toMatchObject([{ params: { name } }]);
  expect(exposures).toMatchObject([
    { sources: ["198.51.100.0/24"], verdict: "reachable", certainty: "certain" },
  ]);
});

test("a group without members lets nobody in", async () => {
  const { exposures } = await audited([{ name, type: "IPV4" }]);
  expect(exposures).toEqual([]);
});

test("who is in a group that may not be read is unknown", async () => {
  const { exposures } = await audited([], [{ kind: "deny", operation }]);
  expect(exposures).toMatchObject([{ verdict: "unknown", certainty: "maybe" }]);
});
