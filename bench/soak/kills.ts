import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { readJournal } from "../../src/evidence/journal.ts";
import { openUnfinished } from "../../src/evidence/snapshot-reader.ts";
import { verifyRun } from "../../src/evidence/verify.ts";
import type { Page } from "../../src/model/snapshot.ts";
import { drawsFrom } from "./draws.ts";
import { keyOf } from "./fake-estate.ts";

export interface Kills {
  /** How the directory was found after each kill. */
  readonly found: { absent: number; unfinished: number; whole: number };
  /** Pages that were on disk as a part of a whole list, over all kills. */
  saved: number;
  readonly problems: string[];
}

const child = fileURLToPath(new URL("kill-child.ts", import.meta.url));
const tsx = fileURLToPath(import.meta.resolve("tsx"));
const fresh = "fresh";

/** Kills a run at random moments of writing (SIGKILL), looks at what is left, resumes it and compares. */
export async function killRuns(rounds: number, seed: number): Promise<Kills> {
  const folder = mkdtempSync(join(tmpdir(), "postern-kills-"));
  const draw = drawsFrom(seed);
  const kills: Kills = { found: { absent: 0, unfinished: 0, whole: 0 }, saved: 0, problems: [] };
  try {
    const whole = join(folder, "whole");
    const { writing } = await runChild(whole, "new");
    for (let round = 0; round < rounds; round += 1) {
      const out = join(folder, String(round));
      cpSync(join(whole, fresh), join(out, "before"), { recursive: true });
      const moment = draw() * writing;
      for (const problem of await killOnce(out, whole, moment, kills))
        kills.problems.push(`killed ${Math.round(moment)} ms into writing: ${problem}`);
      rmSync(out, { recursive: true });
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return kills;
}

/** False on any problem. */
export async function soakKills(rounds: number, seed: number): Promise<boolean> {
  const { found, saved, problems } = await killRuns(rounds, seed);
  process.stdout.write(
    `${rounds} kills: ${found.absent} before anything was read, ${found.unfinished} unfinished and resumed, ${found.whole} whole; ${saved} recorded pages were not asked again; ${problems.length} problems\n`,
  );
  for (const problem of problems.slice(0, 20)) process.stdout.write(`${problem}\n`);
  return problems.length === 0;
}

async function killOnce(
  out: string,
  whole: string,
  moment: number,
  kills: Kills,
): Promise<readonly string[]> {
  const problems: string[] = [];
  const { log: before } = await runChild(out, "new", moment);
  const partial = join(out, `${fresh}.partial`);
  const names = readdirSync(out).filter((name) => !name.endsWith(".log"));
  for (const name of names.filter((one) => !one.endsWith(".partial"))) {
    const { damages } = await verifyRun(join(out, name));
    for (const { kind, path } of damages) problems.push(`${name}: ${kind} ${path}`);
  }
  if (names.includes(fresh)) {
    kills.found.whole += 1;
    if (existsSync(partial)) problems.push("both a whole and an unfinished run");
    return [...problems, ...differences(join(out, fresh), join(whole, fresh))];
  }
  if (!existsSync(join(partial, "snapshot/run.json"))) {
    kills.found.absent += 1;
    return problems;
  }
  kills.found.unfinished += 1;
  const refusal = await verifyRun(partial).then(
    () => existsSync(join(partial, "UNFINISHED.txt")),
    () => false,
  );
  if (refusal) problems.push("an unfinished run verifies while it is still being written");
  const recorded = await recordedLists(partial);
  kills.saved += recorded.size;
  const { log: after, code } = await runChild(out, partial);
  if (code !== 0) problems.push(`resuming ended with ${code}`);
  for (const [scope, page] of asked(after, before.length)) {
    if (recorded.has(`${scope} ${page}`)) problems.push(`${scope} ${page} was asked again`);
  }
  if (code === 0) problems.push(...differences(join(out, fresh), join(whole, fresh)));
  return problems;
}

/** What the resumed run asked for. */
function asked(log: readonly string[], from: number): [scope: string, page: string][] {
  return log.slice(from).map((line) => {
    const at = line.indexOf(" ");
    return [line.slice(0, at), line.slice(at + 1)];
  });
}

/** Pages on disk of lists that were read to their end. */
async function recordedLists(partial: string): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  const add = (scope: string, pages: readonly Page[]): void => {
    const ended = new Set(pages.filter(({ last }) => last).map(listOf));
    for (const page of pages) {
      if (!ended.has(listOf(page))) continue;
      found.add(`${scope} ${keyOf(page.call, page.region, page.params, page.page)}`);
    }
  };
  for (const { scope, pages } of (await openUnfinished(partial)).scopes)
    add(scope.id, await pages());
  const folder = join(partial, "snapshot/aws");
  for (const name of existsSync(folder) ? readdirSync(folder) : []) {
    if (name.endsWith(".journal"))
      add(name.slice(0, -".journal".length), await readJournal(join(folder, name)));
  }
  return found;
}

function listOf({ call, region, params }: Page): string {
  return keyOf(call, region, params, 0);
}

const decided = [
  "findings.jsonl",
  "exposures.jsonl",
  "servers.jsonl",
  "identities.jsonl",
  "gaps.jsonl",
];

/** Beside what no two runs have in common: times, and how many calls were needed. */
function differences(one: string, other: string): string[] {
  const found = decided.filter((name) => text(one, name) !== text(other, name));
  if (report(one) !== report(other)) found.push("report.json");
  return found.map((name) => `${name} differs from an unbroken run's`);
}

function report(directory: string): string {
  return JSON.stringify(JSON.parse(text(directory, "report.json")), (key, value: unknown) =>
    key === "run" || key === "calls" ? undefined : value,
  );
}

function text(directory: string, name: string): string {
  return readFileSync(join(directory, name), "utf8");
}

/** `writing`: ms from the start of the run directory to the end of the process. */
async function runChild(
  out: string,
  run: string,
  killAfter?: number,
): Promise<{ code: number | null; writing: number; log: readonly string[] }> {
  const log = join(out, "asked.log");
  const running = spawn(process.execPath, ["--import", tsx, child, out, log, run], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let begun = 0;
  running.stdout.once("data", () => {
    begun = performance.now();
    if (killAfter !== undefined) void delay(killAfter).then(() => running.kill("SIGKILL"));
  });
  const code = await new Promise<number | null>((resolve) => {
    running.once("close", resolve);
  });
  const lines = existsSync(log) ? readFileSync(log, "utf8").split("\n").slice(0, -1) : [];
  return { code, writing: performance.now() - begun, log: lines };
}
