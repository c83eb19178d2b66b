import { listedOf, sessionChannel, type Channel } from "./channel.ts";
import { hints, isRefusal, stopOf } from "./hint.ts";
import type { Line } from "./line.ts";
import { clientInfo, legacyVersion, readInitializeResult, type Identity } from "./protocol.ts";
import { call } from "./rpc.ts";
import type { Sighting } from "./sighting.ts";

export const initializeParams = {
  protocolVersion: legacyVersion,
  capabilities: {},
  clientInfo,
} as const;

/** Asks `initialize` by streamable HTTP; the session it may open is deleted by the channel's `close`. */
export async function initialize(line: Line, path: string): Promise<Sighting> {
  const answer = await call(line, { path, method: "initialize", params: initializeParams });
  const { reply, message, rpcShaped } = answer;
  const identity = readInitializeResult(message?.["result"]);
  const channel = sessionChannel(
    line,
    path,
    identity?.versions[0] ?? legacyVersion,
    reply.headers.get("mcp-session-id"),
  );
  if (identity !== undefined) {
    return {
      kind: "confirmed",
      because: "initialize answered with a protocol version, capabilities and a server name",
      path,
      era: "legacy",
      transport: "streamable-http",
      identity,
      channel,
    };
  }
  await channel.close();
  const stop = stopOf(line, reply);
  if (stop) return stop;
  if (isRefusal(reply)) return { kind: "refused", path, reply };
  if (hints.names(reply)) {
    return {
      kind: "likely",
      path,
      because: "The answer to initialize names MCP but is not a result",
    };
  }
  return { kind: "nothing", path, reply, indicated: rpcShaped };
}

/** The same question over a channel that is already open: legacy HTTP+SSE. */
export async function initializeOver(
  channel: Channel,
  cap: number,
): Promise<{ identity?: Identity } & ReturnType<typeof listedOf>> {
  const listed = await channel.request("initialize", initializeParams, cap);
  const identity = readInitializeResult(listed.result);
  return { ...listed, ...(identity && { identity }) };
}
