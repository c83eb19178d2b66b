import { describe, expect, test } from "vitest";
import { after, ingress, type Change } from "./changed-case.ts";
import { linesOf, type Loose } from "./world.ts";

const line = (family: string, gate = "none", port = 8000): string =>
  `tcp/${port} ${family} reachable ${gate} apigw-1 internet`;
const gateway = (config: Loose) => config.apiGateway.gateways[0];
const deployment = (config: Loose): Loose => {
  const [first]: Loose[] = Object.values(config.apiGateway.getDeployment);
  return first;
};
const specification = (config: Loose) => deployment(config).specification;

/** The gateway's subnet has a way for IPv6, and a rule. */
const six =
  (ipMode: string): Change =>
  (config) => {
    const { core } = config;
    core.vcns[0].ipv6CidrBlocks = ["2001:db8:0:100::/56"];
    core.subnets[0].ipv6CidrBlocks = ["2001:db8:0:104::/64"];
    core.routeTables[0].routeRules.push({
      destination: "::/0",
      networkEntityId: "ocid1.internetgateway.oc1.iad.i",
    });
    ingress(config, "lb").push({ protocol: "6", source: "::/0" });
    gateway(config).ipMode = ipMode;
  };

const another: Change = (config) => {
  const other = structuredClone(deployment(config));
  Object.assign(other, { id: "ocid1.apideployment.oc1.iad.2", gatewayId: "another" });
  other.specification.routes[0].backend.url = "http://10.0.2.5:9000/";
  config.apiGateway.deployments.push({ id: other.id, gatewayId: "another" });
  config.apiGateway.getDeployment[other.id] = other;
  ingress(config, "priv").push({ protocol: "6", source: "10.0.4.0/24" });
};

const jwt = (more: Loose = {}) => ({ type: "JWT_AUTHENTICATION", ...more });
const dynamic =
  (...methods: Loose[]): Change =>
  (config) => {
    specification(config).requestPolicies.dynamicAuthentication = {
      authenticationServers: methods.map((authenticationServerDetail) => ({
        authenticationServerDetail,
      })),
    };
  };
const anonymous: Change = (config) => {
  specification(config).routes[0].requestPolicies = { authorization: { type: "ANONYMOUS" } };
};

describe("an API gateway", () => {
  test.each<[string, Change, string[]]>([
    ["answers on IPv4", six("IPV4"), [line("ipv4")]],
    ["answers on IPv6 alone", six("IPV6"), [line("ipv6")]],
    ["answers on both", six("DUAL_STACK"), [line("ipv4+ipv6")]],
    ["leads where its own deployments lead, not those of another", another, [line("ipv4")]],
    ["may choose among several checks of a token", dynamic(jwt(), jwt()), [line("ipv4", "jwt")]],
    [
      "is open where one of them admits anyone and the route asks for it",
      (config) => {
        dynamic(jwt(), jwt({ isAnonymousAccessAllowed: true }))(config);
        anonymous(config);
      },
      [line("ipv4")],
    ],
    [
      "is not open where the route alone asks for it",
      (config) => {
        dynamic(jwt({ isAnonymousAccessAllowed: false }))(config);
        anonymous(config);
      },
      [line("ipv4", "jwt")],
    ],
    [
      "asks for a token before it looks at a certificate",
      (config) => {
        specification(config).requestPolicies = {
          authentication: jwt(),
          mutualTls: { isVerifiedCertificateRequired: true },
        };
      },
      [line("ipv4", "jwt")],
    ],
    [
      "asks for no certificate that need not be checked",
      (config) => {
        specification(config).requestPolicies = {
          mutualTls: { isVerifiedCertificateRequired: false },
        };
      },
      [line("ipv4")],
    ],
    [
      "leads nowhere by an address that is none",
      (config) => (specification(config).routes[0].backend.url = "mcp"),
      [],
    ],
    [
      "speaks to port 80 where none is told",
      (config) => {
        specification(config).routes[0].backend.url = "http://10.0.2.5/";
        ingress(config, "priv").push({ protocol: "6", source: "10.0.4.0/24" });
      },
      [line("ipv4", "none", 80)],
    ],
    ["is none while it is deleted", (config) => (gateway(config).lifecycleState = "DELETED"), []],
    [
      "is private unless it says that it is public",
      (config) => delete gateway(config).endpointType,
      [],
    ],
  ])("%s", (_, change, lines) => {
    expect(linesOf(after("oci-066", change))).toEqual(lines);
  });

  test("is dialled by its name, at the prefix of the deployment and the path of the route", () => {
    const entries = (change: Change) =>
      after("oci-066", change).exposures.map(({ entry }) => [entry.address, entry.paths]);
    const host = "abc123.apigateway.us-ashburn-1.oci.customer-oci.com";
    expect(entries(() => {})).toEqual([[host, ["/v1/mcp"]]]);
    const nameless: Change = (config) => {
      delete gateway(config).hostname;
      deployment(config).pathPrefix = "/";
      specification(config).routes[0].path = "/{name}/mcp";
    };
    expect(entries(nameless)).toEqual([[undefined, ["/"]]]);
  });
});
