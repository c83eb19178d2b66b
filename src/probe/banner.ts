import { isObject, parseJson } from "./json.ts";
import { legacySse } from "./legacy-sse.ts";
import { ask, spent, type Line } from "./line.ts";
import type { PathCandidate } from "./paths.ts";
import { isJson } from "./rpc.ts";
import type { Sighting } from "./sighting.ts";

const bannerBytes = 16 * 1024;

const related: readonly (readonly [pattern: RegExp, because: string])[] = [
  [/\bMCP[\w-]{0,20} Inspector\b/i, "The start page is that of an inspector of MCP servers"],
  [/"protocolVersion"\s*:\s*"\d+\.\d+(?:\.\d+)?"[\s\S]*"skills"\s*:/, "An A2A agent card"],
];
const naming = /\bMCP[ -]?(?:Server|Gateway|Proxy)\b|Model Context Protocol|for MCP protocol/i;
const pathNamed = /["'`\s](\/[\w\-/]{0,60}mcp[\w\-/]{0,60})/i;

/** What only the page of a development server loads, and where its plugins serve MCP: vite-plugin-mcp, nuxt-mcp. */
const viteClient = /["']\/(?:_nuxt\/)?@vite\/client["']/;
const vitePlace: PathCandidate = {
  path: "/__mcp/sse",
  step: "stream",
  reason: "plugins of Vite serve MCP there",
};

export interface Banner {
  readonly sighting: Sighting;
  /** Places that the page names, or that belong to what made it. */
  readonly leads: readonly PathCandidate[];
}

/** Reads a start page; words on a page are at most a hint. */
export async function banner(line: Line, path: string): Promise<Banner> {
  const reply = await ask(line, {
    http: "GET",
    path,
    headers: [["Accept", "*/*"]],
    cap: bannerBytes,
    onEvent: () => true,
  });
  // A stream at the root names its endpoint to whoever comes; it has to be opened again to be talked to.
  if (reply.events[0]?.event === "endpoint" && !spent(line)) {
    return { sighting: await legacySse(line, path), leads: [] };
  }
  const text = tellingPart(reply.headers.get("content-type") ?? "", reply.body);
  const named = pathNamed.exec(text)?.[1];
  const product = related.find(([pattern]) => pattern.test(text));
  const leads = leadsOf(named, reply.body);
  if (product) return { sighting: { kind: "related", path, because: product[1] }, leads };
  const body = isJson(reply) ? parseJson(reply.body) : undefined;
  if (naming.test(text) || (isObject(body) && named !== undefined)) {
    const because = "The start page names MCP; nothing answered the protocol";
    return { sighting: { kind: "likely", path, because, onPage: true }, leads };
  }
  return { sighting: { kind: "nothing", path, reply, indicated: false }, leads };
}

function leadsOf(named: string | undefined, page: string): PathCandidate[] {
  const places: PathCandidate[] =
    named === undefined ? [] : [{ path: named, step: "post", reason: "named by the start page" }];
  return viteClient.test(page) ? [...places, vitePlace] : places;
}

/** Of a page the title, of data everything: the words in an article about MCP say nothing. */
function tellingPart(type: string, body: string): string {
  if (!/html/i.test(type)) return body;
  return /<title[^>]*>([^<]{0,300})/i.exec(body)?.[1] ?? "";
}
