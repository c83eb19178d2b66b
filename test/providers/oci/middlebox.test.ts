import { describe, expect, test } from "vitest";
import { after, ingress, type Change } from "./changed-case.ts";
import { linesOf, type Loose } from "./world.ts";

const policy = "ocid1.networkfirewallpolicy.oc1.iad.1";
const line = (verdict: string): string => `tcp/8080 ipv4 ${verdict} none direct internet`;
const [open, unknown] = [line("reachable"), line("unknown")];

const firewall = (config: Loose) => config.networkFirewall;

/** A second policy, whose only rule lets everything pass. */
const another: Change = (config) => {
  const own = firewall(config);
  const rule = { name: "in-mcp", action: "ALLOW", priorityOrder: 0, parentResourceId: "other" };
  own.networkFirewalls.push({
    id: "ocid1.networkfirewall.oc1.iad.2",
    subnetId: "ocid1.subnet.oc1.iad.other",
    ipv4Address: "10.0.9.9",
    networkFirewallPolicyId: "other",
  });
  own.securityRules["other"] = [rule, { ...rule, name: "all" }];
  own.getSecurityRule["other"] = { "in-mcp": rule, all: { ...rule, name: "all", condition: {} } };
};

const condition =
  (change: Loose): Change =>
  (config) =>
    void Object.assign(firewall(config).getSecurityRule[policy]["in-mcp"].condition, change);

/** A machine that is no network firewall. */
const appliance: Change = (config) => void delete config.networkFirewall;

describe("a network firewall in the way", () => {
  test.each<[string, string, Change, readonly string[]]>([
    ["lets pass what a rule allows", "oci-072", () => {}, [open]],
    ["needs rules of its own subnet too", "oci-072", (config) => ingress(config, "fw").pop(), []],
    ["is judged by its own policy, not by another", "oci-073", another, []],
    [
      "is judged by its own rule where another policy has one of the same name",
      "oci-072",
      another,
      [open],
    ],
    [
      "is asked about the services that a rule lists, not about all there are",
      "oci-072",
      (config) => {
        const own = firewall(config);
        own.getService[policy].other = {
          name: "other",
          type: "TCP_SERVICE",
          portRanges: [{ minimumPort: 9000 }],
        };
        own.getServiceList[policy].others = { name: "others", services: ["other"] };
        condition({ service: ["others"] })(config);
      },
      [],
    ],
    ["may pass what a rule about URLs lets pass", "oci-072", condition({ url: ["u"] }), [unknown]],
    [
      "that is gone leaves whatever has its address now, which cannot be read",
      "oci-073",
      (config) => (firewall(config).networkFirewalls[0].lifecycleState = "DELETED"),
      [open],
    ],
  ])("%s", (_, id, change, lines) => {
    expect(linesOf(after(id, change))).toEqual(lines);
  });

  test.each<[string, string, Loose[], readonly string[]]>([
    [
      "whose rules were not read may let pass",
      "oci-073",
      ["networkfirewall:GetSecurityRule"],
      [unknown],
    ],
    [
      "is known while only another's rules were not read",
      "oci-072",
      [{ call: "networkfirewall:GetSecurityRule", params: { networkFirewallPolicyId: "other" } }],
      [open],
    ],
  ])("%s", (_, id, gaps, lines) => {
    expect(linesOf(after(id, () => {}, gaps))).toEqual(lines);
  });
});

describe("a machine in the way", () => {
  test("is taken to let pass, which is told", () => {
    const { exposures } = after("oci-072", appliance);
    expect(linesOf({ exposures })).toEqual([open]);
    expect(exposures[0]?.certainty).toBe("maybe");
  });

  test("may be a firewall while these were not read", () => {
    const found = after("oci-072", appliance, ["networkfirewall:ListNetworkFirewalls"]);
    expect(linesOf(found)).toEqual([unknown]);
  });

  test("drops what is not its own unless that check is off, which the interface of a service does not have", () => {
    const checked =
      (...attached: Loose[]): Change =>
      (config) => {
        appliance(config);
        const { core } = config;
        const [own] = core.privateIps;
        core.vnics.push({
          id: own.vnicId,
          subnetId: own.subnetId,
          privateIp: own.ipAddress,
          skipSourceDestCheck: false,
          lifecycleState: "AVAILABLE",
        });
        core.vnicAttachments.push(...attached);
      };
    const attachment = {
      vnicId: "ocid1.vnic.oc1.iad.fw",
      instanceId: "ocid1.instance.oc1.iad.fw",
      lifecycleState: "ATTACHED",
    };
    expect(linesOf(after("oci-072", checked(attachment)))).toEqual([]);
    expect(linesOf(after("oci-072", checked()))).toEqual([open]);
  });

  test("may have other rules than its subnet while firewalls were not read", () => {
    const shut: Change = (config) => {
      appliance(config);
      ingress(config, "fw").pop();
    };
    expect(linesOf(after("oci-072", shut))).toEqual([]);
    const found = after("oci-072", shut, ["networkfirewall:ListNetworkFirewalls"]);
    expect(linesOf(found)).toEqual([unknown]);
  });

  test.each<[string, Loose[], readonly string[], string | undefined]>([
    ["that is gone is the end of the way", [], [], "ROUTE_BLACKHOLE"],
    ["is not gone while subnets were not read", ["core:ListSubnets"], ["unknown"], undefined],
    [
      "is not gone while compartments were not read",
      ["identity:ListCompartments"],
      ["reachable"],
      undefined,
    ],
  ])("%s", (_, gaps, verdicts, gate) => {
    const found = after(
      "oci-072",
      (config) => {
        appliance(config);
        config.core.privateIps = [];
      },
      gaps,
    );
    expect([...new Set(found.exposures.map(({ verdict }) => verdict))]).toEqual(verdicts);
    if (gate !== undefined)
      expect(found.blocked.flatMap(({ gates }) => gates.map(({ code }) => code))).toContain(gate);
  });

  /** IPv6 through a machine, whose address is listed apart. */
  const six =
    (listed: boolean): Change =>
    (config) => {
      appliance(config);
      const { core } = config;
      core.vcns[0].ipv6CidrBlocks = ["2001:db8:0:100::/56"];
      core.subnets[0].ipv6CidrBlocks = ["2001:db8:0:101::/64"];
      core.vnics[0].ipv6Addresses = ["2001:db8:0:101::10"];
      const machine = "ocid1.ipv6.oc1.iad.fw";
      const to = (destination: string, networkEntityId: string) => ({
        destination,
        networkEntityId,
      });
      for (const table of core.routeTables) {
        if (table.id.endsWith(".pub")) table.routeRules.push(to("::/0", machine));
        if (table.id.endsWith(".igw")) table.routeRules.push(to("2001:db8:0:101::/64", machine));
        if (table.id.endsWith(".fw"))
          table.routeRules.push(to("::/0", "ocid1.internetgateway.oc1.iad.i"));
      }
      for (const list of core.securityLists)
        list.ingressSecurityRules.push({ protocol: "6", source: "::/0" });
      const own = {
        id: machine,
        subnetId: "ocid1.subnet.oc1.iad.fw",
        ipAddress: "2001:db8:0:105::10",
      };
      core.ipv6s = listed ? [own] : [];
    };
  const ofSix = (change: Change, gaps: Loose[] = []): string[] =>
    after("oci-072", change, gaps)
      .exposures.filter(({ families }) => families.includes("ipv6"))
      .map(({ verdict, certainty }) => `${verdict} ${certainty}`);

  test("of IPv6 is looked up among the IPv6 addresses", () => {
    expect(ofSix(six(true))).toEqual(["reachable maybe"]);
    expect(ofSix(six(false))).toEqual([]);
    expect(ofSix(six(false), ["core:ListPrivateIps"])).toEqual([]);
    expect(ofSix(six(false), ["core:ListIpv6s"])).not.toEqual([]);
  });
});

describe("answers that go to a machine which the request did not come through", () => {
  const away: Change = ({ core }) => {
    for (const table of core.routeTables)
      for (const rule of table.routeRules) rule.networkEntityId = "ocid1.privateip.oc1.iad.m";
  };
  const unseen: Change = (config) => {
    away(config);
    config.core.internetGateways = [];
  };
  const gap = "core:ListInternetGateways";

  test.each<[string, Change, string[], readonly string[]]>([
    ["are lost", away, [], []],
    ["may not be where the gateway of the network was not read", unseen, [gap], [unknown]],
  ])("%s", (_, change, gaps, lines) => {
    expect(linesOf(after("oci-001", change, gaps))).toEqual(lines);
  });
});
