import { randomBytes } from "node:crypto";
import { closeSync, openSync, writeSync } from "node:fs";
import process from "node:process";
import {
  decideNamed,
  PosternError,
  probeAll,
  redactFingerprints,
  saveRun,
  transcriptLine,
  type Fingerprint,
} from "../../src/index.ts";
import { parseConnectTo, parseUserAgent, parseVantage } from "../../src/options/parse.ts";
import { fingerprintKey, interruptible, newRunId } from "../context.ts";
import { admit, namedTargets } from "../named-targets.ts";
import { exitCodeOf, outputsOf, writeReport } from "../output.ts";
import { progress } from "../progress.ts";
import { version } from "../run-audit.ts";
import { settingsOf } from "../settings.ts";

/** Fingerprints targets that no inventory holds; on this machine freely, elsewhere with --i-own-this. */
export async function run(argv: Readonly<Record<string, unknown>>): Promise<void> {
  const { values } = await settingsOf("probe", argv);
  const outputs = outputsOf(values);
  const vantage = parseVantage(values.vantage ?? "internet");
  const owned = values["i-own-this"] ?? false;
  const userAgent = parseUserAgent(values["user-agent"] ?? `postern/${version}`);
  const connectTo = (values["connect-to"] ?? []).map(parseConnectTo);
  const named = await namedTargets(wordsOf(argv["target"]));
  const { targets, skipped } = await admit(named, { owned, connectTo });
  const { signal, interrupted } = interruptible();
  const line = progress({ quiet: values.quiet ?? false, json: values["log-format"] === "json" });
  const transcript = openTranscript(values.transcript);
  const startedAt = new Date().toISOString();
  try {
    line.report(`Probing ${targets.length} endpoints`);
    const decided = await decideNamed({
      targets,
      skipped,
      run: { id: newRunId(startedAt), startedAt, vantage, options: { iOwnThis: owned } },
      version,
      probe: async (all) => {
        const answers = await probeAll(all, {
          signal,
          userAgent,
          concurrency: 64,
          ...(transcript && { transcript: transcript.write }),
        });
        return redactFingerprints(answers, await fingerprintKey(undefined));
      },
      finishedAt: () => new Date().toISOString(),
    });
    const { report, fingerprints } = decided;
    const directory = await saveRun(values.out ?? "postern-runs", { collected: [], decided });
    line.done();
    await writeReport(report, outputs);
    if (!values.quiet) process.stderr.write(fingerprints.map(answerOf).join(""));
    if (!values.quiet) process.stderr.write(`Run directory: ${directory}\n`);
    process.exitCode = exitCodeOf(report, values, interrupted());
  } finally {
    transcript?.close();
  }
}

/** What each target is, also where that is no server: the report holds servers only. */
function answerOf({ url, confidence, because }: Fingerprint): string {
  return `${url} ${confidence}: ${because}\n`;
}

function wordsOf(given: unknown): readonly string[] {
  return Array.isArray(given) ? given.map(String) : [];
}

interface Transcript {
  readonly write: (...exchange: FirstTwo<typeof transcriptLine>) => void;
  readonly close: () => void;
}
type FirstTwo<F> = F extends (exchange: infer A, text: infer B, ...rest: never) => unknown
  ? [exchange: A, text: B]
  : never;

/** Only the user may read it: it says what answers where. Each line is on disk before the next request. */
function openTranscript(file: string | undefined): Transcript | undefined {
  if (file === undefined) return undefined;
  const key = randomBytes(32);
  const target = attempt(file, () => openSync(file, "w", 0o600));
  return {
    write: (exchange, text) => {
      const line = transcriptLine(exchange, text, { at: new Date().toISOString(), key });
      attempt(file, () => writeSync(target, line));
    },
    close: () => closeSync(target),
  };
}

function attempt<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw new PosternError("FILE_UNWRITABLE", `The transcript cannot be written to ${file}`, {
      hint: "Check that the directory exists and may be written to.",
      cause,
    });
  }
}
