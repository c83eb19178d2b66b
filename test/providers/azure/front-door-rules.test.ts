import { describe, expect, test } from "vitest";
import { routeEffects } from "../../../providers/azure/front-door-rules.ts";
import { doorRouteCall } from "../../../providers/azure/operations.ts";
import { resourcesOf } from "../../../providers/azure/pages.ts";
import { azureScenario } from "../../../src/conformance/scenario-azure.ts";
import type { JsonObject } from "../../../src/model/json.ts";

const profile = "/subscriptions/s1/resourceGroups/rg/providers/Microsoft.Cdn/profiles/fd";
const sets = ["one", "two"].map((name) => ({ id: `${profile}/ruleSets/${name}` }));

interface Rule {
  readonly set?: "one" | "two";
  readonly conditions?: readonly string[];
  readonly actions: readonly JsonObject[];
  readonly stops?: boolean;
}

const redirect: JsonObject = { name: "UrlRedirect" };
const to = (group: string): JsonObject => ({
  name: "RouteConfigurationOverride",
  parameters: { originGroupOverride: { originGroup: { id: group } } },
});
const path = ["UrlPath"];

/** What the rules, in this order, do to the requests of a route. */
function told(rules: readonly Rule[], gaps: string[] = []) {
  const resources: JsonObject[] = [
    {
      id: `${profile}/afdEndpoints/e/routes/r`,
      name: "r",
      type: "Microsoft.Cdn/profiles/afdEndpoints/routes",
      properties: { ruleSets: sets },
    },
    ...rules.map(({ set = "one", conditions = [], actions, stops = false }, i) => ({
      id: `${profile}/ruleSets/${set}/rules/r${i}`,
      name: `r${i}`,
      type: "Microsoft.Cdn/profiles/ruleSets/rules",
      properties: {
        order: i,
        conditions: conditions.map((name) => ({ name })),
        actions,
        matchProcessingBehavior: stops ? "Stop" : "Continue",
      },
    })),
  ].toReversed();
  const snapshot = azureScenario({ config: { resources }, gaps });
  const [route] = resourcesOf(snapshot, doorRouteCall);
  const { redirect: sent, groups, replaced, assumptions } = routeEffects(snapshot)(route!);
  return { sent: sent !== undefined, groups, replaced, assumptions };
}

const nothing = { sent: false, groups: [], replaced: false, assumptions: [] };

describe("rules of a route", () => {
  test.each<[string, readonly Rule[], object]>([
    ["of none", [], nothing],
    ["redirect everyone", [{ actions: [redirect] }], { sent: true }],
    ["redirect by what a client chooses", [{ conditions: path, actions: [redirect] }], nothing],
    [
      "redirect by who asks",
      [{ conditions: ["RemoteAddress"], actions: [redirect] }],
      {
        sent: false,
        assumptions: [expect.stringContaining("r0 redirects clients by their address")],
      },
    ],
    ["send everyone elsewhere", [{ actions: [to("b")] }], { groups: ["b"], replaced: true }],
    [
      "send some elsewhere",
      [{ conditions: path, actions: [to("b")] }],
      { groups: ["b"], replaced: false },
    ],
    [
      "send some elsewhere, then everyone",
      [{ conditions: path, actions: [to("b")] }, { actions: [to("c")] }],
      { groups: ["c"], replaced: true },
    ],
    [
      "leave out who was let go before the redirect",
      [{ conditions: path, actions: [], stops: true }, { actions: [redirect] }],
      nothing,
    ],
    [
      "leave out who was let go before the others are sent elsewhere",
      [{ conditions: path, actions: [], stops: true }, { actions: [to("b")] }],
      { groups: ["b"], replaced: false },
    ],
    [
      "end for everyone at one that stops without a condition",
      [{ actions: [], stops: true }, { actions: [redirect] }],
      nothing,
    ],
    [
      "go on after one that does not stop",
      [{ conditions: path, actions: [] }, { actions: [redirect] }],
      { sent: true },
    ],
    [
      "apply in the order of the route's sets",
      [
        { set: "two", actions: [redirect] },
        { set: "one", actions: [], stops: true },
      ],
      nothing,
    ],
    [
      "do other things",
      [{ actions: [{ name: "ModifyRequestHeader" }, { name: "RouteConfigurationOverride" }] }],
      nothing,
    ],
  ])("%s", (_, rules, expected) => {
    expect(told(rules)).toMatchObject(expected);
  });

  test("that were not read are taken to send nobody elsewhere, by the names of their sets", () => {
    const { assumptions } = told([], ["Microsoft.Cdn/profiles/ruleSets/rules"]);
    expect(assumptions).toEqual([
      expect.stringMatching(/ruleSets\/rules\/read was not read: one, two/),
    ]);
  });
});
