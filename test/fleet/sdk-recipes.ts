import { modern, sse, streamable, type Recipe } from "./recipe.ts";

const everything = "node_modules/@modelcontextprotocol/server-everything/dist/index.js";

export const sdkRecipes: readonly Recipe[] = [
  {
    name: "server-everything, streamable HTTP",
    file: everything,
    args: () => ["streamableHttp"],
    expected: streamable,
  },
  { name: "server-everything, HTTP+SSE", file: everything, args: () => ["sse"], expected: sse },
  { name: "fastmcp (TypeScript)", file: "fastmcp.mjs", expected: streamable },
  {
    name: "fastmcp (TypeScript) without sessions",
    file: "fastmcp.mjs",
    args: () => ["--stateless"],
    expected: streamable,
  },
  { name: "SDK 2.4 of the modern era alone", file: "modern-only.mjs", expected: modern },
  {
    name: "SDK 2.4 of both eras",
    file: "modern-only.mjs",
    args: () => ["--legacy"],
    expected: modern,
  },
  { name: "SDK 1.10, streamable HTTP", file: "sdk-1.10.mjs", expected: streamable },
  { name: "SDK 1.4, HTTP+SSE", file: "sdk-1.4.mjs", expected: sse },
];
