import type { JsonObject } from "../model/json.ts";
import type { Snapshot } from "../model/snapshot.ts";

export function azureScenario(_scenario: JsonObject): Snapshot {
  return {
    provider: "azure",
    scope: { provider: "azure", id: "s1", regions: [] },
    pages: [],
    gaps: [],
  };
}
