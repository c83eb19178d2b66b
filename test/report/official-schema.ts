import { existsSync, readFileSync } from "node:fs";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";

function urlOf(name: string): URL {
  return new URL(`../../../shared/schemas/${name}.schema.json`, import.meta.url);
}

export function hasSchema(name: string): boolean {
  return existsSync(urlOf(name));
}

/** What the published schema has against a document; empty when it is valid. */
export function schemaErrors(name: string): (document: unknown) => string[] {
  const { $schema: _draft, id: _id, ...schema } = JSON.parse(readFileSync(urlOf(name), "utf8"));
  // Draft 4 and draft 7 read alike as long as no `exclusiveMinimum` is a boolean; none is in these.
  const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: true });
  addFormats.default(ajv);
  const validate = ajv.compile(schema);
  return (document) =>
    validate(document)
      ? []
      : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
