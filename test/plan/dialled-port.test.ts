import { expect, test } from "vitest";
import { dialledPort } from "../../src/plan/dialled-port.ts";

test.each([
  ["http://203.0.113.7:8000/mcp", 8000],
  ["https://example.test/mcp", 443],
  ["http://example.test", 80],
  ["http://[2001:db8::1]:9000/", 9000],
  ["https://[2001:db8::1]/mcp", 443],
  ["nonsense", undefined],
])("%s dials %j", (url, port) => {
  expect(dialledPort(url)).toBe(port);
});
