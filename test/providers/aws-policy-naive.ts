import { BlockList } from "node:net";
import type { Json } from "../../src/model/json.ts";

/**
 * A second evaluator, written apart from the product: regular expressions over raw documents, every combination of
 * every value that the generated policies use. Slow and easy to check by eye.
 */
type Three = 0 | 0.5 | 1;
type Request = Readonly<Record<string, string | null>>;

export interface World {
  readonly known: Request;
  /** Keys that the caller sets, with every value it may set. */
  readonly chosen: Readonly<Record<string, readonly (string | null)[]>>;
}

interface RawStatement {
  Effect: string;
  Action?: string[];
  NotAction?: string[];
  Resource?: string[];
  NotResource?: string[];
  Condition?: Record<string, Record<string, string[]>>;
}

export function naive(
  identity: readonly Json[],
  limits: readonly Json[],
  action: string,
  resource: string,
  world: World,
): "yes" | "maybe" | "no" {
  let best = 0;
  const words = JSON.stringify([...identity, ...limits]).toLowerCase();
  for (const request of requests(world, words)) {
    const all = [...identity, ...limits].map((document) =>
      effects(document, action, resource, request),
    );
    const denied = Math.max(0, ...all.map(({ deny }) => deny));
    const allowed = Math.max(0, ...all.slice(0, identity.length).map(({ allow }) => allow));
    const admitted = all.slice(identity.length).map(({ allow }) => allow);
    best = Math.max(best, Math.min(1 - denied, allowed, ...admitted));
    if (best === 1) return "yes";
  }
  return best === 0.5 ? "maybe" : "no";
}

/** Keys that no document mentions cannot change the answer. */
function requests({ known, chosen }: World, words: string): Request[] {
  let list: Request[] = [known];
  for (const [key, values] of Object.entries(chosen)) {
    if (!words.includes(key)) continue;
    list = list.flatMap((request) =>
      values.map((value) => Object.assign({}, request, { [key]: value })),
    );
  }
  return list;
}

function effects(
  document: Json,
  action: string,
  resource: string,
  request: Request,
): { allow: number; deny: number } {
  const raw: { Version: string; Statement: RawStatement[] } = JSON.parse(JSON.stringify(document));
  const { Version, Statement } = raw;
  const out = { allow: 0, deny: 0 };
  for (const statement of Statement) {
    const hit = Math.min(
      actionHit(statement, action),
      resourceHit(statement, resource, Version, request),
      conditionHit(statement, Version, request),
    );
    if (statement.Effect === "Allow") out.allow = Math.max(out.allow, hit);
    else out.deny = Math.max(out.deny, hit);
  }
  return out;
}

function actionHit({ Action, NotAction }: RawStatement, action: string): number {
  if (NotAction) return NotAction.some((pattern) => regex(pattern, "i").test(action)) ? 0 : 1;
  return Action!.some((pattern) => regex(pattern, "i").test(action)) ? 1 : 0;
}

function resourceHit(
  { Resource, NotResource }: RawStatement,
  resource: string,
  version: string,
  request: Request,
): number {
  const hits = (Resource ?? NotResource)!.map((pattern): Three => {
    const filled = fill(pattern, version, request);
    if (filled === undefined) {
      return arnRegex(pattern.replaceAll(/\$\{[^}]+\}/g, "*")).test(resource) ? 0.5 : 0;
    }
    return filled !== null && arnRegex(filled).test(resource) ? 1 : 0;
  });
  const hit = Math.max(0, ...hits);
  return NotResource ? 1 - hit : hit;
}

/** `null` = a variable without a value, `undefined` = one that is not known. Values are wrapped to stay literal. */
function fill(pattern: string, version: string, request: Request): string | null | undefined {
  if (version !== "2012-10-17") return pattern;
  const key = /\$\{([^}]+)\}/.exec(pattern)?.[1]?.toLowerCase();
  if (key === undefined) return pattern;
  if (!(key in request)) return undefined;
  const value = request[key];
  return value === null || value === undefined ? null : pattern.replace(/\$\{[^}]+\}/, value);
}

function conditionHit({ Condition = {} }: RawStatement, version: string, request: Request): number {
  let hit = 1;
  for (const [name, keys] of Object.entries(Condition)) {
    for (const [key, values] of Object.entries(keys))
      hit = Math.min(hit, oneCondition(name, key.toLowerCase(), values, version, request));
  }
  return hit;
}

function oneCondition(
  name: string,
  key: string,
  values: string[],
  version: string,
  request: Request,
): number {
  if (!(key in request)) return 0.5;
  const value = request[key] ?? null;
  if (name === "Null") return values.some((one) => (one === "true") === (value === null)) ? 1 : 0;
  const operator = name.replace(/^For(AllValues|AnyValue):/, "").replace(/IfExists$/, "");
  const negated = operator.includes("Not");
  if (value === null) {
    if (name.endsWith("IfExists") || name.startsWith("ForAllValues")) return 1;
    return negated && !name.startsWith("ForAnyValue") ? 1 : 0;
  }
  const hits = values.map((one): number => {
    const filled = fill(one, version, request);
    if (filled === undefined) return 0.5;
    return filled !== null && compare(operator.replace("Not", ""), value, filled) ? 1 : 0;
  });
  const hit = Math.max(0, ...hits);
  return negated ? 1 - hit : hit;
}

function compare(operator: string, value: string, wanted: string): boolean {
  switch (operator) {
    case "StringEquals":
    case "BinaryEquals":
      return value === wanted;
    case "StringEqualsIgnoreCase":
    case "Bool":
      return value.toLowerCase() === wanted.toLowerCase();
    case "StringLike":
      return regex(wanted, "").test(value);
    case "ArnLike":
    case "ArnEquals":
      return arnRegex(wanted).test(value);
    case "IpAddress":
      return inside(value, wanted);
    default:
      return compareSizes(operator, value, wanted);
  }
}

function compareSizes(operator: string, value: string, wanted: string): boolean {
  const [, kind, order] = /^(Numeric|Date)(.*)$/.exec(operator) ?? [];
  const size = (text: string): number =>
    kind === "Date" && !/^\d+$/.test(text) ? Date.parse(text) / 1000 : Number(text);
  const difference = size(value) - size(wanted);
  const signs = signsOf[order ?? ""];
  if (!signs) throw new Error(`no ${operator} here`);
  return signs.includes(Math.sign(difference));
}

/** Signs of request minus policy that satisfy the operator. */
const signsOf: Readonly<Record<string, readonly number[]>> = {
  Equals: [0],
  LessThan: [-1],
  LessThanEquals: [-1, 0],
  GreaterThan: [1],
  GreaterThanEquals: [0, 1],
};

/** Node's own list of addresses, which the product does not use. */
function inside(address: string, prefix: string): boolean {
  const kind = (text: string) => (text.includes(":") ? "ipv6" : "ipv4");
  const [base = "", length] = prefix.split("/");
  if (kind(address) !== kind(base)) return false;
  const list = new BlockList();
  list.addSubnet(base, Number(length ?? (kind(base) === "ipv4" ? 32 : 128)), kind(base));
  return list.check(address, kind(address));
}

const compiled = new Map<string, RegExp>();

function regex(pattern: string, flags: string): RegExp {
  const key = `${flags} ${pattern}`;
  const found = compiled.get(key) ?? new RegExp(`^${source(pattern, ".*", ".")}$`, `s${flags}`);
  compiled.set(key, found);
  return found;
}

function arnRegex(pattern: string): RegExp {
  const key = `arn ${pattern}`;
  const known = compiled.get(key);
  if (known) return known;
  const parts = pattern.split(":");
  if (parts.length < 6) return regex(pattern, "");
  const head = parts.slice(0, 5).map((part) => source(part, "[^:]*", "[^:]"));
  const tail = source(parts.slice(5).join(":"), ".*", ".");
  const found = new RegExp(`^${head.join(":")}:${tail}$`, "s");
  compiled.set(key, found);
  return found;
}

function source(pattern: string, star: string, one: string): string {
  return pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll("*", star)
    .replaceAll("?", one);
}
