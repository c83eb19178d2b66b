import { setTimeout as sleep } from "node:timers/promises";
import { adapters } from "../providers/index.ts";
import { listOf, objectOf, textOf } from "../src/conformance/read-json.ts";
import type { CollectContext } from "../src/model/adapter.ts";
import type { Json, JsonObject } from "../src/model/json.ts";
import type { Provider } from "../src/model/provider.ts";
import type { Gap, Page, Snapshot } from "../src/model/snapshot.ts";

type Settings = Partial<CollectContext["settings"]>;

/** Everything that an audit of the first scope at this endpoint reads, through the real SDK and without waiting between attempts. */
export async function collectFrom(
  provider: Provider,
  endpoint: string,
  settings: Settings = {},
): Promise<Snapshot> {
  const adapter = await adapters[provider]?.();
  if (!adapter) throw new Error(`the registry has no adapter for ${provider}`);
  const gaps: Gap[] = [];
  const pages: Page[] = [];
  const context = contextOf(endpoint, (gap) => gaps.push(gap), settings);
  const [scope] = await adapter.scopes(context);
  if (!scope) throw new Error(`the mock of ${provider} showed no scope`);
  for await (const page of adapter.collect(scope, context)) pages.push(page);
  return { provider, scope, pages, gaps };
}

/** What a collection is given from outside: no clock, no chance, no waiting. */
export function contextOf(
  endpoint: string,
  onGap: (gap: Gap) => void = () => {},
  settings: Settings = {},
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

/** A call that a labelled case says could not be read. */
export interface ToldGap {
  readonly call: string;
  readonly reason: string;
  readonly params: Readonly<Record<string, string>>;
}

/** `"ec2:DescribeSubnets"`, or `{ call, params?, reason? }`, beside the configuration or in it. */
export function toldGaps(scenario: JsonObject): ToldGap[] {
  const told = [...listOf(scenario["gaps"]), ...listOf(objectOf(scenario["config"])["gaps"])];
  return told.flatMap((gap: Json) => {
    const own = objectOf(gap);
    const call = textOf(gap) ?? textOf(own["call"]);
    if (call === undefined) return [];
    const params = Object.entries(objectOf(own["params"])).flatMap(
      ([name, value]): [string, string][] => (typeof value === "string" ? [[name, value]] : []),
    );
    return [
      { call, reason: textOf(own["reason"]) ?? "denied", params: Object.fromEntries(params) },
    ];
  });
}
