import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readJsonl } from "../../src/evidence/jsonl.ts";
import { newestRun, openRun } from "../../src/evidence/run-directory.ts";
import { readSnapshots } from "../../src/evidence/snapshot-reader.ts";
import { type CollectedScope, writeSnapshot } from "../../src/evidence/snapshot-writer.ts";
import { sha256 } from "../../src/hash.ts";
import type { Gap, Page } from "../../src/model/snapshot.ts";
import { adapterOf, answer, call, collect, watch } from "../providers/adapter.fixture.ts";

let out = "";
beforeEach(() => {
  out = mkdtempSync(`${tmpdir()}/postern-evidence-`);
});
afterEach(() => rmSync(out, { recursive: true, force: true }));

const page = (operation: string, region: string, rest: Partial<Page> = {}): Page => ({
  call: operation,
  region,
  params: {},
  page: 0,
  requestId: "req-1",
  at: "2026-01-01T00:00:00.000Z",
  sha256: sha256(operation),
  body: { operation, region },
  last: true,
  ...rest,
});
const gap: Gap = {
  call: "ec2:DescribeVpcs",
  scope: "111122223333",
  region: "eu-west-1",
  params: { id: "x" },
  reason: "denied",
  detail: "no",
  affects: ["routes"],
};
const scope: CollectedScope = {
  scope: { provider: "aws", id: "111122223333", name: "shop", regions: ["eu-west-1"] },
  pages: [
    page("iam:ListRoles", "global"),
    page("ec2:DescribeInstances", "eu-west-1", { page: 0 }),
    page("ec2:DescribeInstances", "eu-west-1", { page: 1 }),
    page("ec2:DescribeAddresses", "eu-west-1"),
  ],
  gaps: [gap],
  calls: 7,
};
const run = { id: "run-1", startedAt: "2026-01-01T00:00:00.000Z" };
const instances = "snapshot/aws/111122223333/eu-west-1/ec2.DescribeInstances.jsonl.gz";

async function writtenRun(scopes: readonly CollectedScope[] = [scope]): Promise<string> {
  const writer = await openRun(out, "run-1");
  await writeSnapshot(writer.directory, { run, scopes });
  return writer.commit();
}

interface Named {
  name: string;
  digest: { sha256: string };
}

describe("a run directory", () => {
  test("gives back what was written, in the order of collection", async () => {
    const read = await readSnapshots(await writtenRun());
    expect(read).toEqual({
      startedAt: run.startedAt,
      snapshots: [{ provider: "aws", scope: scope.scope, pages: scope.pages, gaps: scope.gaps }],
      calls: { "aws/111122223333": 7 },
    });
  });

  test("has a file for each call with a line for each page, and the gaps beside it", async () => {
    const directory = await writtenRun();
    expect(await readJsonl(directory, instances)).toHaveLength(2);
    expect(await readJsonl(directory, "gaps.jsonl")).toEqual([{ provider: "aws", ...gap }]);
  });

  test("is for its owner only", async () => {
    const directory = await writtenRun();
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    expect(statSync(`${directory}/snapshot/aws/111122223333`).mode & 0o777).toBe(0o700);
    expect(statSync(`${directory}/${instances}`).mode & 0o777).toBe(0o600);
  });

  test("has the same bytes for the same pages, with no time or platform in them", async () => {
    const first = readFileSync(`${await writtenRun()}/${instances}`);
    rmSync(`${out}/run-1`, { recursive: true });
    const second = readFileSync(`${await writtenRun()}/${instances}`);
    expect(second.equals(first)).toBe(true);
    expect([...first.subarray(4, 10)]).toEqual([0, 0, 0, 0, 0, 255]);
  });

  test("lists the hash of every file in its manifest", async () => {
    const directory = await writtenRun();
    const manifest = JSON.parse(readFileSync(`${directory}/manifest.json`, "utf8"));
    const names = readdirSync(directory, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name !== "manifest.json")
      .map((entry) => `${entry.parentPath}/${entry.name}`.slice(directory.length + 1));
    const hashes = new Map(
      manifest.subject.map(({ name, digest }: Named) => [name, digest.sha256]),
    );
    expect([...hashes.keys()]).toEqual(names.toSorted());
    expect(hashes.get(instances)).toBe(sha256(readFileSync(`${directory}/${instances}`)));
  });

  test("is not at its place before it is whole, and leaves nothing when discarded", async () => {
    const writer = await openRun(out, "run-1");
    await writer.file("report.json", "{}");
    await writer.jsonl("findings.jsonl", [{ a: 1 }, { a: 2 }]);
    expect(existsSync(`${out}/run-1`)).toBe(false);
    expect(await readJsonl(writer.directory, "findings.jsonl")).toEqual([{ a: 1 }, { a: 2 }]);
    await writer.discard();
    expect(readdirSync(out)).toEqual([]);
  });

  test("is never written over", async () => {
    await writtenRun();
    await expect(openRun(out, "run-1")).rejects.toMatchObject({ code: "FILE_UNWRITABLE" });
  });

  test("the newest is the one that was started last, whatever its name", async () => {
    expect(await newestRun(out)).toBeUndefined();
    for (const [id, startedAt] of [
      ["b", "2026-01-02T00:00:00Z"],
      ["z", "2026-01-01T00:00:00Z"],
    ] as const) {
      const writer = await openRun(out, id);
      await writeSnapshot(writer.directory, { run: { id, startedAt }, scopes: [] });
      await writer.commit();
    }
    await openRun(out, "unfinished");
    expect(await newestRun(out)).toBe(`${out}/b`);
  });
});

describe("names from outside", () => {
  test.each([
    "../../etc",
    "..",
    "a/b",
    "",
    ".hidden",
    "ocid1.tenancy.oc1..aaaa",
    "projekt ä",
    "a".repeat(300),
  ])("stay inside the run directory: scope %j", async (id) => {
    const hostile = {
      ...scope,
      scope: { ...scope.scope, id },
      pages: [page("a/../../b:c", "../x")],
    };
    const directory = await writtenRun([hostile]);
    expect(readdirSync(out)).toEqual(["run-1"]);
    expect(readdirSync(`${directory}/snapshot/aws`)).toHaveLength(1);
    expect((await readSnapshots(directory)).snapshots[0]?.pages).toEqual(hostile.pages);
  });

  test("that differ never share a directory", async () => {
    const ids = ["a b", "a_b", "a/b", "a~b"];
    const directory = await writtenRun(
      ids.map((id) => ({ ...scope, scope: { ...scope.scope, id } })),
    );
    const { snapshots } = await readSnapshots(directory);
    expect(snapshots.map((snapshot) => snapshot.scope.id).toSorted()).toEqual(ids.toSorted());
  });

  test.each(["../x.json", "/etc/x", "a/../b", ""])("are refused as file name: %j", async (name) => {
    const writer = await openRun(out, "run-1");
    await expect((async () => writer.file(name, ""))()).rejects.toMatchObject({
      code: "FILE_UNWRITABLE",
    });
  });
});

describe("a damaged snapshot is refused with file and line", () => {
  const line = (change: object): string =>
    JSON.stringify({ ...page("ec2:DescribeInstances", "eu-west-1"), ...change });
  const good = line({});
  test.each([
    ["text that is not JSON", `${good}\n{"a":`, `${instances}:2: `],
    ["a line that is no object", `[]\n${good}`, `${instances}:1: page is not an object`],
    [
      "a hash that is none",
      `${good}\n${line({ sha256: "x" })}`,
      `${instances}:2: sha256 is not 64 hex digits`,
    ],
    [
      "a time that is none",
      `${good}\n${line({ at: "yesterday" })}`,
      `${instances}:2: at is not a time`,
    ],
    ["a negative page", `${good}\n${line({ page: -1 })}`, `${instances}:2: page is not a count`],
    ["no body", `${good}\n${line({ body: undefined })}`, `${instances}:2: body is missing`],
    ["a page less", good, `${instances}: 1 pages, but 2 were recorded`],
  ])("%s", async (_name, text, message) => {
    const directory = await writtenRun();
    writeFileSync(`${directory}/${instances}`, gzipSync(text));
    await expect(readSnapshots(directory)).rejects.toMatchObject({
      code: "SNAPSHOT_INVALID",
      message: expect.stringContaining(message),
    });
  });

  test("a file that is not gzip", async () => {
    const directory = await writtenRun();
    writeFileSync(`${directory}/${instances}`, "plain");
    await expect(readSnapshots(directory)).rejects.toMatchObject({ code: "SNAPSHOT_INVALID" });
  });

  test("a file that is gone", async () => {
    const directory = await writtenRun();
    rmSync(`${directory}/${instances}`);
    await expect(readSnapshots(directory)).rejects.toMatchObject({ code: "SNAPSHOT_INVALID" });
  });

  test("a record that points out of its scope", async () => {
    const directory = await writtenRun();
    const record = `${directory}/snapshot/aws/111122223333/scope.json`;
    writeFileSync(
      record,
      readFileSync(record, "utf8").replace("global/iam.ListRoles", "../../../x"),
    );
    await expect(readSnapshots(directory)).rejects.toMatchObject({
      message: expect.stringContaining("is not a file of a scope"),
    });
  });

  test("a gap with a reason nobody knows", async () => {
    const directory = await writtenRun();
    const record = `${directory}/snapshot/aws/111122223333/scope.json`;
    writeFileSync(record, readFileSync(record, "utf8").replace('"denied"', '"bored"'));
    await expect(readSnapshots(directory)).rejects.toMatchObject({
      message: expect.stringContaining('reason is "bored"'),
    });
  });

  test("a directory without one", async () => {
    await expect(readSnapshots(out)).rejects.toMatchObject({ code: "RUN_NOT_FOUND" });
  });
});

test("a secret planted in user data, errors and environments appears in no file of the run", async () => {
  const planted = "hunter2-planted-secret";
  const script = `#!/bin/sh\nexport DB_PASSWORD=${planted}\nnpx mcp-server\n`;
  const b64 = (data: string | Uint8Array): string => Buffer.from(data).toString("base64");
  const seen = watch();
  const adapter = adapterOf([
    call("ec2:Plain", async () => answer({ UserData: { Value: b64(script) } })),
    call("ec2:Gzip", async () =>
      answer({ LaunchTemplateData: { UserData: b64(gzipSync(script)) } }),
    ),
    call("ecs:Env", async () => answer({ environment: [{ name: "API_TOKEN", value: planted }] })),
    call("ec2:Bytes", async () =>
      answer({ blob: Buffer.from(script), bytes: new Uint8Array(Buffer.from(script)) }),
    ),
    call("ec2:Error", async () => Promise.reject(new Error(`bad request: password=${planted}`))),
  ]);
  const pages = await collect(adapter, seen);
  expect(pages).toHaveLength(4);
  const directory = await writtenRun([{ ...scope, pages, gaps: seen.gaps }]);
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  expect(files.length).toBeGreaterThan(5);
  for (const file of files) {
    const bytes = readFileSync(`${file.parentPath}/${file.name}`);
    const text = (file.name.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
    expect(text).not.toContain(planted);
    expect(text).not.toContain(b64(script));
  }
  const text = JSON.stringify(pages);
  expect(text.match(/npx mcp-server/g)).toHaveLength(4);
});
