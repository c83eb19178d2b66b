import type { IpFamily } from "../../src/model/exposure.ts";
import { clientSpace } from "../../src/net/client-space.ts";
import {
  contains,
  emptySet,
  intersect,
  isEmpty,
  parseSet,
  subtract,
  toCidrs,
  type PrefixSet,
} from "../../src/net/prefix-set.ts";
import { at, items, text, type Node } from "../reader.ts";
import { conditionValues, type ListenerRule } from "./listeners.ts";

/** A rule with the clients that get as far as it. */
export interface ReachedRule {
  readonly rule: ListenerRule;
  readonly clients: PrefixSet;
}

/**
 * Rules in order of priority, each with the clients that it may serve: those its source condition admits, less those whose
 * every such request an earlier rule takes.
 */
export function reached(rules: readonly ListenerRule[], family: IpFamily): ReachedRule[] {
  return rules.flatMap((rule, i): ReachedRule[] => {
    const clients = rules
      .slice(0, i)
      .filter((earlier) => covers(earlier, rule))
      .reduce(
        (left, earlier) => subtract(left, sourcesOf(earlier, family)),
        sourcesOf(rule, family),
      );
    return isEmpty(clients) ? [] : [{ rule, clients }];
  });
}

/** The clients as CIDRs, unless they are all. */
export function narrowed(clients: PrefixSet): string[] | undefined {
  return contains(clients, clientSpace("aws", clients.family)) ? undefined : toCidrs(clients);
}

function sourcesOf({ conditions }: ListenerRule, family: IpFamily): PrefixSet {
  return conditions
    .filter((condition) => text(condition, "Field") === "source-ip")
    .reduce(
      (set, condition) => intersect(set, sourceSet(condition, family) ?? set),
      clientSpace("aws", family),
    );
}

/** Network balancers tell clients apart by family, application balancers by address. */
function sourceSet(condition: Node, family: IpFamily): PrefixSet | undefined {
  const config = at(condition, "SourceIpConfig");
  const type = config && text(config, "IpAddressType");
  if (type !== undefined) return type === family ? clientSpace("aws", family) : emptySet(family);
  return parseSet(family, conditionValues([condition], "source-ip", "SourceIpConfig"));
}

/** Whether every request that fits the later rule fits the earlier one, as far as its clients go. */
function covers(earlier: ListenerRule, later: ListenerRule): boolean {
  return earlier.conditions.every(
    (condition) =>
      text(condition, "Field") === "source-ip" ||
      fitsAll(condition) ||
      later.conditions.some((narrower) => implies(narrower, condition)),
  );
}

const configs: Readonly<Record<string, string>> = {
  "host-header": "HostHeaderConfig",
  "path-pattern": "PathPatternConfig",
  "http-request-method": "HttpRequestMethodConfig",
};

function fitsAll(condition: Node): boolean {
  const field = text(condition, "Field") ?? "";
  const own = conditionValues([condition], field, configs[field] ?? "");
  return (
    (field === "host-header" && own.includes("*")) ||
    (field === "path-pattern" && (own.includes("*") || own.includes("/*")))
  );
}

/** The same condition, or one with fewer of its values. */
function implies(narrower: Node, wider: Node): boolean {
  const field = text(wider, "Field") ?? "";
  const config = configs[field];
  if (text(narrower, "Field") !== field) return false;
  if (JSON.stringify(narrower.value) === JSON.stringify(wider.value)) return true;
  if (config === undefined) return false;
  const [few, many] = [narrower, wider].map((each) => conditionValues([each], field, config));
  const own = field === "host-header" ? (value: string) => value.toLowerCase() : String;
  return (
    few !== undefined &&
    few.length > 0 &&
    few.every((value) => many?.some((pattern) => takesAll(own(pattern), own(value)))) &&
    plain(narrower, config)
  );
}

/**
 * Whether whatever fits the narrower pattern fits the wider one: a `*` of the wider takes anything, wildcards too, and its
 * `?` one character or another `?`.
 */
export function takesAll(wider: string, narrower: string): boolean {
  const source = wider
    .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll("*", ".*")
    .replaceAll("?", "[^*]");
  return new RegExp(`^${source}$`, "s").test(narrower);
}

/** Regular expressions stand beside the values and would widen them. */
function plain(condition: Node, config: string): boolean {
  const inner = at(condition, config);
  return !inner || items(inner, "RegexValues").length === 0;
}
