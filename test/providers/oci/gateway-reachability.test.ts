import { describe, expect, test } from "vitest";
import { after, balancer, vnic, type Change } from "./changed-case.ts";
import { configOf, linesOf, type Loose } from "./world.ts";

describe("API gateways", () => {
  const specificationOf = (config: Loose): Loose => {
    const [deployment]: Loose[] = Object.values(config.apiGateway.getDeployment);
    return deployment.specification;
  };
  const route = (config: Loose) => specificationOf(config).routes[0];
  const requests = (config: Loose) => specificationOf(config).requestPolicies;

  test("a function behind one is reached without a network", () => {
    const found = after("oci-066", (config) => {
      route(config).backend = { type: "ORACLE_FUNCTIONS_BACKEND", functionId: "ocid1.fnfunc.f" };
    });
    expect(found.exposures).toMatchObject([
      { workload: { id: "ocid1.fnfunc.f", kind: "function" }, verdict: "reachable" },
    ]);
  });

  test.each<[string, Change, string]>([
    [
      "a client certificate",
      (c) => (requests(c).mutualTls = { isVerifiedCertificateRequired: true }),
      "mtls",
    ],
    [
      "a function that judges tokens",
      (c) => (requests(c).authentication = { type: "CUSTOM_AUTHENTICATION" }),
      "jwt",
    ],
    [
      "a login page",
      (c) =>
        (requests(c).authentication = {
          type: "TOKEN_AUTHENTICATION",
          validationFailurePolicy: { type: "OAUTH2" },
        }),
      "oidc",
    ],
  ])("%s is the gate in front", (_, change, gate) => {
    expect(after("oci-066", change).exposures.map(({ authGate }) => authGate)).toEqual([gate]);
  });

  test("a private balancer behind one is followed", () => {
    const found = after("oci-066", (config) => {
      config.loadBalancer = { loadBalancers: [balancer(configOf("oci-041"))] };
      route(config).backend.url = "https://10.0.4.9/mcp";
    });
    expect(linesOf(found)).toEqual(["tcp/8000 ipv4 reachable none apigw-1 > lb-1 internet"]);
  });

  test("a name of the network's own resolver stands for its address", () => {
    const found = after("oci-066", (config) => {
      const domain = "priv.v.oraclevcn.com";
      const subnet = config.core.subnets.find(({ id }: Loose) => id.endsWith(".priv"));
      subnet.subnetDomainName = domain;
      const id = vnic(config)["id"];
      config.core.privateIps = [
        {
          id: "ocid1.privateip.oc1.iad.x",
          vnicId: id,
          ipAddress: "10.0.2.5",
          subnetId: subnet.id,
          hostnameLabel: "mcp",
          isPrimary: true,
        },
      ];
      route(config).backend.url = `http://mcp.${domain}:8000/mcp`;
    });
    expect(linesOf(found)).toEqual(["tcp/8000 ipv4 reachable none apigw-1 internet"]);
  });
});

describe("network firewalls", () => {
  test("rules that were not read leave it unknown", () => {
    const found = after("oci-072", () => {}, ["networkfirewall:GetSecurityRule"]);
    expect(linesOf(found)).toContain("tcp/8080 ipv4 unknown none direct internet");
  });

  test("a foreign appliance in between is taken to let the traffic pass", () => {
    const { exposures } = after("oci-072", (config) => delete config.networkFirewall);
    expect(exposures).toMatchObject([{ verdict: "reachable", certainty: "maybe" }]);
  });
});
