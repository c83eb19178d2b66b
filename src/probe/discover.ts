import type { Json } from "../model/json.ts";
import { modernChannel, modernHeaders, sessionChannel } from "./channel.ts";
import { hints, isHostRefusal, isRefusal, lacksSession, stopOf } from "./hint.ts";
import type { Line } from "./line.ts";
import { spent } from "./line.ts";
import { sayLocalhost, unknownHost } from "./local-host.ts";
import {
  closestModern,
  isModern,
  modernMeta,
  modernVersion,
  readDiscoverResult,
  versionsInError,
  type Identity,
} from "./protocol.ts";
import { slashRedirect } from "./redirect.ts";
import { call, type Answer } from "./rpc.ts";
import type { Sighting } from "./sighting.ts";

/** Asks `server/discover`: the first question, because it leaves no session behind. */
export async function discover(line: Line, asked: string): Promise<Sighting> {
  const first = await askDiscover(line, asked);
  // Of a server that is slow to start the one question that most of them understand is asked in what time is left.
  if (line.settled && first.reply.end === "silent") {
    return { kind: "nothing", path: asked, reply: first.reply, indicated: true };
  }
  const slash = spent(line) ? undefined : slashRedirect(first.reply, asked);
  const path = slash ?? asked;
  const answer = slash === undefined ? first : await askDiscover(line, slash);
  const undo = isHostRefusal(answer.reply) ? sayLocalhost(line) : undefined;
  if (undo === undefined) return judge(line, path, answer);
  const again = await judge(line, path, await askDiscover(line, path));
  if (isAnswered(again)) return again;
  undo();
  return { kind: "unknown", path, because: unknownHost };
}

/** Whether whoever says localhost is told more than that the name is wrong. */
function isAnswered(sighting: Sighting): boolean {
  if (sighting.kind === "refused") return !isHostRefusal(sighting.reply);
  return sighting.kind === "confirmed" || (sighting.kind === "nothing" && sighting.indicated);
}

async function askDiscover(
  line: Line,
  path: string,
  version: string = modernVersion,
): Promise<Answer> {
  const answer = await call(line, {
    path,
    method: "server/discover",
    params: { _meta: modernMeta(version) },
    headers: modernHeaders("server/discover", version),
  });
  // Nothing in this question asks for a session; some servers open one for whoever has none.
  await sessionChannel(line, path, version, answer.reply.headers.get("mcp-session-id")).close();
  return answer;
}

/** A server that knows only later versions than the one asked for is asked once more in the closest of its own. */
async function judge(line: Line, path: string, answer: Answer): Promise<Sighting> {
  const supported = versionsInError(answer.error);
  const version = closestModern(supported);
  if (version === undefined || version === modernVersion || spent(line)) {
    return judgeAnswer(line, path, answer);
  }
  const again = await askDiscover(line, path, version);
  const better = readDiscoverResult(again.message?.["result"]) !== undefined;
  return judgeAnswer(line, path, better ? again : answer);
}

function judgeAnswer(line: Line, path: string, answer: Answer): Sighting {
  const { reply, message, error, rpcShaped } = answer;
  const stop = stopOf(line, reply);
  if (stop) return stop;
  const result = readDiscoverResult(message?.["result"]);
  const proof = result ?? readVersionError(error);
  if (proof !== undefined && isModern(proof.versions)) {
    return {
      kind: "confirmed",
      because: result
        ? "server/discover answered with the versions it supports"
        : "server/discover was answered with the MCP error that names the supported versions",
      path,
      era: "modern",
      transport: "streamable-http",
      identity: proof,
      channel: modernChannel(line, path, closestModern(proof.versions)),
    };
  }
  if (isRefusal(reply) && !lacksSession(reply)) return { kind: "refused", path, reply };
  const indicated = rpcShaped || hints.initialize(reply);
  return { kind: "nothing", path, reply, indicated, ...(proof && { proof }) };
}

function readVersionError(error: Json | undefined): Identity | undefined {
  const versions = versionsInError(error);
  return versions.length === 0 ? undefined : { versions, capabilities: [] };
}
