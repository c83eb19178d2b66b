/**
 * Characters that act on a terminal or a reader instead of being seen: C0 and C1 controls, soft hyphen, bidi marks and
 * overrides, zero-width and other format characters, line separators, variation selectors, tags, lone surrogates.
 */
const acting =
  // oxlint-disable-next-line no-control-regex
  /[\u0000-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\u{e0000}-\u{e0fff}]|\p{Surrogate}/gu;

/** Untrusted text made visible: acting characters become `\u{..}`, white space one space, clipped to `limit` characters. */
export function clean(text: string, limit = 256): string {
  const head = text.length > limit * 4 ? text.slice(0, limit * 4) : text;
  const visible = head
    .replace(/[\t\n\r]+/g, " ")
    .replace(acting, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`);
  const points = Array.from(visible);
  return points.length > limit ? `${points.slice(0, limit - 1).join("")}…` : visible;
}
