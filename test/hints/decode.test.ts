import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { decodeBase64, inflateBudget } from "../../src/hints/decode.ts";
import { redactPage } from "../../src/hints/redact.ts";

const mebibyte = 1024 * 1024;
const b64 = (bytes: string | Uint8Array): string => Buffer.from(bytes).toString("base64");
const decoded = (text: string, left = inflateBudget): ReturnType<typeof decodeBase64> =>
  decodeBase64(text, { left });
const text = (told: string): object => ({ kind: "text", text: told });

describe("base64", () => {
  test.each([
    [b64("hello"), "hello"],
    ["aGVsbG8", "hello"],
    ["aGVs\n bG8=\r\n", "hello"],
    ["aGVsbG8_Pg==", "hello?>"],
    [b64("a\tb\nc\fd\u001be\r"), "a\tb\nc\fd\u001be\r"],
    [b64("ä€𝄞"), "ä€𝄞"],
    [b64("\ufeffabc"), "abc"],
    [b64(Buffer.from("hi", "utf16le")), "hi"],
    [b64(Buffer.from("#!x\n", "utf16le")), "#!x\n"],
    [b64(Buffer.from("\ufeffhi", "utf16le")), "hi"],
    [b64(gzipSync("hello")), "hello"],
  ])("%j stands for %j", (given, told) => {
    expect(decoded(given)).toEqual(text(told));
  });

  test.each(["", " \n", "a", "abcde", "abcde=", "ab=cd", "ab===", "ab c!", "ä"])(
    "%j is none",
    (given) => {
      expect(decoded(given)).toBeUndefined();
    },
  );

  test.each([
    ["a null byte", new Uint8Array([97, 0, 98])],
    ["a bell", "a\u0007"],
    ["a vertical tab", "a\u000b"],
    ["a shift", "a\u000e"],
    ["a file separator", "a\u001c"],
    ["a delete", "a\u007f"],
    ["a replacement", "a\ufffd"],
    ["no UTF-8", new Uint8Array([97, 200, 98])],
    ["zeros", new Uint8Array(4)],
    ["wide text of odd length", new Uint8Array([97, 0, 98, 0, 99])],
    ["half of wide text", new Uint8Array([97, 0])],
    ["bytes that only begin wide", new Uint8Array([97, 0, 98, 99])],
    ["bytes that only go on wide", new Uint8Array([97, 99, 98, 0])],
    ["half of a byte order mark", new Uint8Array([0xff, 99, 98, 0])],
    ["the other half", new Uint8Array([97, 0xfe, 98, 0])],
    ["the first byte of gzip", new Uint8Array([0x1f, 0x20, 0xff])],
    ["the second byte of gzip", new Uint8Array([0x20, 0x8b, 0xff])],
  ])("of %s is no text", (_name, bytes) => {
    const { length } = Buffer.from(bytes);
    expect(decoded(b64(bytes))).toEqual({ kind: "opaque", because: `${length} bytes, not text` });
  });
});

describe("gzip", () => {
  test("is inflated up to a mebibyte", () => {
    expect(decoded(b64(gzipSync("a".repeat(mebibyte))))).toEqual(text("a".repeat(mebibyte)));
    const over = { kind: "opaque", because: `gzip, broken or over ${mebibyte} bytes` };
    expect(decoded(b64(gzipSync("a".repeat(mebibyte + 1))))).toEqual(over);
    expect(decoded(b64(gzipSync("abc").subarray(0, 12)))).toEqual(over);
  });

  test("costs what it inflates to, and all that it may when it cannot be", () => {
    const budget = { left: inflateBudget };
    expect(inflateBudget).toBe(8 * mebibyte);
    decodeBase64(b64(gzipSync("abc")), budget);
    expect(budget.left).toBe(inflateBudget - 3);
    decodeBase64(b64(gzipSync("a".repeat(2 * mebibyte))), budget);
    expect(budget.left).toBe(inflateBudget - 3 - mebibyte);
    const small = { left: 5 };
    expect(decodeBase64(b64(gzipSync("abcdef")), small)).toEqual({
      kind: "opaque",
      because: "gzip, broken or over 5 bytes",
    });
    expect(small.left).toBe(0);
  });

  test.each([
    [0, "gzip, not inflated: too much in one page"],
    [-1, "gzip, not inflated: too much in one page"],
    [1, "gzip, broken or over 1 bytes"],
  ])("with %d bytes left is not inflated", (left, because) => {
    expect(decoded(b64(gzipSync("abc")), left)).toEqual({ kind: "opaque", because });
  });
});

test("a secret in UTF-16 is found with its byte order mark and without, wherever it stands", () => {
  const script = "$password = 'hunter2hunter2'\r\nnpx mcp-server --port 8080\r\n";
  for (const wide of [script, `\ufeff${script}`]) {
    const encoded = b64(Buffer.from(wide, "utf16le"));
    for (const page of [{ note: encoded }, { UserData: encoded }, { x: `run ${encoded} now` }]) {
      const redacted = JSON.stringify(redactPage(page, new Uint8Array(32)));
      expect(redacted).not.toContain(encoded.slice(4, 60));
      expect(redacted).toContain("[secret:password:");
    }
  }
});
