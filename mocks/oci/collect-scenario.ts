import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { adapters } from "../../providers/index.ts";
import { ociRegionOf } from "../../src/conformance/scenario-oci.ts";
import type { CollectContext } from "../../src/model/adapter.ts";
import type { Json, JsonObject } from "../../src/model/json.ts";
import type { Gap, Page, Snapshot } from "../../src/model/snapshot.ts";
import type { Fault } from "./faults.ts";
import { startOciMock } from "./index.ts";

/** How the mock makes a call unreadable for the reason that a scenario gives. */
const faultFor: Readonly<Record<string, Pick<Fault, "kind" | "code" | "status">>> = {
  denied: { kind: "deny" },
  throttled: { kind: "throttle" },
  timeout: { kind: "hang" },
  unavailable: { kind: "error", code: "IncorrectState", status: 409 },
  unsupported: { kind: "error", code: "NotImplemented", status: 501 },
};

/** Serves a labelled case in OCI's wire format and reads it with the real SDK, as an audit would. */
export async function collectScenario(scenario: JsonObject): Promise<Snapshot> {
  const config = objectOf(scenario["config"]);
  const told = [...listOf(scenario["gaps"]), ...listOf(config["gaps"])];
  const world = { regions: { [ociRegionOf(config)]: config } };
  const mock = await startOciMock(world, { faults: told.flatMap(faultOf) });
  const restore = withoutConfiguration();
  try {
    return await collectFrom(mock.endpoint);
  } finally {
    restore();
    await mock.close();
  }
}

/** One whole collection, without waiting between attempts. */
export async function collectFrom(
  endpoint: string,
  settings: Partial<CollectContext["settings"]> = {},
): Promise<Snapshot> {
  const adapter = await adapters.oci?.();
  if (!adapter) throw new Error("the registry has no adapter for OCI");
  const gaps: Gap[] = [];
  const pages: Page[] = [];
  const context = contextOf(endpoint, (gap) => gaps.push(gap), settings);
  const [scope] = await adapter.scopes(context);
  if (!scope) throw new Error("the mock showed no tenancy");
  for await (const page of adapter.collect(scope, context)) pages.push(page);
  return { provider: "oci", scope, pages, gaps };
}

/** What a collection is given from outside: no clock, no chance, no waiting. */
export function contextOf(
  endpoint: string,
  onGap: (gap: Gap) => void = () => {},
  settings: Partial<CollectContext["settings"]> = {},
): CollectContext {
  return {
    signal: new AbortController().signal,
    onGap,
    onAttempt: () => {},
    now: () => new Date("2026-01-01T00:00:00Z"),
    random: () => 0,
    sleep: async (_, signal) => sleep(0, undefined, { signal }),
    fingerprintKey: new Uint8Array(32),
    settings: {
      regions: [],
      scopes: [],
      endpoint,
      attemptTimeout: 5000,
      attempts: 1,
      maxDetailCalls: 0,
      ...settings,
    },
  };
}

/** `"core:ListSubnets"`, or `{ call, params?, reason? }`. */
function faultOf(gap: Json): Fault[] {
  const own = objectOf(gap);
  const call = typeof gap === "string" ? gap : own["call"];
  if (typeof call !== "string") return [];
  const { reason } = own;
  const fault = faultFor[typeof reason === "string" ? reason : "denied"] ?? { kind: "deny" };
  const params = Object.entries(objectOf(own["params"])).flatMap(
    ([name, value]): [string, string][] => (typeof value === "string" ? [[name, value]] : []),
  );
  return [{ ...fault, call, params: Object.fromEntries(params) }];
}

/** The environment's own credentials never reach a mock, and are back afterwards. */
export function withoutConfiguration(): () => void {
  const names = ["OCI_CLI_CONFIG_FILE", "OCI_RESOURCE_PRINCIPAL_VERSION"];
  const before = names.map((name) => process.env[name]);
  process.env["OCI_CLI_CONFIG_FILE"] = "/nonexistent/oci/config";
  Reflect.deleteProperty(process.env, "OCI_RESOURCE_PRINCIPAL_VERSION");
  return () => {
    for (const [i, name] of names.entries()) {
      const value = before[i];
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  };
}

function objectOf(value: Json | undefined): JsonObject {
  return typeof value === "object" && value !== null && !isList(value) ? value : {};
}

function listOf(value: Json | undefined): readonly Json[] {
  return value !== undefined && isList(value) ? value : [];
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
