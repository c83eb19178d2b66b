import { expect, test } from "vitest";
import { choicesOf } from "../../../providers/gcp/url-maps.ts";
import type { JsonObject } from "../../../src/model/json.ts";
import { nodeOf } from "./node.ts";

const to = (name: string) => `projects/p1/global/backendServices/${name}`;
const [a, b] = [to("a"), to("b")];
const map = (matcher: JsonObject, hosts = ["x.b"], defaultService = a): JsonObject => ({
  defaultService,
  hostRules: [{ hosts, pathMatcher: "m" }],
  pathMatchers: [{ name: "m", ...matcher }],
});
/** `x.b` leads to one service whatever is asked, `y.b` by a matcher of its own. */
const twoHosts = (matcher: JsonObject): JsonObject => ({
  defaultService: a,
  hostRules: [
    { hosts: ["x.b"], pathMatcher: "m" },
    { hosts: ["y.b"], pathMatcher: "n" },
  ],
  pathMatchers: [
    { name: "m", defaultService: b },
    { name: "n", ...matcher },
  ],
});
const weigh = (...weights: readonly (number | undefined)[]): JsonObject => ({
  weightedBackendServices: weights.map((weight, i) => ({
    backendService: [a, b][i] ?? "",
    ...(weight !== undefined && { weight }),
  })),
});
const abort = (percentage?: number): JsonObject => ({
  ...weigh(1),
  faultInjectionPolicy: {
    abort: { httpStatus: 503, ...(percentage !== undefined && { percentage }) },
  },
});
const rule = (priority: number, service: string, ...matchRules: JsonObject[]): JsonObject => ({
  priority,
  service,
  matchRules,
});

type Told = readonly (readonly [service: string, hosts: string, paths: string])[];

test.each<[string, JsonObject, Told]>([
  ["the default takes everything", { defaultService: a }, [[a, "", ""]]],
  ["a default that redirects", { defaultUrlRedirect: {}, defaultService: a }, []],
  [
    "a host beside the default",
    map({ defaultService: b }),
    [
      [b, "x.b", ""],
      [a, "", ""],
    ],
  ],
  ["a host of the same service adds nothing", map({ defaultService: a }), [[a, "", ""]]],
  ["all hosts leave the default nothing", map({ defaultService: b }, ["*"]), [[b, "", ""]]],
  ["all hosts beside one of them", map({ defaultService: b }, ["x.b", "*"]), [[b, "", ""]]],
  ["a host without its matcher", { ...map({}), pathMatchers: [] }, [[a, "", ""]]],
  [
    "paths of a host, with and without what follows",
    map({ defaultService: a, pathRules: [{ paths: ["/mcp", "/v1/*"], service: b }] }),
    [
      [b, "x.b", "/mcp /v1/"],
      [a, "", ""],
    ],
  ],
  [
    "a path that redirects",
    map({
      defaultService: b,
      pathRules: [{ paths: ["/v1/*"], service: to("c"), urlRedirect: {} }],
    }),
    [
      [b, "x.b", ""],
      [a, "", ""],
    ],
  ],
  [
    "every path of a host leaves its default nothing",
    map({ defaultService: to("c"), pathRules: [{ paths: ["/*"], service: b }] }),
    [
      [b, "x.b", ""],
      [a, "", ""],
    ],
  ],
  [
    "the path / is not every path",
    map({ defaultService: to("c"), pathRules: [{ paths: ["/"], service: b }] }),
    [
      [b, "x.b", ""],
      [to("c"), "x.b", ""],
      [a, "", ""],
    ],
  ],
  [
    "hosts of two rules are joined",
    twoHosts({ defaultService: b }),
    [
      [b, "x.b y.b", ""],
      [a, "", ""],
    ],
  ],
  [
    "hosts of which one is asked for a path alone",
    twoHosts({ defaultService: a, pathRules: [{ paths: ["/p"], service: b }] }),
    [
      [b, "x.b y.b", ""],
      [a, "", ""],
    ],
  ],
  ["weights", { defaultRouteAction: weigh(1, 0) }, [[a, "", ""]]],
  [
    "a weight that is not told",
    { defaultRouteAction: weigh(undefined, 1) },
    [
      [a, "", ""],
      [b, "", ""],
    ],
  ],
  ["faults for all", { defaultRouteAction: abort(100) }, []],
  ["faults for most", { defaultRouteAction: abort(99.5) }, [[a, "", ""]]],
  ["faults for none", { defaultRouteAction: abort() }, [[a, "", ""]]],
  [
    "faults that only delay",
    { defaultRouteAction: { ...weigh(1), faultInjectionPolicy: { delay: { percentage: 100 } } } },
    [[a, "", ""]],
  ],
  [
    "routes in the order of their priority",
    map({
      defaultService: to("c"),
      routeRules: [rule(2, b, { prefixMatch: "/" }), rule(1, a, { prefixMatch: "/mcp" })],
    }),
    [
      [a, "", ""],
      [b, "x.b", ""],
    ],
  ],
  [
    "a route behind one that takes its path",
    map({
      defaultService: a,
      routeRules: [rule(1, a, { prefixMatch: "/" }), rule(2, b, { prefixMatch: "/mcp" })],
    }),
    [[a, "", ""]],
  ],
  [
    "a route of which one path is left",
    map({
      defaultService: a,
      routeRules: [
        rule(1, a, { prefixMatch: "/v1" }),
        rule(2, b, { prefixMatch: "/v1/x" }, { fullPathMatch: "/v2" }),
      ],
    }),
    [
      [a, "", ""],
      [b, "x.b", "/v2"],
    ],
  ],
  ...Object.entries<JsonObject>({
    headers: { headerMatches: [{ headerName: "x" }] },
    queries: { queryParameterMatches: [{ name: "x" }] },
  }).map(([some, match]): [string, JsonObject, Told] => [
    `a route for some ${some} leaves the path to others`,
    map({
      defaultService: a,
      routeRules: [rule(1, a, { prefixMatch: "/", ...match }), rule(2, b, { prefixMatch: "/mcp" })],
    }),
    [
      [a, "", ""],
      [b, "x.b", "/mcp"],
    ],
  ]),
  [
    "a route without conditions takes everything",
    map({
      defaultService: to("c"),
      routeRules: [rule(1, b), rule(2, to("d"), { prefixMatch: "/" })],
    }),
    [
      [b, "x.b", ""],
      [a, "", ""],
    ],
  ],
  [
    "a route by pattern may be of any path",
    map({ defaultService: a, routeRules: [rule(1, b, { regexMatch: "/a.*" })] }),
    [
      [b, "x.b", ""],
      [a, "", ""],
    ],
  ],
  ["a service that is not told", {}, []],
])("a URL map: %s", (_, value, expected) => {
  const line = ([service, hosts, paths]: Told[number]): string => `${service} ${hosts} ${paths}`;
  const told = choicesOf(nodeOf(value)).map(({ service, hosts, paths }) =>
    line([service, hosts.join(" "), paths.join(" ")]),
  );
  expect(new Set(told)).toEqual(new Set(expected.map(line)));
});
