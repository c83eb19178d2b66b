import { createHash } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { PosternError } from "../../src/errors.ts";
import {
  adapterOf,
  answer,
  call,
  CloudError,
  collect,
  placesOf,
  watch,
} from "./adapter.fixture.ts";

describe("the order of pages", () => {
  test("calls of the scope come first, then regions sorted, whatever answers first", async () => {
    const slowest: Record<string, number> = { a: 30, b: 15, c: 1 };
    const list = call("ec2:List", async (_clients, { region, token }) => {
      await wait(slowest[region] ?? 0);
      return token === undefined ? answer({ region, part: 0 }, "t1") : answer({ region, part: 1 });
    });
    const adapter = adapterOf([
      list,
      call("ec2:Second", async () => answer({})),
      call("iam:List", async () => answer({}), { where: "scope" }),
    ]);
    const pages = await collect(adapter, watch(), ["c", "a", "b", "a"]);
    expect(placesOf(pages)).toEqual([
      "global/iam:List#0",
      ...["a", "b", "c"].flatMap((region) => [
        `${region}/ec2:List#0`,
        `${region}/ec2:List#1`,
        `${region}/ec2:Second#0`,
      ]),
    ]);
  });

  test("lists named by earlier pages are read at the same time and kept in order", async () => {
    let inAir = 0;
    let most = 0;
    const adapter = adapterOf([
      call("iam:ListRoles", async () => answer({ names: ["a", "b", "c", "d", "e", "f"] })),
      call(
        "iam:ListPolicies",
        async (_clients, { params }) => {
          inAir += 1;
          most = Math.max(most, inAir);
          await wait(params["role"] === "b" ? 20 : 1);
          inAir -= 1;
          return answer({ of: params["role"] });
        },
        {
          params: (recorded) =>
            recorded.bodies("iam:ListRoles").flatMap((body) => {
              const names =
                typeof body === "object" && body && "names" in body ? body["names"] : [];
              return Array.isArray(names) ? names.map((role: string) => ({ role })) : [];
            }),
        },
      ),
    ]);
    const pages = await collect(adapter, watch());
    expect(pages.slice(1).map(({ params }) => params["role"])).toEqual([
      "a",
      "b",
      "c",
      "d",
      "e",
      "f",
    ]);
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(4);
  });
});

describe("a page", () => {
  test("carries its request, its time, the hash of what was received, and no secret", async () => {
    const body = {
      when: new Date(0),
      DB_PASSWORD: "hunter2hunter2",
      bytes: new Uint8Array([104, 105]),
    };
    const [page] = await collect(adapterOf([call("ec2:List", async () => answer(body))]), watch());
    const received = JSON.stringify({ ...body, bytes: "aGk=" });
    expect(page).toEqual({
      call: "ec2:List",
      region: "r1",
      params: {},
      page: 0,
      requestId: "req-1",
      at: "2026-01-01T00:00:00.000Z",
      sha256: createHash("sha256").update(received).digest("hex"),
      body: {
        when: "1970-01-01T00:00:00.000Z",
        DB_PASSWORD: expect.stringMatching(/^\[secret:password:[0-9a-f]{16}\]$/),
        bytes: "aGk=",
      },
      last: true,
    });
  });

  test.each([
    ["nothing", undefined],
    ["a big integer", { size: 1n }],
    [
      "a circle",
      (() => {
        const circle: Record<string, unknown> = {};
        circle["self"] = circle;
        return circle;
      })(),
    ],
  ])("that has no JSON form becomes a gap: %s", async (_name, body) => {
    const seen = watch();
    expect(await collect(adapterOf([call("ec2:List", async () => answer(body))]), seen)).toEqual(
      [],
    );
    expect(seen.gaps).toMatchObject([{ call: "ec2:List", region: "r1", reason: "unavailable" }]);
  });

  test("offered again and again ends the list with a gap", async () => {
    const seen = watch();
    const pages = await collect(
      adapterOf([call("ec2:List", async () => answer({}, "again"))]),
      seen,
    );
    expect(pages.map(({ last }) => last)).toEqual([undefined, undefined]);
    expect(seen.gaps).toMatchObject([
      { reason: "unavailable", detail: expect.stringContaining("twice") },
    ]);
  });

  test("after ten thousand others is not asked for", async () => {
    const seen = watch();
    let count = 0;
    const endless = call("ec2:List", async () => answer({}, String(count++)));
    expect(await collect(adapterOf([endless]), seen)).toHaveLength(10_000);
    expect(seen.gaps).toMatchObject([{ detail: "cut after 10000 pages" }]);
  });
});

describe("an error", () => {
  test.each([
    [new CloudError(403, "no ec2:List for you"), "denied", "no ec2:List for you", 1],
    [new CloudError(429, "slow down"), "throttled", "slow down", 3],
    [new CloudError(503, "later"), "unavailable", "later", 3],
    [new TypeError("x is not a function"), "unavailable", "TypeError: x is not a function", 1],
    ["a string", "unavailable", "a string", 1],
  ])("%s becomes a gap and the rest is read", async (error, reason, detail, attempts) => {
    const seen = watch();
    const adapter = adapterOf([
      call("ec2:List", async () => {
        // oxlint-disable-next-line typescript/only-throw-error -- an SDK may throw anything
        throw error;
      }),
      call("ec2:Other", async () => answer({})),
    ]);
    expect(placesOf(await collect(adapter, seen))).toEqual(["r1/ec2:Other#0"]);
    expect(seen.gaps).toEqual([
      {
        call: "ec2:List",
        scope: "111122223333",
        region: "r1",
        reason,
        detail,
        affects: ["workloads"],
      },
    ]);
    expect(seen.attempts.filter((name) => name === "r1/ec2:List")).toHaveLength(attempts);
  });

  test("is told without secrets, control characters and length", async () => {
    const seen = watch();
    const detail = `denied\u001B[31m\n password=hunter2hunter2 ${"x ".repeat(400)}`;
    await collect(
      adapterOf([call("ec2:List", async () => Promise.reject(new CloudError(403, detail)))]),
      seen,
    );
    expect(seen.gaps[0]?.detail).toMatch(
      /^denied \[31m password=\[secret:password:[0-9a-f]{16}\] x x/,
    );
    expect(seen.gaps[0]?.detail).toHaveLength(300);
  });

  test("in the middle of a list keeps the pages before it", async () => {
    const seen = watch();
    const adapter = adapterOf([
      call("ec2:List", async (_clients, { token }) => {
        if (token === undefined) return answer({}, "t1");
        throw new CloudError(403, "no more");
      }),
    ]);
    expect(placesOf(await collect(adapter, seen))).toEqual(["r1/ec2:List#0"]);
    expect(seen.gaps).toHaveLength(1);
  });

  test("of missing credentials is the user's to see", async () => {
    const error = new PosternError("CREDENTIALS_MISSING", "no credentials", { hint: "Log in." });
    const adapter = adapterOf([], { scopes: () => Promise.reject(error) });
    await expect(adapter.scopes(watch().context)).rejects.toBe(error);
  });

  test("of the clients of one scope is a gap for each of its calls", async () => {
    const seen = watch();
    const adapter = adapterOf(
      [call("ec2:A", async () => answer({})), call("ec2:B", async () => answer({}))],
      {
        clients: () => Promise.reject(new CloudError(403, "assume role denied")),
      },
    );
    expect(await collect(adapter, seen)).toEqual([]);
    expect(seen.gaps.map((gap) => `${gap.call} ${gap.reason}`)).toEqual([
      "ec2:A denied",
      "ec2:B denied",
    ]);
  });
});
