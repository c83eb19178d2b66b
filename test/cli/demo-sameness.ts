import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { verifyRun } from "../../src/evidence/verify.ts";
import type { DemoRuns } from "./demo-runs.ts";
import { runCli } from "./run-cli.ts";

const timeout = 60_000;

export function describeSameness(demoRuns: () => DemoRuns): void {
  describe("two runs of one demo", () => {
    test("two runs of one demo differ in nothing but times and counts of attempts", async () => {
      const { cwd, demo, quiet, ...runs } = demoRuns();
      expect([demo.code, quiet.code, quiet.stderr]).toEqual([0, 0, ""]);
      const first = join(cwd, runs.first);
      const second = join(cwd, runs.second);
      const names = await filesOf(first);
      expect(await filesOf(second)).toEqual(names);
      expect(names.length).toBeGreaterThan(50);
      const own = new Set(["manifest.json", "manifest.dsse.json", "snapshot/run.json"]);
      for (const name of names.filter((one) => !own.has(one)))
        expect(
          isDeepStrictEqual(await comparable(second, name), await comparable(first, name)),
          name,
        ).toBe(true);
      const bytes = async (run: string) => readFile(join(run, "findings.jsonl"), "utf8");
      expect((await bytes(second)) === (await bytes(first))).toBe(true);
    });

    test(
      "each run holds the hash of the one before it, and its signature",
      { timeout },
      async () => {
        const { cwd, first, second } = demoRuns();
        const { predicate } = JSON.parse(
          await readFile(join(cwd, second, "manifest.json"), "utf8"),
        );
        expect(predicate.previous.run).toBe(basename(first));
        for (const [key, code] of [
          ["ours.pem", 0],
          ["other.pem", 1],
        ] as const) {
          const found = await runCli(["verify", second, "--key", key], { cwd });
          expect(found.code).toBe(code);
        }
      },
    );

    test(
      "one changed byte in any kind of file is found, and so is a missing one",
      { timeout },
      async () => {
        const { cwd, second } = demoRuns();
        const directory = join(cwd, second);
        const kinds = new Map(
          (await filesOf(directory))
            .filter((name) => !name.startsWith("manifest"))
            .map((name) => [kindOf(name), name]),
        );
        expect(kinds.size).toBeGreaterThan(9);
        for (const path of kinds.values()) {
          const file = join(directory, path);
          const before = await readFile(file);
          const changed = Buffer.from(before.length > 0 ? before : "x");
          changed[changed.length >> 1] = (changed[changed.length >> 1] ?? 0) ^ 1;
          await writeFile(file, changed);
          expect((await verifyRun(directory)).damages).toMatchObject([{ kind: "changed", path }]);
          await rm(file);
          expect((await verifyRun(directory)).damages).toMatchObject([{ kind: "missing", path }]);
          await writeFile(file, before);
        }
        expect((await verifyRun(directory)).damages).toEqual([]);
      },
    );
  });
}

async function filesOf(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .toSorted();
}

/** The parts that no two runs share: the run itself, times, counts of attempts, durations on the wire. */
const different: ReadonlySet<string> = new Set(["run", "at", "calls", "ms"]);

async function comparable(folder: string, name: string): Promise<unknown> {
  const bytes = await readFile(join(folder, name));
  const text = (name.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  const documents = name.endsWith(".json") ? [text] : text.trimEnd().split("\n");
  return documents.map((document) =>
    document === ""
      ? ""
      : JSON.stringify(JSON.parse(document), (key, value: unknown) =>
          different.has(key) ? undefined : value,
        ),
  );
}

/** Pages of every call are of one kind. */
function kindOf(name: string): string {
  if (name.endsWith(".jsonl.gz")) return "page";
  const parts = name.split("/");
  return `${parts[0]} ${parts.length === 1 ? "" : parts.at(-1)}`;
}
