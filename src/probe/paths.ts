import type { Target } from "../model/server.ts";
import type { Reply } from "./transport.ts";

export interface PathCandidate {
  readonly path: string;
  readonly step: "post" | "stream" | "banner";
  /** Why this place is asked, and what it costs when it is missing. */
  readonly reason: string;
}

/** Where MCP servers answer, most frequent first. `message` endpoints are left out: some hang without a session. */
export const pathCandidates: readonly PathCandidate[] = [
  {
    path: "/mcp",
    step: "post",
    reason: "default of the SDKs, FastMCP, mcp-proxy and supergateway",
  },
  {
    path: "/sse",
    step: "stream",
    reason: "legacy HTTP+SSE default of every SDK before 2025-03-26",
  },
  {
    path: "/",
    step: "banner",
    reason: "start pages that name the product or the path; a server at the root refuses a GET",
  },
  { path: "/", step: "post", reason: ".NET MapMcp, function URLs and Cloud Run services" },
  { path: "/mcp", step: "stream", reason: "mcp-hub serves legacy SSE here" },
  { path: "/api/mcp", step: "post", reason: "Next.js and Vercel handlers" },
  { path: "/mcp/sse", step: "stream", reason: "mounted applications and genai-toolbox" },
  { path: "/v1/mcp", step: "post", reason: "versioned APIs" },
];

/** Where this many are missing, an MCP server is found elsewhere only for a reason. */
export const likeliestPlaces: readonly PathCandidate[] = pathCandidates.slice(0, 3);

const mostServers: ReadonlySet<PathCandidate> = new Set(pathCandidates.slice(0, 4));

/** Something speaks for this place: a front door, a platform, a page, or that most servers answer there. */
export function isTelling(place: PathCandidate): boolean {
  return mostServers.has(place) || !pathCandidates.includes(place);
}

export function isUsualPath(asked: string): boolean {
  return pathCandidates.some(({ path }) => path === asked);
}

/** Headers of frameworks whose MCP servers often live at a path that their authors chose, and where they say so. */
const elsewhere: readonly (readonly [header: string, value: RegExp, source: string])[] = [
  ["x-powered-by", /^Next\.js/i, "https://github.com/vercel/mcp-handler: app/api/[transport]"],
  ["x-powered-by", /^Express/i, "https://github.com/modelcontextprotocol/typescript-sdk"],
  ["x-vercel-id", /./, "https://vercel.com/docs/mcp/deploy-mcp-servers-to-vercel: /api/mcp"],
  ["server", /^(?:uvicorn|hypercorn|granian)/i, "https://gofastmcp.com/integrations/fastapi"],
  ["server", /^Kestrel/i, "https://github.com/modelcontextprotocol/csharp-sdk: MapMcp(pattern)"],
];

/** https://hono.dev/docs/api/hono#not-found; mcp-handler and @hono/mcp leave the path to their users. */
const missingToHono = "404 Not Found";

/** Its "not found" says little about the places that were not asked for. */
export function servesElsewhere({ headers, body }: Pick<Reply, "headers" | "body">): boolean {
  return (
    body === missingToHono || elsewhere.some(([name, value]) => value.test(headers.get(name) ?? ""))
  );
}

/** Names of platforms that serve MCP at a path of their own. */
const platforms: readonly (readonly [host: RegExp, path: string, source: string])[] = [
  [
    /\.azurewebsites\.(?:net|us|cn)$/i,
    "/runtime/webhooks/mcp",
    "https://learn.microsoft.com/azure/azure-functions/functions-bindings-mcp",
  ],
];

/** Places under the prefixes that a front door forwards and those of the platform, before the usual ones. */
export function candidatesFor({ paths, hosts }: Pick<Target, "paths" | "hosts">): PathCandidate[] {
  const own = [
    ...paths.flatMap((prefix) => underPrefix(prefix)),
    ...platforms
      .filter(([name]) => hosts.some((host) => name.test(host)))
      .flatMap(([, path]) => underPrefix(path)),
  ];
  const all = [...own, ...pathCandidates];
  return all.filter(
    ({ path, step }, index) =>
      all.findIndex((other) => other.path === path && other.step === step) === index,
  );
}

function underPrefix(prefix: string): PathCandidate[] {
  const base = prefix.replace(/\*+$/, "").replace(/\/+$/, "");
  if (base === "" || !/^\/[\w\-.~/%!$&'()+,;=:@]*$/.test(base)) return [];
  const reason = "the front door forwards it";
  if (/sse$/i.test(base)) {
    return [
      { path: base, step: "stream", reason },
      { path: base, step: "post", reason },
    ];
  }
  if (/mcp$/i.test(base)) return [{ path: base, step: "post", reason }];
  return [
    { path: `${base}/mcp`, step: "post", reason },
    { path: `${base}/sse`, step: "stream", reason },
    { path: base, step: "post", reason },
  ];
}
