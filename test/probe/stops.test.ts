import { describe, expect, test } from "vitest";
import { stopOf } from "../../src/probe/hint.ts";
import { openLine } from "../../src/probe/line.ts";
import type { Reply } from "../../src/probe/transport.ts";
import { probeOptions, targetAt } from "./target.ts";

function reply(
  status: number | undefined,
  headers: Readonly<Record<string, string>> = {},
  body = "",
  end: Reply["end"] = "complete",
): Reply {
  return {
    end,
    status,
    headers: new Map(Object.entries(headers)),
    body,
    events: [],
    encoded: false,
    bytes: 100,
    tls: { mode: "none" },
    detail: undefined,
  };
}

describe("an end of the conversation", () => {
  /** A line after exchanges that were answered with these statuses, the last one being the one that is judged. */
  function after(statuses: readonly (number | undefined)[], mtls = false) {
    const line = openLine(targetAt(80), probeOptions());
    if (mtls) line.facts = { mode: "mtls" };
    for (const status of statuses) {
      line.exchanges.push({
        url: "http://127.0.0.1:80/",
        method: "GET",
        ...(status !== undefined && { status }),
        requestSha256: "",
        responseSha256: "",
        bytes: 0,
        ms: 0,
        outcome: "complete",
      });
    }
    return line;
  }

  test.each<[Reply, readonly (number | undefined)[], string | undefined]>([
    [reply(undefined, {}, "", "unreachable"), [undefined], "unreachable"],
    [reply(undefined, {}, "", "silent"), [undefined], "unreachable"],
    [reply(undefined, {}, "", "silent"), [200, undefined], "unknown"],
    [reply(undefined, {}, "", "timeout"), [undefined], "unreachable"],
    [reply(undefined, {}, "", "timeout"), [404, undefined], "unknown"],
    [reply(200, {}, "", "timeout"), [200], "unknown"],
    [reply(undefined, {}, "", "reset"), [undefined], "unreachable"],
    [reply(undefined, {}, "", "reset"), [undefined, undefined], "unreachable"],
    [reply(undefined, {}, "", "reset"), [undefined, undefined, undefined], undefined],
    [reply(undefined, {}, "", "reset"), [404, undefined], undefined],
    [reply(200, {}, "", "reset"), [200], undefined],
    [reply(undefined, {}, "", "not-http"), [undefined], "none"],
    [reply(undefined, {}, "", "not-http"), [404, undefined], "unknown"],
    [reply(undefined, {}, "", "unknown-name"), [undefined], "unknown"],
    [reply(undefined, {}, "", "http2"), [undefined], "unknown"],
    [reply(undefined, {}, "", "not-tls"), [undefined], "unreachable"],
    [reply(undefined, {}, "", "wants-tls"), [undefined], "unknown"],
    [reply(undefined, {}, "", "header-cap"), [undefined], "unknown"],
    [reply(undefined, {}, "", "client-certificate"), [undefined], "unknown"],
    [reply(undefined, {}, "", "refused-address"), [undefined], "unknown"],
    [reply(undefined, {}, "", "aborted"), [undefined], "unknown"],
    [reply(429), [429], "unknown"],
    [reply(503, { "retry-after": "120" }), [503], "unknown"],
    [reply(503, { "retry-after": "soon" }), [503], undefined],
    [reply(503, { "retry-after": "12x" }), [503], undefined],
    [reply(503, { "retry-after": "x12" }), [503], undefined],
    [reply(503), [503], undefined],
    [reply(500, { "retry-after": "120" }), [500], undefined],
    [reply(200), [200], undefined],
    [reply(200, {}, "", "cap"), [200], undefined],
    [reply(200, {}, "", "enough"), [200], undefined],
  ])("%j after %j", (last, statuses, confidence) => {
    const stop = stopOf(after(statuses), last);
    expect(stop?.confidence).toBe(confidence);
    expect(stop?.unknownName).toBe(last.end === "unknown-name" ? true : undefined);
    if (stop) expect(stop.because.length).toBeGreaterThan(0);
  });

  test("tells a response that never ended from one that never came after another", () => {
    const late = reply(200, {}, "", "timeout");
    expect(stopOf(after([200]), late)?.because).toBe(
      "The response never ended within the deadline",
    );
    expect(stopOf(after([404, 200]), late)?.because).toBe(
      "The server answered one request and kept silent on another until the deadline",
    );
  });

  test("is a demand for a certificate whatever else was said", () => {
    expect(stopOf(after([429], true), reply(429))).toEqual({
      kind: "stopped",
      confidence: "unknown",
      because: "A client certificate is required",
    });
  });
});
