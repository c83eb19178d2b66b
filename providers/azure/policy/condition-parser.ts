import { lex, type Token } from "./condition-lexer.ts";
import { operators } from "./condition-operators.ts";
import {
  attributeSources,
  quantifiers,
  type Attribute,
  type Condition,
  type ConditionFault,
  type Operand,
  type Quantifier,
} from "./condition-tree.ts";

/** Characters of a condition; Azure's own limit is 8 KB. */
const maxLength = 32_768;
const maxDepth = 64;

export type Parsed = { readonly condition: Condition } | { readonly fault: ConditionFault };

/**
 * Reads a role assignment condition.
 * https://learn.microsoft.com/azure/role-based-access-control/conditions-format
 */
export function parseCondition(source: string): Parsed {
  if (source.length > maxLength) {
    return { fault: { message: `longer than ${maxLength} characters`, position: maxLength } };
  }
  const tokens = lex(source);
  if ("message" in tokens) return { fault: tokens };
  const state: State = { tokens, next: 0, end: source.length, depth: 0 };
  const condition = either(state);
  if (isFault(condition)) return { fault: condition };
  const rest = peek(state);
  return rest
    ? { fault: { message: `unexpected ${rest.text}`, position: rest.position } }
    : { condition };
}

interface State {
  readonly tokens: readonly Token[];
  next: number;
  readonly end: number;
  depth: number;
}

type Result<T> = T | ConditionFault;

function either(state: State): Result<Condition> {
  return joined(state, "or", (inner) => joined(inner, "and", negated));
}

function joined(
  state: State,
  kind: "and" | "or",
  part: (state: State) => Result<Condition>,
): Result<Condition> {
  const first = part(state);
  if (isFault(first)) return first;
  const parts: Condition[] = [first];
  while (accept(state, kind)) {
    const next = part(state);
    if (isFault(next)) return next;
    parts.push(next);
  }
  return parts.length === 1 ? first : { kind, parts };
}

function negated(state: State): Result<Condition> {
  if (state.depth > maxDepth) return fault(state, "nested too deeply");
  state.depth += 1;
  const result = accept(state, "!") ? opposite(negated(state)) : primary(state);
  state.depth -= 1;
  return result;
}

function opposite(part: Result<Condition>): Result<Condition> {
  return isFault(part) ? part : { kind: "not", part };
}

function primary(state: State): Result<Condition> {
  if (accept(state, "(")) {
    const inner = either(state);
    if (isFault(inner)) return inner;
    return accept(state, ")") ? inner : fault(state, "expected )");
  }
  const token = peek(state);
  if (token?.kind === "attribute") return comparison(state);
  return called(state, token?.kind === "word" ? token.text.toLowerCase() : undefined);
}

/** Expressions that begin with a word of their own. */
function called(state: State, word: string | undefined): Result<Condition> {
  if (word === "exists" || word === "notexists") {
    state.next += 1;
    const attribute = attributeOf(state);
    return isFault(attribute)
      ? attribute
      : { kind: "exists", attribute, negated: word === "notexists" };
  }
  if (word === "actionmatches" || word === "suboperationmatches") {
    state.next += 1;
    return matching(state, word === "actionmatches" ? "action" : "sub-operation");
  }
  return fault(state, "expected an expression");
}

function matching(state: State, kind: "action" | "sub-operation"): Result<Condition> {
  if (!accept(state, "{")) return fault(state, "expected {");
  const token = peek(state);
  if (token?.kind !== "text") return fault(state, "expected a quoted name");
  state.next += 1;
  return accept(state, "}") ? { kind, pattern: token.text } : fault(state, "expected }");
}

function comparison(state: State): Result<Condition> {
  const attribute = attributeOf(state);
  if (isFault(attribute)) return attribute;
  const token = peek(state);
  const [operator = "", named] = (token?.kind === "word" ? token.text : "")
    .toLowerCase()
    .split(":")
    .toReversed();
  const quantifier = quantifiers.find((one) => one === named);
  if (!operators.has(operator)) return fault(state, "expected an operator");
  if (named !== undefined && quantifier === undefined) return fault(state, "unknown quantifier");
  state.next += 1;
  const right = operand(state);
  return isFault(right) ? right : compared(attribute, quantifier, operator, right);
}

function compared(
  attribute: Attribute,
  quantifier: Quantifier | undefined,
  operator: string,
  right: Operand,
): Condition {
  return { kind: "compare", attribute, quantifier, operator, right };
}

function attributeOf(state: State): Result<Attribute> {
  const token = peek(state);
  if (token?.kind !== "attribute") return fault(state, "expected an attribute");
  const [named = "", ...rest] = token.text.split("[");
  const source = attributeSources.find((one) => one === named.toLowerCase());
  if (source === undefined) return fault(state, `unknown attribute source @${named}`);
  state.next += 1;
  return { source, name: rest.join("[") };
}

function operand(state: State): Result<Operand> {
  const token = peek(state);
  if (token?.kind === "attribute") {
    const attribute = attributeOf(state);
    return isFault(attribute) ? attribute : { kind: "attribute", attribute };
  }
  if (token?.kind === "text" || token?.kind === "word") {
    state.next += 1;
    return { kind: "values", values: [token.text] };
  }
  return accept(state, "{") ? list(state) : fault(state, "expected a value");
}

function list(state: State): Result<Operand> {
  const values: string[] = [];
  do {
    const token = peek(state);
    if (token?.kind !== "text" && token?.kind !== "word") return fault(state, "expected a value");
    values.push(token.text);
    state.next += 1;
  } while (accept(state, ","));
  return accept(state, "}") ? { kind: "values", values } : fault(state, "expected }");
}

function peek({ tokens, next }: State): Token | undefined {
  return tokens[next];
}

function accept(state: State, symbol: string): boolean {
  const token = peek(state);
  if (token?.kind !== "symbol" || token.text !== symbol) return false;
  state.next += 1;
  return true;
}

function fault(state: State, message: string): ConditionFault {
  return { message, position: peek(state)?.position ?? state.end };
}

function isFault(value: object): value is ConditionFault {
  return "message" in value;
}
