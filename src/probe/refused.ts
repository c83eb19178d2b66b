import { sha256 } from "../hash.ts";
import type { Confidence } from "../model/server.ts";
import { readResourceMetadata, scoreRefusal, type AuthenticationSigns } from "./authentication.ts";
import { isFirewallPage, isHostRefusal, isLoginRedirect } from "./hint.ts";
import { ask, spent, type Line } from "./line.ts";
import { unknownHost } from "./local-host.ts";
import { modernMeta, modernVersion } from "./protocol.ts";
import { call } from "./rpc.ts";
import { modernHeaders } from "./channel.ts";
import type { Refused } from "./sighting.ts";
import type { Reply } from "./transport.ts";

export interface RefusalVerdict {
  readonly confidence: Confidence;
  readonly because: string;
  readonly refusal: Reply;
  readonly published: Published;
}

/** What was found of OAuth metadata; `unread` when not every place of it could be asked. */
export type Published = Pick<AuthenticationSigns, "metadata" | "unread">;

/** Tells a refusal in front of MCP from one in front of anything: preflight, a path that does not exist, OAuth metadata. */
export async function judgeRefusal(line: Line, { path, reply }: Refused): Promise<RefusalVerdict> {
  const preflight = spent(line) ? undefined : await askPreflight(line, path);
  const control = spent(line) ? undefined : await askControl(line);
  const published = await askMetadata(line, path);
  const { metadata } = published;
  const { score, because } = scoreRefusal({
    refusal: reply,
    ...(preflight && { preflight }),
    ...(control && { control }),
    ...(metadata && { metadata }),
  });
  return {
    ...grade(reply, score, because),
    refusal: reply,
    published,
  };
}

function grade(
  reply: Reply,
  score: number,
  because: readonly string[],
): { confidence: Confidence; because: string } {
  const reasons = because.join(", ");
  if (isHostRefusal(reply)) {
    return { confidence: "unknown", because: unknownHost };
  }
  if (score >= 3) return { confidence: "auth-required", because: `Refused, and ${reasons}` };
  if (score === 2) return { confidence: "likely", because: `Refused, and ${reasons}` };
  if (isFirewallPage(reply)) {
    return { confidence: "unknown", because: "A firewall or content network refused the request" };
  }
  if (isLoginRedirect(reply)) {
    return { confidence: "unknown", because: "A login page stands in front of every path" };
  }
  return {
    confidence: "unknown",
    because: "Every path is refused alike: what is behind cannot be told",
  };
}

async function askPreflight(line: Line, path: string): Promise<Reply> {
  return ask(line, {
    http: "OPTIONS",
    path,
    headers: [
      ["Origin", "https://postern.invalid"],
      ["Access-Control-Request-Method", "POST"],
      ["Access-Control-Request-Headers", "content-type, mcp-protocol-version"],
    ],
  });
}

async function askControl(line: Line): Promise<Reply> {
  const { reply } = await call(line, {
    path: `/${sha256(`control ${line.target.id}`).slice(0, 16)}`,
    method: "server/discover",
    params: { _meta: modernMeta(modernVersion) },
    headers: modernHeaders("server/discover"),
  });
  return reply;
}

/**
 * The metadata of RFC 9728 on the probed host and nowhere else: at the place of the path, then at the root.
 * https://modelcontextprotocol.io/specification/2025-11-25/basic/authorization#protected-resource-metadata-discovery-requirements
 */
export async function askMetadata(line: Line, path: string): Promise<Published> {
  let unread = false;
  for (const suffix of path === "/" ? [""] : [path, ""]) {
    if (spent(line)) return { unread: true };
    const reply = await ask(line, {
      http: "GET",
      path: `/.well-known/oauth-protected-resource${suffix}`,
      headers: [["Accept", "application/json"]],
    });
    const metadata = readResourceMetadata(reply);
    if (metadata) return { metadata };
    unread ||= reply.status === undefined;
  }
  return { unread };
}
