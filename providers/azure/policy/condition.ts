import type { PermissionVerdict } from "../../../src/model/identity.ts";
import { every, not, some } from "../../../src/permissions/contract.ts";
import { operators } from "./condition-operators.ts";
import { parseCondition, type Parsed } from "./condition-parser.ts";
import type { Attribute, Condition, Operand, Quantifier } from "./condition-tree.ts";
import { matches } from "./pattern.ts";

/** What is asked: the operation, and attributes as `request:name` in lower case. `null` = the request lacks it. */
export interface Asked {
  readonly operation: string;
  readonly facts: Readonly<Record<string, string | null>>;
}

/** A written condition with the version of its language. */
export interface Written {
  readonly text: string;
  readonly version: string | undefined;
}

export interface Held {
  readonly verdict: PermissionVerdict;
  readonly assumptions: readonly string[];
}

const parsed = new Map<string, Parsed>();
const maxParsed = 5_000;

/** Whether a condition lets the operation pass; what is outside the grammar or not known gives `maybe`. */
export function conditionHolds(written: Written | undefined, asked: Asked): Held {
  if (!written) return { verdict: "yes", assumptions: [] };
  const { text, version } = written;
  if (version !== undefined && version !== "1.0" && version !== "2.0") {
    return { verdict: "maybe", assumptions: [`condition version ${version} is not known`] };
  }
  const result = parsed.get(text) ?? parseCondition(text);
  if (parsed.size < maxParsed) parsed.set(text, result);
  if ("fault" in result) {
    const { message, position } = result.fault;
    return { verdict: "maybe", assumptions: [`condition: ${message} at ${position}`] };
  }
  const verdict = holds(result.condition, asked);
  return {
    verdict,
    assumptions: verdict === "maybe" ? ["condition depends on values that are not known"] : [],
  };
}

/** The ids of roles that a condition names. */
export function rolesIn({ text }: Written): readonly string[] {
  const result = parseCondition(text);
  return "fault" in result ? [] : valuesOf(result.condition);
}

function valuesOf(condition: Condition): readonly string[] {
  if (condition.kind === "and" || condition.kind === "or") return condition.parts.flatMap(valuesOf);
  if (condition.kind === "not") return valuesOf(condition.part);
  const about =
    condition.kind === "compare" && /:roledefinitionid$/i.test(condition.attribute.name);
  return about && condition.right.kind === "values" ? condition.right.values : [];
}

function holds(condition: Condition, asked: Asked): PermissionVerdict {
  switch (condition.kind) {
    case "and":
      return every(condition.parts.map((part) => holds(part, asked)));
    case "or":
      return some(condition.parts.map((part) => holds(part, asked)));
    case "not":
      return not(holds(condition.part, asked));
    case "action":
      return matches(condition.pattern, asked.operation) ? "yes" : "no";
    case "sub-operation":
      return subOperation(condition.pattern, asked);
    case "exists": {
      const value = factOf(condition.attribute, asked);
      if (value === undefined) return "maybe";
      return (value === null) === condition.negated ? "yes" : "no";
    }
    case "compare":
      return compare(condition, asked);
    default:
      return "maybe";
  }
}

/** Only some data operations have suboperations; an operation without one matches none. */
function subOperation(pattern: string, { operation, facts }: Asked): PermissionVerdict {
  const known = facts["suboperation"];
  if (known !== undefined) return known !== null && matches(pattern, known) ? "yes" : "no";
  return /^microsoft\.(?:storage|keyvault)\//i.test(operation) ? "maybe" : "no";
}

function compare(
  { attribute, quantifier, operator, right }: Extract<Condition, { kind: "compare" }>,
  asked: Asked,
): PermissionVerdict {
  const left = factOf(attribute, asked);
  const values = rightOf(right, asked);
  const decide = operators.get(operator);
  if (left === undefined || values === undefined || !decide) return "maybe";
  // A comparison with an attribute that is absent does not hold.
  if (left === null) return "no";
  const results = values.map((value): PermissionVerdict => {
    const result = decide(left, value);
    return result === undefined ? "maybe" : result ? "yes" : "no";
  });
  return all(quantifier, attribute, operator) ? every(results) : some(results);
}

/** One value stands on the left of all that is decided here, so only the right side of the quantifier counts. */
function all(quantifier: Quantifier | undefined, { name }: Attribute, operator: string): boolean {
  // The documented way to say "every role but these" was ForAnyOfAnyValues at first and is ForAnyOfAllValues since. By the
  // letter the first would leave out no role of two; it is read as what it was documented for.
  // https://learn.microsoft.com/azure/role-based-access-control/delegate-role-assignments-examples
  if (operator === "guidnotequals" && /:roledefinitionid$/i.test(name)) return true;
  return quantifier === "foranyofallvalues" || quantifier === "forallofallvalues";
}

function rightOf(right: Operand, asked: Asked): readonly string[] | undefined {
  if (right.kind === "values") return right.values;
  const value = factOf(right.attribute, asked);
  return value === undefined ? undefined : value === null ? [] : [value];
}

function factOf({ source, name }: Attribute, { facts }: Asked): string | null | undefined {
  return facts[`${source}:${name}`.toLowerCase()];
}
