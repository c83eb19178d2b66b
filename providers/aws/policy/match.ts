/** Stand-ins for a `*`, `?` or `$` that is meant literally, from the private use area. */
const literals: Readonly<Record<string, string>> = { "\uE000": "*", "\uE001": "?", "\uE002": "$" };
const escapes: Readonly<Record<string, string>> = { "*": "\uE000", "?": "\uE001", $: "\uE002" };

/** Stand-ins for "any run" and "any one character" of the covered pattern. */
const anyRun = "\uE010";
const anyOne = "\uE011";

/** The text that a pattern without wildcards stands for. */
export function literal(pattern: string): string {
  return pattern.replaceAll(/[\uE000-\uE002]/g, (c) => literals[c] ?? c);
}

const star = 42;
const question = 63;
const firstLiteral = 0xe000;
const anyRunCode = anyRun.charCodeAt(0);

/** `*` = any run of characters, `?` = exactly one; case counts. Linear backtracking, so no pattern can stall it. */
export function glob(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let open = -1;
  let resume = 0;
  while (t < text.length) {
    const c = pattern.charCodeAt(p);
    if (c === star) {
      open = p++;
      resume = t;
    } else if (p < pattern.length && fits(c, text.charCodeAt(t))) {
      p++;
      t++;
    } else if (open >= 0) {
      p = open + 1;
      t = ++resume;
    } else return false;
  }
  while (pattern.charCodeAt(p) === star) p++;
  return p === pattern.length;
}

function fits(pattern: number, character: number): boolean {
  if (pattern === question) return character !== anyRunCode;
  if (pattern === character)
    return pattern < firstLiteral || !(String.fromCharCode(pattern) in literals);
  return (
    pattern >= firstLiteral &&
    literals[String.fromCharCode(pattern)] === String.fromCharCode(character)
  );
}

/**
 * ARN patterns match segment by segment: a wildcard does not reach over one of the first five colons.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function matchesArn(pattern: string, arn: string): boolean {
  if (pattern === "*" || pattern === arn) return true;
  const parts = arnParts(pattern);
  const texts = arnParts(arn);
  if (!parts || !texts) return glob(pattern, arn);
  return parts.every((part, index) => glob(part, texts[index] ?? ""));
}

const split = new Map<string, readonly string[] | undefined>();
/** Texts whose parts are kept. */
const maxSplit = 20_000;

/** The six parts of an ARN, the last one with its colons; `undefined` when it is none. */
export function arnParts(arn: string): readonly string[] | undefined {
  const known = split.get(arn);
  if (known || split.has(arn)) return known;
  const parts = arn.split(":");
  const six = parts.length < 6 ? undefined : [...parts.slice(0, 5), parts.slice(5).join(":")];
  if (split.size < maxSplit) split.set(arn, six);
  return six;
}

/** `aws`, `aws-cn`, `aws-us-gov`: the part of AWS that an identity or a thing is in. */
export function partitionOf(arn: string): string {
  return arnParts(arn)?.[1] ?? "aws";
}

/** Every text that `inner` matches is matched by `outer`. */
export function covers(outer: string, inner: string): boolean {
  if (outer === inner || outer === "*") return true;
  return matchesArn(outer, inner.replaceAll("*", anyRun).replaceAll("?", anyOne));
}

/** Some text is matched by both patterns. */
export function overlaps(a: string, b: string): boolean {
  if (a === "*" || b === "*" || a === b) return true;
  const left = arnParts(a);
  const right = arnParts(b);
  if (!left || !right) return intersect(a, b);
  return left.every((part, index) => intersect(part, right[index] ?? ""));
}

/** Whether two globs have a text in common: dynamic programming over both, O(length x length). */
function intersect(a: string, b: string): boolean {
  // row[j]: the first i characters of `a` and the first j of `b` have a text in common.
  let row = [true, ...Array.from(b, (_, j) => stars(b, j + 1))];
  for (let i = 1; i <= a.length; i++) {
    const next = [stars(a, i)];
    for (let j = 1; j <= b.length; j++) next.push(meet(a[i - 1], b[j - 1], row, next, j));
    row = next;
  }
  return row[b.length] ?? false;
}

function stars(text: string, length: number): boolean {
  return /^\**$/.test(text.slice(0, length));
}

function meet(
  x: string | undefined,
  y: string | undefined,
  above: readonly boolean[],
  row: readonly boolean[],
  j: number,
): boolean {
  if (x === "*" || y === "*") return above[j] === true || row[j - 1] === true;
  return (x === y || x === "?" || y === "?") && above[j - 1] === true;
}

/** What a policy variable stands for: a text, absent (matches nothing), or not knowable. */
export type Resolved = { readonly text: string } | "absent" | "unknown";

/**
 * A pattern with its variables replaced; their values are literal, also where they hold a `*`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function substitute(pattern: string, lookup: (key: string) => Resolved): Resolved {
  if (!pattern.includes("${")) return { text: pattern };
  let worst: "absent" | "unknown" | undefined;
  const text = pattern.replaceAll(/\$\{([^}]*)\}/g, (_, name: string) => {
    if (name === "*" || name === "?" || name === "$") return escapes[name] ?? name;
    const [key = "", fallback] = name.split(",", 2);
    const found = lookup(key.trim().toLowerCase());
    if (typeof found === "object") return found.text.replaceAll(/[*?]/g, (c) => escapes[c] ?? c);
    const quoted = /^\s*'(.*)'\s*$/.exec(fallback ?? "")?.[1];
    if (found === "absent" && quoted !== undefined) return quoted;
    worst = worst === "absent" ? worst : found;
    return "";
  });
  return worst ?? { text };
}
