import { expect, test } from "vitest";
import { decideNamed } from "../../src/audit/decide-named.ts";
import { confidences, type Target } from "../../src/model/server.ts";
import { aFingerprint } from "../fixtures/builders.ts";

const target: Target = {
  id: "target-1",
  address: "203.0.113.7",
  port: 8000,
  family: "ipv4",
  hosts: [],
  paths: [],
  tls: "http",
  scalesToZero: false,
};

test.each(confidences)(
  "a named target that is %s is in the report or told as not assessed",
  async (confidence) => {
    const { report, links } = await decideNamed({
      targets: [target],
      skipped: [],
      probe: async () => [aFingerprint({ confidence, because: "so it is" })],
      run: {
        id: "r",
        startedAt: "2026-01-01T00:00:00Z",
        vantage: { kind: "internet" },
        options: {},
      },
      version: "0",
      finishedAt: () => "2026-01-01T00:00:00Z",
    });
    const open = confidence === "unreachable" || confidence === "unknown";
    const { answered, skipped } = report.coverage.probe;
    expect(skipped.map(({ because }) => because)).toEqual(
      open ? [`Not assessed, ${confidence}: so it is`] : [],
    );
    expect(answered).toBe(confidence === "unreachable" ? 0 : 1);
    expect(links.map(({ exposures }) => exposures.length)).toEqual([answered]);
  },
);
