import { setTimeout as sleep } from "node:timers/promises";
import { adapters } from "../../providers/index.ts";
import type { CollectContext } from "../../src/model/adapter.ts";
import type { Json, JsonObject } from "../../src/model/json.ts";
import type { Gap, Page, Snapshot } from "../../src/model/snapshot.ts";
import type { Fault } from "./faults.ts";
import { startAzureMock } from "./index.ts";

const subscription = "s1";

/** How the mock makes a call unreadable for the reason that a scenario gives. */
const faultFor: Readonly<Record<string, Pick<Fault, "kind" | "code">>> = {
  denied: { kind: "deny" },
  throttled: { kind: "throttle" },
  timeout: { kind: "hang" },
  unavailable: { kind: "error", code: "ServiceUnavailable" },
  unsupported: { kind: "error", code: "NoRegisteredProviderFound" },
};

/** Serves a labelled case in ARM's wire format and reads it with the real SDK, as an audit would. */
export async function collectScenario(scenario: JsonObject): Promise<Snapshot> {
  const config = scenario["config"];
  const resources = listOf(memberOf(config, "resources")).filter(isObject);
  const told = [...listOf(scenario["gaps"]), ...listOf(memberOf(config, "gaps"))];
  const mock = await startAzureMock({ subscription, resources }, { faults: told.flatMap(faultOf) });
  try {
    return await collectFrom(mock.url);
  } finally {
    await mock.close();
  }
}

/** Everything that an audit of the subscription at this endpoint reads. */
export async function collectFrom(
  endpoint: string,
  settings: Partial<CollectContext["settings"]> = {},
): Promise<Snapshot> {
  const adapter = await adapters.azure?.();
  if (!adapter) throw new Error("the registry has no adapter for Azure");
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
      scopes: [],
      endpoint,
      attemptTimeout: 5000,
      attempts: 1,
      maxDetailCalls: 0,
      ...settings,
    },
  };
  const [scope] = await adapter.scopes(context);
  if (!scope) throw new Error("the mock showed no subscription");
  for await (const page of adapter.collect(scope, context)) pages.push(page);
  return { provider: "azure", scope, pages, gaps };
}

/** `"Microsoft.Network/networkSecurityGroups/read"`, or `{ call, params?, reason? }`; the path holds the type's last word. */
function faultOf(gap: Json): Fault[] {
  const call = typeof gap === "string" ? gap : memberOf(gap, "call");
  if (typeof call !== "string") return [];
  const reason = memberOf(gap, "reason");
  const fault = faultFor[typeof reason === "string" ? reason : "denied"] ?? { kind: "deny" };
  const path = `/${
    call
      .replace(/\/(?:read|action)$/, "")
      .split("/")
      .at(-1) ?? call
  }`;
  return [{ ...fault, path }];
}

function memberOf(value: Json | undefined, name: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
