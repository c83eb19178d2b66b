import type { Cel } from "./cel-parser.ts";

/** A value that facts do not decide, with the attributes that it hangs on. */
export interface Undecided {
  readonly undecided: readonly string[];
}

/** An instant, ms since 1970. */
export interface CelTime {
  readonly time: number;
}

export type CelValue = string | number | boolean | null | CelTime | Undecided | readonly CelValue[];

/** What a request carries. */
export interface CelFacts {
  /** `request.time`, `resource.name`; undecided where it is not known. */
  attribute(path: string): CelValue;
  /** Functions of IAM's own: `resource.matchTag`, `api.getAttribute`. */
  call(path: string, args: readonly CelValue[]): CelValue;
}

/** What a tree says of a request. `&&` and `||` decide from one side where it is enough. */
export function evaluateCel(tree: Cel, facts: CelFacts): CelValue {
  switch (tree.kind) {
    case "literal":
      return tree.value;
    case "list":
      return tree.items.map((item) => evaluateCel(item, facts));
    case "name":
    case "member":
      return attributeOf(tree, facts);
    case "index":
      return undecided("an index");
    case "unary":
      return negate(tree.mark, evaluateCel(tree.of, facts));
    case "choice":
      return choose(tree, facts);
    case "binary":
      return combine(tree.mark, evaluateCel(tree.left, facts), evaluateCel(tree.right, facts));
    case "call":
    default:
      return callOf(tree, facts);
  }
}

export function undecided(...reasons: readonly string[]): Undecided {
  return { undecided: reasons };
}

export function isUndecided(value: CelValue): value is Undecided {
  return typeof value === "object" && value !== null && "undecided" in value;
}

export function isList(value: CelValue): value is readonly CelValue[] {
  return Array.isArray(value);
}

function pathOf(tree: Cel): string | undefined {
  if (tree.kind === "name") return tree.name;
  if (tree.kind !== "member") return undefined;
  const of = pathOf(tree.of);
  return of === undefined ? undefined : `${of}.${tree.name}`;
}

function attributeOf(tree: Cel, facts: CelFacts): CelValue {
  const path = pathOf(tree);
  return path === undefined ? undecided("a field of a value") : facts.attribute(path);
}

function negate(mark: string, value: CelValue): CelValue {
  if (isUndecided(value)) return value;
  if (mark === "!" && typeof value === "boolean") return !value;
  if (mark === "-" && typeof value === "number") return -value;
  return undecided(`${mark} of what it does not apply to`);
}

function choose(
  { test, yes, no }: { readonly test: Cel; readonly yes: Cel; readonly no: Cel },
  facts: CelFacts,
): CelValue {
  const value = evaluateCel(test, facts);
  if (typeof value === "boolean") return evaluateCel(value ? yes : no, facts);
  const both = [evaluateCel(yes, facts), evaluateCel(no, facts)];
  if (typeof both[0] === "boolean" && both[0] === both[1]) return both[0];
  return isUndecided(value) ? value : undecided("a choice");
}

function combine(mark: string, left: CelValue, right: CelValue): CelValue {
  if (mark === "&&" || mark === "||") return logical(mark === "||", left, right);
  const open = [left, right].filter(isUndecided).flatMap((value) => value.undecided);
  if (open.length > 0) return { undecided: open };
  if (mark === "in") return contained(left, right);
  if (mark === "==" || mark === "!=") {
    const equal = same(left, right);
    return isUndecided(equal) ? equal : equal === (mark === "==");
  }
  return order(mark, left, right);
}

/** `deciding` on either side is the answer, whatever the other side is. */
function logical(deciding: boolean, left: CelValue, right: CelValue): CelValue {
  if (left === deciding || right === deciding) return deciding;
  if (typeof left === "boolean" && typeof right === "boolean") return !deciding;
  const open = [left, right].filter(isUndecided).flatMap((value) => value.undecided);
  return { undecided: open.length > 0 ? open : ["an operand that is no truth value"] };
}

function contained(one: CelValue, list: CelValue): CelValue {
  if (!isList(list)) return undecided("in of what is no list");
  const found = list.map((item) => (isUndecided(item) ? item : same(one, item)));
  if (found.includes(true)) return true;
  return found.find(isUndecided) ?? false;
}

function same(left: CelValue, right: CelValue): boolean | Undecided {
  if (isTime(left) && isTime(right)) return left.time === right.time;
  if (isScalar(left) && isScalar(right)) return left === right;
  return undecided("a comparison of lists");
}

function order(mark: string, left: CelValue, right: CelValue): CelValue {
  const a = comparable(left);
  const b = comparable(right);
  if (a === undefined || b === undefined || typeof a !== typeof b || isTime(left) !== isTime(right))
    return undecided(`${mark} of these values`);
  const compare = Object.hasOwn(comparisons, mark) ? comparisons[mark] : undefined;
  return compare ? compare(a, b) : undecided(`arithmetic with ${mark}`);
}

type Comparable = string | number;

const comparisons: Readonly<Record<string, (a: Comparable, b: Comparable) => boolean>> = {
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
};

function comparable(value: CelValue): Comparable | undefined {
  if (isTime(value)) return value.time;
  return typeof value === "string" || typeof value === "number" ? value : undefined;
}

function isTime(value: CelValue): value is CelTime {
  return typeof value === "object" && value !== null && "time" in value;
}

function isScalar(value: CelValue): value is string | number | boolean | null {
  return value === null || typeof value !== "object";
}

/** RFC 3339, as the timestamp() of CEL wants it. */
const timestamp = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/i;

function callOf(
  { name, of, args }: { readonly name: string; readonly of?: Cel; readonly args: readonly Cel[] },
  facts: CelFacts,
): CelValue {
  const values = args.map((arg) => evaluateCel(arg, facts));
  const open = values.find(isUndecided);
  if (open) return open;
  if (!of) return functionOf(name, values);
  const path = pathOf(of);
  if (path === "resource" || path === "api") return facts.call(`${path}.${name}`, values);
  return methodOf(name, evaluateCel(of, facts), values);
}

function functionOf(name: string, [value]: readonly CelValue[]): CelValue {
  if (name !== "timestamp" || typeof value !== "string") return undecided(`${name}()`);
  const time = timestamp.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(time) ? undecided(`the timestamp ${value}`) : { time };
}

const textMethods: Readonly<Record<string, (text: string, part: string) => CelValue>> = {
  startsWith: (text, part) => text.startsWith(part),
  endsWith: (text, part) => text.endsWith(part),
  contains: (text, part) => text.includes(part),
  extract: extracted,
};

function methodOf(name: string, self: CelValue, [value]: readonly CelValue[]): CelValue {
  if (isUndecided(self)) return self;
  const method = Object.hasOwn(textMethods, name) ? textMethods[name] : undefined;
  if (method && typeof self === "string" && typeof value === "string") return method(self, value);
  if (name === "hasOnly" && isList(self) && value !== undefined && isList(value)) {
    return self.every((item) => value.includes(item));
  }
  return undecided(`${name}()`);
}

/** https://cloud.google.com/iam/docs/conditions-attribute-reference#extract */
function extracted(text: string, template: string): CelValue {
  const [, before, after] = /^([^{}]*)\{\w+\}([^{}]*)$/s.exec(template) ?? [];
  if (before === undefined || after === undefined) return undecided(`the template ${template}`);
  const start = text.indexOf(before);
  if (start === -1) return "";
  const rest = text.slice(start + before.length);
  const end = after === "" ? rest.length : rest.indexOf(after);
  return end === -1 ? "" : rest.slice(0, end);
}
