import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import { adapters } from "../../providers/index.ts";
import type { CollectContext } from "../../src/model/adapter.ts";
import type { Json, JsonObject } from "../../src/model/json.ts";
import type { Gap, Page, Snapshot } from "../../src/model/snapshot.ts";
import type { Fault } from "./faults.ts";
import { startAwsMock, type AwsConfig } from "./index.ts";
import { serviceNames } from "./schema.ts";

const account = "111122223333";

/** How the mock makes a call unreadable for the reason that a scenario gives. */
const faultFor: Readonly<Record<string, Pick<Fault, "kind" | "code">>> = {
  denied: { kind: "deny" },
  throttled: { kind: "throttle" },
  timeout: { kind: "hang" },
  unavailable: { kind: "error", code: "OptInRequired" },
  unsupported: { kind: "error", code: "InvalidAction" },
};

/** Serves a labelled case in AWS's wire format and reads it with the real SDK, as an audit would. */
export async function collectScenario(scenario: JsonObject): Promise<Snapshot> {
  const config = configOf(scenario["config"]);
  const region = /"AvailabilityZone":"([a-z]+(?:-[a-z]+)+-\d+)/.exec(JSON.stringify(config))?.[1];
  const world = { account, regions: { [region ?? "us-east-1"]: config } };
  const told = [...listOf(scenario["gaps"]), ...listOf(memberOf(scenario["config"], "gaps"))];
  const mock = await startAwsMock(world, { faults: told.flatMap(faultOf) });
  const restore = useExampleCredentials();
  try {
    return await collect(mock.url);
  } finally {
    restore();
    await mock.close();
  }
}

async function collect(endpoint: string): Promise<Snapshot> {
  const adapter = await adapters.aws?.();
  if (!adapter) throw new Error("the registry has no adapter for AWS");
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
    },
  };
  const [scope] = await adapter.scopes(context);
  if (!scope) throw new Error("the mock showed no account");
  for await (const page of adapter.collect(scope, context)) pages.push(page);
  return { provider: "aws", scope, pages, gaps };
}

/** `"ec2:DescribeSubnets"`, or `{ call, params?, reason? }`. */
function faultOf(gap: Json): Fault[] {
  const call = typeof gap === "string" ? gap : memberOf(gap, "call");
  const [prefix, action] = typeof call === "string" ? call.split(":") : [];
  const service = serviceNames.find((name) => name === prefix);
  if (service === undefined || action === undefined) return [];
  const asked = action === "GetFunctionUrlConfig" ? "ListFunctionUrlConfigs" : action;
  const reason = memberOf(gap, "reason");
  const fault = faultFor[typeof reason === "string" ? reason : "denied"] ?? { kind: "deny" };
  const given = memberOf(gap, "params");
  const params = Object.entries(isObject(given) ? given : {}).flatMap(
    ([name, value]): [string, string][] => (typeof value === "string" ? [[name, value]] : []),
  );
  return [{ ...fault, service, action: asked, params: Object.fromEntries(params) }];
}

/** The environment's own credentials never reach a mock, and are back afterwards. */
function useExampleCredentials(): () => void {
  const before = { ...process.env };
  process.env["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE";
  process.env["AWS_SECRET_ACCESS_KEY"] = "example";
  for (const name of ["AWS_PROFILE", "AWS_SESSION_TOKEN"])
    Reflect.deleteProperty(process.env, name);
  return () => {
    for (const name of [
      "AWS_ACCESS_KEY_ID",
      "AWS_SECRET_ACCESS_KEY",
      "AWS_PROFILE",
      "AWS_SESSION_TOKEN",
    ]) {
      const value = before[name];
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
  };
}

function configOf(config: Json | undefined): AwsConfig {
  const services = serviceNames.flatMap(
    (name): [string, { readonly [command: string]: Json }][] => {
      const commands = memberOf(config, name);
      if (!isObject(commands)) return [];
      const given = Object.entries(commands).flatMap(([command, output]): [string, Json][] =>
        output === undefined ? [] : [[command, output]],
      );
      return [[name, Object.fromEntries(given)]];
    },
  );
  return Object.fromEntries(services);
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
