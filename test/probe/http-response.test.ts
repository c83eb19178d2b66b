import { expect, test } from "vitest";
import { createResponseReader } from "../../src/probe/http-response.ts";

const head = "HTTP/1.1 200 OK\r\n";
const cases: readonly (readonly [name: string, wire: string, state: string, body: string])[] = [
  ["a length", `${head}Content-Length: 5\r\n\r\nhello`, "complete", "hello"],
  [
    "a length and more bytes than it says",
    `${head}Content-Length: 2\r\n\r\nhello`,
    "complete",
    "he",
  ],
  ["a length that was not reached", `${head}Content-Length: 9\r\n\r\nhello`, "body", "hello"],
  ["a length of nothing", `${head}Content-Length: 0\r\n\r\n`, "complete", ""],
  [
    "chunks",
    `${head}Transfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\n\r\n`,
    "complete",
    "hello",
  ],
  [
    "chunks with a trailer",
    `${head}Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX: y\r\n\r\n`,
    "complete",
    "a",
  ],
  ["a chunk without a size", `${head}Transfer-Encoding: chunked\r\n\r\nhello\r\n`, "invalid", ""],
  [
    "a chunk longer than its size",
    `${head}Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\n`,
    "invalid",
    "a",
  ],
  ["the end of the connection", `${head}\r\nhello`, "complete", "hello"],
  ["no body by status", "HTTP/1.1 204 No Content\r\n\r\n", "complete", ""],
  [
    "an interim answer first",
    `HTTP/1.1 100 Continue\r\n\r\n${head}Content-Length: 1\r\n\r\na`,
    "complete",
    "a",
  ],
  ["another protocol", "SSH-2.0-x\r\n\r\n", "not-http", ""],
  ["a status that is none", "HTTP/1.1 2000 OK\r\n\r\n", "not-http", ""],
  ["a head that is too long", `${head}A: ${"b".repeat(1024)}\r\n\r\n`, "header-cap", ""],
];

test.each(cases)(
  "a response with %s is read the same whole and byte by byte",
  (_name, wire, state, body) => {
    for (const size of [wire.length, 1, 3]) {
      const parts: Buffer[] = [];
      const reader = createResponseReader(512, (part) => parts.push(Buffer.from(part)));
      let now = "head";
      for (let at = 0; at < wire.length && (now === "head" || now === "body"); at += size) {
        now = reader.push(Buffer.from(wire.slice(at, at + size), "latin1"));
      }
      if (now === "body") now = reader.close();
      expect([now, Buffer.concat(parts).toString("latin1")]).toEqual([state, body]);
    }
  },
);

test("repeated headers are joined and names are read without regard to case", () => {
  const reader = createResponseReader(512, () => {});
  reader.push(Buffer.from(`${head}WWW-Authenticate: Basic\r\nwww-authenticate: Bearer\r\n\r\n`));
  expect(reader.head()?.headers.get("www-authenticate")).toBe("Basic, Bearer");
});
