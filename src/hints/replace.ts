import { fingerprintSecret } from "../hash.ts";
import { secretPatterns, telltales } from "./patterns.ts";
import { isReference, isSecretValue, secretNamed } from "./secret-names.ts";

export function placeholder(type: string, secret: string, key: Uint8Array): string {
  return `[secret:${type}:${fingerprintSecret(key, secret)}]`;
}

/** Replaces every secret that stands in the text as it is, nothing decoded. */
export function replaceSecrets(text: string, key: Uint8Array): string {
  return telltales.test(text) ? replaceAssigned(replaceShapes(text, key), key) : text;
}

export function replaceShapes(text: string, key: Uint8Array): string {
  if (!telltales.test(text)) return text;
  let out = text;
  for (const { type, regex } of secretPatterns) {
    out = replaceWhere(out, regex, ({ 0: match, groups }) => {
      const secret = groups?.["secret"] ?? match;
      if (groups?.["secret"] !== undefined && isReference(secret)) return undefined;
      return (groups?.["before"] ?? "") + placeholder(type, secret, key);
    });
  }
  return out;
}

/** Where a name that promises a secret may start; what precedes it in the same word is looked up backwards. */
const keyword = String.raw`(?:pass(?:word|wd|phrase|code|_phrase)?|pwd|secret|token|credentials?|api[_.-]?key|(?:access|auth|account|private|signing|encryption|master|shared|storage|service|function|host|admin|webhook)[_.-]?key)`;
const assigned = new RegExp(
  String.raw`(?<name>${keyword}[\w.-]{0,40})` +
    String.raw`(?<sign>\\{0,3}["']?\s{0,5}(?:=>|:=|=|:)[ \t]{0,20}|["']?\s{1,3})` +
    "(?:" +
    String.raw`(?<quote>["'])(?<quoted>(?:\\[^\n]|(?!\k<quote>)[^\\\n]){1,4096})(?=\k<quote>)` +
    String.raw`|(?<escape>\\{1,3}["'])(?<escaped>(?:(?!\\{1,3}["'])[^\n]){1,4096})(?=\\{1,3}["'])` +
    String.raw`|(?<bare>(?:[^\s"'\x60,;&|)}\]\\]|[,;&|)}\]\\](?![\s,;&|)}\]"'\\]|$|[\w .-]{1,40}[=:])){1,4096})` +
    ")",
  "gi",
);

/** A reference of CloudFormation or an ARN, where `secret:` is a resource type, and a placeholder made before. */
const insideOther =
  /(?:\{\{resolve:[^\s"'}]{0,110}|\barn:[^\s"']{0,110}|\[(?:secret:[\w-]{0,40})?)$/;

function replaceAssigned(text: string, key: Uint8Array): string {
  return replaceWhere(text, assigned, ({ groups = {}, index }) => {
    const line = text.slice(Math.max(0, index - 120), index);
    if (insideOther.test(line)) return undefined;
    const before = /[\w.-]{0,60}$/.exec(line)?.[0] ?? "";
    const parts = partsOf(groups);
    if (/^["']?\s+$/.test(parts.sign) && !takesValue(line, before, parts.value)) return undefined;
    const type = secretNamed(before + parts.name);
    if (type === undefined || !isSecretValue(type, parts.value)) return undefined;
    return parts.name + parts.sign + parts.open + placeholder(type, parts.value, key);
  });
}

/** Without a sign between them, a flag has a value, `--password hunter2`, and what a command sets, `set token a1b2c3d4`. */
function takesValue(line: string, before: string, value: string): boolean {
  if (before.startsWith("--")) return true;
  if (value.length < 8 || !/\d/.test(value)) return false;
  const command = line.slice(0, line.length - before.length);
  return before.startsWith("-") || /(?:^|\s)(?:set|setx|setenv)\s{1,5}$/.test(command);
}

function partsOf(groups: Readonly<Record<string, string | undefined>>): {
  name: string;
  sign: string;
  open: string;
  value: string;
} {
  const first = (...names: readonly string[]): string =>
    names.map((name) => groups[name]).find((part) => part !== undefined) ?? "";
  return {
    name: first("name"),
    sign: first("sign"),
    open: first("quote", "escape"),
    value: first("quoted", "escaped", "bare"),
  };
}

/** Like `replaceAll`; a match that `replace` declines gives its text back to be searched again. */
function replaceWhere(
  text: string,
  regex: RegExp,
  replace: (match: RegExpExecArray) => string | undefined,
): string {
  const search = new RegExp(regex);
  let out = "";
  let copied = 0;
  for (let match = search.exec(text); match; match = search.exec(text)) {
    const replacement = replace(match);
    if (replacement === undefined) {
      search.lastIndex = match.index + 1;
      continue;
    }
    out += text.slice(copied, match.index) + replacement;
    copied = match.index + match[0].length;
  }
  return copied === 0 ? text : out + text.slice(copied);
}
