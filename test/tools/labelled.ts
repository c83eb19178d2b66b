import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { ListedTool, ToolAccess, ToolCategory } from "../../src/model/tool.ts";

const corpus = fileURLToPath(
  new URL("../../../shared/groundtruth/mcp/tools-labelled.json", import.meta.url),
);
const vendorNames = fileURLToPath(
  new URL("../../../shared/groundtruth/mcp/vendor-tool-names.json", import.meta.url),
);

export const missingCorpus = !existsSync(corpus) || !existsSync(vendorNames);

export interface LabelledTool {
  readonly server: string;
  readonly tool: string;
  readonly access: ToolAccess;
  readonly category: ToolCategory;
  readonly annotations: ListedTool["annotations"] | null;
  readonly description: string | null;
  readonly props: readonly string[];
}

export function labelledTools(): readonly LabelledTool[] {
  return missingCorpus ? [] : JSON.parse(readFileSync(corpus, "utf8"));
}

/** Vendor, then server, then names of its tools. */
export function vendorToolNames(): Readonly<
  Record<string, Readonly<Record<string, readonly string[]>>>
> {
  return missingCorpus ? {} : JSON.parse(readFileSync(vendorNames, "utf8"));
}

export function listed(name: string, more: Partial<ListedTool> = {}): ListedTool {
  return {
    name,
    description: "",
    parameters: [],
    annotations: {},
    schemaSha256: "0".repeat(64),
    ...more,
  };
}

export function asListed(one: LabelledTool): ListedTool {
  return listed(one.tool, {
    description: one.description ?? "",
    parameters: one.props.map((name) => ({ name, type: "string", values: [] })),
    annotations: one.annotations ?? {},
  });
}

/** Parameters without enum values. */
export function parameters(...names: readonly string[]): ListedTool["parameters"] {
  return names.map((name) => ({ name, type: "string", values: [] }));
}
