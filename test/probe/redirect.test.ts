import { expect, test } from "vitest";
import { slashRedirect } from "../../src/probe/redirect.ts";
import type { Reply } from "../../src/probe/transport.ts";

function redirect(status: number | undefined, location: string | undefined): Reply {
  return {
    end: "complete",
    status,
    headers: new Map(location === undefined ? [] : [["location", location]]),
    body: "",
    events: [],
    encoded: false,
    bytes: 100,
    tls: { mode: "none" },
    detail: undefined,
  };
}

test.each([
  [301, "/mcp", "/mcp/", "/mcp/"],
  [302, "/mcp", "/mcp/", "/mcp/"],
  [307, "/mcp", "http://internal.invalid/mcp/", "/mcp/"],
  [308, "/mcp/", "/mcp", "/mcp"],
  [307, "/a/mcp/", "/a/mcp", "/a/mcp"],
  [303, "/mcp", "/mcp/", undefined],
  [300, "/mcp", "/mcp/", undefined],
  [304, "/mcp", "/mcp/", undefined],
  [309, "/mcp", "/mcp/", undefined],
  [200, "/mcp", "/mcp/", undefined],
  [undefined, "/mcp", "/mcp/", undefined],
  [307, "/mcp", undefined, undefined],
  [307, "/mcp", "http://[", undefined],
  [307, "/mcp", "/mcp/?token=a", undefined],
  [307, "/mcp", "/login", undefined],
  [307, "/mcp", "/mcp", undefined],
  [307, "/mcp", "/mcp//", undefined],
  [307, "/", "/", undefined],
])("%s from %s to %s leads to %s", (status, path, location, place) => {
  expect(slashRedirect(redirect(status, location), path)).toBe(place);
});
