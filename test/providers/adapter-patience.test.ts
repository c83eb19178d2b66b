import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import {
  adapterOf,
  answer,
  call,
  CloudError,
  collect,
  hang,
  placesOf,
  watch,
} from "./adapter.fixture.ts";

describe("patience", () => {
  test("a throttled call waits as long as the provider asks, then goes on", async () => {
    const seen = watch();
    let count = 0;
    const adapter = adapterOf([
      call("ec2:List", async () => {
        count += 1;
        if (count === 1) throw new CloudError(429, "slow down", 7_000);
        if (count === 2) throw new CloudError(429, "slow down");
        return answer({});
      }),
    ]);
    expect(await collect(adapter, seen)).toHaveLength(1);
    // Second wait: half of 200 ms * 2^2.
    expect(seen.sleeps.filter((ms) => ms > 1)).toEqual([7_000, 400]);
    expect(seen.gaps).toEqual([]);
  });

  test("a provider that asks for more than a minute is not waited for", async () => {
    const seen = watch();
    const throttled = call("ec2:List", async () =>
      Promise.reject(new CloudError(429, "hour", 3_600_000)),
    );
    await collect(adapterOf([throttled]), seen);
    expect(seen.sleeps).toEqual([]);
    expect(seen.gaps).toMatchObject([{ reason: "throttled" }]);
  });

  test("a bucket of one at two a second spaces calls by half a second", async () => {
    const seen = watch();
    const adapter = adapterOf([
      call(
        "ec2:List",
        async (_clients, { token }) =>
          answer({}, token === undefined ? "1" : token === "1" ? "2" : ""),
        {
          family: "slow",
        },
      ),
    ]);
    expect(await collect(adapter, seen)).toHaveLength(3);
    expect(seen.sleeps).toEqual([500, 500]);
  });

  test("an unknown bucket is a defect of the table", () => {
    expect(() => adapterOf([call("ec2:List", async () => answer({}), { family: "none" })])).toThrow(
      /no bucket/,
    );
  });

  test("a region that never answers costs one deadline, even when the SDK ignores its signal", async () => {
    const seen = watch({ attemptTimeout: 250 });
    const adapter = adapterOf(
      ["A", "B", "C", "D"].map((name) =>
        call(`ec2:${name}`, async (_clients, { region }) =>
          region === "dead" ? hang() : answer({}),
        ),
      ),
    );
    const start = performance.now();
    const pages = await collect(adapter, seen, ["dead", "live"]);
    expect(performance.now() - start).toBeLessThan(700);
    expect(placesOf(pages)).toEqual(["A", "B", "C", "D"].map((name) => `live/ec2:${name}#0`));
    expect(seen.gaps.map((gap) => `${gap.region}/${gap.call} ${gap.reason}`)).toEqual(
      ["A", "B", "C", "D"].map((name) => `dead/ec2:${name} timeout`),
    );
    expect(seen.attempts.filter((name) => name.startsWith("dead"))).toEqual(["dead/ec2:A"]);
  });

  test("a region that cannot be connected to is not retried for each call", async () => {
    const seen = watch();
    const refused = async (): Promise<never> => {
      throw new CloudError(503, "connect ECONNREFUSED");
    };
    await collect(adapterOf([call("ec2:A", refused), call("ec2:B", refused)]), seen);
    expect(seen.attempts).toEqual(["r1/ec2:A", "r1/ec2:A", "r1/ec2:A", "r1/ec2:B"]);
    expect(seen.gaps).toHaveLength(2);
  });

  test("a call that hangs where others answered is tried again, and its family is then left alone", async () => {
    const seen = watch({ attemptTimeout: 30, attempts: 2 });
    const adapter = adapterOf([
      call("ec2:Fine", async () => answer({})),
      call("elb:A", hang, { family: "slow" }),
      call("elb:B", hang, { family: "slow" }),
      call("ec2:AlsoFine", async () => answer({})),
    ]);
    expect(placesOf(await collect(adapter, seen))).toEqual(["r1/ec2:Fine#0", "r1/ec2:AlsoFine#0"]);
    expect(seen.attempts).toEqual(["r1/ec2:Fine", "r1/elb:A", "r1/elb:A", "r1/ec2:AlsoFine"]);
  });

  test("a silent API of the whole scope does not silence the others", async () => {
    const seen = watch({ attemptTimeout: 30 });
    const adapter = adapterOf([
      call("org:List", hang, { where: "scope", family: "slow" }),
      call("iam:List", async () => answer({}), { where: "scope" }),
    ]);
    expect(placesOf(await collect(adapter, seen))).toEqual(["global/iam:List#0"]);
  });

  test("the deadline aborts the request of an SDK that listens", async () => {
    const signals: AbortSignal[] = [];
    const adapter = adapterOf([
      call("ec2:List", async (_clients, { signal }) => {
        signals.push(signal);
        return hang();
      }),
    ]);
    await collect(adapter, watch({ attemptTimeout: 20 }));
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  });
});

describe("stopping", () => {
  test("keeps what was read, asks nothing more, and names the rest as gaps", async () => {
    const seen = watch();
    const adapter = adapterOf([
      call("ec2:A", async () => answer({})),
      call("ec2:B", async (_clients, { token }) => {
        if (token === undefined) return answer({}, "t1");
        seen.stop();
        return hang();
      }),
      call("ec2:C", async () => answer({})),
    ]);
    expect(placesOf(await collect(adapter, seen))).toEqual(["r1/ec2:A#0", "r1/ec2:B#0"]);
    expect(seen.gaps.map((gap) => gap.call)).toEqual(["ec2:B", "ec2:C"]);
    expect(seen.gaps[0]?.detail).toBe("not read: the run was interrupted");
    expect(seen.attempts).toHaveLength(3);
  });

  test("during the very first call is an interruption, not a region that does not answer", async () => {
    const seen = watch();
    const adapter = adapterOf([
      call("ec2:A", () => {
        seen.stop();
        return hang();
      }),
    ]);
    expect(await collect(adapter, seen)).toEqual([]);
    expect(seen.gaps).toMatchObject([
      { reason: "unavailable", detail: "not read: the run was interrupted" },
    ]);
  });

  test("can be asked of many requests at once without a warning from Node", async () => {
    const warnings: unknown[] = [];
    const note = (warning: Error): number => warnings.push(warning.message);
    process.on("warning", note);
    const many = Array.from({ length: 20 }, (_, index) => ({ index }));
    const slow = call("ec2:A", () => delay(5).then(() => answer({})), { params: () => many });
    const regions = many.map(({ index }) => `r${index}`);
    expect(await collect(adapterOf([slow]), watch(), regions)).toHaveLength(400);
    await delay(1);
    process.off("warning", note);
    expect(warnings).toEqual([]);
  });

  test("by the consumer aborts the requests in the air", async () => {
    const aborted: boolean[] = [];
    const adapter = adapterOf([
      call("ec2:A", async (_clients, { region, signal }) => {
        if (region === "a") return answer({});
        signal.addEventListener("abort", () => aborted.push(true));
        return hang();
      }),
    ]);
    for await (const page of adapter.collect(
      { provider: "aws", id: "1", regions: ["a", "b"] },
      watch().context,
    )) {
      expect(page.region).toBe("a");
      break;
    }
    expect(aborted).toEqual([true]);
  });

  test("and resuming asks again only for lists that were cut, and gives the pages of an unbroken run", async () => {
    let broken = true;
    const adapter = adapterOf([
      call("ec2:A", async (_clients, { token }) =>
        answer({ token: token ?? "" }, token === undefined ? "t1" : ""),
      ),
      call("ec2:B", async (_clients, { token }) => {
        if (token === undefined) return answer({}, "t1");
        if (broken) throw new CloudError(403, "not yet");
        return answer({});
      }),
    ]);
    const first = await collect(adapter, watch());
    broken = false;
    const seen = watch({ recorded: first });
    const resumed = await collect(adapter, seen);
    expect(seen.attempts).toEqual(["r1/ec2:B", "r1/ec2:B"]);
    expect(resumed).toEqual(await collect(adapter, watch()));
  });
});

describe("a call that depends on another", () => {
  const dependent = call("ec2:Routes", async () => answer({}), {
    skip: (recorded) =>
      recorded.bodies("ec2:Interfaces").length === 0 ? "no interfaces" : undefined,
  });

  test("is skipped without a gap when the other found nothing", async () => {
    const seen = watch();
    const adapter = adapterOf([
      call("ec2:Interfaces", async () => answer({}), { params: () => [] }),
      dependent,
    ]);
    expect(await collect(adapter, seen)).toEqual([]);
    expect(seen.gaps).toEqual([]);
  });

  test("is made when the other could not be read, for nothing proves that it is not needed", async () => {
    const seen = watch();
    const denied = call("ec2:Interfaces", async () => Promise.reject(new CloudError(403, "no")));
    expect(placesOf(await collect(adapterOf([denied, dependent]), seen))).toEqual([
      "r1/ec2:Routes#0",
    ]);
  });

  test("and takes its parameters from it is a gap when the other could not be read", async () => {
    const seen = watch();
    const adapter = adapterOf([
      call("ec2:Interfaces", async () => Promise.reject(new CloudError(403, "no")), {
        where: "scope",
      }),
      call("ec2:Each", async () => answer({}), {
        params: (recorded) => recorded.bodies("ec2:Interfaces").map(() => ({})),
      }),
    ]);
    expect(await collect(adapter, seen)).toEqual([]);
    expect(seen.gaps.map((gap) => `${gap.call} ${gap.reason}`)).toEqual([
      "ec2:Interfaces denied",
      "ec2:Each denied",
    ]);
  });
});

describe("detail calls", () => {
  const userData = call(
    "ec2:UserData",
    async (_clients, { params }) => answer({ UserData: { Value: "aGVsbG8gd29ybGQ=" }, params }),
    {
      per: "exposed-workload",
      affects: ["user-data"],
      detail: (id) => ({ InstanceId: id }),
    },
  );

  test("are no part of collection", async () => {
    expect(await collect(adapterOf([userData]), watch())).toEqual([]);
  });

  test("stop at their cap with one gap that says how many were not asked", async () => {
    const seen = watch({ maxDetailCalls: 2 });
    const workloads = ["i-3", "i-1", "i-2", "i-4"].map((id) => ({ id, region: "r1" }));
    const pages = [];
    for await (const page of adapterOf([userData]).details(
      { provider: "aws", id: "1", regions: ["r1"] },
      workloads,
      seen.context,
    )) {
      pages.push(page);
    }
    expect(pages.map(({ params }) => params)).toEqual([
      { InstanceId: "i-1" },
      { InstanceId: "i-2" },
    ]);
    expect(pages[0]?.body).toMatchObject({ UserData: { Value: "hello world" } });
    expect(seen.gaps).toMatchObject([
      {
        call: "ec2:UserData",
        reason: "unsupported",
        detail: expect.stringContaining("2 workloads not asked"),
      },
    ]);
  });
});
