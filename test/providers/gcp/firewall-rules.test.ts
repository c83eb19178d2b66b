import { describe, expect, test } from "vitest";
import { policyRules, vpcRules, type Aim } from "../../../providers/gcp/firewall-rules.ts";
import type { JsonObject } from "../../../src/model/json.ts";
import type { Rule } from "../../../src/model/network.ts";
import { nodeOf } from "./node.ts";

const network = "projects/p1/global/networks/vpc";
const base: Aim = {
  network,
  networkAlias: "projects/p1/global/networks/5",
  tags: ["mcp"],
  accounts: ["sa@p1"],
  secureTags: ["tagValues/1"],
  addressGroups: new Map([
    ["projects/p1/locations/global/addressGroups/g", ["198.51.100.8/29"]],
    ["projects/p1/locations/global/addressGroups/none", []],
  ]),
  to: ["10.0.0.2"],
  origin: "internet",
};
const group = (name: string) =>
  `//networksecurity.googleapis.com/projects/p1/locations/global/addressGroups/${name}`;

const told = ({ id, action, protocol, ports, peers }: Rule): string =>
  [
    `${id} ${action} ${protocol} ${ports.from}-${ports.to}`,
    ...peers.map((peer) => (peer.kind === "prefix" ? peer.cidr : `? ${JSON.stringify(peer)}`)),
  ].join(" ");

const policy = (rule: JsonObject, match: JsonObject = {}, aim: Partial<Aim> = {}): string[] => {
  const full = {
    priority: 10,
    action: "allow",
    direction: "INGRESS",
    ...rule,
    match: {
      srcIpRanges: ["198.51.100.0/24"],
      layer4Configs: [{ ipProtocol: "tcp", ports: ["80"] }],
      ...match,
    },
  };
  return policyRules("p", [nodeOf(full)], { ...base, ...aim }).map(told);
};

const own = ["p#10 allow tcp 80-80 198.51.100.0/24"];

describe("a rule of a policy", () => {
  test.each<[string, JsonObject, JsonObject, Partial<Aim>, readonly string[]]>([
    ["for everything", {}, {}, {}, own],
    ["that is off", { disabled: true }, {}, {}, []],
    ["for what leaves", { direction: "EGRESS" }, {}, {}, []],
    ["for balancers", { targetType: "INTERNAL_MANAGED_LB" }, {}, {}, []],
    ["for machines", { targetType: "INSTANCES" }, {}, {}, own],
    ["for this network", { targetResources: ["x/y", network] }, {}, {}, own],
    ["for this network by number", { targetResources: [`${network.slice(0, -3)}5`] }, {}, {}, own],
    ["for another network", { targetResources: ["x/y"] }, {}, {}, []],
    ["for this account", { targetServiceAccounts: ["o@p1", "sa@p1"] }, {}, {}, own],
    ["for another account", { targetServiceAccounts: ["o@p1"] }, {}, {}, []],
    [
      "for another account in this network",
      { targetServiceAccounts: ["o@p1"], targetResources: [network] },
      {},
      {},
      [],
    ],
    [
      "for one of two tags",
      { targetSecureTags: [{ name: "tagValues/2" }, { name: "tagValues/1" }] },
      {},
      {},
      own,
    ],
    ["for another tag", { targetSecureTags: [{ name: "tagValues/2" }] }, {}, {}, []],
    [
      "for a tag that is no longer in force",
      { targetSecureTags: [{ name: "tagValues/1", state: "INEFFECTIVE" }] },
      {},
      {},
      [],
    ],
    [
      "for another account, where tags were not read",
      { targetServiceAccounts: ["o@p1"] },
      {},
      { secureTags: undefined },
      [],
    ],
    ["for this address", {}, { destIpRanges: ["10.0.0.0/24"] }, {}, own],
    ["for another address", {}, { destIpRanges: ["10.0.1.0/24"] }, {}, []],
    [
      "for one of two addresses",
      {},
      { destIpRanges: ["10.0.1.0/24"] },
      { to: ["10.0.0.2", "10.0.1.2"] },
      own,
    ],
    ["for addresses of IPv6", {}, { destIpRanges: ["2001:db8::/32"] }, {}, []],
    [
      "without ports",
      {},
      { layer4Configs: [{ ipProtocol: "udp" }] },
      {},
      ["p#10 allow udp 0-65535 198.51.100.0/24"],
    ],
    [
      "without protocols",
      {},
      { layer4Configs: [] },
      {},
      ["p#10 allow any 0-65535 198.51.100.0/24"],
    ],
    ["without sources", {}, { srcIpRanges: [] }, {}, ["p#10 allow tcp 80-80 0.0.0.0/0 ::/0"]],
    ["that hands on", { action: "goto_next" }, {}, {}, ["p#10 next tcp 80-80 198.51.100.0/24"]],
    ["of tags alone", {}, { srcIpRanges: [], srcSecureTags: [{}] }, {}, ["p#10 allow tcp 80-80"]],
    ["of the internet", {}, { srcNetworkContext: "INTERNET" }, {}, own],
    ["of the internet, by the older field", {}, { srcNetworkType: "INTERNET" }, {}, own],
    [
      "of the internet, seen from a front end",
      {},
      { srcNetworkContext: "INTERNET" },
      { origin: "front-end" },
      ["p#10 allow tcp 80-80"],
    ],
    [
      "of what is not the internet",
      {},
      { srcNetworkContext: "NON_INTERNET" },
      {},
      ["p#10 allow tcp 80-80"],
    ],
    [
      "of what is not the internet, seen from a front end",
      {},
      { srcNetworkContext: "NON_INTERNET" },
      { origin: "front-end" },
      own,
    ],
    ["of the network", {}, { srcNetworkContext: "INTRA_VPC" }, {}, ["p#10 allow tcp 80-80"]],
    [
      "of the network, seen from a proxy in it",
      {},
      { srcNetworkContext: "INTRA_VPC" },
      { origin: "vpc" },
      own,
    ],
    [
      "of a group",
      {},
      { srcIpRanges: [], srcAddressGroups: [group("g")] },
      {},
      ["p#10 allow tcp 80-80 198.51.100.8/29"],
    ],
    [
      "of a group beside ranges",
      {},
      { srcAddressGroups: [group("g")] },
      {},
      ["p#10 allow tcp 80-80 198.51.100.0/24 198.51.100.8/29"],
    ],
    [
      "of a group without members",
      {},
      { srcIpRanges: [], srcAddressGroups: [group("none")] },
      {},
      ["p#10 allow tcp 80-80"],
    ],
    ["of no kind of network", {}, { srcNetworkContext: "UNSPECIFIED" }, {}, own],
  ])("%s", (_, rule, match, aim, expected) => {
    expect(policy(rule, match, aim)).toEqual(expected);
  });

  test.each<[string, JsonObject, JsonObject, Partial<Aim>, readonly RegExp[]]>([
    [
      "tags that were not read",
      { targetSecureTags: [{ name: "tagValues/2" }] },
      {},
      { secureTags: undefined },
      [/^p#10 allow tcp 80-80 \? .*tagBindings/],
    ],
    [
      "other networks, seen from a proxy",
      {},
      { srcNetworkContext: "VPC_NETWORKS" },
      { origin: "vpc" },
      [/^p#10 allow tcp 80-80 \? .*VPC_NETWORKS/],
    ],
    [
      "a kind of network that is new",
      {},
      { srcNetworkContext: "X" },
      {},
      [/^p#10 allow tcp 80-80 \? .*of X/],
    ],
    [
      "names",
      {},
      { srcFqdns: ["a.b"] },
      {},
      [/^p#10 allow tcp 80-80 198.51.100.0\/24 \? .*srcFqdns: a.b/],
    ],
    [
      "countries alone",
      {},
      { srcIpRanges: [], srcRegionCodes: ["DE"] },
      {},
      [/^p#10 allow tcp 80-80 \? .*srcRegionCodes: DE/],
    ],
    [
      "threats",
      { action: "deny" },
      { srcIpRanges: [], srcThreatIntelligences: ["iplist-x"] },
      {},
      [/^p#10 deny tcp 80-80 \? .*iplist-x/],
    ],
    [
      "groups",
      {},
      { srcIpRanges: [], srcAddressGroups: ["a/b/g"] },
      {},
      [/^p#10 allow tcp 80-80 \? .*srcAddressGroups: g/],
    ],
    [
      "an inspection",
      { action: "apply_security_profile_group" },
      {},
      {},
      [/^p#10 deny tcp 80-80 \? .*harmful/, /^p#10 allow tcp 80-80 198.51.100.0\/24$/],
    ],
    [
      "an action that is new",
      { action: "x" },
      {},
      {},
      [/^p#10 allow tcp 80-80 \? .*x"}$/, /^p#10 deny tcp 80-80 198.51.100.0\/24$/],
    ],
  ])("leaves open what it says about %s", (_, rule, match, aim, expected) => {
    const rules = policy(rule, match, aim);
    expect(rules).toHaveLength(expected.length);
    for (const [i, pattern] of expected.entries()) expect(rules[i]).toMatch(pattern);
  });

  test("says nothing of a kind of network that it is not about, whatever the tags", () => {
    const aim = { secureTags: undefined };
    const rule = { targetSecureTags: [{ name: "tagValues/1" }] };
    expect(policy(rule, { srcNetworkContext: "NON_INTERNET" }, aim)).toEqual([
      "p#10 allow tcp 80-80",
    ]);
  });

  test("without a match is for everything", () => {
    const [found] = policyRules("p", [nodeOf({ priority: 1, action: "deny" })], base).map(told);
    expect(found).toBe("p#1 deny any 0-65535 0.0.0.0/0 ::/0");
  });
});

test("rules of a network by priority, of equals the deny first", () => {
  const rule = (name: string, more: JsonObject): JsonObject => ({ name, network, ...more });
  const tcp = [{ IPProtocol: "tcp", ports: ["80"] }];
  const rules = [
    rule("late", { priority: 2000, allowed: tcp }),
    rule("default", { allowed: tcp }),
    rule("denied", { priority: 1000, denied: tcp }),
    rule("first", { priority: 1, allowed: [{ IPProtocol: "TCP", ports: ["1-2", "x"] }] }),
    rule("tagged", { priority: 1, allowed: tcp, targetTags: ["other"] }),
    rule("named", { priority: 3, allowed: tcp, sourceTags: ["a"] }),
    rule("both", { priority: 4, allowed: tcp, sourceTags: ["a"], sourceRanges: ["10.0.0.0/8"] }),
    rule("account", { priority: 5, allowed: tcp, sourceServiceAccounts: ["a@b"] }),
  ];
  expect(vpcRules(rules.map(nodeOf), base).map(told)).toEqual([
    "first allow tcp 1-2 0.0.0.0/0",
    "named allow tcp 80-80",
    "both allow tcp 80-80 10.0.0.0/8",
    "account allow tcp 80-80",
    "denied deny tcp 80-80 0.0.0.0/0",
    "default allow tcp 80-80 0.0.0.0/0",
    "late allow tcp 80-80 0.0.0.0/0",
  ]);
});
