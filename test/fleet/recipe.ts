import type { Confidence, Fingerprint } from "../../src/model/server.ts";

/** One published server in one configuration, and what the probe has to say of it. */
export interface Recipe {
  readonly name: string;
  /** Script or program under `test/servers`; the manifest there pins its package. */
  readonly file: string;
  readonly args?: (at: Place) => readonly string[];
  readonly env?: (at: Place) => Readonly<Record<string, string>>;
  /** Written to the folder before the start. */
  readonly files?: (at: Place) => Readonly<Record<string, unknown>>;
  /** Page and the words on it once the server is ready; the open port is enough for most. */
  readonly ready?: readonly [path: string, words: string];
  readonly expected: Open | Closed;
}

export interface Place {
  readonly port: number;
  /** Empty folder of the server's own; also its working directory and HOME. */
  readonly folder: string;
  /** Absolute path of a file under `test/servers`. */
  readonly file: (path: string) => string;
}

export interface Open extends Pick<Fingerprint, "era" | "transport"> {
  readonly path: string;
  readonly verdict?: "host-check";
  /** Whatever it enforces for calls. */
  readonly advertisesOauth?: boolean;
}

export interface Closed {
  /** Id of the product that its answers alone must tell. */
  readonly product?: string;
  readonly confidence: Confidence;
  readonly verdict: Fingerprint["authentication"]["verdict"];
}

/** Server over files of its folder, for gateways to stand before. */
export const filesystem = "node_modules/@modelcontextprotocol/server-filesystem/dist/index.js";
export const secret = "only-for-tests-0123456789-0123456789";

export const streamable = { era: "legacy", transport: "streamable-http", path: "/mcp" } as const;
export const modern = { ...streamable, era: "modern" } as const;
export const sse = { era: "legacy", transport: "http+sse", path: "/sse" } as const;
export const token = { confidence: "auth-required", verdict: "static-secret" } as const;

export function onPort(...extra: readonly string[]): NonNullable<Recipe["args"]> {
  return ({ port }) => [...extra, "--port", String(port)];
}
