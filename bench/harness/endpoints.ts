import type { DecoyKind, McpMockKind } from "../../mocks/mcp/index.ts";

/** One endpoint of the bench and what a prober has to say of it: confidence, and for a server its authentication. */
export interface Endpoint {
  readonly kind: Kind;
  readonly address: string;
  /** 0 until something listens. */
  readonly port: number;
  readonly expected: string;
}

type Kind =
  | { readonly group: "server"; readonly name: McpMockKind }
  | { readonly group: "decoy" | "tarpit"; readonly name: DecoyKind }
  | { readonly group: "silent" | "closed"; readonly name: "port" };

const servers: Readonly<Record<McpMockKind, string>> = {
  "streamable-stateful": "confirmed open",
  "streamable-stateless": "confirmed open",
  "streamable-sse": "confirmed open",
  "modern-only": "confirmed open",
  "legacy-sse": "confirmed open",
  "oauth-protected": "auth-required oauth",
  "api-key": "auth-required static-secret",
  "api-key-site-wide": "auth-required static-secret",
  "host-check": "confirmed host-check",
  "open-handshake": "confirmed static-secret",
};

const decoys: Readonly<Record<Exclude<DecoyKind, keyof typeof tarpits>, string>> = {
  "json-rpc-node": "none",
  "language-server": "none",
  "single-page-app": "none",
  reflector: "none",
  "result-reflector": "none",
  "event-feed": "none",
  "basic-everywhere": "unknown",
  "bearer-everywhere": "unknown",
  "forbidden-everywhere": "unknown",
  "login-redirect": "unknown",
  "oauth-api": "unknown",
  odoo: "none",
  "endpoint-elsewhere": "none",
  graphql: "none",
  "a2a-agent": "related",
  "not-found": "none",
};

/** Decoys that hold a connection until the budget of the port is spent. */
const tarpits = {
  "quiet-event-feed": "unknown",
  "slow-drip": "unknown",
} as const satisfies Readonly<Partial<Record<DecoyKind, string>>>;

/** How often each kind occurs: 1,200 together. */
export const counts = { server: 30, decoy: 12, tarpit: 6, silent: 480, closed: 216 } as const;

/** Every endpoint on an address of its own, the kinds spread evenly over the list. */
export function endpoints(): readonly Endpoint[] {
  const all: readonly (readonly [kind: Kind, expected: string])[] = [
    ...table("server", servers),
    ...table("decoy", decoys),
    ...table("tarpit", tarpits),
    ...times(counts.silent, [{ group: "silent", name: "port" }, "unreachable"] as const),
    ...times(counts.closed, [{ group: "closed", name: "port" }, "unreachable"] as const),
  ];
  // 7 has no factor in common with the number of endpoints: each is taken once.
  return all.flatMap((_, index) => {
    const [kind, expected] = all[(index * 7) % all.length] ?? [];
    if (!kind || expected === undefined) return [];
    const address = `127.${10 + (index >> 8)}.${index & 255}.7`;
    return [{ kind, address, port: 0, expected }];
  });
}

function table<Group extends "server" | "decoy" | "tarpit", Name extends string>(
  group: Group,
  rows: Readonly<Record<Name, string>>,
): (readonly [{ readonly group: Group; readonly name: Name }, string])[] {
  const found: (readonly [{ readonly group: Group; readonly name: Name }, string])[] = [];
  for (const name in rows) {
    found.push(...times(counts[group], [{ group, name }, rows[name]] as const));
  }
  return found;
}

function times<T>(count: number, value: T): T[] {
  return Array.from({ length: count }, () => value);
}
