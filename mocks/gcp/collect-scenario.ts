import type { JsonObject } from "../../src/model/json.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { gcpScenario } from "../../src/conformance/scenario-gcp.ts";

export async function collectScenario(scenario: JsonObject): Promise<Snapshot> {
  return gcpScenario(scenario);
}
