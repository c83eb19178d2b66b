import { describe, expect, test } from "vitest";
import type { Target } from "../../src/model/server.ts";
import { hostHeader, openLine } from "../../src/probe/line.ts";
import type { Nothing } from "../../src/probe/sighting.ts";
import type { Reply } from "../../src/probe/transport.ts";
import { unfinished, type Search } from "../../src/probe/unfinished.ts";
import { reply } from "./reply.ts";
import { probeOptions, targetAt } from "./target.ts";

function nothing(status: number | undefined, more: Partial<Reply> = {}): Nothing {
  const answer = reply(status, {}, "no", more);
  return { kind: "nothing", path: "/mcp", reply: answer, indicated: false };
}

const typed = (type: string | undefined): ReadonlyMap<string, string> =>
  new Map(type === undefined ? [] : [["content-type", type]]);
const cut = (type: string | undefined): Nothing =>
  nothing(200, { end: "cap", headers: typed(type) });

interface Given {
  readonly target?: Partial<Target>;
  /** The name it was asked by; its address unless given. */
  readonly name?: string;
  readonly host?: string;
  readonly more?: Partial<Search>;
}

function end(nothings: readonly Nothing[], { target = {}, name, host, more }: Given = {}) {
  const line = openLine(targetAt(80, target), probeOptions({ now: () => 0 }));
  line.host = host ?? hostHeader(line.target, name);
  return unfinished({ line, nothings, told: false, missed: false, ...more });
}

const unknownName = "The front door does not know the host name it was asked by";
const front = { frontDoor: true } as const;

describe("a search without a sign", () => {
  test("is none, and says what was not asked", () => {
    expect(end([nothing(404)])).toEqual({
      kind: "none",
      because: "No usual place of an MCP server answered the protocol",
    });
    expect(end([nothing(404)], { more: { told: true } }).because).toContain("were not asked");
    expect(end([nothing(404)], { more: { told: true, missed: true } }).kind).toBe("none");
    expect(end([]).kind).toBe("none");
  });

  test.each<[string, Nothing, boolean]>([
    ["a timeout", nothing(undefined, { end: "timeout" }), true],
    ["a timeout in a body", nothing(200, { end: "timeout" }), true],
    ["silence", nothing(undefined, { end: "silent" }), true],
    ["a reset", nothing(undefined, { end: "reset" }), true],
    ["a reset in a body", nothing(200, { end: "reset" }), false],
    ["enough", nothing(undefined, { end: "enough" }), false],
    ["JSON that was cut", cut("application/json"), true],
    ["events that were cut", cut("text/event-stream"), true],
    ["a page that was cut", cut("text/html"), false],
    ["bytes that were cut", cut(undefined), false],
    ["JSON that was not", nothing(200, { headers: typed("application/json") }), false],
    ["an encoded answer", nothing(200, { encoded: true }), true],
    ["a gateway's 502", nothing(502), true],
    ["a gateway's 504", nothing(504), true],
    ["a 503", nothing(503), true],
    ["a 421", nothing(421), true],
    ["a 500", nothing(500), false],
    ["a 501", nothing(501), false],
    ["a firewall's page", nothing(406, { headers: new Map([["server", "Imperva"]]) }), true],
  ])("is unknown after %s: %s", (_name, last, unknown) => {
    const named = { target: { hosts: ["a.example.com"] }, name: "a.example.com" };
    const kind = unknown ? "stopped" : "none";
    for (const nothings of [[last], [nothing(404), last], [last, nothing(404)]]) {
      expect(end(nothings, named).kind).toBe(kind);
    }
  });

  test("is unknown when the time is over, to the millisecond", () => {
    const at = (time: number) => {
      const line = openLine(targetAt(80), probeOptions({ now: () => time }));
      line.budget = { requests: 1, until: 500 };
      return unfinished({ line, nothings: [], told: false, missed: false });
    };
    expect(at(499).kind).toBe("none");
    expect(at(500)).toEqual({
      kind: "stopped",
      confidence: "unknown",
      because: "The time for this port was spent before it was certain",
    });
  });

  test("is unknown when the run was interrupted", () => {
    const line = openLine(targetAt(80), probeOptions({ signal: AbortSignal.abort() }));
    const found = unfinished({ line, nothings: [nothing(404)], told: true, missed: false });
    expect(found).toMatchObject({ kind: "stopped", because: "The run was interrupted" });
  });

  test("is unknown when likely places were missed", () => {
    expect(end([nothing(404)], { more: { missed: true } })).toMatchObject({
      kind: "stopped",
      confidence: "unknown",
      because: expect.stringContaining("were spent before its likeliest places"),
    });
  });

  test("lets another name be asked only where the name may be wrong", () => {
    expect(end([nothing(421)])).toMatchObject({ unknownName: true, because: unknownName });
    expect(end([nothing(503)])).toMatchObject({ unknownName: true });
    expect(end([nothing(504)])).not.toHaveProperty("unknownName");
    expect(end([nothing(undefined, { end: "timeout" })])).not.toHaveProperty("unknownName");
  });
});

describe("a front door that was asked by its address", () => {
  const awselb = new Map([["server", "awselb/2.0"]]);
  test.each<[string, Nothing, Given, boolean]>([
    ["404", nothing(404), { target: front }, true],
    ["502", nothing(502), { target: front }, true],
    ["400", nothing(400), { target: front }, false],
    ["404 of a balancer", nothing(404, { headers: awselb }), {}, true],
    ["404 of anything", nothing(404), {}, false],
    ["404 by its address as a name", nothing(404), { target: front, name: "127.0.0.1" }, true],
    [
      "404 where its address is all it is called",
      nothing(404),
      { target: { ...front, hosts: ["127.0.0.1"] }, name: "127.0.0.1" },
      true,
    ],
    [
      "404 by a name",
      nothing(404),
      { target: { ...front, hosts: ["a.example.com"] }, name: "a.example.com" },
      false,
    ],
    [
      "404 by its address although it has a name",
      nothing(404),
      { target: { ...front, hosts: ["a.example.com"] } },
      false,
    ],
    ["404 by a name of its certificate", nothing(404), { target: front, name: "c.example" }, false],
    ["404 as localhost", nothing(404), { target: front, host: "localhost:80" }, false],
  ])("answers %s", (_name, last, given, unknown) => {
    const found = end([last, nothing(200)], given);
    expect(found.because === unknownName).toBe(unknown);
  });
});
