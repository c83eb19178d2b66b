import type { AccessRule } from "./verdict.ts";
import { verdict } from "./verdict.ts";
import type { ToolText } from "./tokens.ts";
import { tokenise } from "./tokens.ts";
import { sqlParameters, sqlWords } from "./words.ts";

const readOnlyClaim =
  /\bread[- ]?only\b|\bselect(?:[- ](?:only|style))?(?: sql)? (?:query|queries|statements?)\b|\bsafe select\b/i;
const onlyPlans = new Set([
  "explain",
  "list",
  "validate",
  "lint",
  "format",
  "describe",
  "get",
  "slow",
  "generate",
]);
const queryVerbs = new Set(["execute", "run", "query", "queries", "exec", "ask", "write"]);

/** The words that say that a tool takes a statement of a query language: its parameter, or else its name. */
function statementOf(text: ToolText): string | undefined {
  const parameter = text.tool.parameters.find((one) =>
    sqlParameters.has(tokenise(one.name).join("")),
  );
  const carriesSql = text.parameters.has("sql") || text.parameters.has("sqlquery");
  const speaks = text.name.some((word) => sqlWords.has(word));
  const described = text.sentenceWords.some((word) => sqlWords.has(word));
  if (!speaks && !described && !carriesSql) return undefined;
  const asks = text.name.some((word) => queryVerbs.has(word));
  if (text.name.includes("manage") || (!asks && !(carriesSql && speaks))) return undefined;
  return parameter?.name ?? (speaks ? text.tool.name : undefined);
}

/** `execute_read_query`, but not `execute_read_write_query`. */
function isReadOnlyByName({ name }: ToolText): boolean {
  if (name.includes("write")) return false;
  return name.includes("read") || name.join("").includes("readonly");
}

/** A free SQL statement changes anything the account may change, unless the tool claims to be read-only. */
export const queryRule: AccessRule = (text) => {
  const statement = statementOf(text);
  if (statement === undefined || text.name.some((word) => onlyPlans.has(word))) return undefined;
  const claim = readOnlyClaim.exec(text.sentence)?.[0];
  if (claim !== undefined)
    return verdict("read", "description", claim, "claims to run read-only statements");
  if (isReadOnlyByName(text)) {
    return verdict("read", "name", text.tool.name, "claims to run read-only statements");
  }
  return verdict("destructive", "parameter", statement, "runs any statement of a query language");
};

const httpAccess = new Map([
  ["get", "read"],
  ["head", "read"],
  ["post", "write"],
  ["put", "write"],
  ["patch", "write"],
  ["delete", "destructive"],
] as const);
const lookingWords = new Set(["search", "query", "find", "list", "lookup"]);
const methods = new Set(["get", "head", "post", "put", "patch", "delete"]);

/** Tools named after an HTTP method: `API-patch-page`. */
export const httpRule: AccessRule = (text) => {
  const at = text.name.findIndex((word) => methods.has(word));
  if (text.name[0] !== "api" || at !== 1) return undefined;
  const word = text.name[at] ?? "";
  const looks = text.name.slice(at + 1).find((one) => lookingWords.has(one));
  if (word === "post" && looks !== undefined) {
    return verdict("read", "name", `${word} ${looks}`, `a POST that only carries a ${looks}`);
  }
  for (const [method, access] of httpAccess) {
    if (method === word)
      return verdict(access, "name", word, `HTTP ${word.toUpperCase()} in the name`);
  }
  return undefined;
};
