import type { Report } from "../model/report.ts";
import type { ServerEndpoint } from "../model/server.ts";
import { toolAccesses, type Tool } from "../model/tool.ts";

/** A tool that is not what it was: what was reviewed then is not what runs now. */
export interface ToolDrift {
  readonly server: string;
  readonly url: string;
  readonly tool: string;
  readonly change: "added" | "removed" | "schema" | "access";
  readonly because: string;
  /** It can do more than before: a graver access, or a tool that was not there. */
  readonly graver: boolean;
}

/** Servers that one of the runs does not hold are findings and no drift; a list that was not read proves nothing. */
export function driftedTools(
  before: Pick<Report, "servers">,
  after: Pick<Report, "servers">,
): readonly ToolDrift[] {
  const old = new Map(before.servers.map((server) => [server.id, server]));
  return after.servers.flatMap(({ id, endpoints }) =>
    endpoints.flatMap((now) => {
      const was = old.get(id)?.endpoints.find(({ url }) => url === now.url);
      if (!was?.toolsListed || !now.toolsListed) return [];
      return driftOf({ server: id, url: now.url }, was, now);
    }),
  );
}

function driftOf(
  { server, url }: Pick<ToolDrift, "server" | "url">,
  was: ServerEndpoint,
  now: ServerEndpoint,
): ToolDrift[] {
  const before = byName(was.tools);
  const after = byName(now.tools);
  const names = [...new Set([...before.keys(), ...after.keys()])].toSorted();
  return names.flatMap((tool) => {
    const drift = changeOf(before.get(tool) ?? [], after.get(tool) ?? []);
    return drift ? [{ server, url, tool, ...drift }] : [];
  });
}

type Change = Pick<ToolDrift, "change" | "because" | "graver">;

function changeOf(was: readonly Tool[], is: readonly Tool[]): Change | undefined {
  const [old, now] = [gravest(was), gravest(is)];
  if (now < 0) {
    return { change: "removed", because: "it is no longer listed", graver: false };
  }
  if (old < 0) {
    return {
      change: "added",
      because: `it is new, with access ${toolAccesses[now]}`,
      graver: true,
    };
  }
  if (old !== now) {
    const because = `access ${toolAccesses[old]} is now ${toolAccesses[now]}`;
    return { change: "access", because, graver: now > old };
  }
  if (hashesOf(was) === hashesOf(is)) return undefined;
  const because = "its description or its schema is another, and its access the same";
  return { change: "schema", because, graver: false };
}

/** A server may list one name twice. */
function byName(tools: readonly Tool[]): ReadonlyMap<string, readonly Tool[]> {
  const named = new Map<string, Tool[]>();
  for (const tool of tools) {
    const held = named.get(tool.name);
    if (held) held.push(tool);
    else named.set(tool.name, [tool]);
  }
  return named;
}

/** Rank in `toolAccesses`, from read to exec; -1 for none. */
function gravest(tools: readonly Tool[]): number {
  return Math.max(-1, ...tools.map(({ access }) => toolAccesses.indexOf(access)));
}

function hashesOf(tools: readonly Tool[]): string {
  return tools
    .map(({ schemaSha256 }) => schemaSha256)
    .toSorted()
    .join();
}
