import { setTimeout as sleep } from "node:timers/promises";
import { adapters } from "../../providers/index.ts";
import type { CollectContext } from "../../src/model/adapter.ts";
import type { Json, JsonObject } from "../../src/model/json.ts";
import type { Gap, Page, Snapshot } from "../../src/model/snapshot.ts";
import type { Fault } from "./faults.ts";
import { startGcpMock } from "./index.ts";
import { listOf, objectOf } from "./answer.ts";

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
  const named = objectOf(first)["projectId"];
  const link = /projects\/([a-z][a-z0-9-]*)\//.exec(JSON.stringify(config))?.[1];
  const project = typeof named === "string" ? named : (link ?? "p1");
  const told = [...listOf(scenario["gaps"]), ...listOf(config["gaps"])];
  const mock = await startGcpMock({ project, config }, { faults: told.flatMap(faultOf) });
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
  const adapter = await adapters.gcp?.();
  if (!adapter) throw new Error("the registry has no adapter for Google Cloud");
  const gaps: Gap[] = [];
  const pages: Page[] = [];
  const context: CollectContext = {
    signal: new AbortController().signal,
    onGap: (gap) => gaps.push(gap),
    onAttempt: () => {},
    now: () => new Date("2026-01-01T00:00:00Z"),
    random: () => 0,
    sleep: async (_, signal) => sleep(0, undefined, { signal }),
    fingerprintKey: new Uint8Array(32),
    settings: {
      regions: [],
      scopes: [project],
      endpoint,
      attemptTimeout: 5000,
      attempts: 1,
      maxDetailCalls: 0,
      ...settings,
    },
  };
  const [scope] = await adapter.scopes(context);
  if (!scope) throw new Error("the mock showed no project");
  for await (const page of adapter.collect(scope, context)) pages.push(page);
  return { provider: "gcp", scope, pages, gaps };
}

/** `"compute.firewalls.list"`, or `{ call, params?, reason? }`. */
function faultOf(gap: Json): Fault[] {
  const own = objectOf(gap);
  const operation = typeof gap === "string" ? gap : own["call"];
  if (typeof operation !== "string") return [];
  const reason = own["reason"];
  const kind = faultFor[typeof reason === "string" ? reason : "denied"] ?? "deny";
  const params = Object.fromEntries(
    Object.entries(objectOf(own["params"])).flatMap(([name, value]): [string, string][] =>
      typeof value === "string" ? [[name, value]] : [],
    ),
  );
  return [{ kind, operation, params }];
}
