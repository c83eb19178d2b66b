import { describe, expect, test } from "vitest";
import { armorOf } from "../../../providers/gcp/armor.ts";
import { gcpNetwork } from "../../../providers/gcp/network.ts";
import type { JsonObject } from "../../../src/model/json.ts";
import { nodeOf, pageOf, snapshotOf } from "./node.ts";

const link = "https://www.googleapis.com/compute/v1/projects/p1/global/securityPolicies/sp";

function landOf(rules: readonly JsonObject[]) {
  const policy = { name: "sp", selfLink: link, rules };
  const items = { global: { securityPolicies: [policy] } };
  return gcpNetwork(snapshotOf([pageOf("compute.securityPolicies.aggregatedList", { items })]));
}

/** The rules that a policy becomes, one a line. */
function told(...rules: readonly JsonObject[]): string[] {
  const land = landOf(rules);
  armorOf(nodeOf({ securityPolicy: link }), land);
  return [...land.sets.values()].flatMap((set) =>
    set.rules.map(({ id, action, protocol, ports, peers }) => {
      const who = peers.map((peer) => (peer.kind === "prefix" ? peer.cidr : "?"));
      const what = protocol === "any" ? "" : ` ${protocol} ${ports.from}-${ports.to}`;
      return `${id} ${action}${what} from ${who.join(" ")}`;
    }),
  );
}

const ranged = (priority: number, action: string, ...srcIpRanges: string[]): JsonObject => ({
  priority,
  action,
  match: { versionedExpr: "SRC_IPS_V1", config: { srcIpRanges } },
});
const by = (priority: number, action: string, expression: string): JsonObject => ({
  priority,
  action,
  match: { expr: { expression } },
});
const rest = ranged(2_147_483_647, "deny(403)", "*");
const denied = "sp#2147483647 deny from 0.0.0.0/0 ::/0";
const everyone = "0.0.0.0/0 ::/0";

describe("a security policy", () => {
  test.each<[string, readonly JsonObject[], readonly string[]]>([
    [
      "by priority",
      [rest, ranged(5, "allow", "198.51.100.0/24")],
      ["sp#5 allow from 198.51.100.0/24", denied],
    ],
    [
      "without what is only watched",
      [{ ...ranged(5, "allow", "*"), preview: true }, rest],
      [denied],
    ],
    [
      "limits of rate let through",
      [ranged(1, "throttle", "*"), ranged(2, "rate_based_ban", "*")],
      [`sp#1 allow from ${everyone}`, `sp#2 allow from ${everyone}`],
    ],
    ["redirects do not", [ranged(1, "redirect", "*")], [`sp#1 deny from ${everyone}`]],
    [
      "a deny by what a client chooses closes nothing",
      [by(1, "deny(403)", "request.path == '/x'")],
      [],
    ],
    [
      "a deny of everyone without a header of one's own",
      [by(1, "deny(403)", "request.headers['x-key'] != 's'")],
      ["sp#1 deny from ?"],
    ],
    [
      "a deny of everyone but who has a header of one's own",
      [by(1, "deny(403)", "!(request.headers['x-key'] == 's')")],
      ["sp#1 deny from ?"],
    ],
    [
      "a deny of a header of one's own closes nothing",
      [by(1, "deny(403)", "request.headers['x-key'] == 's'")],
      [],
    ],
    [
      "a deny of every other path closes nothing",
      [by(1, "deny(403)", "request.path != '/mcp'")],
      [],
    ],
    [
      "a deny by a country and a header",
      [by(1, "deny(403)", "origin.region_code == 'X' && request.headers['x-key'] == 's'")],
      ["sp#1 deny from ?"],
    ],
    [
      "a deny by where a client is",
      [by(1, "deny(403)", "origin.region_code == 'X'")],
      ["sp#1 deny from ?"],
    ],
    [
      "an allow by a path, with what follows",
      [by(1, "allow", "request.path.startsWith('/mcp')"), rest],
      ["sp#1 deny from ?", `sp#1 allow from ${everyone}`, denied],
    ],
    [
      "an allow by a path, with nothing that denies",
      [by(1, "allow", "request.path == '/'"), ranged(9, "allow", "*")],
      [`sp#1 allow from ${everyone}`, `sp#9 allow from ${everyone}`],
    ],
    [
      "an allow by a path, with one of two that denies",
      [by(1, "allow", "request.path == '/'"), ranged(8, "allow", "10.0.0.0/8"), rest],
      ["sp#1 deny from ?", `sp#1 allow from ${everyone}`, "sp#8 allow from 10.0.0.0/8", denied],
    ],
    [
      "an allow by a path after the deny",
      [ranged(1, "deny(403)", "198.51.100.0/24"), by(2, "allow", "request.path == '/'")],
      ["sp#1 deny from 198.51.100.0/24", `sp#2 allow from ${everyone}`],
    ],
    [
      "an allow by a range and a path",
      [by(1, "allow", "inIpRange(origin.ip, '198.51.100.0/24') && request.method == 'POST'"), rest],
      ["sp#1 deny from ?", "sp#1 allow from 198.51.100.0/24", denied],
    ],
    [
      "an allow by what must be absent",
      [by(1, "allow", "!has(request.headers['x-internal'])"), rest],
      ["sp#1 deny from ?", `sp#1 allow from ${everyone}`, denied],
    ],
    [
      "an allow by the host",
      [by(1, "allow", "request.headers['host'].lower() == 'a.b'"), rest],
      ["sp#1 deny from ?", `sp#1 allow from ${everyone}`, denied],
    ],
    [
      "an allow by a header of one's own",
      [by(1, "allow", "request.headers['x-key'] == 's'"), rest],
      ["sp#1 allow from ?", denied],
    ],
    [
      "an allow by the token of a challenge",
      [by(1, "allow", "token.recaptcha_session.score > 0.8"), rest],
      ["sp#1 allow from ?", denied],
    ],
    [
      "an allow by country",
      [by(1, "allow", "origin.region_code == 'DE'"), rest],
      ["sp#1 allow from ?", denied],
    ],
    [
      "an allow of everything",
      [by(1, "allow", "true"), rest],
      [`sp#1 allow from ${everyone}`, denied],
    ],
    ["an allow of nothing", [by(1, "allow", "false"), rest], [denied]],
    ["a rule without a match", [{ priority: 1, action: "allow" }], [`sp#1 allow from ${everyone}`]],
  ])("%s", (_, rules, expected) => {
    expect(told(...rules)).toEqual(expected);
  });

  test.each<[string, JsonObject, readonly string[]]>([
    ["ranges", { srcIpRanges: ["198.51.100.0/24"] }, ["sp#1 deny from 198.51.100.0/24"]],
    ["nothing", {}, [`sp#1 deny from ${everyone}`]],
    ["a port", { destPorts: ["8080"] }, [`sp#1 deny from ${everyone}`]],
    [
      "protocols and ports",
      { ipProtocols: ["tcp", "17", "icmp"], destPorts: ["80-90"] },
      [`sp#1 deny tcp 80-90 from ${everyone}`, `sp#1 deny udp 80-90 from ${everyone}`],
    ],
    ["protocols", { ipProtocols: ["tcp"] }, [`sp#1 deny tcp 0-65535 from ${everyone}`]],
    ...["srcRegionCodes", "srcAsns", "userDefinedFields", "srcPorts", "destIpRanges"].map(
      (key): [string, JsonObject, string[]] => [
        key,
        { [key]: ["x"], srcIpRanges: ["198.51.100.0/24"] },
        ["sp#1 deny from ?"],
      ],
    ),
  ])("of a network by %s", (_, networkMatch, expected) => {
    expect(told({ priority: 1, action: "deny", networkMatch })).toEqual(expected);
  });
});

test("a port of a network rule", () => {
  const land = landOf([{ priority: 1, action: "deny", networkMatch: { destPorts: ["8080"] } }]);
  armorOf(nodeOf({ securityPolicy: link }), land);
  expect([...land.sets.values()][0]?.rules[0]?.ports).toEqual({ from: 8080, to: 8080 });
});

test.each<[string, JsonObject, readonly (readonly [string, string])[]]>([
  ["none", {}, []],
  ["an empty name", { securityPolicy: "" }, []],
  [
    "both kinds",
    { edgeSecurityPolicy: link, securityPolicy: link },
    [
      ["staged", "sp"],
      ["staged", "sp"],
    ],
  ],
  ["one that was not read", { securityPolicy: `${link}2` }, [["unread", "sp2"]]],
])("gates: %s", (_, served, expected) => {
  const gates = armorOf(nodeOf(served), landOf([rest]));
  expect(gates.map(({ kind, id }) => [kind, id])).toEqual(expected);
  expect(gates.every((gate) => gate.kind !== "unread" || gate.limit)).toBe(true);
});
