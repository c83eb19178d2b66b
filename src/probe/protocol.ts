import type { Json, JsonObject } from "../model/json.ts";
import { clean } from "./clean.ts";
import { isObject, listOf, textOf } from "./json.ts";

export const modernVersion = "2026-07-28";
export const legacyVersion = "2025-11-25";
export const clientInfo = { name: "postern", version: "1" } as const;

const revision = /^20\d\d-\d\d-\d\d$/;

/** What an MCP server says about itself; only a claim. */
export interface Identity {
  readonly versions: readonly string[];
  readonly serverInfo?: { readonly name: string; readonly version: string };
  readonly capabilities: readonly string[];
  readonly instructions?: string;
}

/** `_meta` that every request of the 2026-07-28 revision carries. */
export function modernMeta(version: string): JsonObject {
  return {
    "io.modelcontextprotocol/protocolVersion": version,
    "io.modelcontextprotocol/clientInfo": clientInfo,
    "io.modelcontextprotocol/clientCapabilities": {},
  };
}

/** A DiscoverResult has `supportedVersions`, which no request has: an echo of ours does not pass. */
export function readDiscoverResult(result: Json | undefined): Identity | undefined {
  if (!isObject(result)) return undefined;
  const versions = revisionsOf(result["supportedVersions"]);
  if (versions.length === 0) return undefined;
  const meta = result["_meta"];
  const info = isObject(meta) ? meta["io.modelcontextprotocol/serverInfo"] : undefined;
  return { versions, ...describe(result, info ?? result["serverInfo"]) };
}

/**
 * An InitializeResult has a dated `protocolVersion`, `capabilities` and `serverInfo`. A language server has no dated version,
 * an echo of our own request has `clientInfo`.
 */
export function readInitializeResult(result: Json | undefined): Identity | undefined {
  if (!isObject(result) || result["clientInfo"] !== undefined) return undefined;
  const [version] = revisionsOf([result["protocolVersion"] ?? null]);
  const described = describe(result, result["serverInfo"]);
  if (version === undefined || !isObject(result["capabilities"])) return undefined;
  return described.serverInfo === undefined ? undefined : { versions: [version], ...described };
}

/** Versions in an UnsupportedProtocolVersion error; codes -32020 to -32099 are reserved for MCP. */
export function versionsInError(error: Json | undefined): readonly string[] {
  if (!isObject(error)) return [];
  const { code, data } = error;
  if (typeof code !== "number" || code > -32020 || code < -32099) return [];
  return isObject(data) ? revisionsOf(data["supported"]) : [];
}

export function isModern(versions: readonly string[]): boolean {
  return versions.some((version) => version >= modernVersion);
}

/** The version nearest to the one we know: revisions change little from one to the next. */
export function closestModern(versions: readonly string[]): string | undefined {
  return versions.filter((version) => version >= modernVersion).toSorted()[0];
}

/** Versions that an error names in whatever way, newest first, those of our own request and modern ones left out. */
export function otherLegacyVersions(text: string): readonly string[] {
  const found = text.slice(0, 4096).match(/\b20\d\d-\d\d-\d\d\b/g) ?? [];
  return [...new Set(found)]
    .filter((version) => version < modernVersion && version !== legacyVersion)
    .toSorted()
    .toReversed();
}

function revisionsOf(value: Json | undefined): string[] {
  return listOf(value)
    .slice(0, 50)
    .flatMap((item) => (typeof item === "string" && revision.test(item) ? [item] : []));
}

function describe(result: JsonObject, info: Json | undefined): Omit<Identity, "versions"> {
  const capabilities = result["capabilities"];
  const instructions = textOf(result["instructions"]);
  const name = isObject(info) ? textOf(info["name"]) : undefined;
  const version = isObject(info) ? (textOf(info["version"]) ?? "") : "";
  return {
    ...(name !== undefined && { serverInfo: { name: clean(name), version: clean(version) } }),
    capabilities: isObject(capabilities)
      ? Object.keys(capabilities)
          .slice(0, 50)
          .map((key) => clean(key))
          .toSorted()
      : [],
    ...(instructions !== undefined && { instructions }),
  };
}
