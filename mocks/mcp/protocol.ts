import type { Json, JsonObject } from "../../src/model/json.ts";
import { isObject } from "../../src/probe/json.ts";
import type { MockContext } from "./mock-server.ts";

export const legacyVersions = ["2025-11-25", "2025-06-18", "2025-03-26"] as const;
export const modernVersion = "2026-07-28";

export function rpcError(
  id: Json | undefined,
  code: number,
  message: string,
  data?: Json,
): JsonObject {
  return {
    jsonrpc: "2.0",
    id: id ?? null,
    error: { code, message, ...(data !== undefined && { data }) },
  };
}

/** The answer of a server up to 2025-11-25; undefined for a notification. */
export function answerLegacy(message: JsonObject, context: MockContext): JsonObject | undefined {
  const { id, method, params } = message;
  if (id === undefined) return undefined;
  if (method === "initialize") {
    const asked = isObject(params) ? params["protocolVersion"] : undefined;
    const version = legacyVersions.find((known) => known === asked) ?? legacyVersions[0];
    return result(id, {
      protocolVersion: version,
      capabilities: { tools: { listChanged: false } },
      serverInfo: { name: context.name, version: context.version },
    });
  }
  if (method === "tools/list") return result(id, { tools: tools(context) });
  return rpcError(id, -32_601, "Method not found");
}

/** The answer of a server that knows only 2026-07-28, with its HTTP status. */
export function answerModern(
  message: JsonObject,
  header: string | undefined,
  context: MockContext,
): { status: number; body: JsonObject } {
  const { id, method, params } = message;
  const meta = isObject(params) ? params["_meta"] : undefined;
  const version = isObject(meta) ? meta["io.modelcontextprotocol/protocolVersion"] : undefined;
  if (version !== modernVersion) {
    const data = { supported: [modernVersion], requested: version ?? null };
    return { status: 400, body: rpcError(id, -32_022, "Unsupported protocol version", data) };
  }
  if (header !== method) {
    return { status: 400, body: rpcError(id, -32_020, "Mcp-Method header does not match") };
  }
  if (method === "server/discover") {
    const body = result(id, {
      resultType: "complete",
      supportedVersions: [modernVersion],
      capabilities: { tools: {} },
      _meta: {
        "io.modelcontextprotocol/serverInfo": { name: context.name, version: context.version },
      },
    });
    return { status: 200, body };
  }
  if (method === "tools/list") {
    const body = result(id, {
      resultType: "complete",
      tools: tools(context),
      ttlMs: 0,
      cacheScope: "private",
    });
    return { status: 200, body };
  }
  return { status: 404, body: rpcError(id, -32_601, "Method not found") };
}

function result(id: Json | undefined, value: JsonObject): JsonObject {
  return { jsonrpc: "2.0", id: id ?? null, result: value };
}

function tools({ tools: all }: MockContext): Json[] {
  return all.map(({ name, title, description, inputSchema, annotations }) => ({
    name,
    ...(title !== undefined && { title }),
    ...(description !== undefined && { description }),
    inputSchema: inputSchema ?? { type: "object" },
    ...(annotations && { annotations }),
  }));
}
