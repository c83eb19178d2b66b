import type { Signature } from "./signature.ts";

/** Search, documentation and the public web. */
export const knowledge: readonly Signature[] = [
  {
    id: "context7",
    name: "Context7",
    kind: "server",
    serverNames: [/^Context7$/i],
    toolSets: [{ tools: ["resolve-library-id", "query-docs", "get-library-docs"], needs: 2 }],
    banners: [/Use \/mcp for MCP protocol communication/],
    source: "https://github.com/upstash/context7",
  },
  {
    id: "firecrawl",
    name: "Firecrawl MCP server",
    kind: "server",
    serverNames: [/^firecrawl(?:-fastmcp|-mcp)?$/i],
    toolSets: [
      {
        tools: [
          "firecrawl_scrape",
          "firecrawl_crawl",
          "firecrawl_map",
          "firecrawl_search",
          "firecrawl_extract",
        ],
      },
    ],
    source: "https://github.com/firecrawl/firecrawl-mcp-server",
  },
  {
    id: "tavily",
    name: "Tavily MCP server",
    kind: "server",
    serverNames: [/^tavily-mcp$/i],
    toolSets: [{ tools: ["tavily_search", "tavily_extract", "tavily_crawl", "tavily_map"] }],
    source: "https://github.com/tavily-ai/tavily-mcp",
  },
  {
    id: "exa",
    name: "Exa MCP server",
    kind: "server",
    serverNames: [/^exa-search-server$/i],
    toolSets: [
      {
        tools: ["web_search_exa", "web_fetch_exa", "crawling_exa", "get_code_context_exa"],
        needs: 2,
      },
    ],
    source: "https://github.com/exa-labs/exa-mcp-server",
  },
];
