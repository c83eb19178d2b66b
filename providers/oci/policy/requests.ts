import type { PermissionVerdict } from "../../../src/model/identity.ts";
import { every, some } from "../../../src/permissions/contract.ts";
import { holds, type Request } from "./conditions.ts";
import { rank, type Right } from "./verbs.ts";
import type { Condition } from "./tree.ts";
import type { Actor, OciWorld } from "./world.ts";

/** API operations behind the ways to more rights; conditions may let single ones through. */
export const knownOperations = [
  "CreatePolicy",
  "UpdatePolicy",
  "UpdateDynamicGroup",
  "AddUserToGroup",
  "UploadApiKey",
  "CreateInstanceAgentCommand",
  "LaunchInstance",
] as const;
export type KnownOperation = (typeof knownOperations)[number];

/** Stands for every operation that no condition names. */
const unnamed = "AnyOtherOperation";

/** What a condition lets through of the operations: those that only read, some, or all. */
export interface Passage {
  readonly verdict: PermissionVerdict;
  /** Every operation passes. */
  readonly whole: boolean;
}

/** The best verdict for a right over every operation and region that the caller can choose. */
function passageOf(
  condition: Condition | undefined,
  right: Right,
  actor: Actor,
  world: OciWorld,
): Passage {
  if (!condition) return { verdict: "yes", whole: true };
  const reads = rank(right.verb) <= rank("read");
  const operations = operationsOf(condition);
  const verdicts = operations.map((operation) => {
    const usable = operation === undefined || reads || !isReading(operation);
    return usable ? inSomeRegion(condition, { ...base(right), operation }, actor, world) : "no";
  });
  const whole = operations.every(
    (operation, index) =>
      operation === undefined || isReading(operation) || verdicts[index] !== "no",
  );
  return { verdict: some(verdicts), whole };
}

/** The same for many rights: a condition that names no permission tells only reading ones from the others. */
export function passageFor(
  condition: Condition | undefined,
  actor: Actor,
  world: OciWorld,
): (right: Right) => Passage {
  const known = new Map<string, Passage>();
  const single = condition !== undefined && mentions(condition, "request.permission");
  return (right) => {
    const reads = rank(right.verb) <= rank("read");
    const key = `${reads} ${single ? (right.permission ?? "") : ""}`;
    const passage = known.get(key) ?? passageOf(condition, right, actor, world);
    known.set(key, passage);
    return passage;
  };
}

/** Whether one operation passes with a permission, on a known target. */
export function passes(
  condition: Condition | undefined,
  request: {
    readonly permission: string;
    /** Undefined = any that the condition lets through. */
    readonly operation?: KnownOperation;
    readonly target?: Readonly<Record<string, string>> | undefined;
  },
  actor: Actor,
  world: OciWorld,
): PermissionVerdict {
  if (!condition) return "yes";
  const operations =
    request.operation === undefined ? operationsOf(condition) : [request.operation];
  return some(
    operations.map((operation) =>
      inSomeRegion(condition, { ...request, operation, otherTargets: "yes" }, actor, world),
    ),
  );
}

/** Whether a right passes whatever the operation, the region and the target are. */
export function alwaysPasses(
  condition: Condition | undefined,
  right: Right,
  actor: Actor,
  world: OciWorld,
): PermissionVerdict {
  if (!condition) return "yes";
  return every(
    operationsOf(condition).flatMap((operation) =>
      regionsOf(condition, world).map((region) =>
        holds(
          condition,
          { permission: right.permission, operation, region, otherTargets: "no" },
          actor,
          world,
        ),
      ),
    ),
  );
}

/** Whether a condition speaks of what is asked for. */
export function narrowsTargets(condition: Condition | undefined): boolean {
  return condition !== undefined && mentions(condition, "target.");
}

function base(right: Right): Request {
  return { permission: right.permission, otherTargets: "yes" };
}

function inSomeRegion(
  condition: Condition,
  request: Request,
  actor: Actor,
  world: OciWorld,
): PermissionVerdict {
  return some(
    regionsOf(condition, world).map((region) =>
      holds(condition, { ...request, region }, actor, world),
    ),
  );
}

function regionsOf(condition: Condition, world: OciWorld): readonly (string | undefined)[] {
  return mentions(condition, "request.region")
    ? (world.subscribedRegions ?? [undefined])
    : [undefined];
}

/** Every operation that a condition can tell apart; patterns are tried with a name that fits them. */
function operationsOf(condition: Condition): readonly (string | undefined)[] {
  if (!mentions(condition, "request.operation")) return [undefined];
  return [...new Set([...namedIn(condition), ...knownOperations, unnamed])];
}

function namedIn(condition: Condition): string[] {
  if (condition.kind === "any" || condition.kind === "all") return condition.of.flatMap(namedIn);
  if (condition.kind !== "compare" || condition.variable !== "request.operation") return [];
  const { value } = condition;
  return [value.kind === "pattern" ? value.glob.replaceAll("*", "Any") : value.text];
}

function isReading(operation: string): boolean {
  return /^(?:list|get|head)/i.test(operation);
}

function mentions(condition: Condition, start: string): boolean {
  if (condition.kind === "any" || condition.kind === "all") {
    return condition.of.some((part) => mentions(part, start));
  }
  return "variable" in condition && condition.variable.startsWith(start);
}
