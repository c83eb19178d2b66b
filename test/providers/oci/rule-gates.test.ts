import { describe, expect, test } from "vitest";
import { after, balancer, ingress, vnic, type Change } from "./changed-case.ts";
import { linesOf, type Loose } from "./world.ts";

const group = "ocid1.networksecuritygroup.oc1.iad.g";

/** The group admits and remembers what the list admits too. */
const grouped: Change = (config) => {
  const { core } = config;
  core.networkSecurityGroups.push({ id: group, vcnId: core.vcns[0].id, displayName: "g" });
  core.networkSecurityGroupSecurityRules[group] = [
    { ...ingress(config, "s")[0], id: "r", direction: "INGRESS" },
  ];
  vnic(config)["nsgIds"] = [group];
};
const told = (change: Change, gaps: Loose[] = [], id = "oci-001"): string[] =>
  after(id, change, gaps).exposures.map(({ verdict, certainty }) => `${verdict} ${certainty}`);

describe("rules that were not read", () => {
  test("may forget what a group remembers, which is taken not to be so", () => {
    expect(told(grouped)).toEqual(["reachable certain"]);
    expect(told(grouped, ["core:ListSecurityLists"])).toContain("reachable maybe");
  });

  test("leave alone what was read whole", () => {
    const elsewhere = { call: "core:ListSecurityLists", params: { compartmentId: "elsewhere" } };
    expect(told(grouped, [elsewhere])).toEqual(["reachable certain"]);
  });

  test("of a group may admit anything, and forget it", () => {
    const found = told(grouped, ["core:ListNetworkSecurityGroupSecurityRules"]);
    expect(found).toContain("reachable maybe");
    expect(found.some((line) => line.startsWith("unknown"))).toBe(true);
  });
});

test("networks that were not read leave what carries no mark alone", () => {
  expect(told(() => {}, ["core:ListVcns"])).toEqual(["reachable certain"]);
});

describe("backends", () => {
  const backends =
    (...more: Loose[]): Change =>
    (config) => {
      const own = balancer(config).backendSets.bs.backends;
      own[0].backup = true;
      for (const each of more) own.push({ ...own[0], backup: false, ...each });
    };
  const failing = (config: Loose, ...names: string[]) => {
    const { id } = balancer(config);
    config.loadBalancer.backendSetHealth = {
      [id]: { bs: { status: "CRITICAL", criticalStateBackendNames: names } },
    };
  };
  const [one, two] = [
    { name: "10.0.2.8:8000", ipAddress: "10.0.2.8" },
    { name: "10.0.2.9:8000", ipAddress: "10.0.2.9" },
  ];
  const line = (state: string): string => `tcp/8000 ipv4 ${state} none lb-1 internet`;

  test.each<[string, Change, string[]]>([
    [
      "a backup waits while one of two others serves",
      (config) => {
        backends(one, two)(config);
        failing(config, one.name);
      },
      [line("LB_NO_TARGET")],
    ],
    [
      "a backup serves when both others fail",
      (config) => {
        backends(one, two)(config);
        failing(config, one.name, two.name);
      },
      [line("reachable")],
    ],
    [
      "a backup that fails itself serves nothing",
      (config) => {
        backends(one)(config);
        failing(config, one.name, "10.0.2.5:8000");
      },
      [line("LB_TARGET_UNHEALTHY")],
    ],
    [
      "one that is named by its address and port alone is known by these",
      (config) => {
        delete balancer(config).backendSets.bs.backends[0].name;
        failing(config, "10.0.2.5:8000");
      },
      [line("LB_TARGET_UNHEALTHY")],
    ],
  ])("%s", (_, change, lines) => {
    expect(linesOf(after("oci-040", change))).toEqual(lines);
  });

  test("are spoken to over TLS where the set says so", () => {
    const tlsOf = (change: Change) =>
      after("oci-040", change).exposures.map(({ backendTls }) => backendTls);
    expect(tlsOf(() => {})).toEqual(["http"]);
    const wrapped: Change = (config) => {
      balancer(config).backendSets.bs.sslConfiguration = { verifyPeerCertificate: false };
    };
    expect(tlsOf(wrapped)).toEqual(["https"]);
  });
});
