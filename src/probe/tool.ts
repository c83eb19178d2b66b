import { sha256 } from "../hash.ts";
import type { Json, JsonObject } from "../model/json.ts";
import type { ListedTool, ToolParameter } from "../model/tool.ts";
import { clean } from "./clean.ts";
import { canonicalJson, isObject, listOf, textOf } from "./json.ts";

const limits = { name: 256, description: 4000, parameters: 100, values: 50 } as const;

/** One entry of `tools/list`, or undefined when it has no name. The schema is never compiled and no `$ref` is resolved. */
export function readTool(value: Json): ListedTool | undefined {
  if (!isObject(value)) return undefined;
  const name = textOf(value["name"]);
  if (name === undefined) return undefined;
  const title = textOf(value["title"]);
  return {
    name: clean(name, limits.name),
    ...(title !== undefined && { title: clean(title, limits.name) }),
    description: clean(textOf(value["description"]) ?? "", limits.description),
    parameters: readParameters(value["inputSchema"]),
    annotations: readAnnotations(value["annotations"]),
    schemaSha256: sha256(canonicalJson(value)),
  };
}

function readParameters(schema: Json | undefined): ToolParameter[] {
  const properties = isObject(schema) ? schema["properties"] : undefined;
  if (!isObject(properties)) return [];
  return Object.entries(properties)
    .slice(0, limits.parameters)
    .map(([name, property]) => ({
      name: clean(name, limits.name),
      type: isObject(property) ? typeOf(property) : "unknown",
      values: isObject(property) ? valuesOf(property) : [],
    }));
}

function typeOf({ type, anyOf, oneOf }: JsonObject): string {
  if (typeof type === "string") return clean(type, 64);
  const several = listOf(type).filter((item) => typeof item === "string");
  if (several.length > 0) return clean(several.join("|"), 64);
  const branches = [...listOf(anyOf), ...listOf(oneOf)].flatMap((branch) =>
    isObject(branch) && typeof branch["type"] === "string" ? [branch["type"]] : [],
  );
  return branches.length > 0 ? clean(branches.join("|"), 64) : "unknown";
}

function valuesOf({ enum: values, const: only }: JsonObject): string[] {
  const all = only === undefined ? listOf(values) : [only];
  return all
    .slice(0, limits.values)
    .map((item) => clean(typeof item === "string" ? item : canonicalJson(item), limits.name));
}

function readAnnotations(value: Json | undefined): ListedTool["annotations"] {
  if (!isObject(value)) return {};
  const { readOnlyHint, destructiveHint, idempotentHint, openWorldHint } = value;
  return {
    ...(typeof readOnlyHint === "boolean" && { readOnlyHint }),
    ...(typeof destructiveHint === "boolean" && { destructiveHint }),
    ...(typeof idempotentHint === "boolean" && { idempotentHint }),
    ...(typeof openWorldHint === "boolean" && { openWorldHint }),
  };
}
