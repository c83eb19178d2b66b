import { listedOf, sessionChannel, type Channel } from "./channel.ts";
import type { Json, JsonObject } from "../model/json.ts";
import { hints, isRefusal, stopOf } from "./hint.ts";
import { spent, type Line } from "./line.ts";
import {
  clientInfo,
  legacyVersion,
  otherLegacyVersions,
  readInitializeResult,
  type Identity,
} from "./protocol.ts";
import { call, type Answer } from "./rpc.ts";
import { demandsCredentials } from "./rpc-error.ts";
import type { Sighting } from "./sighting.ts";
import type { Reply } from "./transport.ts";

function initializeParams(protocolVersion: string): {
  readonly protocolVersion: string;
  readonly capabilities: JsonObject;
  readonly clientInfo: typeof clientInfo;
} {
  return { protocolVersion, capabilities: {}, clientInfo };
}

/** What a server too strict to negotiate is asked with when it names no version: the first one ever. */
const firstVersion = "2024-11-05";

/** Asks `initialize` by streamable HTTP; the session it may open is deleted by the channel's `close`. */
export async function initialize(line: Line, path: string): Promise<Sighting> {
  const first = await askInitialize(line, path, legacyVersion);
  const other = spent(line) ? undefined : otherVersion(first);
  const answer = other === undefined ? first : await askAgain(line, path, first, other);
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
  if (isRefusal(reply) || demandsCredentials(reply)) return { kind: "refused", path, reply };
  if (hints.names(reply)) {
    return {
      kind: "likely",
      path,
      because: "The answer to initialize names MCP but is not a result",
    };
  }
  return { kind: "nothing", path, reply, indicated: rpcShaped };
}

/** A refusal may have opened a session all the same. */
async function askAgain(
  line: Line,
  path: string,
  { reply }: Answer,
  version: string,
): Promise<Answer> {
  await sessionChannel(line, path, version, reply.headers.get("mcp-session-id")).close();
  return askInitialize(line, path, version);
}

async function askInitialize(line: Line, path: string, version: string): Promise<Answer> {
  return call(line, { path, method: "initialize", params: initializeParams(version) });
}

/** A server should answer with a version of its own; some refuse instead, with or without naming one they know. */
function otherVersion({ reply, message, error }: Answer): string | undefined {
  if (message?.["result"] !== undefined || !/protocol.?version/i.test(textOfReply(reply, error))) {
    return undefined;
  }
  return otherLegacyVersions(textOfReply(reply, error))[0] ?? firstVersion;
}

function textOfReply({ body, headers }: Reply, error: Json | undefined): string {
  if (/html/i.test(headers.get("content-type") ?? "")) return "";
  return error === undefined ? body : JSON.stringify(error);
}

/** The same question over a channel that is already open: legacy HTTP+SSE. */
export async function initializeOver(
  channel: Channel,
  cap: number,
): Promise<{ identity?: Identity } & ReturnType<typeof listedOf>> {
  const listed = await channel.request("initialize", { ...initializeParams(legacyVersion) }, cap);
  const identity = readInitializeResult(listed.result);
  return { ...listed, ...(identity && { identity }) };
}
