import type { JsonObject } from "../../src/model/json.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { azureScenario } from "../../src/conformance/scenario-azure.ts";

export async function collectScenario(scenario: JsonObject): Promise<Snapshot> {
  return azureScenario(scenario);
}
