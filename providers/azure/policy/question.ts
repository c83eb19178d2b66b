import type { Permission } from "./bodies.ts";
import { matches } from "./pattern.ts";

type Plane = "control" | "data";

/** Facts of a request under `@Request[...]` and the like, keys in lower case as `request:name`. */
export type Facts = Readonly<Record<string, string | null>>;

/** `data:` before an operation asks the data plane; operations of the two planes are apart. */
export const dataPrefix = "data:";

export interface Question {
  readonly operation: string;
  readonly plane: Plane;
  readonly target: string;
  readonly facts: Facts;
}

export function questionOf(action: string, target: string, facts: Facts): Question {
  const plane: Plane = action.startsWith(dataPrefix) ? "data" : "control";
  const operation = plane === "data" ? action.slice(dataPrefix.length) : action;
  return { operation, plane, target, facts };
}

/** A block speaks of the operation in the plane that is asked. */
export function mentions(permission: Permission, { operation, plane }: Question): boolean {
  const [given, taken] =
    plane === "data"
      ? [permission.dataActions, permission.notDataActions]
      : [permission.actions, permission.notActions];
  return (
    given.some((pattern) => speaksOf(pattern, operation)) &&
    !taken.some((pattern) => speaksOf(pattern, operation))
  );
}

const assignOperation = "microsoft.managedidentity/userassignedidentities/assign/action";
const assignWithin = "microsoft.managedidentity/userassignedidentities/*/assign/action";

/** The role Managed Identity Operator writes the operation with a name in the middle. */
function speaksOf(pattern: string, operation: string): boolean {
  return (
    matches(pattern, operation) ||
    (operation.toLowerCase() === assignOperation && pattern.toLowerCase() === assignWithin)
  );
}
