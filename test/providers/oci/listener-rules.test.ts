import { describe, expect, test } from "vitest";
import { clientsOf, redirectsAll, routesOf } from "../../../providers/oci/listener-rules.ts";
import type { Node } from "../../../providers/reader.ts";
import type { Json } from "../../../src/model/json.ts";

const nodeOf = (value: Json): Node => ({
  value,
  pointer: "",
  page: { call: "c", region: "r", params: {}, page: 0, at: "", sha256: "", body: value },
});
const routes = (listener: Json, balancer: Json) => routesOf(nodeOf(listener), nodeOf(balancer));
const names = { hostnames: { h: { name: "h", hostname: "mcp.example.com" } } };
const policy = (...rules: (readonly [string, string])[]) => ({
  routingPolicies: {
    p: {
      rules: rules.map(([condition, set]) => ({ condition, actions: [{ backendSetName: set }] })),
    },
  },
});
const byPolicy = { routingPolicyName: "p", defaultBackendSetName: "rest" };
const rest = { set: "rest", hosts: [], paths: [] };
const everything = "any(http.request.url.path sw (i '/'))";

describe("where a listener leads", () => {
  test.each<[string, Json, Json, Json]>([
    [
      "names that the balancer knows narrow the default set",
      { hostnameNames: ["h", "gone"], defaultBackendSetName: "rest" },
      names,
      [{ set: "rest", hosts: ["mcp.example.com"], paths: [] }],
    ],
    [
      "paths lead apart, and the rest to the default set",
      { pathRouteSetName: "s", defaultBackendSetName: "rest" },
      {
        pathRouteSets: {
          s: {
            pathRoutes: [
              { path: "/a", backendSetName: "a" },
              { backendSetName: "b" },
              { path: "/c" },
            ],
          },
        },
      },
      [{ set: "a", hosts: [], paths: ["/a"] }, { set: "b", hosts: [], paths: [] }, rest],
    ],
    [
      "a prefix of all leaves nothing to the default set",
      { pathRouteSetName: "s", defaultBackendSetName: "rest" },
      {
        pathRouteSets: {
          s: {
            pathRoutes: [
              { path: "/", pathMatchType: { matchType: "PREFIX_MATCH" }, backendSetName: "a" },
            ],
          },
        },
      },
      [{ set: "a", hosts: [], paths: ["/"] }],
    ],
    [
      "rules tell their hosts and paths, in either spelling",
      byPolicy,
      policy(
        [
          "all(http.request.headers[(i 'host')] eq (i 'a.example.com'), http.request.url.path sw (i '/a'))",
          "a",
        ],
        [
          "all(http.request.headers['host'] eq 'b.example.com', http.request.url.path eq '/b')",
          "b",
        ],
      ),
      [
        { set: "a", hosts: ["a.example.com"], paths: ["/a"] },
        { set: "b", hosts: ["b.example.com"], paths: ["/b"] },
        rest,
      ],
    ],
    [
      "a rule without a host has those of the listener",
      { ...byPolicy, hostnameNames: ["h"] },
      { ...names, ...policy(["http.request.url.path sw (i '/a')", "a"]) },
      [
        { set: "a", hosts: ["mcp.example.com"], paths: ["/a"] },
        { set: "rest", hosts: ["mcp.example.com"], paths: [] },
      ],
    ],
    [
      "a rule that takes every path is the last one, wherever it stands",
      byPolicy,
      policy([everything, "a"], ["http.request.url.path sw (i '/b')", "b"]),
      [{ set: "a", hosts: [], paths: ["/"] }],
    ],
    [
      "rules before it keep theirs",
      byPolicy,
      policy(["http.request.url.path sw (i '/b')", "b"], [everything, "a"]),
      [
        { set: "b", hosts: [], paths: ["/b"] },
        { set: "a", hosts: [], paths: ["/"] },
      ],
    ],
    [
      "an action without a set leads nowhere",
      byPolicy,
      { routingPolicies: { p: { rules: [{ condition: "x", actions: [{}] }] } } },
      [rest],
    ],
    ["without a default set the rest leads nowhere", {}, {}, []],
  ])("%s", (_, listener, balancer, expected) => {
    expect(routes(listener, balancer)).toEqual(expected);
  });
});

const ruled = (...items: Json[]) => ({ ruleSets: { r: { items } } });
const listener = nodeOf({ ruleSetNames: ["r", "gone"] });
const allow = (...conditions: Json[]) => ({ action: "ALLOW", conditions });
const source = (attributeValue: string) => ({ attributeName: "SOURCE_IP_ADDRESS", attributeValue });
const network = { attributeName: "SOURCE_VCN_ID", attributeValue: "v" };

describe("whom access rules let in", () => {
  test.each<[string, Json, readonly string[] | undefined]>([
    ["everyone without such a rule", ruled({ action: "REDIRECT", conditions: [] }), undefined],
    [
      "the ranges of all rules",
      ruled(allow(source("10.0.0.0/8")), allow(source("::/0"))),
      ["10.0.0.0/8", "::/0"],
    ],
    ["nobody by what is no range", ruled(allow(source("office"))), []],
    ["nobody of the internet by a rule about a network", ruled(allow(network)), []],
    ["nobody by a range inside a network", ruled(allow(network, source("0.0.0.0/0"))), []],
    ["nobody by two ranges at once", ruled(allow(source("10.0.0.0/8"), source("11.0.0.0/8"))), []],
    ["everyone by a rule without conditions", ruled(allow()), ["0.0.0.0/0", "::/0"]],
  ])("%s", (_, balancer, expected) => {
    expect(clientsOf(listener, nodeOf(balancer))).toEqual(expected);
  });
});

describe("a redirect of everything", () => {
  const redirect = (attributeValue: string, operator: string, attributeName = "PATH") => ({
    action: "REDIRECT",
    conditions: [{ attributeName, attributeValue, operator }],
  });
  test.each<[string, Json, boolean]>([
    ["is one of the prefix of all", redirect("/", "FORCE_LONGEST_PREFIX_MATCH"), true],
    ["is one without conditions", { action: "REDIRECT", conditions: [] }, true],
    ["is none of a longer prefix", redirect("/old", "PREFIX_MATCH"), false],
    ["is none of the root exactly", redirect("/", "EXACT_MATCH"), false],
    ["is none of another attribute", redirect("/", "PREFIX_MATCH", "SOURCE_VCN_ID"), false],
    ["is none where nothing is redirected", allow(source("0.0.0.0/0")), false],
  ])("%s", (_, rule, expected) => {
    expect(redirectsAll(listener, nodeOf(ruled(rule)))).toBe(expected);
  });
});
