/** Characters of untrusted text that a line shows. */
const longest = 300;

/** Control, format (bidi, zero width), line separator, surrogate and private-use characters. */
const unsafe = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/gu;

/** Text that cannot steer a terminal, whole: a command that is cut does harm. */
export function printable(text: string): string {
  return text.replaceAll(unsafe, " ");
}

/** One line of text that cannot steer a terminal. */
export function clean(text: string): string {
  const flat = printable(text).replaceAll(/ {2,}/g, " ").trim();
  const characters = Array.from(flat);
  return characters.length > longest ? `${characters.slice(0, longest - 1).join("")}…` : flat;
}

/** Breaks at spaces; a longer word gets a line of its own and is not cut, so that it can be copied. */
export function wrap(text: string, width: number): string[] {
  return wrapWords(text.split(" "), width);
}

function wrapWords(words: readonly string[], width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of words) {
    if (line === "") line = word;
    else if (line.length + 1 + word.length <= width) line += ` ${word}`;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

/** Text after a label, its further lines indented to stand under the first. */
export function hang(label: string, text: string, columns: number): string[] {
  const room = Math.max(20, columns - label.length);
  const [first = "", ...rest] = wrap(text, room);
  return [`${label}${first}`, ...rest.map((line) => `${" ".repeat(label.length)}${line}`)];
}

/** A shell command over several lines that can be copied as they stand; its comment goes first. */
export function hangCommand(label: string, command: string, columns: number): string[] {
  const words: readonly string[] = command.match(/(?:'[^']*'|"[^"]*"|\\.|[^\s'"\\])+/g) ?? [];
  const hash = words.indexOf("#");
  const code = hash < 0 ? words : words.slice(0, hash);
  const comment = hash < 0 ? [] : [words.slice(hash).join(" ")];
  const room = Math.max(20, columns - label.length - 2);
  const indent = " ".repeat(label.length);
  return [...comment, ...wrapWords(code, room).map(continued)].map(
    (line, index) => `${index === 0 ? label : indent}${line}`,
  );
}

function continued(line: string, index: number, lines: readonly string[]): string {
  return index < lines.length - 1 ? `${line} \\` : line;
}
