import { decoys } from "./decoys.ts";
import { hostile } from "./hostile.ts";
import { legacySse } from "./legacy-sse.ts";
import { serve, type McpMock, type McpMockOptions, type MockHandler } from "./mock-server.ts";
import { modernOnly } from "./modern.ts";
import { apiKey, apiKeySiteWide, hostCheck, oauthProtected, openHandshake } from "./protected.ts";
import { streamableStateful } from "./streamable-stateful.ts";
import { streamableSse, streamableStateless } from "./streamable-stateless.ts";

/** A new handler for each server: some keep streams. */
const servers = {
  "streamable-stateful": () => streamableStateful,
  "streamable-stateless": () => streamableStateless,
  "streamable-sse": () => streamableSse,
  "modern-only": () => modernOnly,
  "legacy-sse": () => legacySse(),
  "oauth-protected": () => oauthProtected,
  "api-key": () => apiKey,
  "api-key-site-wide": () => apiKeySiteWide,
  "host-check": () => hostCheck,
  "open-handshake": () => openHandshake,
} as const satisfies Readonly<Record<string, () => MockHandler>>;

export type McpMockKind = keyof typeof servers;
export type DecoyKind = keyof typeof decoys;
export type HostileKind = keyof typeof hostile;

/** Starts an MCP server of one kind on loopback; everything a prober must not send ends up in `violations`. */
export async function startMcpMock(
  kind: McpMockKind,
  options: McpMockOptions = {},
): Promise<McpMock> {
  return serve(servers[kind](), kind === "legacy-sse" ? "/sse" : "/mcp", options);
}

export async function startDecoy(kind: DecoyKind, options: McpMockOptions = {}): Promise<McpMock> {
  return serve(decoys[kind], "/mcp", options);
}

export async function startHostile(
  kind: HostileKind,
  options: McpMockOptions = {},
): Promise<McpMock> {
  return serve(hostile[kind], "/mcp", options);
}

function keysOf<Key extends string>(table: Readonly<Record<Key, unknown>>): Key[] {
  const keys: Key[] = [];
  for (const key in table) keys.push(key);
  return keys;
}

export const decoyKinds: readonly DecoyKind[] = keysOf(decoys);
export const hostileKinds: readonly HostileKind[] = keysOf(hostile);

export type { McpMock, McpMockOptions, SeenRequest } from "./mock-server.ts";
export { toolSets, type MockTool, type ToolSetName } from "./tool-sets.ts";
