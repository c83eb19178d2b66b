import type { PermissionVerdict } from "../../../src/model/identity.ts";
import { parseAddress, parsePrefix } from "../../../src/net/address.ts";
import { every, not, some } from "../../../src/permissions/contract.ts";
import type { Condition, Value } from "./tree.ts";
import type { Actor, OciWorld } from "./world.ts";

/** One request as a condition sees it. */
export interface Request {
  /** Upper case; undefined = one that the table of types does not know. */
  readonly permission?: string | undefined;
  readonly operation?: string | undefined;
  /** Three-letter key. */
  readonly region?: string | undefined;
  /** Known facts of what is asked for, by lower case variable without `target.`. */
  readonly target?: Readonly<Record<string, string>> | undefined;
  /** What a test of an unknown fact of the target gives: `yes` asks whether some target passes, `no` whether all do. */
  readonly otherTargets: "yes" | "no";
}

type Compare = Extract<Condition, { kind: "compare" }>;

/**
 * Whether a request passes a condition. Values compare without case.
 *
 * @see https://docs.oracle.com/en-us/iaas/Content/Identity/policysyntax/conditions.htm
 */
export function holds(
  condition: Condition,
  request: Request,
  actor: Actor,
  world: OciWorld,
): PermissionVerdict {
  if (condition.kind === "compare") return test(condition, request, actor, world);
  if (condition.kind !== "any" && condition.kind !== "all") return "maybe";
  const parts = condition.of.map((part) => holds(part, request, actor, world));
  return condition.kind === "any" ? some(parts) : every(parts);
}

function test(
  condition: Compare,
  request: Request,
  actor: Actor,
  world: OciWorld,
): PermissionVerdict {
  const { variable, operator } = condition;
  if (operator === "before" || operator === "after") return testTime(condition, world);
  if (isVariable(condition.value)) return "maybe";
  const known = variable.startsWith("target.")
    ? request.target?.[variable.slice(7).replaceAll("-", "")]
    : undefined;
  if (variable.startsWith("target.") && known === undefined) return request.otherTargets;
  const equal =
    variable === "request.networksource.name"
      ? fromSource(condition.value, actor, world)
      : isEqual(known ?? factOf(variable, request, actor, world), condition.value);
  return operator === "=" ? equal : not(equal);
}

/** Null: the fact is known to be absent. Undefined: it is not known. */
function factOf(
  variable: string,
  request: Request,
  actor: Actor,
  world: OciWorld,
): string | null | undefined {
  if (variable.startsWith("request.utc-timestamp.")) return dateOf(variable, world.now);
  switch (variable) {
    case "request.permission":
      return request.permission;
    case "request.operation":
      return request.operation;
    case "request.region":
      return request.region;
    default:
      return actor.kind === "workload" ? factOfPrincipal(variable, actor) : undefined;
  }
}

function dateOf(variable: string, now: number): string | undefined {
  if (Number.isNaN(now)) return undefined;
  const when = new Date(now);
  const parts: Readonly<Record<string, string | undefined>> = {
    "day-of-week": days[when.getUTCDay()],
    "day-of-month": String(when.getUTCDate()),
    "month-of-year": String(when.getUTCMonth() + 1),
  };
  return parts[variable.replace("request.utc-timestamp.", "")];
}

const days = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

function factOfPrincipal(
  variable: string,
  { principal }: Extract<Actor, { kind: "workload" }>,
): string | null | undefined {
  if (variable === "request.principal.type") return principal.type;
  if (variable === "request.principal.id") return principal.id;
  if (variable === "request.principal.compartment.id") return principal.compartment ?? undefined;
  const tag = /^request\.principal\.tag\.(.+)$/.exec(variable)?.[1];
  return tag === undefined || principal.tags === null
    ? undefined
    : (principal.tags.get(tag) ?? null);
}

function isEqual(fact: string | null | undefined, value: Value): PermissionVerdict {
  if (fact === undefined) return "maybe";
  return fact !== null && fits(value, fact) ? "yes" : "no";
}

/** Without case, `*` in a pattern stands for any run of characters. */
export function fits(value: Value, text: string): boolean {
  if (value.kind !== "pattern") return value.text.toLowerCase() === text.toLowerCase();
  const [first = "", ...rest] = value.glob.toLowerCase().split("*");
  const lower = text.toLowerCase();
  const last = rest.pop();
  if (last === undefined) return lower === first;
  if (!lower.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = lower.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return lower.length - last.length >= at && lower.endsWith(last);
}

function isVariable(value: Value): boolean {
  return value.kind === "word" && /^(?:request|target)\./i.test(value.text);
}

function testTime({ variable, operator, value }: Compare, world: OciWorld): PermissionVerdict {
  const at = value.kind === "pattern" ? Number.NaN : Date.parse(value.text);
  if (variable !== "request.utc-timestamp" || Number.isNaN(at + world.now)) return "maybe";
  return (operator === "before" ? world.now < at : world.now > at) ? "yes" : "no";
}

/** Whether calls come from a network source that the value names. */
function fromSource(value: Value, actor: Actor, world: OciWorld): PermissionVerdict {
  const egress = actor.kind === "workload" ? actor.principal.egressIp : undefined;
  if (world.networkSources === null) return "maybe";
  const named = [...world.networkSources].filter(([name]) => fits(value, name));
  return some(named.map(([, ranges]) => (ranges === null ? "maybe" : within(ranges, egress))));
}

function within(ranges: readonly string[], egress: string | undefined): PermissionVerdict {
  const address = egress === undefined ? undefined : parseAddress(egress);
  if (!address) return ranges.length === 0 ? "no" : "maybe";
  return some(
    ranges.map((range) => {
      const prefix = parsePrefix(range);
      if (!prefix) return "maybe";
      const inside =
        prefix.family === address.family &&
        prefix.from <= address.value &&
        address.value < prefix.end;
      return inside ? "yes" : "no";
    }),
  );
}
