import { describe, expect, test } from "vitest";
import { redactPageLinted } from "../../src/hints/redact.ts";
import { lookAlikes } from "./look-alikes.ts";
import type { Planted } from "./secret-maker.ts";
import { knownSecrets } from "./secrets-corpus.ts";
import { unseenSecrets } from "./secrets-held-aside.ts";

const key = new Uint8Array(32);

async function kept({ text, encoded }: Planted): Promise<string> {
  const body =
    encoded === undefined
      ? { Environment: [{ Name: "CONFIG", Value: text }] }
      : { UserData: { Value: encoded } };
  return JSON.stringify(await redactPageLinted(body, key));
}

/** A secret is found when a placeholder stands for it and nothing of it is left. */
async function missed(all: readonly Planted[]): Promise<string[]> {
  const out: string[] = [];
  for (const planted of all) {
    const page = await kept(planted);
    const left = planted.values.some((value) => page.includes(JSON.stringify(value).slice(1, -1)));
    if (left || !page.includes("[secret:")) out.push(planted.name);
  }
  return out;
}

describe("secrets in configurations", () => {
  test("all those that the patterns were written against are found", async () => {
    expect(knownSecrets().length).toBeGreaterThanOrEqual(41);
    expect(await missed(knownSecrets())).toEqual([]);
  });

  test("of those held aside at least 95 % are found", async () => {
    const all = unseenSecrets();

    expect(all.length).toBeGreaterThanOrEqual(40);
    expect((await missed(all)).length).toBeLessThanOrEqual(Math.floor(all.length * 0.05));
  });

  test.each(lookAlikes().map(([name, text]) => ({ name, text })))(
    "$name is no secret",
    async ({ text }) => {
      expect(lookAlikes().length).toBeGreaterThanOrEqual(40);
      expect(await kept({ name: "", text, values: [] })).not.toContain("[secret:");
    },
  );

  test("one secret has one fingerprint, and another one under another key", async () => {
    const [planted] = knownSecrets();
    const of = async (salt: number): Promise<string | undefined> =>
      /\[secret:[^\]]+\]/.exec(
        JSON.stringify(await redactPageLinted(planted?.text ?? "", new Uint8Array(32).fill(salt))),
      )?.[0];

    expect(await of(1)).toBe(await of(1));
    expect(await of(1)).not.toBe(await of(2));
  });
});
