import { describe, expect, test } from "vitest";
import { after, balancer, ingress, vnic, type Change } from "./changed-case.ts";
import { configOf, first, linesOf } from "./world.ts";

const open = "tcp/8080 ipv4 reachable none direct internet";
describe("IPv6", () => {
  const six: Change = (config) => {
    first(config, "vcns")["ipv6CidrBlocks"] = ["2603:c020::/56"];
    first(config, "subnets")["ipv6CidrBlock"] = "2603:c020::/64";
    vnic(config)["ipv6Addresses"] = ["2603:c020::5"];
    const route = { destination: "::/0", destinationType: "CIDR_BLOCK" };
    const target = "ocid1.internetgateway.oc1.iad.i";
    config.core.routeTables[0].routeRules.push({ ...route, networkEntityId: target });
    ingress(config, "s").push({
      protocol: "6",
      source: "::/0",
      sourceType: "CIDR_BLOCK",
      tcpOptions: { destinationPortRange: { min: 8080, max: 8080 } },
    });
  };

  test("needs a route and a rule of its own, and no translation", () => {
    expect(linesOf(after("oci-001", six))).toEqual([
      open,
      "tcp/8080 ipv6 reachable none direct internet",
    ]);
  });

  test("is shut out by a subnet that prohibits ingress from the internet", () => {
    const { exposures, blocked } = after("oci-001", (config) => {
      six(config);
      first(config, "subnets")["prohibitInternetIngress"] = true;
    });
    expect(exposures).toEqual([]);
    expect(blocked.map(({ firstGate }) => firstGate)).toContain("SUBNET_PROHIBITS_INTERNET");
  });

  test("of unique local addresses never meets the internet", () => {
    const found = after("oci-001", (config) => {
      six(config);
      vnic(config)["ipv6Addresses"] = ["fd00::5"];
    });
    expect(linesOf(found)).toEqual([open]);
  });
});

describe("zero trust packet routing", () => {
  test.each([
    ["in app:net VCN allow '0.0.0.0/0' to connect to app:mcp endpoints", [open]],
    [
      "in app:net VCN allow '0.0.0.0/0' to connect to app:mcp endpoints with protocol='tcp/8080'",
      [open],
    ],
    ["IN oracle-zpr.app:net vcn ALLOW '0.0.0.0/0' to connect to all-endpoints", [open]],
    [
      "in app:net VCN allow '198.51.100.0/24' to connect to app:mcp endpoints",
      ["tcp/8080 ipv4 reachable none direct 198.51.100.0/24"],
    ],
    ["in app:net VCN allow '0.0.0.0/0' to connect to app:mcp endpoints with protocol='tcp/22'", []],
    ["in app:net VCN allow '0.0.0.0/0' to connect to app:other endpoints", []],
    ["in app:other VCN allow '0.0.0.0/0' to connect to app:mcp endpoints", []],
    ["in app:net VCN allow all-endpoints to connect to app:mcp endpoints", []],
    ["words of a later version", ["tcp/8080 ipv4 unknown none direct internet"]],
  ])("%s", (statement, lines) => {
    const found = after("oci-030", (config) => {
      config.zpr.zprPolicies = [{ name: "p", lifecycleState: "ACTIVE", statements: [statement] }];
    });
    expect(linesOf(found)).toEqual(lines);
  });

  test("an attribute in audit mode blocks nothing", () => {
    const found = after("oci-030", (config) => {
      config.core.vnics[0].securityAttributes["oracle-zpr"].app.mode = "audit";
    });
    expect(linesOf(found)).toEqual([open]);
  });

  test("policies that were not read leave it unknown", () => {
    expect(linesOf(after("oci-030", () => {}, ["zpr:ListZprPolicies"]))).toEqual([
      "tcp/8080 ipv4 unknown none direct internet",
    ]);
  });
});

const served = "tcp/8000 ipv4 reachable none lb-1 internet";

describe("load balancers", () => {
  const rules =
    (...items: object[]): Change =>
    (config) => {
      balancer(config).ruleSets = { r: { items } };
      balancer(config).listeners.l443.ruleSetNames = ["r"];
    };
  const backend =
    (change: object): Change =>
    (config) =>
      Object.assign(balancer(config).backendSets.bs.backends[0], change);
  const from = (cidr: string) => ({
    action: "ALLOW",
    conditions: [{ attributeName: "SOURCE_IP_ADDRESS", attributeValue: cidr }],
  });
  const redirect = (path: string) => ({
    action: "REDIRECT",
    conditions: [{ attributeName: "PATH", attributeValue: path, operator: "PREFIX_MATCH" }],
  });

  test.each<[string, Change, string[]]>([
    [
      "an access rule admits its clients alone",
      rules(from("198.51.100.0/24")),
      ["tcp/8000 ipv4 reachable none lb-1 198.51.100.0/24"],
    ],
    ["access rules add up", rules(from("10.0.0.0/8"), from("0.0.0.0/0")), [served]],
    ["an access rule for the other family admits nobody", rules(from("2001:db8::/32")), []],
    ["a redirect of everything serves nothing", rules(redirect("/")), []],
    ["a redirect of one path leaves the rest", rules(redirect("/old")), [served]],
    [
      "a draining backend is latent",
      backend({ drain: true }),
      ["tcp/8000 ipv4 LB_NO_TARGET none lb-1 internet"],
    ],
    ["a backup serves when no other does", backend({ backup: true }), [served]],
    [
      "one that failed serves nothing",
      (config) => (balancer(config).lifecycleState = "FAILED"),
      [],
    ],
    [
      "a stopped backend is latent",
      (config) => (first(config, "instances")["lifecycleState"] = "STOPPED"),
      ["tcp/8000 ipv4 INSTANCE_NOT_RUNNING none lb-1 internet"],
    ],
    [
      "without egress rules it reaches no backend",
      (config) => (config.core.securityLists[0].egressSecurityRules = []),
      [],
    ],
  ])("%s", (_, change, lines) => {
    expect(linesOf(after("oci-040", change))).toEqual(lines);
  });

  test("a backup is latent while another serves", () => {
    const found = after("oci-040", (config) => {
      const { backends } = balancer(config).backendSets.bs;
      backends[0].backup = true;
      backends.push({
        ...backends[0],
        name: "10.0.2.9:8000",
        ipAddress: "10.0.2.9",
        backup: false,
      });
    });
    expect(linesOf(found)).toEqual(["tcp/8000 ipv4 LB_NO_TARGET none lb-1 internet"]);
  });

  test("paths and names of the listener are what a client may ask for", () => {
    const { exposures } = after("oci-040", (config) => {
      const own = balancer(config);
      own.hostnames = { h: { name: "h", hostname: "mcp.example.com" } };
      own.pathRouteSets = { p: { pathRoutes: [{ path: "/mcp", backendSetName: "bs" }] } };
      own.backendSets.other = { backends: [] };
      Object.assign(own.listeners.l443, {
        hostnameNames: ["h"],
        pathRouteSetName: "p",
        defaultBackendSetName: "other",
      });
    });
    expect(exposures.map(({ entry }) => [entry.hosts, entry.paths])).toEqual([
      [["mcp.example.com"], ["/mcp"]],
    ]);
  });

  test("health that was not read is an assumption", () => {
    const { exposures } = after("oci-040", () => {}, ["loadbalancer:GetBackendSetHealth"]);
    expect(exposures).toMatchObject([{ verdict: "reachable", certainty: "maybe" }]);
  });
});

describe("network load balancers", () => {
  test("a listener on any port passes each port on as it is", () => {
    const found = after("oci-052", (config) => {
      const own = balancer(config);
      Object.assign(own.listeners.l, { port: 0, protocol: "ANY" });
      own.backendSets.bs.backends[0].port = 0;
      ingress(config, "lb")[0].tcpOptions.destinationPortRange = { min: 7000, max: 9000 };
    });
    expect(linesOf(found)).toEqual(["tcp/8000 ipv4 reachable none nlb-1 internet"]);
  });

  test("a backend may be named by its instance", () => {
    const found = after("oci-052", (config) => {
      delete balancer(config).backendSets.bs.backends[0].ipAddress;
    });
    expect(linesOf(found)).toEqual(["tcp/8000 ipv4 reachable none nlb-1 internet"]);
  });

  test("in front of a private balancer, it opens what that one forwards to", () => {
    const found = after("oci-051", (config) => {
      const inner = structuredClone(balancer(configOf("oci-041")));
      config.loadBalancer = { loadBalancers: [inner] };
      Object.assign(balancer({ ...config, loadBalancer: undefined }).backendSets.bs.backends[0], {
        ipAddress: "10.0.4.9",
        port: 443,
        targetId: undefined,
      });
    });
    expect(linesOf(found)).toEqual(["tcp/8000 ipv4 reachable none nlb-1 > lb-1 internet"]);
  });
});
