import { clean } from "./clean.ts";
import { signatures } from "./signatures/registry.ts";
import type { Reply } from "./transport.ts";

/** What one answer showed, as far as a product can be told by it. */
export interface Seen {
  readonly http: string;
  readonly path: string;
  readonly status: number;
  /** The title of a page, of anything else its beginning. */
  readonly text: string;
  readonly exposesSession: boolean;
}

const patterns = signatures.flatMap(({ banners = [] }) => banners);
/** Finds whatever one of them may find: most answers show none, and are not looked at for each. */
const any = new RegExp(patterns.map(({ source }) => source).join("|"), "i");
const limits = { answers: 24, text: 2048, banners: 8, banner: 80 } as const;

export function noteSeen(
  seen: Seen[],
  { http, path }: { readonly http: string; readonly path: string },
  { status, headers, body }: Reply,
): void {
  if (status === undefined || seen.length >= limits.answers) return;
  const exposed = headers.get("access-control-expose-headers") ?? "";
  const page = /html/i.test(headers.get("content-type") ?? "");
  const title = page ? /<title[^>]{0,100}>[^<]{0,200}<\/title>/i.exec(body)?.[0] : body;
  const text = (title ?? "").slice(0, limits.text);
  const exposesSession = /\bmcp-session-id\b/i.test(exposed);
  seen.push({ http, path, status, text, exposesSession });
}

/** The words by which products are told, each as it was answered; error texts, health answers and titles, no listing. */
export function bannersOf(seen: readonly Seen[]): readonly string[] {
  const texts = new Set(
    seen.filter(({ text }) => text !== "" && any.test(text)).map(({ text }) => text),
  );
  const found = [...texts].flatMap((text) =>
    patterns.flatMap((pattern) => pattern.exec(text)?.[0] ?? []),
  );
  const all = [...found, ...(isIdleInspector(seen) ? [idleInspector] : [])];
  return [...new Set(all.map((text) => clean(text, limits.banner)))]
    .toSorted()
    .slice(0, limits.banners);
}

const idleInspector = "POST /mcp and GET /sse fail with {} and expose mcp-session-id";

/**
 * MCP Inspector's proxy without a token does not say its name: it starts what the query names, so that a request without
 * a query makes it throw, at both its doors, an error that JSON turns into {}.
 */
function isIdleInspector(seen: readonly Seen[]): boolean {
  const failing = seen.filter(
    ({ status, text, exposesSession }) => status === 500 && text === "{}" && exposesSession,
  );
  return ["POST /mcp", "GET /sse"].every((door) =>
    failing.some(({ http, path }) => `${http} ${path}` === door),
  );
}
