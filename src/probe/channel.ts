import type { Json } from "../model/json.ts";
import { isObject } from "./json.ts";
import { ask, type Line } from "./line.ts";
import { isSafeToken, type McpMethod } from "./methods.ts";
import { modernMeta, modernVersion } from "./protocol.ts";
import { call, type Answer } from "./rpc.ts";
import type { Reply } from "./transport.ts";

/** A way to ask a recognised server for its lists. */
export interface Channel {
  request(method: McpMethod, params: Readonly<Record<string, Json>>, cap: number): Promise<Listed>;
  notify(method: McpMethod): Promise<void>;
  /** Ends what the conversation left on the server. */
  close(): Promise<void>;
}

export interface Listed {
  readonly result?: { readonly [key: string]: Json | undefined };
  readonly errorCode?: number;
  readonly reply: Reply;
}

export function listedOf({ message, reply }: Answer): Listed {
  const result = message?.["result"];
  const error = message?.["error"];
  const code = isObject(error) ? error["code"] : undefined;
  return {
    reply,
    ...(isObject(result) && { result }),
    ...(typeof code === "number" && { errorCode: code }),
  };
}

/** 2026-07-28: no handshake to confirm, no session to clean up. */
export function modernChannel(line: Line, path: string, version: string = modernVersion): Channel {
  return {
    async request(method, params, cap) {
      const headers = modernHeaders(method, version);
      const answer = await call(line, {
        path,
        method,
        params: { ...params, _meta: modernMeta(version) },
        headers,
        cap,
      });
      return listedOf(answer);
    },
    async notify() {},
    async close() {},
  };
}

export function modernHeaders(
  method: McpMethod,
  version: string = modernVersion,
): (readonly [string, string])[] {
  return [
    ["MCP-Protocol-Version", version],
    ["Mcp-Method", method],
  ];
}

/** Streamable HTTP up to 2025-11-25; a session, when the server gave one, is always deleted. */
export function sessionChannel(
  line: Line,
  path: string,
  version: string,
  session: string | undefined,
): Channel {
  const usable = session !== undefined && isSafeToken(session) ? session : undefined;
  const headers: (readonly [string, string])[] = [
    ["MCP-Protocol-Version", version],
    ...(usable === undefined ? [] : [["Mcp-Session-Id", usable] as const]),
  ];
  return {
    async request(method, params, cap) {
      return listedOf(await call(line, { path, method, params, headers, cap }));
    },
    async notify(method) {
      await call(line, { path, method, headers, notification: true });
    },
    async close() {
      if (usable === undefined) return;
      await ask(line, { http: "DELETE", path, headers, free: true });
    },
  };
}
