import process from "node:process";
import { startAwsMock } from "../mocks/aws/index.ts";
import { awsLargeWorld, largeAccount } from "../mocks/worlds/aws-large.ts";
import { adapters } from "../providers/index.ts";
import type { CollectContext } from "../src/model/adapter.ts";
import type { Measurement } from "./harness/row.ts";

const detailed = 20;

/** API calls of one audit of an account of the size in `largeAccount`, as they reach the wire from the real SDK. */
export async function rows(): Promise<readonly Measurement[]> {
  const world = awsLargeWorld();
  const mock = await startAwsMock(world);
  useExampleCredentials();
  try {
    const adapter = await adapters.aws?.();
    if (!adapter) throw new Error("the registry has no adapter for AWS");
    const gaps: string[] = [];
    const context = contextFor(mock.url, (gap) => gaps.push(gap));
    const [scope] = await adapter.scopes(context);
    if (!scope) throw new Error("the mock showed no account");
    for await (const { sha256 } of adapter.collect(scope, context)) void sha256;
    const lists = mock.calls.length;
    const perEmptyRegion = mock.calls.filter(({ region }) => region === "eu-north-1").length;
    const workloads = Array.from({ length: detailed }, (_, index) => ({
      id: `i-00${index.toString(16).padStart(15, "0")}`,
      region: "us-east-1",
    }));
    for await (const { sha256 } of adapter.details(scope, workloads, context)) void sha256;
    const perWorkload = (mock.calls.length - lists) / detailed;
    const { instances, used, regions } = largeAccount;
    return [
      count(
        `calls for ${instances} instances in ${used} of ${regions} regions`,
        lists,
        "calls",
        250,
      ),
      // Interfaces, then the four lists of front doors that need no interface.
      count("calls for a region without interfaces", perEmptyRegion, "calls", 5),
      count("detail calls, counted apart", perWorkload, "calls/workload", 2),
      count("gaps", gaps.length, "gaps", 0),
    ];
  } finally {
    await mock.close();
  }
}

/** A count has no spread: the world and the table of calls decide it. */
function count(name: string, value: number, unit: string, limit: number): Measurement {
  return { name, value, unit, limit, better: "lower", n: 1, spread: 0 };
}

function contextFor(endpoint: string, onGap: (call: string) => void): CollectContext {
  return {
    signal: new AbortController().signal,
    onGap: ({ call }) => onGap(call),
    onAttempt: () => {},
    now: () => new Date(),
    random: () => 0,
    sleep: async () => {},
    fingerprintKey: new Uint8Array(32),
    settings: {
      regions: [],
      scopes: [],
      endpoint,
      attemptTimeout: 30_000,
      attempts: 3,
      maxDetailCalls: detailed * 2,
    },
  };
}

function useExampleCredentials(): void {
  process.env["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE";
  process.env["AWS_SECRET_ACCESS_KEY"] = "example";
  delete process.env["AWS_PROFILE"];
  delete process.env["AWS_REGION"];
}
