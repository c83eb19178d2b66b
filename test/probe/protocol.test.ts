import { describe, expect, test } from "vitest";
import type { Json, JsonObject } from "../../src/model/json.ts";
import {
  isModern,
  readDiscoverResult,
  readInitializeResult,
  versionsInError,
} from "../../src/probe/protocol.ts";
import { isAnswer } from "../../src/probe/rpc.ts";
import { readTool } from "../../src/probe/tool.ts";

const info = { name: "a", version: "1" };
const good = { protocolVersion: "2025-06-18", capabilities: {}, serverInfo: info };

const initialised: readonly (readonly [name: string, result: Json, counts: boolean])[] = [
  ["a whole result", good, true],
  ["a language server's, without a version", { capabilities: {}, serverInfo: info }, false],
  ["a semantic version", { ...good, protocolVersion: "0.3.0" }, false],
  ["no capabilities", { protocolVersion: "2025-06-18", serverInfo: info }, false],
  ["a list of capabilities", { ...good, capabilities: [] }, false],
  ["no server name", { protocolVersion: "2025-06-18", capabilities: {} }, false],
  ["our own request, echoed", { ...good, clientInfo: info }, false],
  ["no object", [good], false],
];
test.each(initialised)("an initialize answer with %s", (_name, result, counts) => {
  expect(readInitializeResult(result) !== undefined).toBe(counts);
});

const discovered: readonly (readonly [name: string, result: Json, counts: boolean])[] = [
  ["dated versions", { supportedVersions: ["2026-07-28"] }, true],
  ["no versions", { supportedVersions: [] }, false],
  ["other versions", { supportedVersions: ["1.0", 2] }, false],
  ["a version that is no list", { supportedVersions: "2026-07-28" }, false],
  [
    "our own request, echoed",
    { _meta: { "io.modelcontextprotocol/protocolVersion": "2026-07-28" } },
    false,
  ],
];
test.each(discovered)("a discover answer with %s", (_name, result, counts) => {
  expect(readDiscoverResult(result) !== undefined).toBe(counts);
});

const errors: readonly (readonly [code: number, data: Json, versions: readonly string[]])[] = [
  [-32_022, { supported: ["2026-07-28"] }, ["2026-07-28"]],
  [-32_020, { supported: ["2026-07-28"] }, ["2026-07-28"]],
  [-32_099, { supported: ["2026-07-28"] }, ["2026-07-28"]],
  [-32_019, { supported: ["2026-07-28"] }, []],
  [-32_100, { supported: ["2026-07-28"] }, []],
  [-32_601, { supported: ["2026-07-28"] }, []],
  [-32_022, { supported: ["v1"] }, []],
  [-32_022, null, []],
];
test.each(errors)("error %d with %j names %j", (code, data, versions) => {
  expect(versionsInError({ code, message: "x", data })).toEqual(versions);
});

test("the modern era starts with 2026-07-28", () => {
  expect(isModern(["2026-07-27"])).toBe(false);
  expect(isModern(["2025-11-25", "2026-07-28"])).toBe(true);
});

const messages: readonly (readonly [name: string, message: JsonObject, counts: boolean])[] = [
  ["a result", { id: 1, result: {} }, true],
  ["an error", { id: 1, error: {} }, true],
  ["a result for another id", { id: 2, result: {} }, false],
  ["an id that became text", { id: "1", result: {} }, true],
  ["an id that became something else", { id: [1], result: {} }, false],
  ["neither result nor error", { id: 1 }, false],
  ["a method: it is a request", { id: 1, result: {}, method: "initialize" }, false],
  ["a result that is no object", { id: 1, result: "x" }, false],
];
test.each(messages)("an answer with %s", (_name, message, counts) => {
  expect(isAnswer(message, 1)).toBe(counts);
});

describe("a listed tool", () => {
  test("has the same hash whatever the order of its keys, and another when a word changes", () => {
    const one = readTool({ name: "a", inputSchema: { type: "object", required: ["x"] } });
    const two = readTool({ inputSchema: { required: ["x"], type: "object" }, name: "a" });
    const three = readTool({ inputSchema: { required: ["y"], type: "object" }, name: "a" });
    expect(two?.schemaSha256).toBe(one?.schemaSha256);
    expect(three?.schemaSha256).not.toBe(one?.schemaSha256);
  });

  test("keeps at most 100 parameters and 50 values, and only annotations that are booleans", () => {
    const names = Array.from({ length: 101 }, (_, index) => `p${index}`);
    const properties = Object.fromEntries(
      names.map((name) => [name, { enum: names, type: ["string", "null"] }]),
    );
    const annotations = { readOnlyHint: "yes", destructiveHint: false };
    const tool = readTool({ name: "a", inputSchema: { properties }, annotations });
    expect(tool?.parameters).toHaveLength(100);
    expect(tool?.parameters[0]?.type).toBe("string|null");
    expect(tool?.parameters[0]?.values).toHaveLength(50);
    expect(tool?.annotations).toEqual({ destructiveHint: false });
  });

  test.each([null, [], "x", {}, { name: 1 }])("is not %j", (value) => {
    expect(readTool(value)).toBeUndefined();
  });
});
