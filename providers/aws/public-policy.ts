import { ipFamilies, type IpFamily } from "../../src/model/exposure.ts";
import type { Json, JsonObject } from "../../src/model/json.ts";
import {
  emptySet,
  everyAddress,
  intersect,
  parseSet,
  subtract,
  union,
  type PrefixSet,
} from "../../src/net/prefix-set.ts";
import { isObject } from "../reader.ts";

/** A request that nobody signed, or that a service makes for whoever asks it. */
export interface Anonymous {
  readonly action: string;
  /** `*` for anyone; a service principal for a service. */
  readonly principal: string;
  /** Condition keys that the request has, in lower case. */
  readonly keys: Readonly<Record<string, string>>;
  /** Whether a statement speaks about the resource; by default every one does. */
  readonly covers?: (pattern: string, effect: "Allow" | "Deny") => boolean;
}

/** Clients that a resource policy lets pass: surely, and at most. */
export interface Admitted {
  readonly least: Readonly<Record<IpFamily, PrefixSet>>;
  readonly most: Readonly<Record<IpFamily, PrefixSet>>;
}

interface Reach {
  readonly least: PrefixSet;
  readonly most: PrefixSet;
}

/** Undefined when the text is no policy. */
export function parsePolicy(document: string | undefined): JsonObject | undefined {
  for (const each of [
    document ?? "",
    (document ?? "").replaceAll('\\"', '"').replaceAll("\\/", "/"),
  ]) {
    try {
      const body: Json = JSON.parse(each);
      if (isObject(body)) return body;
    } catch {
      // Some APIs escape the document once more.
    }
  }
  return undefined;
}

/** A policy as it bears on signed callers, each of whom may have an allow of its own: only a deny closes. */
export function forSigned(policy: JsonObject): JsonObject {
  const allowed = { Effect: "Allow", Principal: "*", Action: "*" } as const;
  return { ...policy, Statement: [...many(policy["Statement"]), allowed] };
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html */
export function admitted(policy: JsonObject, request: Anonymous): Admitted {
  const statements = many(policy["Statement"]).filter(isObject);
  const of = (family: IpFamily, effect: "Allow" | "Deny"): Reach =>
    statements
      .filter((each) => each["Effect"] === effect)
      .map((each) => reachOf(each, effect, request, family))
      .reduce(either, { least: emptySet(family), most: emptySet(family) });
  const answers = ipFamilies.map((family) => {
    const [allow, deny] = [of(family, "Allow"), of(family, "Deny")];
    return {
      least: subtract(allow.least, deny.most),
      most: subtract(allow.most, deny.least),
    };
  });
  const [v4, v6] = answers;
  const none = { ipv4: emptySet("ipv4"), ipv6: emptySet("ipv6") };
  return {
    least: { ipv4: v4?.least ?? none.ipv4, ipv6: v6?.least ?? none.ipv6 },
    most: { ipv4: v4?.most ?? none.ipv4, ipv6: v6?.most ?? none.ipv6 },
  };
}

function either(a: Reach, b: Reach): Reach {
  return { least: union(a.least, b.least), most: union(a.most, b.most) };
}

function both(a: Reach, b: Reach): Reach {
  return { least: intersect(a.least, b.least), most: intersect(a.most, b.most) };
}

function reachOf(
  statement: JsonObject,
  effect: "Allow" | "Deny",
  request: Anonymous,
  family: IpFamily,
): Reach {
  const nobody = { least: emptySet(family), most: emptySet(family) };
  const anyone = { least: everyAddress(family), most: everyAddress(family) };
  const maybe = { least: emptySet(family), most: everyAddress(family) };
  if (!actionFits(statement, request.action) || !resourceFits(statement, effect, request))
    return nobody;
  const who = principalFits(statement, request.principal);
  if (who === "no") return nobody;
  const conditions = statement["Condition"];
  const tests = isObject(conditions)
    ? Object.entries(conditions).flatMap(([operator, keys]) =>
        isObject(keys ?? null)
          ? Object.entries(isObject(keys) ? keys : {}).map(([key, values]) =>
              conditionOf(operator, key, words(values), request, family),
            )
          : [maybe],
      )
    : [];
  return [who === "yes" ? anyone : maybe, ...tests].reduce(both, anyone);
}

function actionFits(statement: JsonObject, action: string): boolean {
  const not = words(statement["NotAction"]);
  if (not.length > 0) return !not.some((pattern) => fits(pattern, action));
  return words(statement["Action"]).some((pattern) => fits(pattern, action));
}

function resourceFits(
  statement: JsonObject,
  effect: "Allow" | "Deny",
  request: Anonymous,
): boolean {
  const { covers } = request;
  const patterns = words(statement["Resource"]);
  return !covers || patterns.length === 0 || patterns.some((pattern) => covers(pattern, effect));
}

function principalFits(statement: JsonObject, principal: string): "yes" | "no" | "maybe" {
  if (statement["NotPrincipal"] !== undefined) return "maybe";
  const who = statement["Principal"];
  if (who === "*") return "yes";
  if (!isObject(who)) return "no";
  const named =
    principal === "*" ? words(who["AWS"]) : [...words(who["AWS"]), ...words(who["Service"])];
  return named.includes("*") || named.includes(principal) ? "yes" : "no";
}

/** Keys that only a signed request, another service or an endpoint of a VPC brings along. */
const absentKeys =
  /^aws:(?:principal|sourcearn|sourceaccount|sourceorg|sourcevpc|vpcsourceip|sourceownership|userid|username|federatedprovider|tokenissuetime|multifactorauth|calledvia|viaawsservice|ec2|sourceidentity|sourceinstance)/;

function conditionOf(
  operator: string,
  name: string,
  values: readonly string[],
  request: Anonymous,
  family: IpFamily,
): Reach {
  const state = (holds: boolean): Reach => {
    const set = holds ? everyAddress(family) : emptySet(family);
    return { least: set, most: set };
  };
  const unknown = { least: emptySet(family), most: everyAddress(family) };
  const key = name.toLowerCase();
  const [, prefix = "", base = "", optional = ""] =
    /^(ForAnyValue:|ForAllValues:)?(\w+?)(IfExists)?$/.exec(operator) ?? [];
  if (key === "aws:sourceip") return sourceIp(base, values, family) ?? unknown;
  const value = Object.hasOwn(request.keys, key) ? request.keys[key] : undefined;
  const holds =
    value === undefined
      ? withoutKey(key, base, optional !== "" || prefix === "ForAllValues:", values)
      : withKey(value, base, values);
  return holds === undefined ? unknown : state(holds);
}

/** Undefined = the request may have the key. */
function withoutKey(
  key: string,
  base: string,
  lenient: boolean,
  values: readonly string[],
): boolean | undefined {
  if (!absentKeys.test(key)) return undefined;
  return base === "Null" ? values.includes("true") : lenient || /Not/.test(base);
}

function withKey(value: string, base: string, values: readonly string[]): boolean | undefined {
  return base === "Null" ? values.includes("false") : operators[base]?.(value, values);
}

type Test = (value: string, values: readonly string[]) => boolean;

const equals: Test = (value, values) => values.includes(value);
const alike: Test = (value, values) => values.some((pattern) => fits(pattern, value));
const not =
  (test: Test): Test =>
  (value, values) =>
    !test(value, values);

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const operators: Readonly<Record<string, Test>> = {
  StringEquals: equals,
  StringNotEquals: not(equals),
  StringEqualsIgnoreCase: (value, values) =>
    values.some((each) => each.toLowerCase() === value.toLowerCase()),
  StringLike: alike,
  StringNotLike: not(alike),
  ArnEquals: alike,
  ArnLike: alike,
  ArnNotEquals: not(alike),
  ArnNotLike: not(alike),
  Bool: (value, values) => values.some((each) => each.toLowerCase() === value),
};

function sourceIp(base: string, values: readonly string[], family: IpFamily): Reach | undefined {
  const set = parseSet(family, values);
  if (!set) return undefined;
  if (base === "IpAddress") return { least: set, most: set };
  if (base !== "NotIpAddress") return undefined;
  const rest = subtract(everyAddress(family), set);
  return { least: rest, most: rest };
}

/** `*` and `?` stand for any characters; actions compare without regard to case. */
export function fits(pattern: string, word: string): boolean {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "is").test(word);
}

function many(value: Json | undefined): readonly Json[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

function words(value: Json | undefined): string[] {
  return many(value).flatMap((each) =>
    typeof each === "string" ? [each] : typeof each === "boolean" ? [String(each)] : [],
  );
}
