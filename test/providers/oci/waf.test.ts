import { describe, expect, test } from "vitest";
import { collectScenario } from "../../../mocks/oci/collect-scenario.ts";
import { peersOfExpression } from "../../../providers/who-matches.ts";
import { conditionAtom } from "../../../providers/oci/waf-conditions.ts";
import { ociScenario } from "../../../src/conformance/scenario-oci.ts";
import type { Json } from "../../../src/model/json.ts";
import { configOf, judge, type Loose } from "./world.ts";

const policy = "ocid1.webappfirewallpolicy.oc1.iad.p";
const list = "ocid1.webappfirewallnetworkaddresslist.oc1.iad.office";

function world(fallback: string, rules: readonly (readonly [string, string])[]): Loose {
  const config: Loose = configOf("oci-040");
  const [{ id }] = config.loadBalancer.loadBalancers;
  const actions = [
    { name: "allow", type: "ALLOW" },
    { name: "check", type: "CHECK" },
    { name: "block", type: "RETURN_HTTP_RESPONSE", code: 403 },
  ];
  const named = rules.map(([actionName, condition], i) => ({
    name: `r${i}`,
    actionName,
    condition,
  }));
  config.waf = {
    webAppFirewalls: [
      { id: "w", loadBalancerId: id, webAppFirewallPolicyId: policy, lifecycleState: "ACTIVE" },
    ],
    getWebAppFirewallPolicy: {
      [policy]: {
        id: policy,
        displayName: "waf",
        actions,
        requestAccessControl: { defaultActionName: fallback, rules: named },
      },
    },
    getNetworkAddressList: { [list]: { id: list, addresses: ["198.51.100.0/24"] } },
  };
  return config;
}

/** `reachable certain from internet` */
function told(config: Loose, gaps: Json[] = []) {
  return judge(ociScenario({ config, gaps })).exposures.map(
    ({ verdict, certainty, sources }) => `${verdict} ${certainty} from ${String(sources)}`,
  );
}

const office: readonly [string, string] = [
  "allow",
  `address_in_network_address_list(connection.source.address, ['${list}'])`,
];

describe("a web firewall before a balancer", () => {
  test.each<[string, Loose, Json[], readonly string[]]>([
    [
      "that was read decides",
      world("block", [office]),
      [],
      ["reachable certain from 198.51.100.0/24"],
    ],
    [
      "whose existence was not read is taken not to stand there",
      world("block", [office]),
      ["waf:ListWebAppFirewalls"],
      ["reachable maybe from internet"],
    ],
    [
      "whose policy was not read is taken to let everyone pass",
      world("block", [office]),
      ["waf:GetWebAppFirewallPolicy"],
      ["reachable maybe from internet"],
    ],
    [
      "that names a list that was not read may let anyone pass",
      world("block", [office]),
      ["waf:GetNetworkAddressList"],
      ["unknown maybe from internet"],
    ],
    [
      "that lets a country in may let anyone pass",
      world("block", [["allow", "i_contains(['CH'], connection.source.geo.countryCode)"]]),
      [],
      ["unknown maybe from internet"],
    ],
    [
      "that turns a country away may turn anyone away",
      world("allow", [["block", "i_contains(['CH'], connection.source.geo.countryCode)"]]),
      [],
      ["unknown maybe from internet"],
    ],
    [
      "that asks for a secret may let anyone pass",
      world("block", [["allow", `http.request.headers."x-key"[0] == 'secret'`]]),
      [],
      ["unknown maybe from internet"],
    ],
    [
      "that turns away who sends something turns nobody away",
      world("allow", [["block", `http.request.headers."x-key"[0] == 'bad'`]]),
      [],
      ["reachable certain from internet"],
    ],
    [
      "that turns away who sends no secret may turn anyone away",
      world("allow", [["block", `http.request.headers."x-key"[0] != 'secret'`]]),
      [],
      ["unknown maybe from internet"],
    ],
    [
      "that turns away by what is not understood may turn anyone away",
      world("allow", [["block", "is_risky(connection)"]]),
      [],
      ["unknown maybe from internet"],
    ],
    [
      "whose action is not told may turn away whom it speaks about",
      world("allow", [["other", "address_in(connection.source.address, ['198.51.100.0/24'])"]]),
      [],
      ["unknown maybe from internet"],
    ],
    [
      "whose last action is not told may turn away the rest",
      world("other", []),
      [],
      ["unknown maybe from internet"],
    ],
    [
      "that checks at the end lets everyone pass",
      world("check", []),
      [],
      ["reachable certain from internet"],
    ],
    ["that nobody passes lets nobody pass, whatever else it looks at", world("block", []), [], []],
  ])("%s", (_, config, gaps, lines) => {
    expect(told(config, gaps)).toEqual(lines);
  });

  test("behind another front door sees what forwards to it", () => {
    const config = world("block", [office]);
    const [own] = config.loadBalancer.loadBalancers;
    own.isPrivate = true;
    own.ipAddresses = [{ ipAddress: "10.0.4.50", isPublic: false }];
    const network: Loose = configOf("oci-052");
    config.networkLoadBalancer = network.networkLoadBalancer;
    const [front] = config.networkLoadBalancer.networkLoadBalancers;
    front.backendSets.bs.backends = [{ name: "x", ipAddress: "10.0.4.50", port: 443 }];
    expect(told(config)).toEqual(["reachable maybe from internet"]);
  });

  test("is read over the wire, with the lists that its conditions name", async () => {
    const snapshot = await collectScenario({ config: world("block", [office]) });
    const asked = snapshot.pages.map(({ call }) => call).filter((call) => call.startsWith("waf:"));
    expect(new Set(asked)).toEqual(
      new Set([
        "waf:ListWebAppFirewalls",
        "waf:GetWebAppFirewallPolicy",
        "waf:GetNetworkAddressList",
      ]),
    );
    expect(judge(snapshot).exposures.map(({ sources }) => sources)).toEqual([["198.51.100.0/24"]]);
  });
});

describe("conditions of a web firewall", () => {
  const atom = conditionAtom((id) => (id === "known" ? ["198.51.100.0/24"] : undefined));
  const four = "198.51.100.0/24";
  test.each<[string, readonly string[]]>([
    [
      "address_in( connection.source.address , ['198.51.100.0/24', '2001:db8::/48'] )",
      [four, "2001:db8::/48"],
    ],
    ['address_in(connection.source.address, [`"198.51.100.0/24"`])', [four]],
    ["contains(['198.51.100.7'], connection.source.address)", ["198.51.100.7/32"]],
    ["i_equals(connection.source.address, '198.51.100.7')", ["198.51.100.7/32"]],
    ["connection.source.address == '2001:db8::1'", ["2001:db8::1/128"]],
    ["address_in_network_address_list(connection.source.address, ['known'])", [four]],
    ["address_in_network_address_list(connection.source.address, ['known', 'other'])", ["?"]],
    ["connection.source.routing.asn == `31898`", ["?"]],
    ["connection.source.address == http.request.headers.via[0]", ["?"]],
    ["address_in(connection.source.address, ['198.51.100.0/24', 'everywhere'])", ["?"]],
    ["address_in(connection.source.address, [])", []],
    ["http.request.method == 'POST'", ["0.0.0.0/0", "::/0"]],
    ["http.request.headers.host[0] == 'a.example.com'", ["0.0.0.0/0", "::/0"]],
    ["http.request.cookies.session[0] == 'a'", ["?"]],
    ["(address_in(connection.source.address, ['198.51.100.0/24']))", [four]],
    [
      "address_in(connection.source.address, ['198.51.100.0/24']) && connection.source.address != '198.51.100.0'",
      toBut(),
    ],
  ])("%s", (condition, expected) => {
    const { peers } = peersOfExpression(condition, true, atom);
    expect(peers.map((peer) => (peer.kind === "prefix" ? peer.cidr : "?"))).toEqual(expected);
  });

  function toBut(): string[] {
    return Array.from({ length: 8 }, (_, i) => `198.51.100.${2 ** i}/${32 - i}`);
  }
});
