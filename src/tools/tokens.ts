import type { ListedTool } from "../model/tool.ts";

/** A tool taken apart into lower-case words. */
export interface ToolText {
  readonly tool: ListedTool;
  readonly name: readonly string[];
  /** Names of the parameters, lower case, without separators: `resource-group` is `resourcegroup`. */
  readonly parameters: ReadonlySet<string>;
  /** Words of the parameter names. */
  readonly parameterWords: ReadonlySet<string>;
  /** Source named before a bar: `Notion` of "Notion | Retrieve a page". */
  readonly label: string;
  /** The first sentence, without negated clauses and source labels. */
  readonly sentence: string;
  readonly sentenceWords: readonly string[];
}

const longestSentence = 400;

/** Words of a name in snake, kebab, camel or Pascal case: `getHTTPStatus` is `get http status`. */
export function tokenise(name: string): readonly string[] {
  return name
    .replaceAll(/([\p{Ll}\p{N}])(\p{Lu})/gu, "$1 $2")
    .replaceAll(/(\p{Lu}+)(\p{Lu}\p{Ll})/gu, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}

/** A verb without the ending of the third person, a thing without that of several. */
export function stem(word: string): string {
  if (/[^aeiou]ies$/.test(word)) return `${word.slice(0, -3)}y`;
  if (/(?:sh|ch|ss|x)es$/.test(word)) return word.slice(0, -2);
  return word.endsWith("s") && !word.endsWith("ss") ? word.slice(0, -1) : word;
}

const negations =
  /\b(?:do(?:es)? not|don't|doesn't|never|cannot|can't|won't|will not|must not|should not|without|instead of|rather than)\b[^.,;:()]*/gi;

/** The text without what it says is not done. */
export function unnegated(text: string): string {
  return text.replaceAll(negations, " ");
}

const sourceLabel = /^(?<label>[\w ]{1,30})\|\s+/;

/** The first sentence of a description: up to a full stop before a space, or an empty line. */
export function firstSentence(description: string): string {
  const text = description.trim().replace(sourceLabel, "");
  const paragraph = text.split(/\n\s*\n/, 1)[0] ?? "";
  const sentence = /^[\s\S]*?[.!?](?=\s|$)/.exec(paragraph)?.[0] ?? paragraph;
  return sentence.replaceAll(/\s+/g, " ").slice(0, longestSentence);
}

export function takeApart(tool: ListedTool): ToolText {
  const sentence = unnegated(firstSentence(tool.description));
  return {
    tool,
    name: tokenise(tool.name),
    parameters: new Set(tool.parameters.map((one) => tokenise(one.name).join(""))),
    parameterWords: new Set(tool.parameters.flatMap((one) => tokenise(one.name))),
    label: sourceLabel.exec(tool.description.trim())?.groups?.["label"] ?? "",
    sentence,
    sentenceWords: tokenise(sentence),
  };
}
