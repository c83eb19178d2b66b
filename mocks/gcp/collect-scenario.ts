import { listOf, objectOf, textOf } from "../../src/conformance/read-json.ts";
import type { CollectContext } from "../../src/model/adapter.ts";
import type { JsonObject } from "../../src/model/json.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { collectFrom as collect, toldGaps } from "../collect-from.ts";
import type { Fault } from "./faults.ts";
import { startGcpMock } from "./index.ts";

/** How the mock makes a call unreadable for the reason that a scenario gives. */
const faultFor: Readonly<Record<string, Fault["kind"]>> = {
  denied: "deny",
  throttled: "throttle",
  timeout: "hang",
  unavailable: "unavailable",
  unsupported: "not-found",
};

/** Serves a labelled case in Google's wire format and reads it as an audit would. */
export async function collectScenario(scenario: JsonObject): Promise<Snapshot> {
  const config = objectOf(scenario["config"]);
  const [first] = listOf(objectOf(config["resourceManager"])["projects"]);
  const link = /projects\/([a-z][a-z0-9-]*)\//.exec(JSON.stringify(config))?.[1];
  const project = textOf(objectOf(first)["projectId"]) ?? link ?? "p1";
  const faults = toldGaps(scenario).map(({ call, reason, params }): Fault => ({
    kind: faultFor[reason] ?? "deny",
    operation: call,
    params,
  }));
  const mock = await startGcpMock({ project, config }, { faults });
  try {
    return await collectFrom(mock.url, project);
  } finally {
    await mock.close();
  }
}

/** Everything that an audit of the project at this endpoint reads. */
export async function collectFrom(
  endpoint: string,
  project: string,
  settings: Partial<CollectContext["settings"]> = {},
): Promise<Snapshot> {
  return collect("gcp", endpoint, { scopes: [project], ...settings });
}
