import type { Reply } from "./transport.ts";

/** `/mcp` to `/mcp/` or back on the same address is the one redirect that is followed. */
export function slashRedirect(reply: Reply, path: string): string | undefined {
  const { status = 0, headers } = reply;
  const location = headers.get("location");
  if (![301, 302, 307, 308].includes(status) || location === undefined) return undefined;
  const target = URL.canParse(location, "http://same.invalid")
    ? new URL(location, "http://same.invalid")
    : undefined;
  if (target === undefined || target.search !== "") return undefined;
  const other = path.endsWith("/") ? path.slice(0, -1) : `${path}/`;
  return target.pathname === other ? other : undefined;
}
