import { clean } from "./text.ts";

/** Every ASCII punctuation mark may be escaped (CommonMark 2.4); what GitHub links by itself needs more. */
const punctuation = /[!$()*+\-.:[\\\]^_`{|}~]/g;

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  "@": "@&#8203;",
  "#": "#&#8203;",
};

/** Untrusted text on one line that Markdown shows as it is: no markup, no link, no mention, no table cell. */
export function markdownText(text: string): string {
  return clean(text)
    .replaceAll(punctuation, String.raw`\$&`)
    .replaceAll(/[&<>@#]/g, (character) => entities[character] ?? "");
}

/** Untrusted text as code that ends where it should, in a table cell too. */
export function markdownCode(text: string): string {
  const plain = clean(text).replaceAll("|", "¦");
  const fence = "`".repeat(longestRun(plain) + 1);
  return plain === "" ? "" : `${fence} ${plain} ${fence}`;
}

/** Lines of untrusted text as one block of code, with the empty line after it. */
export function markdownBlock(language: string, lines: readonly string[]): string[] {
  const fence = "`".repeat(Math.max(3, longestRun(lines.join("\n")) + 1));
  return [`${fence}${language}`, ...lines, fence, ""];
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}
