import type { Signature } from "./signature.ts";

/** Id, name, what it calls itself, names of telling tools separated by spaces, and the repository on GitHub. */
export type Row = readonly [
  id: string,
  name: string,
  serverName: RegExp,
  tools: string,
  repository: string,
];

/** A server that is told by three of its tools, or by all when it has fewer. */
export function ofRow([id, name, serverName, tools, repository]: Row): Signature {
  return {
    id,
    name,
    kind: "server",
    serverNames: [serverName],
    toolSets: [{ tools: tools.split(/\s+/).filter((tool) => tool !== "") }],
    source: `https://github.com/${repository}`,
  };
}
