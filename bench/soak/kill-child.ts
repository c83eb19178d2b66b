import { appendFileSync } from "node:fs";
import process from "node:process";
import { setTimeout as delay } from "node:timers/promises";
import {
  beginRun,
  collectEstate,
  decide,
  resumeRun,
  sealSnapshots,
  writeDecisions,
} from "../../src/index.ts";
import { fakeEstate } from "./fake-estate.ts";

/** A run over a fake cloud, to be killed: `OUT LOG new|RUN`. */
const [out = "", log = "", run = "new"] = process.argv.slice(2);
const startedAt = "2026-01-02T00:00:00.000Z";
const adapter = fakeEstate((what) => appendFileSync(log, `${what}\n`));
const begun =
  run === "new"
    ? await beginRun(out, { id: "fresh", startedAt, options: {} })
    : await resumeRun(run, { out, id: "fresh" });
process.stdout.write("begun\n");
const collected = await collectEstate({
  adapters: [adapter],
  store: begun.store,
  onProgress: () => {},
  context: {
    signal: new AbortController().signal,
    now: () => new Date(),
    random: () => 0,
    sleep: async (ms, signal) => {
      await delay(ms, undefined, { signal });
    },
    fingerprintKey: new Uint8Array(32),
    settings: {
      regions: [],
      scopes: [],
      attemptTimeout: 5000,
      attempts: 2,
      maxDetailCalls: 5,
    },
  },
});
const decided = await decide({
  adapters: [adapter],
  collected,
  run: { id: begun.id, startedAt, vantage: { kind: "internet" }, options: begun.options },
  version: "0.0.0",
  connectTo: [],
  includeInternal: false,
  probe: undefined,
  unprobed: "not in this test",
  finishedAt: () => startedAt,
});
await sealSnapshots(begun, collected);
await writeDecisions(begun.writer, decided);
await begun.writer.commit();
