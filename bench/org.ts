import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { beginRun, collectEstate, decide } from "../src/index.ts";
import type { Measurement } from "./harness/row.ts";
import { fakeEstate } from "./soak/fake-estate.ts";

const [few, many] = [50, 400];

/** Organizations of many small accounts: memory must not grow with what was read, only with the index of it. */
export async function rows(): Promise<readonly Measurement[]> {
  await auditOf(few);
  const small = await auditOf(few);
  const large = await auditOf(many);
  const growth = (large.heap - small.heap) / (many - few);
  const facts = { better: "lower", n: 1, spread: 0 } as const;
  return [
    {
      ...facts,
      name: `heap held per account, ${few} to ${many} accounts`,
      value: growth,
      unit: "KiB",
      limit: 60,
    },
    {
      ...facts,
      name: `audit of ${many} accounts, to disk and decided`,
      value: large.cpu,
      unit: "CPU s",
      limit: 40,
    },
    {
      ...facts,
      name: `CPU of ${many} accounts to that of ${few}, per account`,
      value: large.cpu / many / (small.cpu / few),
      unit: "x",
      limit: 1.5,
    },
  ];
}

/** `heap`: KiB in use at the end, without garbage. */
async function auditOf(accounts: number): Promise<{ cpu: number; heap: number }> {
  const folder = mkdtempSync(join(tmpdir(), "postern-org-"));
  const startedAt = "2026-01-02T00:00:00.000Z";
  const start = process.cpuUsage();
  try {
    const adapter = fakeEstate(() => {}, accounts);
    const begun = await beginRun(folder, { id: "run", startedAt, options: {} });
    const collected = await collectEstate({
      adapters: [adapter],
      store: begun.store,
      onProgress: () => {},
      context: {
        signal: new AbortController().signal,
        now: () => new Date(startedAt),
        random: () => 0,
        sleep: async () => {},
        fingerprintKey: new Uint8Array(32),
        settings: {
          regions: [],
          scopes: [],
          attemptTimeout: 60_000,
          attempts: 2,
          maxDetailCalls: 5,
        },
      },
    });
    const { report } = await decide({
      adapters: [adapter],
      collected,
      run: { id: "run", startedAt, vantage: { kind: "internet" }, options: {} },
      version: "0.0.0",
      connectTo: [],
      includeInternal: false,
      probe: undefined,
      unprobed: "not in this bench",
      finishedAt: () => startedAt,
    });
    collectGarbage();
    const heap = process.memoryUsage().heapUsed / 1024;
    if (report.scopes.length !== accounts) throw new Error("an account is missing");
    const { user, system } = process.cpuUsage(start);
    return { cpu: (user + system) / 1e6, heap };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc()");
}
