import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { startAwsMock } from "../mocks/aws/index.ts";
import { awsLargeWorld, largeAccount } from "../mocks/worlds/aws-large.ts";
import { adapters } from "../providers/index.ts";
import { beginRun, collectEstate } from "../src/index.ts";
import { summary, type Measurement } from "./harness/row.ts";

const rounds = 3;

/** One account read with the real SDK, redacted and put on disk. The mock runs in the same process and is counted too. */
export async function rows(): Promise<readonly Measurement[]> {
  process.env["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE";
  process.env["AWS_SECRET_ACCESS_KEY"] = "example";
  delete process.env["AWS_PROFILE"];
  const mock = await startAwsMock(awsLargeWorld());
  const folder = mkdtempSync(join(tmpdir(), "postern-collect-"));
  try {
    const samples: number[] = [];
    for (let round = 0; round <= rounds; round += 1) {
      const seconds = await collectOnce(mock.url, folder, String(round));
      // The first one loads the SDK.
      if (round > 0) samples.push(seconds);
    }
    return [
      {
        name: `account of ${largeAccount.instances} instances, SDK to disk`,
        unit: "CPU s",
        limit: 6,
        better: "lower",
        ...summary(samples),
      },
    ];
  } finally {
    await mock.close();
    rmSync(folder, { recursive: true });
  }
}

async function collectOnce(endpoint: string, folder: string, id: string): Promise<number> {
  const adapter = await adapters.aws?.();
  if (!adapter) throw new Error("the registry has no adapter for AWS");
  const start = process.cpuUsage();
  const begun = await beginRun(folder, { id, startedAt: "2026-01-02T00:00:00.000Z", options: {} });
  await collectEstate({
    adapters: [adapter],
    store: begun.store,
    onProgress: () => {},
    context: {
      signal: new AbortController().signal,
      now: () => new Date(),
      random: () => 0,
      sleep: async () => {},
      fingerprintKey: new Uint8Array(32),
      settings: {
        regions: [],
        scopes: [],
        endpoint,
        attemptTimeout: 60_000,
        attempts: 3,
        maxDetailCalls: 50,
      },
    },
  });
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}
