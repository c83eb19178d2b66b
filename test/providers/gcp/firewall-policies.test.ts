import { describe, expect, test } from "vitest";
import { policiesOf } from "../../../providers/gcp/firewall-policies.ts";
import type { JsonObject } from "../../../src/model/json.ts";
import type { Gap, Page } from "../../../src/model/snapshot.ts";
import { pageOf, snapshotOf } from "./node.ts";

const network = "projects/p1/global/networks/vpc";
const region = "us-central1";
const calls = {
  network: "compute.networks.getEffectiveFirewalls",
  region: "compute.regionNetworkFirewallPolicies.getEffectiveFirewalls",
  list: "compute.networkFirewallPolicies.aggregatedList",
  own: "compute.firewallPolicies.list",
} as const;

const shown = (type: string, name: string, more: JsonObject = {}): JsonObject => ({
  type,
  name,
  rules: [],
  ...more,
});
const view = (...firewallPolicys: JsonObject[]): Page =>
  pageOf(calls.network, { firewallPolicys }, { network });
const regional = (place: string, ...firewallPolicys: JsonObject[]): Page =>
  pageOf(calls.region, { firewallPolicys }, { network, region: place });
const attached = (name: string, target: string, more: JsonObject = {}): JsonObject => ({
  name,
  associations: [{ attachmentTarget: "x" }, { attachmentTarget: target }],
  ...more,
});
const listed = (...firewallPolicies: JsonObject[]): Page =>
  pageOf(calls.list, { items: { global: { firewallPolicies } } });
const organisation = (...items: JsonObject[]): Page => pageOf(calls.own, { items });
const ancestry = pageOf("cloudresourcemanager.projects.getAncestry", {
  ancestor: [
    { resourceId: { type: "project", id: "p1" } },
    { resourceId: { type: "folder", id: "2" } },
    { resourceId: { type: "folder" } },
    { resourceId: { type: "organization", id: "1" } },
  ],
});
const gap = (call: string, params: JsonObject = { network }): Gap => ({
  call,
  scope: "p1",
  region: "global",
  params,
  reason: "denied",
  detail: "",
  affects: ["rule-sets"],
});
const link = `https://www.googleapis.com/compute/v1/${network}`;
const place = "https://www.googleapis.com/compute/v1/projects/p1/regions/";

function told(pages: readonly Page[], gaps: readonly Gap[] = []) {
  const { policies, unread } = policiesOf(snapshotOf(pages, gaps))(network, region);
  return {
    policies: policies.map(({ level, name }) => `${level} ${name}`),
    unread: Object.keys(unread),
  };
}

describe("the policies of a network", () => {
  test.each<[string, readonly Page[], readonly string[]]>([
    ["nothing was told", [], []],
    [
      "what the API computed, by level",
      [
        view(
          shown("NETWORK", "n"),
          shown("HIERARCHY", "9", { shortName: "org" }),
          shown("SYSTEM_GLOBAL", "s"),
          shown("NEW", "x"),
        ),
      ],
      ["hierarchy org", "system s", "network n"],
    ],
    [
      "what it computed for the region, and not for another",
      [
        view(shown("NETWORK", "n")),
        regional(region, shown("NETWORK_REGIONAL", "r")),
        regional("europe-west1", shown("NETWORK_REGIONAL", "e")),
      ],
      ["network n", "region r"],
    ],
    [
      "both views name one policy once",
      [
        view(shown("HIERARCHY", "9")),
        regional(region, shown("HIERARCHY", "9"), shown("SYSTEM_REGIONAL", "s")),
      ],
      ["hierarchy 9", "system s"],
    ],
    [
      "a view of another network",
      [pageOf(calls.network, { firewallPolicys: [shown("NETWORK", "n")] }, { network: "x" })],
      [],
    ],
    [
      "the list, by what a policy is attached to",
      [listed(attached("n", link), attached("o", "y"))],
      ["network n"],
    ],
    [
      "the list, by place",
      [
        listed(
          attached("n", link),
          attached("r", link, { region: `${place}${region}` }),
          attached("e", link, { region: `${place}europe-west1` }),
        ),
      ],
      ["network n", "region r"],
    ],
    [
      "the list, by link",
      [listed(attached("r", link, { selfLink: `${place}${region}/firewallPolicies/r` }))],
      ["region r"],
    ],
    [
      "the list, in order",
      [
        listed(
          attached("b", link, { priority: 2 }),
          attached("a", link, { priority: 1 }),
          attached("z", link),
        ),
      ],
      ["network z", "network a", "network b"],
    ],
    [
      "the view comes before the list",
      [view(shown("NETWORK", "n")), listed(attached("o", link))],
      ["network n"],
    ],
    [
      "the organisation's own list, from the top",
      [
        ancestry,
        organisation(
          attached("8", "folders/2", { shortName: "f" }),
          attached("9", "organizations/1", { shortName: "o" }),
          attached("7", "folders/3"),
        ),
      ],
      ["hierarchy o", "hierarchy f"],
    ],
    [
      "its order counts for what the API computed",
      [
        ancestry,
        view(shown("HIERARCHY", "8"), shown("HIERARCHY", "9")),
        organisation(attached("8", "folders/2"), attached("9", "organizations/1")),
      ],
      ["hierarchy 9", "hierarchy 8"],
    ],
    [
      "what it does not know stays where it was",
      [
        ancestry,
        view(shown("HIERARCHY", "6"), shown("HIERARCHY", "9")),
        organisation(attached("9", "organizations/1")),
      ],
      ["hierarchy 6", "hierarchy 9"],
    ],
    [
      "a short name",
      [
        view(
          shown("HIERARCHY", "9", { displayName: "d" }),
          shown("NETWORK", "n", { shortName: "s" }),
        ),
      ],
      ["hierarchy d", "network n"],
    ],
  ])("%s", (_, pages, policies) => {
    expect(told(pages)).toEqual({ policies, unread: [] });
  });
});

describe("levels that could not be read", () => {
  const both = [gap(calls.network), gap(calls.region, { network, region })];
  test.each<[string, readonly Page[], readonly Gap[], readonly string[]]>([
    ["all, without a view", [], both, ["hierarchy", "system", "network", "region"]],
    ["the list answers for the network's own", [listed()], both, ["hierarchy", "system"]],
    [
      "the view of the network answers for what is not the region's",
      [view()],
      [gap(calls.region, { network, region })],
      ["system", "region"],
    ],
    [
      "the view of the region answers for all but the system's",
      [regional(region)],
      [gap(calls.network)],
      [],
    ],
    [
      "the gap of another region",
      [view()],
      [gap(calls.region, { network, region: "europe-west1" })],
      [],
    ],
    ["only the view of the network", [], [gap(calls.network)], ["hierarchy", "network"]],
    [
      "what is known is not unread",
      [ancestry, organisation(attached("9", "organizations/1"))],
      both,
      ["system", "network", "region"],
    ],
  ])("%s", (_, pages, gaps, unread) => {
    expect(told(pages, gaps).unread).toEqual(unread);
  });

  test("say what is unknown, and by which call", () => {
    const { unread } = policiesOf(snapshotOf([], both))(network, region);
    expect(unread.hierarchy).toContain(`${calls.network} was not read: the organisation's`);
    expect(unread.region).toContain(`${calls.region} was not read: region firewall policies`);
  });
});
