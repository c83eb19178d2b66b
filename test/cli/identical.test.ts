import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { gunzipSync } from "node:zlib";
import { beforeAll, expect, test } from "vitest";
import { runCli } from "./run-cli.ts";

const timeout = 240_000;
const pair = generateKeyPairSync("ed25519");
const stranger = generateKeyPairSync("ed25519");

let cwd = "";
let runs: readonly string[] = [];

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), "postern-identical-"));
  const { privateKey, publicKey } = pair;
  await writeFile(join(cwd, "k.pem"), privateKey.export({ type: "pkcs8", format: "pem" }));
  await writeFile(join(cwd, "p.pem"), publicKey.export({ type: "spki", format: "pem" }));
  await writeFile(
    join(cwd, "other.pem"),
    stranger.publicKey.export({ type: "spki", format: "pem" }),
  );
  for (let run = 0; run < 2; run += 1) {
    const { code, stderr } = await runCli(["demo", "--quiet", "--sign", "k.pem"], { cwd });
    expect(stderr).toBe("");
    expect(code).toBe(0);
  }
  runs = (await readdir(join(cwd, "postern-runs"))).toSorted();
}, timeout);

async function filesOf(run: string): Promise<readonly string[]> {
  const folder = join(cwd, "postern-runs", run);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .toSorted();
}

/** The parts that no two runs share: the run itself, times, counts of attempts, durations on the wire. */
const different: ReadonlySet<string> = new Set(["run", "at", "calls", "ms"]);

async function comparable(run: string, name: string): Promise<unknown> {
  const bytes = await readFile(join(cwd, "postern-runs", run, name));
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

test("two runs of one demo differ in nothing but times and counts of attempts", async () => {
  const [first = "", second = ""] = runs;
  const names = await filesOf(first);
  expect(await filesOf(second)).toEqual(names);
  expect(names.length).toBeGreaterThan(50);
  const own = new Set(["manifest.json", "manifest.dsse.json", "snapshot/run.json"]);
  for (const name of names.filter((one) => !own.has(one)))
    expect(
      isDeepStrictEqual(await comparable(second, name), await comparable(first, name)),
      name,
    ).toBe(true);
  const bytes = async (run: string) =>
    readFile(join(cwd, "postern-runs", run, "findings.jsonl"), "utf8");
  expect((await bytes(second)) === (await bytes(first))).toBe(true);
});

test("each run holds the hash of the one before it, and its signature", { timeout }, async () => {
  const [first = "", second = ""] = runs;
  const { predicate } = JSON.parse(
    await readFile(join(cwd, "postern-runs", second, "manifest.json"), "utf8"),
  );
  expect(predicate.previous.run).toBe(first);
  for (const [key, code] of [
    ["p.pem", 0],
    ["other.pem", 1],
  ] as const) {
    const found = await runCli(["verify", `postern-runs/${second}`, "--key", key], { cwd });
    expect(found.code).toBe(code);
  }
});

test(
  "a replay writes the findings of the run byte for byte, from its files alone",
  { timeout },
  async () => {
    const [first = ""] = runs;
    const { code, stderr } = await runCli(
      ["replay", `postern-runs/${first}`, "-f", "json=again.json", "--quiet"],
      { cwd },
    );
    expect(stderr).toBe("");
    expect(code).toBe(0);
    const { findings } = JSON.parse(await readFile(join(cwd, "again.json"), "utf8"));
    const lines = findings.map((finding: unknown) => `${JSON.stringify(finding)}\n`).join("");
    expect(lines).toBe(await readFile(join(cwd, "postern-runs", first, "findings.jsonl"), "utf8"));
  },
);

test(
  "one changed byte in any kind of file is found, and so is a missing one",
  { timeout },
  async () => {
    const [, second = ""] = runs;
    const { verifyRun } = await import("../../src/evidence/verify.ts");
    const directory = join(cwd, "postern-runs", second);
    const kinds = new Map(
      (await filesOf(second))
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

/** Pages of every call are of one kind. */
function kindOf(name: string): string {
  if (name.endsWith(".jsonl.gz")) return "page";
  const parts = name.split("/");
  return `${parts[0]} ${parts.length === 1 ? "" : parts.at(-1)}`;
}
