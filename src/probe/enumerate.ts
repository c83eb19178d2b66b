import type { Json } from "../model/json.ts";
import type { ListedTool } from "../model/tool.ts";
import { listOf } from "./json.ts";
import { now, spent, type Line } from "./line.ts";
import type { McpMethod } from "./methods.ts";
import type { Confirmed } from "./sighting.ts";
import { readTool } from "./tool.ts";
import type { Reply } from "./transport.ts";

export interface Lists {
  /** Absent when the server would not list them. */
  readonly tools?: readonly ListedTool[];
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
}

/** Reads the lists a recognised server offers, in a budget of their own, then ends the conversation. */
export async function enumerate(line: Line, server: Confirmed): Promise<Lists> {
  const { limits, options } = line;
  line.budget = { requests: limits.listRequests, until: now(options) + limits.enumerationMs };
  try {
    if (server.era === "legacy") await server.channel.notify("notifications/initialized");
    return await readLists(line, server);
  } finally {
    await server.channel.close();
  }
}

async function readLists(line: Line, server: Confirmed): Promise<Lists> {
  const { capabilities } = server.identity;
  const offers = (what: string): boolean => capabilities.includes(what);
  const tools = await list(line, server, "tools/list", "tools");
  const resources = offers("resources")
    ? await list(line, server, "resources/list", "resources")
    : undefined;
  const prompts = offers("prompts")
    ? await list(line, server, "prompts/list", "prompts")
    : undefined;
  const all = [tools, resources, prompts];
  const known = tools.items.flatMap((item) => readTool(item) ?? []);
  noteDuplicates(line, known);
  const absent = tools.state === "refused" && !offers("tools") && tools.reply?.status !== 401;
  const listable = tools.state !== "refused" || absent;
  return {
    ...(listable && { tools: known }),
    ...(counted(resources) !== undefined && { resources: counted(resources) ?? 0 }),
    ...(counted(prompts) !== undefined && { prompts: counted(prompts) ?? 0 }),
    truncated: all.some((listing) => listing?.state === "cut"),
    ...(!listable && tools.reply && { refusal: tools.reply }),
  };
}

function counted(listing: Listing | undefined): number | undefined {
  return listing === undefined || listing.state === "refused" ? undefined : listing.items.length;
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
  for (let page = 0; page < limits.pages; page += 1) {
    if (spent(line)) return { items, state: page === 0 ? "refused" : "cut" };
    const params = cursor === undefined ? {} : { cursor };
    const { result, reply } = await channel.request(method, params, limits.listBytes - bytes);
    bytes += reply.bytes;
    if (result === undefined) return { items, state: page === 0 ? "refused" : "cut", reply };
    const listed = listOf(result[key]);
    const room = limits.items - items.length;
    items.push(...listed.slice(0, room));
    if (listed.length > room) return { items, state: "cut", reply };
    const next = result["nextCursor"];
    if (typeof next !== "string" || next === "") return { items, state: "whole", reply };
    if (items.length >= limits.items || bytes >= limits.listBytes)
      return { items, state: "cut", reply };
    if (seen.has(next) || next.length > 8192) {
      line.warnings.add(`${method} repeats its cursor`);
      return { items, state: "cut", reply };
    }
    seen.add(next);
    cursor = next;
  }
  return { items, state: "cut" };
}

function noteDuplicates(line: Line, tools: readonly ListedTool[]): void {
  const names = new Set(tools.map(({ name }) => name));
  if (names.size < tools.length) line.warnings.add("Several tools have the same name");
}
