import { generateKeyPairSync, verify } from "node:crypto";
import {
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { signingKey, verifyingKey } from "../../src/evidence/dsse.ts";
import { openRun } from "../../src/evidence/run-directory.ts";
import { writeSnapshot } from "../../src/evidence/snapshot-writer.ts";
import { verifyRun } from "../../src/evidence/verify.ts";

let out = "";
beforeEach(() => {
  out = mkdtempSync(`${tmpdir()}/postern-verify-`);
});
afterEach(() => rmSync(out, { recursive: true, force: true }));

const pair = generateKeyPairSync("ed25519");
const stranger = generateKeyPairSync("ed25519");

async function aRun({ id = "run-1", day = "01", signed = false } = {}): Promise<string> {
  const writer = await openRun(out, id, signed ? { signKey: pair.privateKey } : {});
  const run = { id, startedAt: `2026-01-${day}T00:00:00.000Z` };
  await writeSnapshot(writer.directory, { run, scopes: [] });
  await writer.file("report.json", '{"findings":[]}\n');
  await writer.jsonl("probe/aws-1.jsonl", [{ a: 1 }]);
  return writer.commit();
}

/** Changes a text and stays the same length. */
function replace(file: string, from: string, to: string): void {
  const text = readFileSync(file, "utf8");
  expect(text).toContain(from);
  writeFileSync(file, text.replace(from, to));
}

describe("a run directory that was not touched", () => {
  test("verifies, and says that nobody vouches for an unsigned one", async () => {
    const found = await verifyRun(await aRun());
    expect(found).toMatchObject({ run: "run-1", files: 4, damages: [], signature: "none" });
    expect(found.notes).toEqual([expect.stringMatching(/^Not signed/)]);
  });

  test("holds an in-toto statement about every file", async () => {
    const statement = JSON.parse(readFileSync(`${await aRun()}/manifest.json`, "utf8"));
    expect(statement).toMatchObject({
      _type: "https://in-toto.io/Statement/v1",
      predicateType: "urn:postern:run:v1",
      predicate: { run: "run-1" },
    });
    expect(statement.subject.map(({ name }: { name: string }) => name)).toEqual([
      "gaps.jsonl",
      "probe/aws-1.jsonl",
      "report.json",
      "snapshot/run.json",
    ]);
  });

  test("verifies under the key that signed it, and only says so when that was checked", async () => {
    const directory = await aRun({ signed: true });
    expect(await verifyRun(directory, pair.publicKey)).toMatchObject({
      damages: [],
      notes: [],
      signature: "valid",
    });
    expect(await verifyRun(directory)).toMatchObject({ damages: [], signature: "unchecked" });
  });
});

describe("a change to a run directory", () => {
  test.each<[string, (directory: string) => void, string, string]>([
    ["a changed byte", (d) => replace(`${d}/report.json`, "[]", "[ "), "changed", "report.json"],
    ["a cut file", (d) => truncateSync(`${d}/report.json`, 3), "changed", "report.json"],
    ["a missing file", (d) => unlinkSync(`${d}/gaps.jsonl`), "missing", "gaps.jsonl"],
    ["an added file", (d) => writeFileSync(`${d}/probe/b.jsonl`, ""), "added", "probe/b.jsonl"],
    ["an added hidden file", (d) => writeFileSync(`${d}/.x`, ""), "added", ".x"],
    ["an added link", (d) => symlinkSync("report.json", `${d}/link`), "added", "link"],
    [
      "a file that became a link to the same bytes",
      (d) => {
        renameSync(`${d}/report.json`, `${out}/elsewhere`);
        symlinkSync(`${out}/elsewhere`, `${d}/report.json`);
      },
      "changed",
      "report.json",
    ],
  ])("is found: %s", async (_, change, kind, path) => {
    const directory = await aRun();
    change(directory);
    expect((await verifyRun(directory)).damages).toMatchObject([{ kind, path }]);
  });

  test("is found in every single file", async () => {
    const directory = await aRun();
    for (const path of ["gaps.jsonl", "probe/aws-1.jsonl", "report.json", "snapshot/run.json"]) {
      const before = readFileSync(`${directory}/${path}`);
      writeFileSync(`${directory}/${path}`, Buffer.concat([before, Buffer.from("\n")]));
      expect((await verifyRun(directory)).damages).toMatchObject([{ kind: "changed", path }]);
      writeFileSync(`${directory}/${path}`, before);
    }
    expect((await verifyRun(directory)).damages).toEqual([]);
  });
});

describe("the signature", () => {
  const signatureDamage = [{ kind: "signature", path: "manifest.dsse.json" }];

  test("of another key is wrong, and both keys are named", async () => {
    const found = await verifyRun(await aRun({ signed: true }), stranger.publicKey);
    expect(found.damages).toMatchObject(signatureDamage);
    expect(found.damages[0]?.because).toMatch(/key [0-9a-f]{64}; it names [0-9a-f]{64}$/);
  });

  test("taken away is wrong when a key is asked for", async () => {
    const directory = await aRun({ signed: true });
    unlinkSync(`${directory}/manifest.dsse.json`);
    expect((await verifyRun(directory, pair.publicKey)).damages).toMatchObject(signatureDamage);
  });

  test("does not cover a manifest that was rewritten to fit a changed file", async () => {
    const directory = await aRun({ signed: true });
    replace(`${directory}/manifest.json`, '"run-1"', '"run-2"');
    for (const key of [undefined, pair.publicKey])
      expect((await verifyRun(directory, key)).damages).toMatchObject(signatureDamage);
  });

  test("does not cover a statement that was swapped in envelope and manifest alike", async () => {
    const directory = await aRun({ signed: true });
    const file = `${directory}/manifest.dsse.json`;
    replace(`${directory}/manifest.json`, '"run-1"', '"run-2"');
    const envelope = JSON.parse(readFileSync(file, "utf8"));
    envelope.payload = readFileSync(`${directory}/manifest.json`).toString("base64");
    writeFileSync(file, JSON.stringify(envelope));
    expect((await verifyRun(directory, pair.publicKey)).damages).toMatchObject(signatureDamage);
  });

  test("is over what DSSE prescribes, so that other tools can check it", async () => {
    const directory = await aRun({ signed: true });
    const text = readFileSync(`${directory}/manifest.json`, "utf8");
    const envelope = JSON.parse(readFileSync(`${directory}/manifest.dsse.json`, "utf8"));
    const signed = `DSSEv1 28 application/vnd.in-toto+json ${text.length} ${text}`;
    const sig = Buffer.from(envelope.signatures[0].sig, "base64");
    expect(envelope.payloadType).toBe("application/vnd.in-toto+json");
    expect(verify(null, Buffer.from(signed), pair.publicKey, sig)).toBe(true);
  });

  test("is made with ed25519 and nothing else", () => {
    const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const pem = (key: typeof rsa.privateKey) =>
      Buffer.from(key.export({ type: "pkcs8", format: "pem" }));
    const locked = pair.privateKey.export({
      type: "pkcs8",
      format: "pem",
      cipher: "aes-256-cbc",
      passphrase: "x",
    });
    expect(signingKey(pem(pair.privateKey), "k.pem").type).toBe("private");
    expect(() => signingKey(pem(rsa.privateKey), "k.pem")).toThrow(
      /k\.pem holds a key of type rsa/,
    );
    expect(() => signingKey(Buffer.from(locked), "k.pem")).toThrow(/k\.pem is not .* passphrase/);
    expect(() => verifyingKey(Buffer.from("x"), "p.pem")).toThrow(
      /p\.pem is not an ed25519 public/,
    );
  });
});

describe("the run before", () => {
  test("is held by the hash of its manifest", async () => {
    const first = await aRun();
    const second = await aRun({ id: "run-2", day: "02" });
    expect((await verifyRun(second)).damages).toEqual([]);
    replace(`${first}/manifest.json`, '"run-1"', '"run-9"');
    expect((await verifyRun(second)).damages).toMatchObject([{ kind: "previous", path: "run-1" }]);
  });

  test("is named when it is not there to be compared", async () => {
    const first = await aRun();
    const second = await aRun({ id: "run-2", day: "02" });
    rmSync(first, { recursive: true });
    const found = await verifyRun(second);
    expect(found.damages).toEqual([]);
    expect(found.notes).toContainEqual(expect.stringMatching(/run-1, is not beside it/));
  });
});

describe("a manifest that cannot be read names the place", () => {
  const digest = "0".repeat(64);
  test.each<[string, (text: string) => string, RegExp]>([
    ["cut off", (text) => text.slice(0, 80), /manifest\.json: is cut off or is not JSON/],
    [
      "of another tool",
      (text) => text.replace("in-toto.io", "other.test"),
      /_type is "https:\/\/oth/,
    ],
    [
      "of a later version",
      (text) => text.replace("run:v1", "run:v9"),
      /predicateType is "urn:postern:run:v9"/,
    ],
    ["of the old shape", () => '{"version":1,"files":{}}', /_type is "undefined"/],
    [
      "a digest too short",
      (text) => text.replace(/"sha256": "../, '"sha256": "'),
      /subject\[0\]\.digest\.sha256/,
    ],
    [
      "one name twice",
      (text) =>
        text.replace(
          '"subject": [',
          `"subject": [{"name":"report.json","digest":{"sha256":"${digest}"}},`,
        ),
      /subject\[3\]\.name stands there twice/,
    ],
    [
      "a run outside",
      (text) => text.replace('"run-1"', '"../x"'),
      /predicate\.run is not the name of a run/,
    ],
  ])("%s", async (_, change, says) => {
    const directory = await aRun();
    const file = `${directory}/manifest.json`;
    writeFileSync(file, change(readFileSync(file, "utf8")));
    await expect(verifyRun(directory)).rejects.toThrow(says);
  });

  test.each([
    ["cut off", "{", /manifest\.dsse\.json: is cut off/],
    ["of another type", '{"payloadType":"x"}', /payloadType is not/],
    [
      "without signatures",
      '{"payloadType":"application/vnd.in-toto+json","signatures":[]}',
      /signatures/,
    ],
  ])("envelope %s", async (_, text, says) => {
    const directory = await aRun({ signed: true });
    writeFileSync(`${directory}/manifest.dsse.json`, text);
    await expect(verifyRun(directory, pair.publicKey)).rejects.toThrow(says);
  });

  test("absent", async () => {
    await expect(verifyRun(out)).rejects.toThrow(/holds no manifest\.json/);
  });
});
