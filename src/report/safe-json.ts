/** What a reader of the file could act on without parsing it: markup, terminal controls, bidi, line separators. */
const active = /[<>&\u007F-\u009F\p{Cf}\p{Zl}\p{Zp}]/gu;

/** JSON on one line whose every harmful character is an escape; parsed, it is the same value. */
export function safeJson(value: object): string {
  return JSON.stringify(value).replaceAll(active, escapeUnits);
}

function escapeUnits(character: string): string {
  return Array.from(
    { length: character.length },
    (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`,
  ).join("");
}
