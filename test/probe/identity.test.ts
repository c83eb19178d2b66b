import { describe, expect, test } from "vitest";
import {
  closestModern,
  isModern,
  modernMeta,
  otherLegacyVersions,
  readDiscoverResult,
  readInitializeResult,
  versionsInError,
} from "../../src/probe/protocol.ts";

const info = { name: "a", version: "1" };

describe("what a server says about itself", () => {
  test("is read from the answer to initialize", () => {
    expect(
      readInitializeResult({
        protocolVersion: "2025-06-18",
        capabilities: { tools: {}, resources: {} },
        serverInfo: { name: "a\u001b", version: "1\u202e" },
        instructions: "Do",
      }),
    ).toEqual({
      versions: ["2025-06-18"],
      serverInfo: { name: "a\\u{1b}", version: "1\\u{202e}" },
      capabilities: ["resources", "tools"],
      instructions: "Do",
    });
  });

  test("is read from the answer to server/discover, whose _meta goes before", () => {
    const found = { supportedVersions: ["2026-07-28"], capabilities: { tools: {} } };
    const own = { "io.modelcontextprotocol/serverInfo": { name: "b", version: "2" } };
    expect(readDiscoverResult({ ...found, serverInfo: info })).toEqual({
      versions: ["2026-07-28"],
      serverInfo: info,
      capabilities: ["tools"],
    });
    expect(readDiscoverResult({ ...found, serverInfo: info, _meta: own })?.serverInfo).toEqual({
      name: "b",
      version: "2",
    });
    expect(readDiscoverResult({ ...found, serverInfo: info, _meta: {} })?.serverInfo).toEqual(info);
    expect(readDiscoverResult({ ...found, _meta: [own] })?.serverInfo).toBeUndefined();
    expect(readDiscoverResult({ supportedVersions: ["2026-07-28"] })).toEqual({
      versions: ["2026-07-28"],
      capabilities: [],
    });
  });

  test.each([
    [{ name: "a" }, { name: "a", version: "" }],
    [
      { name: "a", version: 1 },
      { name: "a", version: "" },
    ],
    [{ version: "1" }, undefined],
    [{ name: 1 }, undefined],
    ["a", undefined],
    [null, undefined],
  ])("has the name that %j gives", (serverInfo, expected) => {
    const found = readDiscoverResult({ supportedVersions: ["2026-07-28"], serverInfo });
    expect(found?.serverInfo).toEqual(expected);
  });

  test("has at most 50 capabilities and 50 versions, and no instructions that are no text", () => {
    const names = Array.from({ length: 51 }, (_, index) => `c${String(index).padStart(2, "0")}`);
    const found = readDiscoverResult({
      supportedVersions: [...names, "2026-07-28"],
      capabilities: Object.fromEntries(names.map((name) => [name, {}])),
      instructions: 1,
    });
    expect(found).toBeUndefined();
    const kept = readDiscoverResult({
      supportedVersions: [...names.slice(0, 49), "2026-07-28"],
      capabilities: Object.fromEntries(names.toReversed().map((name) => [name, {}])),
      instructions: 1,
    });
    expect(kept).toEqual({ versions: ["2026-07-28"], capabilities: names.slice(1) });
  });
});

test.each([
  "2026-07-2",
  "x2026-07-28",
  "2026-07-28x",
  "1999-07-28",
  "2026-7-28",
  "2026-07-28\n",
  20260728,
  null,
])("%j is no revision", (version) => {
  expect(readDiscoverResult({ supportedVersions: [version] })).toBeUndefined();
  const more = { capabilities: {}, serverInfo: info };
  expect(readInitializeResult({ ...more, protocolVersion: version })).toBeUndefined();
  expect(versionsInError({ code: -32_022, data: { supported: [version] } })).toEqual([]);
});

test("an initialize answer without any version is none", () => {
  expect(readInitializeResult({ capabilities: {}, serverInfo: info })).toBeUndefined();
});

test.each<[Parameters<typeof versionsInError>[0]]>([
  [undefined],
  ["Unsupported"],
  [{ code: "-32022", data: { supported: ["2026-07-28"] } }],
  [{ data: { supported: ["2026-07-28"] } }],
  [{ code: -32_022, data: ["2026-07-28"] }],
  [{ code: -32_022 }],
])("%j names no versions", (error) => {
  expect(versionsInError(error)).toEqual([]);
});

test.each([
  [["2027-03-01", "2026-09-01", "2025-11-25"], "2026-09-01"],
  [["2025-11-25", "2026-07-28", "2026-07-29"], "2026-07-28"],
  [["2026-07-27"], undefined],
  [[], undefined],
])("of %j the closest to ours is %s", (versions, closest) => {
  expect(closestModern(versions)).toBe(closest);
  expect(isModern(versions)).toBe(closest !== undefined);
});

test.each([
  ["supported: 2024-11-05, 2025-03-26, 2024-11-05", ["2025-03-26", "2024-11-05"]],
  ["2025-11-25 and 2026-07-28 and 2027-01-01", []],
  ["2026-07-27", ["2026-07-27"]],
  ["x2024-11-05 2024-11-05x 12024-11-05", []],
  ["1999-11-05", []],
  ["none", []],
  [`${" ".repeat(4086)}2024-11-05`, ["2024-11-05"]],
  [`${" ".repeat(4087)}2024-11-05`, []],
])("of %j another version is %j", (text, versions) => {
  expect(otherLegacyVersions(text)).toEqual(versions);
});

test("every request of the modern revision says who asks and what it can do", () => {
  expect(modernMeta("2026-07-28")).toEqual({
    "io.modelcontextprotocol/protocolVersion": "2026-07-28",
    "io.modelcontextprotocol/clientInfo": { name: "postern", version: "1" },
    "io.modelcontextprotocol/clientCapabilities": {},
  });
});
