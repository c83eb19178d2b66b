import {
  Client,
  StreamableHTTPClientTransport as ModernTransport,
} from "@modelcontextprotocol/client";
import { Client as LegacyClient } from "@modelcontextprotocol/sdk/client/index.js";
import { SSEClientTransport } from "@modelcontextprotocol/sdk/client/sse.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import type { Open } from "./recipe.ts";

export interface Listed {
  readonly serverInfo: { readonly name: string | undefined; readonly version: string | undefined };
  readonly tools: readonly string[];
}

/** What the official client of the server's era lists; as `localhost`, which every Host check lets in. */
export async function listWithOfficialClient(port: number, server: Open): Promise<Listed> {
  const url = new URL(`http://localhost:${port}${server.path}`);
  return server.era === "modern" ? listModern(url) : listLegacy(url, server.transport);
}

async function listModern(url: URL): Promise<Listed> {
  const client = new Client(
    { name: "test", version: "1" },
    { versionNegotiation: { mode: { pin: "2026-07-28" } } },
  );
  await client.connect(new ModernTransport(url));
  const { tools } = await client.listTools();
  const { name, version } = client.getServerVersion() ?? {};
  await client.close();
  return { serverInfo: { name, version }, tools: tools.map((tool) => tool.name) };
}

async function listLegacy(url: URL, transport: Open["transport"]): Promise<Listed> {
  const client = new LegacyClient({ name: "test", version: "1" });
  await client.connect(
    transport === "http+sse" ? new SSEClientTransport(url) : new StreamableHTTPClientTransport(url),
  );
  const tools: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.listTools(cursor === undefined ? {} : { cursor });
    tools.push(...page.tools.map((tool) => tool.name));
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  const { name, version } = client.getServerVersion() ?? {};
  await client.close();
  return { serverInfo: { name, version }, tools };
}
