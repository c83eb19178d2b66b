import {
  startAwsMock,
  type AwsConfig,
  type AwsMock,
  type AwsWorld,
  type Fault,
} from "../../mocks/aws/index.ts";
import { defineAdapter } from "../../providers/adapter.ts";
import { calls } from "../../providers/aws/calls.ts";
import { connect } from "../../providers/aws/connect.ts";
import { classify } from "../../providers/aws/errors.ts";
import { buckets } from "../../providers/aws/limits.ts";
import { findScopes } from "../../providers/aws/scopes.ts";
import type { CollectContext, CollectSettings } from "../../src/model/adapter.ts";
import type { Gap, Page } from "../../src/model/snapshot.ts";

export const adapter = defineAdapter({
  provider: "aws",
  calls,
  buckets,
  clients: async (_scope, context) => connect(context),
  scopes: findScopes,
  classify,
  normalise: () => {
    throw new Error("not part of collecting");
  },
  policy: {
    grants: () => [],
    decide: () => ({ verdict: "no", statements: [], because: "", assumptions: [] }),
    limits: () => [],
    adminProbes: [],
    escalations: [],
  },
});
const open: AwsMock[] = [];

/** Credentials that open nothing, and none from the machine the tests run on. */
export function useExampleCredentials(): void {
  process.env["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE";
  process.env["AWS_SECRET_ACCESS_KEY"] = "example";
  process.env["AWS_CONFIG_FILE"] = "/nonexistent";
  process.env["AWS_SHARED_CREDENTIALS_FILE"] = "/nonexistent";
  process.env["AWS_EC2_METADATA_DISABLED"] = "true";
  delete process.env["AWS_REGION"];
  delete process.env["AWS_SESSION_TOKEN"];
  delete process.env["AWS_PROFILE"];
}

export async function closeMocks(): Promise<void> {
  await Promise.all(open.splice(0).map((mock) => mock.close()));
}

export interface Collected {
  readonly mock: AwsMock;
  readonly context: CollectContext;
  readonly pages: readonly Page[];
  readonly gaps: readonly Gap[];
  readonly attempts: readonly string[];
}

export async function prepare(
  world: AwsWorld,
  faults: readonly Fault[] = [],
  settings: Partial<CollectSettings> = {},
  pageSize?: number,
) {
  const mock = await startAwsMock(world, { faults, ...(pageSize !== undefined && { pageSize }) });
  open.push(mock);
  const gaps: Gap[] = [];
  const attempts: string[] = [];
  const context: CollectContext = {
    signal: new AbortController().signal,
    onGap: (gap) => gaps.push(gap),
    onAttempt: ({ operation, region }) => attempts.push(`${region} ${operation}`),
    now: () => new Date("2026-03-02T08:00:00Z"),
    random: () => 0,
    sleep: async () => {},
    fingerprintKey: new Uint8Array(32),
    settings: {
      regions: [],
      scopes: [],
      endpoint: mock.url,
      attemptTimeout: 5000,
      attempts: 3,
      maxDetailCalls: 10,
      ...settings,
    },
  };
  return { mock, context, gaps, attempts };
}

export async function collect(
  world: AwsWorld,
  faults?: readonly Fault[],
  settings?: Partial<CollectSettings>,
  pageSize?: number,
): Promise<Collected> {
  const prepared = await prepare(world, faults, settings, pageSize);
  const pages: Page[] = [];
  for (const scope of await adapter.scopes(prepared.context)) {
    for await (const page of adapter.collect(scope, prepared.context)) pages.push(page);
  }
  return { ...prepared, pages };
}

export const asked = (mock: AwsMock, region?: string): string[] => [
  ...new Set(
    mock.calls
      .filter((call) => region === undefined || call.region === region)
      .map(({ service, action }) => `${service}:${action}`),
  ),
];
export const one = (config: AwsConfig): AwsWorld => ({
  account: "111122223333",
  regions: { "us-east-1": config },
});
export const eni = {
  DescribeNetworkInterfaces: { NetworkInterfaces: [{ NetworkInterfaceId: "eni-1" }] },
};
