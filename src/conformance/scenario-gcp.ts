import type { JsonObject } from "../model/json.ts";
import type { Snapshot } from "../model/snapshot.ts";

export function gcpScenario(_scenario: JsonObject): Snapshot {
  return {
    provider: "gcp",
    scope: { provider: "gcp", id: "p1", regions: [] },
    pages: [],
    gaps: [],
  };
}
