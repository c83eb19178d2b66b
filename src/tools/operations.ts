import type { ToolAccess, ToolParameter } from "../model/tool.ts";
import type { AccessRule } from "./verdict.ts";
import { verdict } from "./verdict.ts";
import type { ToolText } from "./tokens.ts";
import { strongestVerb } from "./strongest-verb.ts";
import { tokenise, unnegated } from "./tokens.ts";
import {
  choosingParameters,
  destructiveVerbs,
  operationParameters,
  plainReadVerbs,
} from "./words.ts";

const ranks: readonly ToolAccess[] = ["read", "write", "destructive"];

interface Operation {
  readonly access: ToolAccess;
  readonly text: string;
}

/** What an operation does by its name: `get_build_log` builds nothing. */
function operationOf(text: string): readonly Operation[] {
  // No sentence says which of its words is the verb.
  const verb = strongestVerb(tokenise(text), "");
  return verb === undefined ? [] : [{ access: verb.access, text }];
}

/** The operation that does most. */
function strongest(values: readonly string[]): Operation | undefined {
  return values
    .flatMap((value) => operationOf(value))
    .toSorted((a, b) => ranks.indexOf(b.access) - ranks.indexOf(a.access))[0];
}

/** Operations listed in prose: "Actions: list, get or delete", "Manage contexts - list, get, or set". */
function listedInProse(text: ToolText): readonly string[] {
  const after = /(?:\b(?:actions?|operations?)\b:|[:–-] |\(|\bwith )(?<list>[^.]{3,300})/i.exec(
    `${text.sentence} ${/\b(?:actions?|operations?):[^.]{3,300}/i.exec(text.tool.description.slice(0, 1500))?.[0] ?? ""}`,
  );
  const list = after?.groups?.["list"] ?? text.sentence;
  const parts = list.split(/,| or | and /);
  return parts.length >= 3 ? parts.map((part) => tokenise(part)[0] ?? "") : [];
}

/** What a destroying verb is called among the operations that a description lists. To remove may only be to take out. */
export function destroysInProse(text: ToolText): string | undefined {
  const worst = strongest(listedInProse(text).filter((word) => !/^removes?$/.test(word)));
  return worst?.access === "destructive" ? worst.text : undefined;
}

/** How far into a description its operations are looked for, in characters. */
const longestList = 600;

/** A parameter that names the operation: by its name, or by values of which at least half are verbs. */
function choosing({ name, values }: ToolParameter): boolean {
  const plain = tokenise(name).join("");
  if (operationParameters.has(plain)) return true;
  const verbs = values.flatMap((value) => operationOf(value));
  return choosingParameters.has(plain) && verbs.length > 0 && verbs.length * 2 >= values.length;
}

/** Tools that do one of several operations, by a parameter that names it. */
export const operationRule: AccessRule = (text) => {
  const manages = text.sentenceWords[0] === "manage" || text.sentenceWords[0] === "manages";
  const parameter = text.tool.parameters.find(
    (one) => choosing(one) || (manages && one.name === "mode"),
  );
  if (parameter === undefined) return undefined;
  const inEnum = strongest(parameter.values);
  if (inEnum !== undefined) {
    return verdict(
      inEnum.access,
      "parameter",
      inEnum.text,
      `"${parameter.name}" offers "${inEnum.text}"`,
    );
  }
  const first = text.name.find((word) => plainReadVerbs.has(word));
  if (first !== undefined) return undefined;
  const inProse = strongest(listedInProse(text));
  if (inProse !== undefined && inProse.access !== "read") {
    return verdict(
      inProse.access,
      "description",
      inProse.text,
      `lists "${inProse.text}" among its operations`,
    );
  }
  const destroys = tokenise(unnegated(text.tool.description.slice(0, longestList))).find((word) =>
    destructiveVerbs.has(word),
  );
  if (destroys !== undefined) {
    return verdict("destructive", "description", destroys, `tells of the operation "${destroys}"`);
  }
  if (text.tool.annotations.destructiveHint === true) {
    return verdict(
      "destructive",
      "annotation",
      "destructiveHint",
      "one of its operations destroys, says the tool itself",
    );
  }
  return undefined;
};
