const compiled = new Map<string, RegExp>();
/** Distinct patterns that are kept compiled; the built-in roles have about 5,000. */
const maxCompiled = 20_000;

/**
 * Operation strings compare without case, and `*` stands for any text, slashes included.
 * https://learn.microsoft.com/azure/role-based-access-control/role-definitions#actions-format
 */
export function matches(pattern: string, operation: string): boolean {
  if (pattern === "*") return true;
  const known = compiled.get(pattern) ?? compile(pattern);
  if (compiled.size < maxCompiled) compiled.set(pattern, known);
  return known.test(operation);
}

function compile(pattern: string): RegExp {
  const parts = pattern.split("*").map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join("[\\s\\S]*")}$`, "i");
}
