import type { Json } from "../model/json.ts";
import { modernChannel, modernHeaders } from "./channel.ts";
import { hints, isHostRefusal, isRefusal, stopOf } from "./hint.ts";
import type { Line } from "./line.ts";
import { spent } from "./line.ts";
import {
  isModern,
  modernMeta,
  readDiscoverResult,
  versionsInError,
  type Identity,
} from "./protocol.ts";
import { call, type Answer } from "./rpc.ts";
import type { Sighting } from "./sighting.ts";

/** Asks `server/discover`: the first question, because it leaves no session behind. */
export async function discover(line: Line, path: string): Promise<Sighting> {
  const answer = await askDiscover(line, path);
  const slash = slashRedirect(answer, path);
  if (slash !== undefined && !spent(line))
    return judge(line, slash, await askDiscover(line, slash));
  if (!isHostRefusal(answer.reply) || line.options.hostRetry === false || line.hostCheck) {
    return judge(line, path, answer);
  }
  return retryAsLocalhost(line, path, answer);
}

async function retryAsLocalhost(line: Line, path: string, refused: Answer): Promise<Sighting> {
  if (spent(line)) return judge(line, path, refused);
  const { host } = line;
  line.host = `localhost:${line.target.port}`;
  line.hostCheck = true;
  const again = judge(line, path, await askDiscover(line, path));
  const answered = again.kind === "confirmed" || (again.kind === "nothing" && again.indicated);
  if (answered) return again;
  line.host = host;
  line.hostCheck = false;
  return {
    kind: "unknown",
    path,
    because: "The server does not know the host name it was asked by",
  };
}

async function askDiscover(line: Line, path: string): Promise<Answer> {
  return call(line, {
    path,
    method: "server/discover",
    params: { _meta: modernMeta },
    headers: modernHeaders("server/discover"),
  });
}

function judge(line: Line, path: string, { reply, message, rpcShaped }: Answer): Sighting {
  const stop = stopOf(line, reply);
  if (stop) return stop;
  const result = readDiscoverResult(message?.["result"]);
  const proof = result ?? readVersionError(message?.["error"]);
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
      channel: modernChannel(line, path),
    };
  }
  if (isRefusal(reply)) return { kind: "refused", path, reply };
  const indicated = rpcShaped || hints.initialize(reply);
  return { kind: "nothing", path, reply, indicated, ...(proof && { proof }) };
}

function readVersionError(error: Json | undefined): Identity | undefined {
  const versions = versionsInError(error);
  return versions.length === 0 ? undefined : { versions, capabilities: [] };
}

/** `/mcp` to `/mcp/` or back on the same address is the one redirect that is followed. */
function slashRedirect({ reply }: Answer, path: string): string | undefined {
  const { status = 0, headers } = reply;
  const location = headers.get("location");
  if (![301, 302, 307, 308].includes(status) || location === undefined) return undefined;
  const target = URL.canParse(location, "http://same.invalid")
    ? new URL(location, "http://same.invalid")
    : undefined;
  if (target === undefined || target.search !== "") return undefined;
  const other = path.endsWith("/") ? path.slice(0, -1) : `${path}/`;
  return target.pathname === other ? other : undefined;
}
