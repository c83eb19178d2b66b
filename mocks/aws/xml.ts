import type { Json } from "../../src/model/json.ts";
import { shapeOf, type Member, type Shape } from "./schema.ts";

/** The inside of an element, with the element names that the schema gives. Members the schema does not know are left out. */
export function toXml(shape: Shape, value: Json): string {
  if (shape.kind === "time") return typeof value === "string" ? rfc3339(value) : "";
  if (shape.kind === "text") {
    return escapeXml(typeof value === "object" ? JSON.stringify(value) : String(value));
  }
  if (shape.kind === "list") return elements(shape.traits.xmlName ?? "member", shape.item, value);
  if (shape.kind === "map") return "";
  return shape.members.map((member) => memberXml(member, value)).join("");
}

function memberXml({ name, schema, traits }: Member, value: Json): string {
  const member = memberOf(value, name);
  if (member === undefined || member === null) return "";
  const tag = traits.xmlName ?? name;
  const inner = shapeOf(schema);
  return traits.flattened && inner.kind === "list"
    ? elements(tag, inner.item, member)
    : element(tag, schema, member);
}

function elements(tag: string, schema: unknown, value: Json): string {
  const list: readonly Json[] = Array.isArray(value) ? value : [];
  return list.map((item) => element(tag, schema, item)).join("");
}

/** Dumps of other SDKs write `2019-08-06 23:40:11+00:00`; the wire has `2019-08-06T23:40:11Z`. */
function rfc3339(text: string): string {
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? escapeXml(text) : time.toISOString().replace(".000Z", "Z");
}

export function escapeXml(text: string): string {
  return text.replaceAll(/[<>&"'\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function element(tag: string, schema: unknown, value: Json): string {
  return `<${tag}>${toXml(shapeOf(schema), value)}</${tag}>`;
}

function memberOf(value: Json, name: string): Json | undefined {
  return typeof value === "object" && value !== null && !isList(value) && Object.hasOwn(value, name)
    ? value[name]
    : undefined;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
