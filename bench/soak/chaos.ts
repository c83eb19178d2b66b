import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { setTimeout as delay } from "node:timers/promises";
import { startAwsMock, type Fault } from "../../mocks/aws/index.ts";
import { awsDemoWorld } from "../../mocks/worlds/aws-demo.ts";
import { adapters } from "../../providers/index.ts";
import { beginRun, collectEstate, decide, type Report } from "../../src/index.ts";
import { drawsFrom } from "./draws.ts";

export interface Chaos {
  /** Faults that left something unread, over all rounds. */
  gaps: number;
  readonly problems: string[];
}

const kinds = ["throttle", "deny", "hang", "reset", "html-404", "error"] as const;
const startedAt = "2026-01-02T00:00:00.000Z";

/** Audits the demo account while calls fail at random: no crash, and no certain verdict that was not there without them. */
export async function chaosRuns(rounds: number, seed: number): Promise<Chaos> {
  const folder = mkdtempSync(join(tmpdir(), "postern-chaos-"));
  const draw = drawsFrom(seed);
  const chaos: Chaos = { gaps: 0, problems: [] };
  try {
    const calm = await auditWith([], join(folder, "calm"));
    for (let round = 0; round < rounds; round += 1) {
      const faults = Array.from({ length: 1 + Math.floor(draw() * 4) }, () =>
        faultFrom(draw, calm.actions),
      );
      const note = `round ${round}, ${JSON.stringify(faults)}: `;
      try {
        const { report } = await auditWith(faults, join(folder, String(round)));
        chaos.gaps += report.scopes.reduce((sum, { gaps }) => sum + gaps.length, 0);
        for (const problem of turned(report, calm.report)) chaos.problems.push(note + problem);
      } catch (error) {
        // A fault of the very first calls ends the run with a sentence; anything else is a crash.
        const told = error instanceof Error && error.name === "PosternError";
        if (!told) chaos.problems.push(`${note}${String(error)}`);
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return chaos;
}

/** False on any problem. */
export async function soakChaos(rounds: number, seed: number): Promise<boolean> {
  const { gaps, problems } = await chaosRuns(rounds, seed);
  process.stdout.write(
    `${rounds} audits under random faults: ${gaps} gaps, ${problems.length} problems\n`,
  );
  for (const problem of problems.slice(0, 20)) process.stdout.write(`${problem}\n`);
  return problems.length === 0;
}

function faultFrom(draw: () => number, actions: readonly string[]): Fault {
  const kind = kinds[Math.floor(draw() * kinds.length)] ?? "deny";
  const action = actions[Math.floor(draw() * actions.length)] ?? "DescribeInstances";
  const times = draw() < 0.5 ? { times: 1 + Math.floor(draw() * 3) } : {};
  const code = kind === "error" ? { code: "InternalFailure", status: 500 } : {};
  return { kind, action, ...times, ...code };
}

/** What is said for certain under faults must have been said without them. */
function turned(report: Report, calm: Report): string[] {
  const known = new Set(calm.findings.map(({ id }) => id));
  const findings = report.findings
    .filter(({ id, certainty }) => certainty === "certain" && !known.has(id))
    .map(({ id, rule }) => `the finding ${rule} ${id} is certain, and was not there`);
  const open = new Set(calm.exposures.map(({ id }) => id));
  const exposures = report.exposures
    .filter(
      ({ id, verdict, certainty }) =>
        verdict === "reachable" && certainty === "certain" && !open.has(id),
    )
    .map(({ id }) => `the exposure ${id} is certain, and was not there`);
  const powers = new Map(calm.identities.map(({ id, power }) => [id, power]));
  const identities = report.identities
    .filter(
      ({ id, power, verdict }) => verdict === "yes" && powers.has(id) && power !== powers.get(id),
    )
    .map(({ id, power }) => `${id} has for certain the power ${power}, not ${powers.get(id)}`);
  const quiet = report.coverage.complete
    ? calm.findings.filter(({ id }) => !report.findings.some((one) => one.id === id))
    : [];
  const lost = quiet.map(({ id, rule }) => `${rule} ${id} is gone, and no gap says why`);
  return [...findings, ...exposures, ...identities, ...lost];
}

async function auditWith(
  faults: readonly Fault[],
  out: string,
): Promise<{ report: Report; actions: readonly string[] }> {
  const mock = await startAwsMock(awsDemoWorld, { faults });
  process.env["AWS_ACCESS_KEY_ID"] = "AKIDEXAMPLE";
  process.env["AWS_SECRET_ACCESS_KEY"] = "example";
  process.env["AWS_REGION"] = "us-east-1";
  try {
    const adapter = await adapters.aws?.();
    if (!adapter) throw new Error("the registry has no adapter for AWS");
    const begun = await beginRun(out, { id: "run", startedAt, options: {} });
    const collected = await collectEstate({
      adapters: [adapter],
      store: begun.store,
      onProgress: () => {},
      context: {
        signal: new AbortController().signal,
        now: () => new Date(),
        random: () => 0,
        sleep: async (ms, signal) => {
          await delay(Math.min(ms, 10), undefined, { signal });
        },
        fingerprintKey: new Uint8Array(32),
        settings: {
          regions: [],
          scopes: [],
          endpoint: mock.url,
          attemptTimeout: 2000,
          attempts: 2,
          maxDetailCalls: 50,
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
      unprobed: "not in this test",
      finishedAt: () => startedAt,
    });
    return { report, actions: [...new Set(mock.calls.map(({ action }) => action))].toSorted() };
  } finally {
    await mock.close();
  }
}
