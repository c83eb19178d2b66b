import type { JsonObject } from "../model/json.ts";
import type { Snapshot } from "../model/snapshot.ts";

export function ociScenario(_scenario: JsonObject): Snapshot {
  return {
    provider: "oci",
    scope: { provider: "oci", id: "s1", regions: [] },
    pages: [],
    gaps: [],
  };
}
