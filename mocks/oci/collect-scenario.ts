import type { JsonObject } from "../../src/model/json.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { ociScenario } from "../../src/conformance/scenario-oci.ts";

export async function collectScenario(scenario: JsonObject): Promise<Snapshot> {
  return ociScenario(scenario);
}
