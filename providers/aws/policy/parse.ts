import type { Json, JsonObject } from "../../../src/model/json.ts";
import type { PolicyDocument } from "../../../src/model/identity.ts";

/** One `operator: { key: values }` line of a Condition block. */
export interface Condition {
  /** Lower case `stringlike`, without set prefix and `IfExists`. */
  readonly operator: string;
  readonly set: "all" | "any" | "none";
  readonly ifExists: boolean;
  /** Lower case: condition keys compare without case. */
  readonly key: string;
  readonly values: readonly string[];
}

export interface Statement {
  /** `<policy id>#<sid or 0-based index>`. */
  readonly ref: string;
  readonly effect: "Allow" | "Deny";
  /** Action patterns as the document writes them. */
  readonly written: readonly string[];
  /** The same in lower case: actions compare without case. */
  readonly actions: readonly string[];
  readonly notActions: boolean;
  readonly resources: readonly string[];
  readonly notResources: boolean;
  readonly conditions: readonly Condition[];
  /** Variables are resolved only in documents of version 2012-10-17. */
  readonly variables: boolean;
  /** Whom a resource or trust policy speaks about, `<type>:<value>`, type in lower case. */
  readonly principals?: readonly string[];
  readonly notPrincipals?: boolean;
}

export interface ParsedPolicy {
  readonly statements: readonly Statement[];
  /** What could not be understood; each leaves the document's effect partly unknown. */
  readonly flaws: readonly string[];
}

/** IAM itself allows 6,144 characters a managed policy and 10,240 of inline policies a role. */
const limits = { statements: 2_000, list: 10_000, text: 4_096 };

const parsed = new WeakMap<PolicyDocument, ParsedPolicy>();

/** The statements of a document; each document is parsed once. */
export function parsePolicy(document: PolicyDocument): ParsedPolicy {
  const known = parsed.get(document);
  if (known) return known;
  const policy = parseBody(document.id, document.body);
  parsed.set(document, policy);
  return policy;
}

function parseBody(id: string, body: Json): ParsedPolicy {
  if (!isObject(body)) return { statements: [], flaws: [`${id} is not a policy document`] };
  const list = listOf(body["Statement"]);
  const variables = body["Version"] === "2012-10-17";
  const statements: Statement[] = [];
  const flaws: string[] = [];
  if (list.length === 0) flaws.push(`${id} has no statement`);
  if (list.length > limits.statements) flaws.push(`${id} has too many statements`);
  for (const [index, raw] of list.slice(0, limits.statements).entries()) {
    const statement = isObject(raw) ? parseStatement(id, index, raw, variables) : undefined;
    if (statement) statements.push(statement);
    else flaws.push(`${id}#${index} is not a statement`);
  }
  return { statements, flaws };
}

function parseStatement(
  id: string,
  index: number,
  raw: JsonObject,
  variables: boolean,
): Statement | undefined {
  const effect = effectOf(raw["Effect"]);
  const written = textsOf(raw["Action"] ?? raw["NotAction"]);
  const resources = textsOf(raw["Resource"] ?? raw["NotResource"] ?? []);
  const conditions = parseConditions(raw["Condition"]);
  if (!effect || !written?.length || !resources || !conditions) return undefined;
  const principals = principalsOf(raw);
  if (!principals) return undefined;
  return {
    ref: `${id}#${sidOf(raw["Sid"]) ?? index}`,
    effect,
    written,
    actions: written.map((action) => action.toLowerCase()),
    notActions: raw["Action"] === undefined,
    resources,
    notResources: "NotResource" in raw && !("Resource" in raw),
    conditions,
    variables,
    ...principals,
  };
}

function effectOf(effect: Json | undefined): Statement["effect"] | undefined {
  return effect === "Allow" || effect === "Deny" ? effect : undefined;
}

/** Nothing for a statement of an identity policy; `undefined` for what is no principal. */
function principalsOf(
  raw: JsonObject,
): Pick<Statement, "principals" | "notPrincipals"> | undefined {
  const block = raw["Principal"] ?? raw["NotPrincipal"];
  if (block === undefined) return {};
  const notPrincipals = raw["Principal"] === undefined;
  if (block === "*") return { principals: ["aws:*"], notPrincipals };
  if (!isObject(block)) return undefined;
  const principals = Object.entries(block).flatMap(([type, values]) =>
    (textsOf(values) ?? []).map((value) => `${type.toLowerCase()}:${value}`),
  );
  return { principals, notPrincipals };
}

function sidOf(sid: Json | undefined): string | undefined {
  return typeof sid === "string" && /^[\w-]{1,128}$/.test(sid) ? sid : undefined;
}

function parseConditions(block: Json | undefined): Condition[] | undefined {
  if (block === undefined) return [];
  if (!isObject(block)) return undefined;
  const conditions: Condition[] = [];
  for (const [name, keys] of Object.entries(block)) {
    if (!isObject(keys)) return undefined;
    for (const [key, raw] of Object.entries(keys)) {
      const values = textsOf(raw);
      if (!values) return undefined;
      conditions.push({ ...parseOperator(name), key: key.toLowerCase(), values });
    }
  }
  return conditions;
}

function parseOperator(name: string): Pick<Condition, "operator" | "set" | "ifExists"> {
  const [, prefix, base = name, suffix] =
    /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/i.exec(name) ?? [];
  const set = prefix?.toLowerCase();
  return {
    operator: base.toLowerCase(),
    set: set === "forallvalues" ? "all" : set === "foranyvalue" ? "any" : "none",
    ifExists: suffix !== undefined,
  };
}

/** A string or a list of strings; booleans and numbers as IAM writes them. `undefined` for anything else. */
function textsOf(raw: Json | undefined): string[] | undefined {
  const list = listOf(raw);
  if (list.length > limits.list) return undefined;
  const texts: string[] = [];
  for (const value of list) {
    if (typeof value !== "string" && typeof value !== "boolean" && typeof value !== "number")
      return undefined;
    const text = String(value);
    if (text.length > limits.text) return undefined;
    texts.push(text);
  }
  return texts;
}

function listOf(raw: Json | undefined): readonly Json[] {
  if (raw === undefined || raw === null) return [];
  return isArray(raw) ? raw : [raw];
}

function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
