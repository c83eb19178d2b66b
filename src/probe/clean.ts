/**
 * Characters that act on a terminal or a reader instead of being seen: controls, format characters (bidi, zero-width,
 * tags), line separators, lone surrogates, and whatever else Unicode says renders as nothing.
 */
const acting = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

const plain = /^[\x20-\x7e]*$/;

/** Untrusted text made visible: acting characters become `\u{..}`, white space one space, clipped to `limit` characters. */
export function clean(text: string, limit = 256): string {
  if (text.length <= limit && plain.test(text)) return text;
  const head = text.length > limit * 4 ? text.slice(0, limit * 4) : text;
  const visible = head
    .replace(/[\t\n\r]+/g, " ")
    .replace(acting, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`);
  const points = Array.from(visible);
  return points.length > limit ? `${points.slice(0, limit - 1).join("")}…` : visible;
}
