import { every, not, some } from "../../../src/permissions/contract.ts";
import type { PermissionVerdict } from "../../../src/model/identity.ts";
import { keyRule, manyValued } from "./keys.ts";
import { literal, substitute, type Resolved } from "./match.ts";
import { operators } from "./operators.ts";
import type { Condition, Statement } from "./parse.ts";

/** The values a key has in a request; `null` = the request does not carry it. */
export type Value = readonly string[] | null;

/** What is known of every request: per lower-case key the readings that are possible. Other keys follow `keyRule`. */
export type Facts = ReadonlyMap<string, readonly Value[]>;

/** Marks in `Facts`: tags of the caller that could not be read, and tags of the target that were. */
export const unreadPrincipalTags = "aws:principaltag/*";
export const readResourceTags = "*:resourcetag/";
/** A mark in `Facts`: the caller asks for a session without tags; `plainSource`: without a source identity. */
export const plainSession = "*:session-tags";
export const plainSource = "sts:sourceidentity";

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html */
export const sessionKeys = /^(?:aws:requesttag\/.*|aws:tagkeys|sts:transitivetagkeys)$/;

/** One choice of the keys that the caller decides. */
export type Choice = ReadonlyMap<string, Value>;

/** More combinations than this are not tried; the answer is then `maybe`. */
const maxChoices = 2_048;

/** Whether all conditions of a statement hold under one choice. */
export function conditionsHold(
  { conditions, variables }: Pick<Statement, "conditions" | "variables">,
  facts: Facts,
  choice: Choice,
): PermissionVerdict {
  return every(conditions.map((condition) => holds(condition, variables, facts, choice)));
}

function holds(
  condition: Condition,
  variables: boolean,
  facts: Facts,
  choice: Choice,
): PermissionVerdict {
  const readings = readingsOf(condition.key, facts, choice);
  if (!readings) return "maybe";
  const patterns = condition.values.map((value) =>
    variables ? substitute(value, (key) => resolve(key, facts, choice)) : { text: value },
  );
  const answers = readings.map((value) => holdsFor(condition, value, patterns));
  return answers.every((answer) => answer === answers[0]) ? (answers[0] ?? "maybe") : "maybe";
}

function readingsOf(key: string, facts: Facts, choice: Choice): readonly Value[] | undefined {
  const known = facts.get(key);
  if (known) return known;
  // Tags of an identity are listed with it, so one that is not there is absent.
  if (key.startsWith("aws:principaltag/"))
    return facts.has(unreadPrincipalTags) ? undefined : [null];
  const tag = /^(?:[a-z0-9-]+:resourcetag|s3:existingobjecttag)\/(.+)$/.exec(key)?.[1];
  if (tag !== undefined && facts.has(readResourceTags)) {
    return facts.get(`${readResourceTags}${tag}`) ?? [null];
  }
  if (facts.has(plainSession) && sessionKeys.test(key)) return [null];
  const chosen = choice.get(key);
  return chosen === undefined ? undefined : [chosen];
}

/** What a policy variable stands for in this request. */
export function resolve(key: string, facts: Facts, choice: Choice): Resolved {
  const readings = readingsOf(key, facts, choice);
  if (!readings || readings.length !== 1) return "unknown";
  const [value] = readings;
  if (!value) return "absent";
  return value.length === 1 && value[0] !== undefined ? { text: value[0] } : "absent";
}

function holdsFor(
  { operator, set, ifExists }: Condition,
  value: Value,
  patterns: readonly Resolved[],
): PermissionVerdict {
  if (operator === "null") return nullHolds(value, patterns);
  const rule = operators[operator];
  if (!rule) return "maybe";
  if (value === null || value.length === 0) {
    if (ifExists || set === "all") return "yes";
    return rule.negated && set !== "any" ? "yes" : "no";
  }
  const each = value.map((one) => {
    const any = some(patterns.map((pattern) => compare(rule.compare, one, pattern)));
    return rule.negated ? not(any) : any;
  });
  // A negated operator without a set prefix over several values holds only when none of them matches.
  if (set === "any") return some(each);
  return set === "all" || rule.negated ? every(each) : some(each);
}

function compare(
  test: (request: string, policy: string) => boolean | undefined,
  value: string,
  pattern: Resolved,
): PermissionVerdict {
  if (pattern === "unknown") return "maybe";
  if (pattern === "absent") return "no";
  const answer = test(value, pattern.text);
  return answer === undefined ? "maybe" : answer ? "yes" : "no";
}

function nullHolds(value: Value, patterns: readonly Resolved[]): PermissionVerdict {
  const absent = String(value === null);
  return some(patterns.map((pattern) => compare((a, b) => a === b.toLowerCase(), absent, pattern)));
}

/**
 * Every choice the caller has over the keys that these statements ask about: each listed value, one that none of them
 * lists, and leaving the key out. `complete` is false when there are too many to try.
 */
export function choicesFor(
  statements: readonly Statement[],
  facts: Facts,
): { readonly choices: readonly Choice[]; readonly complete: boolean } {
  const keys = new Map<string, Condition[]>();
  for (const { conditions } of statements) {
    for (const condition of conditions) {
      if (isFixed(condition.key, facts) || keyRule(condition.key).controller === "unknown")
        continue;
      keys.set(condition.key, [...(keys.get(condition.key) ?? []), condition]);
    }
  }
  let choices: Choice[] = [new Map()];
  for (const [key, conditions] of keys) {
    const values = candidates(key, conditions, facts);
    if (choices.length * values.length > maxChoices) return { choices, complete: false };
    choices = choices.flatMap((choice) =>
      values.map((value) => new Map([...choice, [key, value]])),
    );
  }
  return { choices, complete: true };
}

function isFixed(key: string, facts: Facts): boolean {
  return facts.has(key) || (facts.has(plainSession) && sessionKeys.test(key));
}

function candidates(key: string, conditions: readonly Condition[], facts: Facts): Value[] {
  const texts = new Set<string>();
  for (const { values, operator } of conditions) {
    for (const value of values.slice(0, 64)) {
      const pattern = substitute(value, (name) => resolve(name, facts, new Map()));
      if (typeof pattern === "object")
        for (const text of witnesses(pattern.text, operator)) texts.add(text);
      // Documents of the older version mean a variable's own characters.
      if (value.includes("${")) for (const text of witnesses(value, operator)) texts.add(text);
    }
  }
  const listed = [...texts];
  return [
    ...listed.map((text) => [text]),
    ...(listed.length > 1 && manyValued.has(key) ? [listed] : []),
    ["postern-any-other"],
    ...(keyRule(key).always ? [] : [null]),
  ];
}

/** Texts on both sides of a policy value. */
function witnesses(pattern: string, operator: string): string[] {
  if (operator === "null") return [];
  if (operator === "bool") return ["true", "false"];
  if (operator.startsWith("numeric"))
    return [-1, 0, 1].map((step) => String(Number(pattern) + step));
  if (operator.startsWith("date")) {
    const at = Date.parse(pattern);
    return Number.isNaN(at) ? [] : [-1000, 0, 1000].map((ms) => new Date(at + ms).toISOString());
  }
  // Only some operators know wildcards; for the others the value stands for itself.
  const text = pattern.replaceAll("?", "x");
  const variants = [pattern, text.replaceAll("*", ""), text.replaceAll("*", "x")];
  return [...new Set(variants.map(literal))];
}
