import { every, not, some } from "../../../src/permissions/contract.ts";
import type { PermissionVerdict } from "../../../src/model/identity.ts";
import { conditionsHold, resolve, type Choice, type Facts } from "./conditions.ts";
import { glob, matchesArn, substitute } from "./match.ts";
import type { Statement } from "./parse.ts";

export interface Question {
  readonly action: string;
  readonly resource: string;
  readonly facts: Facts;
  readonly user: boolean;
}

const perAction = new WeakMap<readonly Statement[], Map<string, readonly Statement[]>>();

/** Those of a list that speak about an action; lists are asked about the same few actions over and over. */
export function about(list: readonly Statement[], action: string): readonly Statement[] {
  if (list.length < worthKeeping) return list.filter((one) => matchesAction(one, action));
  let kept = perAction.get(list);
  if (!kept) perAction.set(list, (kept = new Map()));
  const known = kept.get(action);
  if (known) return known;
  const found = list.filter((statement) => matchesAction(statement, action));
  if (kept.size < maxActions) kept.set(action, found);
  return found;
}

/** Statements from which on looking the answer up is faster than finding it. */
const worthKeeping = 12;
/** Actions whose statements are kept for one list. */
const maxActions = 500;

export function matchesAction({ actions, notActions }: Statement, action: string): boolean {
  return actions.some((pattern) => glob(pattern, action)) !== notActions;
}

export function applies(
  statement: Statement,
  question: Question,
  choice: Choice,
): PermissionVerdict {
  const resources = speaksAbout(statement, question, choice);
  if (resources === "no") return "no";
  return every([resources, conditionsHold(statement, question.facts, choice)]);
}

/** Whether the statement is about the resource; a variable that the caller decides leaves a `maybe`. */
export function speaksAbout(
  statement: Statement,
  { resource, facts }: Question,
  choice: Choice,
): PermissionVerdict {
  const hit = some(
    statement.resources.map((pattern) =>
      matchesResource(pattern, statement, resource, facts, choice),
    ),
  );
  return statement.notResources ? not(hit) : hit;
}

function matchesResource(
  pattern: string,
  { variables }: Statement,
  resource: string,
  facts: Facts,
  choice: Choice,
): PermissionVerdict {
  const found = variables
    ? substitute(pattern, (key) => resolve(key, facts, choice))
    : { text: pattern };
  // A session's id holds a colon, which no name in IAM does.
  if (
    found === "unknown" &&
    /\$\{aws:userid[},]/i.test(pattern) &&
    /^arn:[^:]+:iam:/.test(resource)
  )
    return "no";
  if (found === "unknown") {
    const widest = pattern.replaceAll(/\$\{[^}]*\}/g, "*");
    return matchesArn(widest, resource) ? "maybe" : "no";
  }
  return found !== "absent" && matchesArn(found.text, resource) ? "yes" : "no";
}
