import { expect, test } from "vitest";
import { clean } from "../../src/probe/clean.ts";
import { canonicalJson, parseJson } from "../../src/probe/json.ts";
import { stabilise } from "../../src/probe/placeholders.ts";
import { createSseReader } from "../../src/probe/sse.ts";

const texts: readonly (readonly [string, string])[] = [
  ["plain text, with grüße and 日本", "plain text, with grüße and 日本"],
  ["two\r\nlines\tand a tab", "two lines and a tab"],
  ["\u001b[2J", "\\u{1b}[2J"],
  ["\u009b1m", "\\u{9b}1m"],
  ["a\u202eb", "a\\u{202e}b"],
  ["a\u2066b\u2069", "a\\u{2066}b\\u{2069}"],
  ["z\u200bw", "z\\u{200b}w"],
  ["\ufeffbom", "\\u{feff}bom"],
  ["tag\u{e0041}", "tag\\u{e0041}"],
  ["\ud800", "\\u{d800}"],
];
test.each(texts)("%j is shown as %j", (text, shown) => {
  expect(clean(text)).toBe(shown);
});

test("text is clipped by characters, the mark included", () => {
  expect(clean("😀".repeat(10), 10)).toBe("😀".repeat(10));
  expect(clean("😀".repeat(11), 10)).toBe(`${"😀".repeat(9)}…`);
});

test("JSON is read to a depth of 64, brackets in strings not counted", () => {
  const nested = (depth: number): string => `${"[".repeat(depth)}${"]".repeat(depth)}`;
  expect(parseJson(nested(64))).toBeDefined();
  expect(parseJson(nested(65))).toBeUndefined();
  expect(parseJson(JSON.stringify(`\\"${nested(65)}`))).toBe(`\\"${nested(65)}`);
  expect(parseJson("{")).toBeUndefined();
});

test("equal values have one canonical text", () => {
  const one = parseJson('{"b": [1, {"d": null, "c": "x"}], "a": true, "__proto__": 1}') ?? null;
  expect(canonicalJson(one)).toBe('{"__proto__":1,"a":true,"b":[1,{"c":"x","d":null}]}');
});

test("what changes between runs becomes a placeholder", () => {
  const text =
    'id=postern-1 at 2026-11-25T12:00:00.123Z, sessionId=abc12345 "0123456789abcdef0123456789abcdef" http://x:4711/ 2025-11-25';
  expect(stabilise(text, { ids: ["postern-1"], sessions: [], port: 4711 })).toBe(
    'id={id} at {date}, sessionId={session} "{session}" http://x:{port}/ 2025-11-25',
  );
});

test("events are read however the stream is cut", () => {
  const stream =
    ": hi\r\nevent: endpoint\r\ndata: /a\r\n\r\ndata: 1\ndata:2\n\nevent: none\n\ndata: open";
  for (const size of [1, 2, 7, stream.length]) {
    const read = createSseReader();
    const events = [];
    for (let at = 0; at < stream.length; at += size)
      events.push(...read(stream.slice(at, at + size)));
    expect(events).toEqual([
      { event: "endpoint", data: "/a" },
      { event: "message", data: "1\n2" },
    ]);
  }
});
