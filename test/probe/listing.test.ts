import { describe, expect, test } from "vitest";
import { sendJson, sendText, type MockHandler } from "../../mocks/mcp/mock-server.ts";
import { answerLegacy, rpcError } from "../../mocks/mcp/protocol.ts";
import { streamableStateless } from "../../mocks/mcp/streamable-stateless.ts";
import type { Json, JsonObject } from "../../src/model/json.ts";
import { probeHandler } from "./probe-handler.ts";

type Answers = Readonly<Record<string, (id: Json, cursor: string | undefined) => JsonObject>>;

const result = (id: Json, value: Json): JsonObject => ({ jsonrpc: "2.0", id, result: value });
const tool = (name: string, description = ""): JsonObject => ({
  name,
  description,
  inputSchema: { type: "object" },
});

/** Legacy without sessions, with these capabilities, and these answers to the methods that list. */
const server =
  (capabilities: JsonObject, answers: Answers): MockHandler =>
  (incoming, context) => {
    const { message, path, body } = incoming;
    const method = message?.["method"];
    const answer = typeof method === "string" ? answers[method] : undefined;
    if (path !== "/mcp" || message === undefined) sendText(incoming, 404, `No ${path}`);
    else if (answer) {
      sendJson(incoming, 200, answer(message["id"] ?? null, /"cursor":"([^"]*)"/.exec(body)?.[1]));
    } else if (method === "initialize") {
      const serverInfo = { name: context.name, version: "1" };
      const value = { protocolVersion: "2025-06-18", capabilities, serverInfo };
      sendJson(incoming, 200, result(message["id"] ?? null, value));
    } else if (message["id"] === undefined) sendText(incoming, 202, "");
    else sendJson(incoming, 200, answerLegacy(message, context) ?? null);
  };

const missing = (id: Json): JsonObject => rpcError(id, -32_601, "Method not found");

describe("open is said only of a list that was answered", () => {
  const list: Answers = { "tools/list": (id) => result(id, { tools: [tool("a")] }) };
  const noTools: Answers = { "tools/list": missing };
  const resources: Answers = {
    ...noTools,
    "resources/list": (id) => result(id, { resources: [{ uri: "a:b" }, { uri: "a:c" }] }),
  };
  const prompts: Answers = {
    ...noTools,
    "prompts/list": (id) => result(id, { prompts: [{ name: "a" }] }),
  };
  const credentials = (id: Json): JsonObject => rpcError(id, -32_001, "Unauthorized: no API key");
  const cases: readonly (readonly [string, JsonObject, Answers, string, number | undefined])[] = [
    ["tools", { tools: {} }, list, "open", 1],
    [
      "an empty list",
      { tools: {} },
      { "tools/list": (id) => result(id, { tools: [] }) },
      "open",
      0,
    ],
    [
      "an empty result",
      { tools: {} },
      { "tools/list": (id) => result(id, {}) },
      "unknown",
      undefined,
    ],
    [
      "tools that are no list",
      { tools: {} },
      { "tools/list": (id) => result(id, { tools: { a: 1 } }) },
      "unknown",
      undefined,
    ],
    ["a missing method although tools are offered", { tools: {} }, noTools, "unknown", undefined],
    ["a missing method and nothing else to list", {}, noTools, "unknown", 0],
    ["resources and no tools", { resources: {} }, resources, "open", 0],
    ["prompts and no tools", { prompts: {} }, prompts, "open", 0],
    [
      "neither tools nor the resources that are offered",
      { resources: {} },
      { ...noTools, "resources/list": missing },
      "unknown",
      0,
    ],
    [
      "another error where no tools are offered",
      {},
      { "tools/list": (id) => rpcError(id, -32_603, "Internal error") },
      "unknown",
      undefined,
    ],
    [
      "an error that asks for a key",
      { tools: {} },
      { "tools/list": credentials },
      "static-secret",
      undefined,
    ],
  ];
  test.each(cases)("%s", async (_name, capabilities, answers, verdict, tools) => {
    const { found } = await probeHandler(server(capabilities, answers));
    expect(found.confidence).toBe("confirmed");
    expect(found.authentication.verdict).toBe(verdict);
    expect(found.tools?.length).toBe(tools);
  });

  test("and names that list where no tools are offered", async () => {
    const { found } = await probeHandler(server({ resources: {} }, resources));
    expect(found.resources).toBe(2);
    expect(found.authentication.evidence).toEqual([
      "Another list than that of tools, which it does not offer, was answered without credentials",
    ]);
    const named = await probeHandler(server({ tools: {} }, list));
    expect(named.found.authentication.evidence).toEqual([
      "tools/list was answered without credentials",
    ]);
  });

  test("and a list that is empty says that it may depend on the caller", async () => {
    const { found } = await probeHandler(
      server({ tools: {} }, { "tools/list": (id) => result(id, { tools: [] }) }),
    );
    expect(found.authentication.evidence).toContain(
      "The list is empty: it may depend on the caller",
    );
  });
});

test("what a server offers that only named its versions is not known, so that a missing method says nothing", async () => {
  const { found } = await probeHandler((incoming) => {
    const { message, path } = incoming;
    const data = { supported: ["2027-03-01"], requested: "2026-07-28" };
    if (path !== "/mcp" || message === undefined) sendText(incoming, 404, "no");
    else if (message["method"] === "server/discover") {
      sendJson(
        incoming,
        400,
        rpcError(message["id"], -32_022, "Unsupported protocol version", data),
      );
    } else sendJson(incoming, 404, missing(message["id"] ?? null));
  });
  expect(found).toMatchObject({ confidence: "confirmed", authentication: { verdict: "unknown" } });
  expect(found.tools).toBeUndefined();
});

describe("a list of tools that speaks of keys is no demand for one", () => {
  const keys = "Send your API key in the X-API-Key header to authenticate";

  test("when it broke off", async () => {
    const { found } = await probeHandler((incoming, context) => {
      if (incoming.message?.["method"] !== "tools/list") streamableStateless(incoming, context);
      else {
        const text = JSON.stringify(result(1, { tools: [tool("a", keys)] }));
        incoming.response.writeHead(200, { "content-type": "application/json" });
        incoming.response.write(text, () => incoming.request.socket.destroy());
      }
    });
    expect(found.authentication).toMatchObject({ verdict: "unknown" });
    expect(found.authentication.scheme).toBeUndefined();
  });

  test("when it answers another question", async () => {
    const { found } = await probeHandler(
      server({ tools: {} }, { "tools/list": () => result(99, { tools: [tool("a", keys)] }) }),
    );
    expect(found.authentication.verdict).toBe("unknown");
    expect(found.authentication.scheme).toBeUndefined();
  });
});

describe("pages of a list", () => {
  const pages =
    (next: (cursor: string | undefined) => Json, tools = 1): Answers["tools/list"] =>
    (id, cursor) =>
      result(id, {
        tools: Array.from({ length: tools }, (_, index) => tool(`${cursor ?? "first"} ${index}`)),
        nextCursor: next(cursor),
      });

  test.each<[string, Json, number, boolean]>([
    ["an empty cursor", "", 1, false],
    ["a cursor that is a number", 2, 1, true],
    ["a cursor that is a list", ["2"], 1, true],
    ["a cursor of 8192 characters", "x".repeat(8192), 2, false],
    ["a cursor that is longer", "x".repeat(8193), 1, true],
  ])("end at %s or not", async (_name, cursor, count, truncated) => {
    const next = pages((asked) => (asked === undefined ? cursor : null));
    const { found } = await probeHandler(server({ tools: {} }, { "tools/list": next }));
    expect(found.tools).toHaveLength(count);
    expect(found.truncated).toBe(truncated);
  });

  test("that break off in the middle are kept and said to be cut", async () => {
    const { found } = await probeHandler(
      server(
        { tools: {} },
        {
          "tools/list": (id, cursor) =>
            cursor === undefined
              ? result(id, { tools: [tool("a")], nextCursor: "2" })
              : rpcError(id, -32_603, "Internal error"),
        },
      ),
    );
    expect(found.tools?.map(({ name }) => name)).toEqual(["a"]);
    expect(found.truncated).toBe(true);
    expect(found.authentication.verdict).toBe("open");
  });

  test("with 2,000 tools are whole, and with one more cut", async () => {
    const whole = pages((cursor) => (cursor === undefined ? "2" : null), 1000);
    const { found } = await probeHandler(server({ tools: {} }, { "tools/list": whole }));
    expect([found.tools?.length, found.truncated]).toEqual([2000, false]);
    const more = pages((cursor) => (cursor === undefined ? "2" : null), 1001);
    const cut = await probeHandler(server({ tools: {} }, { "tools/list": more }));
    expect([cut.found.tools?.length, cut.found.truncated]).toEqual([2000, true]);
  });

  test("of resources that are cut make the whole answer cut", async () => {
    const { found } = await probeHandler(
      server(
        { tools: {}, resources: {}, prompts: {} },
        {
          "resources/list": (id) => result(id, { resources: [{}], nextCursor: "again" }),
          "prompts/list": missing,
        },
      ),
    );
    expect(found.truncated).toBe(true);
    expect(found.resources).toBe(2);
    expect(found.prompts).toBeUndefined();
    expect(found.warnings).toEqual(["resources/list repeats its cursor"]);
  });
});

test("tools of one name are told, and those of different names are not", async () => {
  const list = (...names: readonly string[]): Answers => ({
    "tools/list": (id) => result(id, { tools: names.map((name) => tool(name)) }),
  });
  const twice = await probeHandler(server({ tools: {} }, list("a", "a")));
  expect(twice.found.warnings).toEqual(["Several tools have the same name"]);
  const once = await probeHandler(server({ tools: {} }, list("a", "b")));
  expect(once.found.warnings).toEqual([]);
});

test("what is not offered is not asked for", async () => {
  const { found } = await probeHandler(server({ tools: {} }, {}));
  const methods = found.exchanges.map(({ method }) => method);
  expect(methods).not.toContain("POST resources/list");
  expect(methods).not.toContain("POST prompts/list");
});
