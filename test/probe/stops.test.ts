import { describe, expect, test } from "vitest";
import { stopOf } from "../../src/probe/hint.ts";
import { openLine } from "../../src/probe/line.ts";
import type { Reply } from "../../src/probe/transport.ts";
import { reply } from "./reply.ts";
import { probeOptions, targetAt } from "./target.ts";

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
    [reply(undefined, {}, "", { end: "unreachable" }), [undefined], "unreachable"],
    [reply(undefined, {}, "", { end: "silent" }), [undefined], "unreachable"],
    [reply(undefined, {}, "", { end: "silent" }), [200, undefined], "unknown"],
    [reply(undefined, {}, "", { end: "timeout" }), [undefined], "unreachable"],
    [reply(undefined, {}, "", { end: "timeout" }), [404, undefined], "unknown"],
    [reply(200, {}, "", { end: "timeout" }), [200], "unknown"],
    [reply(undefined, {}, "", { end: "reset" }), [undefined], "unreachable"],
    [reply(undefined, {}, "", { end: "reset" }), [undefined, undefined], "unreachable"],
    [reply(undefined, {}, "", { end: "reset" }), [undefined, undefined, undefined], undefined],
    [reply(undefined, {}, "", { end: "reset" }), [404, undefined], undefined],
    [reply(200, {}, "", { end: "reset" }), [200], undefined],
    [reply(undefined, {}, "", { end: "not-http" }), [undefined], "none"],
    [reply(undefined, {}, "", { end: "not-http" }), [404, undefined], "unknown"],
    [reply(undefined, {}, "", { end: "unknown-name" }), [undefined], "unknown"],
    [reply(undefined, {}, "", { end: "http2" }), [undefined], "unknown"],
    [reply(undefined, {}, "", { end: "not-tls" }), [undefined], "unreachable"],
    [reply(undefined, {}, "", { end: "wants-tls" }), [undefined], "unknown"],
    [reply(undefined, {}, "", { end: "header-cap" }), [undefined], "unknown"],
    [reply(undefined, {}, "", { end: "client-certificate" }), [undefined], "unknown"],
    [reply(undefined, {}, "", { end: "refused-address" }), [undefined], "unknown"],
    [reply(undefined, {}, "", { end: "aborted" }), [undefined], "unknown"],
    [reply(429), [429], "unknown"],
    [reply(503, { "retry-after": "120" }), [503], "unknown"],
    [reply(503, { "retry-after": "soon" }), [503], undefined],
    [reply(503, { "retry-after": "12x" }), [503], undefined],
    [reply(503, { "retry-after": "x12" }), [503], undefined],
    [reply(503), [503], undefined],
    [reply(500, { "retry-after": "120" }), [500], undefined],
    [reply(200), [200], undefined],
    [reply(200, {}, "", { end: "cap" }), [200], undefined],
    [reply(200, {}, "", { end: "enough" }), [200], undefined],
  ])("%j after %j", (last, statuses, confidence) => {
    const stop = stopOf(after(statuses), last);
    expect(stop?.confidence).toBe(confidence);
    expect(stop?.unknownName).toBe(last.end === "unknown-name" ? true : undefined);
    if (stop) expect(stop.because.length).toBeGreaterThan(0);
  });

  test("tells a response that never ended from one that never came after another", () => {
    const late = reply(200, {}, "", { end: "timeout" });
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
