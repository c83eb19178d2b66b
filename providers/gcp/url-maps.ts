import { at, items, number, text, texts, type Node } from "../reader.ts";
import { pathOf } from "./links.ts";

/** A backend service that a front end may choose, and for which requests. */
export interface Choice {
  readonly service: string;
  /** Empty = any. */
  readonly hosts: readonly string[];
  readonly paths: readonly string[];
  /** What else a request must bring, for which the client can be made to. */
  readonly node: Node;
}

/** https://cloud.google.com/load-balancing/docs/url-map-concepts; redirects reach no backend. */
export function choicesOf(map: Node): Choice[] {
  const matchers = new Map(
    items(map, "pathMatchers").flatMap((node): [string, Node][] => {
      const name = text(node, "name");
      return name === undefined ? [] : [[name, node]];
    }),
  );
  const byHost = items(map, "hostRules").flatMap((rule) => {
    const hosts = texts(rule, "hosts").filter((host) => host !== "*");
    const matcher = matchers.get(text(rule, "pathMatcher") ?? "");
    const all = texts(rule, "hosts").includes("*");
    return matcher ? matcherChoices(matcher, all ? [] : hosts) : [];
  });
  // Host rules that take every host leave the map's own default nothing.
  const taken = items(map, "hostRules").some((rule) => texts(rule, "hosts").includes("*"));
  return merged([...byHost, ...(taken ? [] : servedBy(map, "default", [], []))]);
}

/** Route rules are asked in order; of path rules the longest path decides. */
function matcherChoices(matcher: Node, hosts: readonly string[]): Choice[] {
  const routes = items(matcher, "routeRules")
    .map((rule) => ({ rule, priority: number(rule, "priority") ?? 0 }))
    .toSorted((a, b) => a.priority - b.priority);
  const taken: string[] = [];
  const routed = routes.flatMap(({ rule }) => {
    const matches = items(rule, "matchRules");
    const paths = matches.map(pathOfMatch);
    const free = paths.filter((path) => !taken.some((prefix) => path.startsWith(prefix)));
    taken.push(...(matches.length === 0 ? ["/"] : matches.flatMap(takenBy)));
    if (matches.length > 0 && free.length === 0) return [];
    return servedBy(rule, "", hosts, free);
  });
  const rules = items(matcher, "pathRules");
  const byPath = rules.flatMap((rule) =>
    servedBy(rule, "", hosts, texts(rule, "paths").map(prefixOf)),
  );
  const all = taken.concat(rules.flatMap((rule) => texts(rule, "paths").map(takenPath)));
  return [
    ...routed,
    ...byPath,
    ...(all.includes("/") ? [] : servedBy(matcher, "default", hosts, [])),
  ];
}

/** `/` for conditions that any path may meet. */
function pathOfMatch(match: Node): string {
  return text(match, "fullPathMatch") ?? text(match, "prefixMatch") ?? "/";
}

/** Prefixes of which nothing is left to the rules that follow. */
function takenBy(match: Node): string[] {
  const prefix = text(match, "prefixMatch");
  const more = ["headerMatches", "queryParameterMatches"].some(
    (key) => items(match, key).length > 0,
  );
  return prefix === undefined || more ? [] : [prefix];
}

/** Only a path with a wildcard takes all that begins with it. */
function takenPath(path: string): string {
  return path.endsWith("/*") ? prefixOf(path) : "";
}

function prefixOf(path: string): string {
  return path.endsWith("/*") ? path.slice(0, -1) : path;
}

/** A rule forwards to its one service, or to several by weight. */
function servedBy(
  rule: Node,
  prefix: "" | "default",
  hosts: readonly string[],
  paths: readonly string[],
): Choice[] {
  const key = (name: string): string =>
    prefix === "" ? name : `default${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
  if (at(rule, key("urlRedirect"))) return [];
  const action = at(rule, key("routeAction"));
  if (action && aborts(action)) return [];
  const weighted = action ? items(action, "weightedBackendServices") : [];
  const services =
    weighted.length > 0
      ? weighted
          .filter((each) => (number(each, "weight") ?? 1) > 0)
          .map((each) => text(each, "backendService"))
      : [text(rule, key("service"))];
  const specific = paths.includes("/") ? [] : paths;
  return services.flatMap((service) =>
    service === undefined ? [] : [{ service: pathOf(service), hosts, paths: specific, node: rule }],
  );
}

/** Every request is answered with an error on purpose. */
function aborts(action: Node): boolean {
  const policy = at(action, "faultInjectionPolicy");
  const abort = policy && at(policy, "abort");
  return abort !== undefined && (number(abort, "percentage") ?? 0) >= 100;
}

/** One choice a service: that which takes everything makes the others' conditions moot. */
function merged(choices: readonly Choice[]): Choice[] {
  const out = new Map<string, Choice>();
  for (const choice of choices) {
    const known = out.get(choice.service);
    out.set(choice.service, known ? joined(known, choice) : choice);
  }
  return [...out.values()];
}

function both(left: readonly string[], right: readonly string[]): string[] {
  return left.length === 0 || right.length === 0 ? [] : [...new Set([...left, ...right])];
}

function joined(a: Choice, b: Choice): Choice {
  return { ...a, hosts: both(a.hosts, b.hosts), paths: both(a.paths, b.paths) };
}
