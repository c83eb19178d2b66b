import type { Json, JsonObject } from "../model/json.ts";
import type { Page } from "../model/snapshot.ts";

/** What one request is answered with. Lists are whole; a server pages them itself. */
export interface ScenarioAnswer {
  readonly call: string;
  readonly params: JsonObject;
  readonly body: Json;
}

/** The one and only page of an answer, as a collection would have recorded it. */
export function scenarioPage({ call, params, body }: ScenarioAnswer, region = "global"): Page {
  const [at, sha256] = ["2026-01-01T00:00:00Z", "0".repeat(64)];
  return { call, region, params, page: 0, at, sha256, body, last: true };
}
