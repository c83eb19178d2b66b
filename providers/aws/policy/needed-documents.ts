import type { Json, JsonObject } from "../../../src/model/json.ts";
import type { Statement } from "./parse.ts";

/** White space does not count. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const maxCharacters = 6_144;
/** Managed policies on one role or user, without asking for more. */
const maxPolicies = 10;

export interface KeptStatement {
  readonly raw: JsonObject;
  readonly statement: Statement;
  /** What is left of an allow; a deny stays as it is written. */
  readonly actions: readonly string[] | undefined;
}

/** As few valid policies as hold the statements; `undefined` when IAM would not take them. */
export function documentsOf(kept: readonly KeptStatement[]): readonly string[] | undefined {
  const merged = merge(kept);
  const documents = [true, false].flatMap((variables) => {
    const own = merged.filter((each) => each.variables === variables).map(({ body }) => body);
    return own.length > 0 ? filled(own, variables) : [];
  });
  const sound = documents.every((text) => JSON.stringify(JSON.parse(text)).length <= maxCharacters);
  return sound && documents.length <= maxPolicies ? documents : undefined;
}

interface Merged {
  readonly body: JsonObject;
  /** `${...}` means something in it. */
  readonly variables: boolean;
}

/** Allows on the same resources under the same conditions are one. */
function merge(kept: readonly KeptStatement[]): readonly Merged[] {
  const found = new Map<string, Merged>();
  for (const { raw, statement, actions } of kept) {
    const { Sid, Action, NotAction, ...rest } = raw;
    void Sid;
    const plain = !statement.variables && JSON.stringify(raw).includes("${");
    const part = actions
      ? { ...rest, Action: actions }
      : {
          ...rest,
          ...(Action !== undefined && { Action }),
          ...(NotAction !== undefined && { NotAction }),
        };
    const key = actions ? `${plain} ${stable(rest)}` : `${plain} ${stable(part)}`;
    const old = found.get(key)?.body["Action"];
    const all = actions ? [...new Set([...texts(old), ...actions])].toSorted() : undefined;
    found.set(key, { body: all ? { ...part, Action: all } : part, variables: !plain });
  }
  return [...found.values()];
}

function filled(statements: readonly JsonObject[], variables: boolean): readonly string[] {
  const documents: JsonObject[][] = [];
  let open: JsonObject[] = [];
  for (const statement of statements.flatMap((each) => pieces(each, variables))) {
    if (open.length > 0 && sizeOf([...open, statement], variables) > maxCharacters) {
      documents.push(open);
      open = [];
    }
    open.push(statement);
  }
  if (open.length > 0) documents.push(open);
  return documents.map((own) => JSON.stringify(policyOf(own, variables), undefined, 2));
}

/** A statement that is too long by itself, as several with fewer actions each. */
function pieces(statement: JsonObject, variables: boolean): readonly JsonObject[] {
  const actions = texts(statement["Action"]);
  if (actions.length < 2 || sizeOf([statement], variables) <= maxCharacters) return [statement];
  const half = Math.ceil(actions.length / 2);
  // A deny split by its actions denies the same; `NotAction` never gets here.
  return [actions.slice(0, half), actions.slice(half)].flatMap((Action) =>
    pieces({ ...statement, Action }, variables),
  );
}

function sizeOf(statements: readonly JsonObject[], variables: boolean): number {
  return JSON.stringify(policyOf(statements, variables)).length;
}

/** Sids may hold letters and digits only. */
function policyOf(statements: readonly JsonObject[], variables: boolean): JsonObject {
  return {
    Version: variables ? "2012-10-17" : "2008-10-17",
    Statement: statements.map((each, at) => ({ Sid: `Needed${at + 1}`, ...each })),
  };
}

function texts(value: Json | undefined): readonly string[] {
  if (typeof value === "string") return [value];
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}

function stable(value: Json): string {
  return JSON.stringify(value, (_, each) =>
    typeof each === "object" && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}
