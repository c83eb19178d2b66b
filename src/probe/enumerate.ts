import type { Json, JsonObject } from "../model/json.ts";
import type { ListedTool } from "../model/tool.ts";
import { now, spent, type Line } from "./line.ts";
import type { McpMethod } from "./methods.ts";
import type { Confirmed } from "./sighting.ts";
import { readTool } from "./tool.ts";
import type { Reply } from "./transport.ts";

export interface Lists {
  /** Absent when the server would not list them. */
  readonly tools?: readonly ListedTool[];
  /** It offers no tools, so that the list of them was not answered. */
  readonly toolless: boolean;
  readonly resources?: number;
  readonly prompts?: number;
  readonly truncated: boolean;
  /** The answer that refused the tool list. */
  readonly refusal?: Reply;
}

interface Listing {
  readonly items: readonly Json[];
  readonly state: "whole" | "cut" | "refused";
  readonly reply?: Reply;
  readonly errorCode?: number;
}

/** Reads the lists a recognised server offers, in a budget of their own, then ends the conversation. */
export async function enumerate(line: Line, server: Confirmed): Promise<Lists> {
  const { limits, options } = line;
  line.budget = { requests: limits.listRequests, until: now(options) + limits.enumerationMs };
  try {
    await server.channel.notify("notifications/initialized");
    return await readLists(line, server);
  } finally {
    await server.channel.close();
  }
}

async function readLists(line: Line, server: Confirmed): Promise<Lists> {
  const tools = await list(line, server, "tools/list", "tools");
  const resources = await listOffered(line, server, "resources");
  const prompts = await listOffered(line, server, "prompts");
  const known = tools.items.flatMap((item) => readTool(item) ?? []);
  noteDuplicates(line, known);
  const toolless = hasNoTools(server, tools);
  const listable = tools.state !== "refused" || toolless;
  return {
    ...(listable ? { tools: known } : tools.reply && { refusal: tools.reply }),
    toolless,
    ...counted("resources", resources),
    ...counted("prompts", prompts),
    truncated: [tools, resources, prompts].some(isCut),
  };
}

/** "Method not found" from a server that never offered tools: it has none. */
function hasNoTools({ identity }: Confirmed, { errorCode }: Listing): boolean {
  return (
    errorCode === -32_601 &&
    identity.serverInfo !== undefined &&
    !identity.capabilities.includes("tools")
  );
}

async function listOffered(
  line: Line,
  server: Confirmed,
  what: "resources" | "prompts",
): Promise<Listing | undefined> {
  if (!server.identity.capabilities.includes(what)) return undefined;
  return list(line, server, `${what}/list`, what);
}

function counted(
  key: "resources" | "prompts",
  listing: Listing | undefined,
): { readonly resources?: number; readonly prompts?: number } {
  return listing === undefined || listing.state === "refused"
    ? {}
    : { [key]: listing.items.length };
}

function isCut(listing: Listing | undefined): boolean {
  return listing?.state === "cut" || listing?.reply?.end === "cap";
}

async function list(
  line: Line,
  { channel }: Confirmed,
  method: McpMethod,
  key: string,
): Promise<Listing> {
  const { limits } = line;
  const items: Json[] = [];
  const seen = new Set<string>();
  let cursor: string | undefined;
  let bytes = 0;
  for (let page = 0; page < limits.pages && hasRoom(line, bytes); page += 1) {
    const params = cursor === undefined ? {} : { cursor };
    const answer = await channel.request(method, params, limits.listBytes - bytes);
    const { result, reply } = answer;
    bytes += reply.bytes;
    const listed = listIn(result?.[key]);
    if (listed === undefined) {
      return { ...answer, items, state: page === 0 ? "refused" : "cut" };
    }
    const room = limits.items - items.length;
    items.push(...listed.slice(0, room));
    const { next, unusable } = cursorOf(result);
    if (listed.length > room || unusable) return { items, state: "cut" };
    cursor = next;
    if (cursor === undefined) return { items, state: "whole" };
    if (seen.has(cursor)) {
      line.warnings.add(`${method} repeats its cursor`);
      return { items, state: "cut" };
    }
    seen.add(cursor);
  }
  return { items, state: seen.size === 0 ? "refused" : "cut" };
}

function hasRoom(line: Line, bytes: number): boolean {
  return bytes < line.limits.listBytes && !spent(line);
}

const longestCursor = 8192;

/** Whoever answers everything with an empty result has listed nothing. */
function listIn(value: Json | undefined): readonly Json[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

/** Where the next page starts, if there is one; `unusable` when it is named in a way that cannot be sent back. */
function cursorOf(result: JsonObject | undefined): {
  readonly next?: string;
  readonly unusable?: true;
} {
  const nextCursor = result?.["nextCursor"];
  if (nextCursor === undefined || nextCursor === null || nextCursor === "") return {};
  const usable = typeof nextCursor === "string" && nextCursor.length <= longestCursor;
  return usable ? { next: nextCursor } : { unusable: true };
}

function noteDuplicates(line: Line, tools: readonly ListedTool[]): void {
  const names = new Set(tools.map(({ name }) => name));
  if (names.size < tools.length) line.warnings.add("Several tools have the same name");
}
