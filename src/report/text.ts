/** Characters of untrusted text that a line shows. */
const longest = 300;

/** Control, format (bidi, zero width), line separator, surrogate and private-use characters. */
const unsafe = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}]/gu;

/** One line of text that cannot steer a terminal. */
export function clean(text: string): string {
  const flat = text.replaceAll(unsafe, " ").replaceAll(/ {2,}/g, " ").trim();
  const characters = [...flat];
  return characters.length > longest ? `${characters.slice(0, longest - 1).join("")}…` : flat;
}

/** Breaks at spaces; a longer word gets a line of its own and is not cut, so that it can be copied. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
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
