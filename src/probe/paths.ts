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
  { path: "/", step: "post", reason: ".NET MapMcp, function URLs and Cloud Run services" },
  { path: "/mcp", step: "stream", reason: "mcp-hub serves legacy SSE here" },
  { path: "/", step: "banner", reason: "start pages that name the product or the path" },
  { path: "/api/mcp", step: "post", reason: "Next.js and Vercel handlers" },
  { path: "/mcp/sse", step: "stream", reason: "mounted applications and genai-toolbox" },
  { path: "/v1/mcp", step: "post", reason: "versioned APIs" },
];

/** Places under the prefixes that a front door forwards, before the usual ones. */
export function candidatesFor(prefixes: readonly string[]): PathCandidate[] {
  const own = prefixes.flatMap((prefix) => underPrefix(prefix));
  const all = [...own, ...pathCandidates];
  return all.filter(
    ({ path, step }, index) =>
      all.findIndex((other) => other.path === path && other.step === step) === index,
  );
}

function underPrefix(prefix: string): PathCandidate[] {
  const base = prefix.replace(/\*+$/, "").replace(/\/+$/, "");
  if (base === "" || !/^\/[\w\-.~/%]*$/.test(base)) return [];
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
