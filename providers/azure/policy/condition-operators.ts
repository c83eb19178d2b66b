type Compare = (left: string, right: string) => boolean | undefined;

const text: Readonly<Record<string, Compare>> = {
  equals: (left, right) => left === right,
  equalsignorecase: (left, right) => lower(left) === lower(right),
  like: like(false),
  likeignorecase: like(true),
  startswith: (left, right) => left.startsWith(right),
  startswithignorecase: (left, right) => lower(left).startsWith(lower(right)),
};
const order: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  equals: (left, right) => left === right,
  lessthan: (left, right) => left < right,
  lessthanequals: (left, right) => left <= right,
  greaterthan: (left, right) => left > right,
  greaterthanequals: (left, right) => left >= right,
};

/**
 * Lower-case operators with what they decide of one value on each side; `undefined` = a value is not of the type.
 * https://learn.microsoft.com/azure/role-based-access-control/conditions-format#string-comparison-operators
 */
export const operators: ReadonlyMap<string, Compare> = new Map([
  ...Object.entries(text).flatMap(([name, compare]): [string, Compare][] => [
    [`string${name}`, compare],
    [`stringnot${name}`, negate(compare)],
  ]),
  ...numeric("numeric", Number),
  ...numeric("datetime", Date.parse),
  ["guidequals", (left, right) => sameGuid(left, right)],
  ["guidnotequals", (left, right) => !sameGuid(left, right)],
  ["boolequals", (left, right) => lower(left) === lower(right)],
  ["boolnotequals", (left, right) => lower(left) !== lower(right)],
]);

function numeric(prefix: string, read: (value: string) => number): [string, Compare][] {
  const compared =
    (decide: (left: number, right: number) => boolean): Compare =>
    (left, right) => {
      const [a, b] = [read(left), read(right)];
      return Number.isNaN(a) || Number.isNaN(b) ? undefined : decide(a, b);
    };
  return [
    ...Object.entries(order).map(([name, decide]): [string, Compare] => [
      `${prefix}${name}`,
      compared(decide),
    ]),
    [`${prefix}notequals`, compared((left, right) => left !== right)],
  ];
}

function negate(compare: Compare): Compare {
  return (left, right) => {
    const result = compare(left, right);
    return result === undefined ? undefined : !result;
  };
}

/** `*` any text, `?` one character, and each of them itself behind a backslash. */
function like(ignoreCase: boolean): Compare {
  return (left, right) => {
    const source = right.replaceAll(/\\[*?]|[.+^${}()|[\]\\]|[*?]/g, (found) =>
      found === "*" ? "[\\s\\S]*" : found === "?" ? "[\\s\\S]" : `\\${found.at(-1) ?? ""}`,
    );
    return new RegExp(`^${source}$`, ignoreCase ? "i" : "").test(left);
  };
}

/** Definitions of Microsoft's own write ids without dashes as well. */
function sameGuid(left: string, right: string): boolean {
  return lower(left).replaceAll("-", "") === lower(right).replaceAll("-", "");
}

function lower(value: string): string {
  return value.toLowerCase();
}
