import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { normalise } from "../../../providers/gcp/normalise.ts";
import { gcpScenario } from "../../../src/conformance/scenario-gcp.ts";
import type { JsonObject } from "../../../src/model/json.ts";
import { reach } from "../../../src/reach/reach.ts";
import { objectOf } from "../../../src/conformance/read-json.ts";

const text = readFileSync(new URL("../../conformance/net/gcp.json", import.meta.url), "utf8");
const cases: { scenarios: { id: string; config: JsonObject }[] } = JSON.parse(text);

/** The exposed ports of a case after its text was changed. */
function exposed(id: string, change: (config: string) => string): string[] {
  const config = JSON.stringify(cases.scenarios.find((each) => each.id === id)?.config);
  const { exposures } = reach(normalise(gcpScenario({ config: JSON.parse(change(config)) })));
  return exposures
    .filter(({ verdict, latent }) => verdict === "reachable" && latent === undefined)
    .map(({ via, portRange, authGate }) => `${via} ${portRange.from} ${authGate}`);
}

const region = "projects/p1/regions/us-central1";
const regional = (config: string): string =>
  config.replaceAll(
    /projects\/p1\/global\/(backendServices|urlMaps|targetHttpProxies|forwardingRules)/g,
    `${region}/$1`,
  );
const proxySubnet = (config: string, range: string): string =>
  config.replace(
    '"subnetworks":[',
    `"subnetworks":[{"name":"proxies","selfLink":"https://www.googleapis.com/compute/v1/${region}/subnetworks/proxies","network":"https://www.googleapis.com/compute/v1/projects/p1/global/networks/vpc","ipCidrRange":"${range}","purpose":"REGIONAL_MANAGED_PROXY","role":"ACTIVE"},`,
  );

describe("a regional Application Load Balancer", () => {
  test("does not connect from the ranges of the global front ends", () => {
    expect(exposed("gcp-040", (config) => proxySubnet(regional(config), "10.9.0.0/24"))).toEqual(
      [],
    );
  });
  test("connects from the proxy-only subnet", () => {
    const opened = (config: string): string =>
      proxySubnet(regional(config), "10.9.0.0/24").replaceAll("35.191.0.0/16", "10.9.0.0/24");
    expect(exposed("gcp-040", opened)).toEqual(["fr 8080 none"]);
  });
});

test("a backend that is unhealthy behind a proxy is latent", () => {
  const ill = (config: string): string => config.replaceAll('"HEALTHY"', '"UNHEALTHY"');
  expect(exposed("gcp-040", ill)).toEqual([]);
});

test("a passthrough balancer whose backends are all unhealthy sends to them all", () => {
  const ill = (config: string): string => config.replaceAll('"HEALTHY"', '"UNHEALTHY"');
  expect(exposed("gcp-053", ill)).toEqual(["fr 8080 none"]);
});

test("the order of enforcement decides between network policy and VPC rules", () => {
  const deny = (config: string): string => config.replaceAll('"allow","match"', '"deny","match"');
  const open = (config: string): string =>
    deny(config).replaceAll(
      '"firewalls":[]',
      '"firewalls":[{"name":"a","network":"https://www.googleapis.com/compute/v1/projects/p1/global/networks/vpc","direction":"INGRESS","priority":1,"allowed":[{"IPProtocol":"tcp","ports":["8080"]}],"sourceRanges":["0.0.0.0/0"]}]',
    );
  const before = (config: string): string =>
    open(config).replaceAll("AFTER_CLASSIC_FIREWALL", "BEFORE_CLASSIC_FIREWALL");
  expect(exposed("gcp-030", open)).toEqual(["direct 8080 none"]);
  expect(exposed("gcp-030", before)).toEqual([]);
});

test("the organisation decides before its folder, in whatever order the view names them", () => {
  const turned = (config: string): string =>
    JSON.stringify(JSON.parse(config), (key, value: unknown) =>
      key === "firewallPolicys" && Array.isArray(value) ? value.toReversed() : value,
    );
  expect(exposed("gcp-035", (config) => config)).toEqual(["direct 8080 none"]);
  expect(exposed("gcp-035", turned)).toEqual(["direct 8080 none"]);
});

test("the order of enforcement is an assumption that is named where the network was not shown", () => {
  const config = cases.scenarios.find((each) => each.id === "gcp-001")?.config;
  const compute = objectOf(config?.["compute"]);
  const vpc = "https://www.googleapis.com/compute/v1/projects/p1/global/networks/vpc";
  const match = { srcIpRanges: ["0.0.0.0/0"], layer4Configs: [{ ipProtocol: "all" }] };
  const rules = [{ direction: "INGRESS", priority: 1, action: "deny", match }];
  const policy = {
    name: "np",
    selfLink: "https://www.googleapis.com/compute/v1/projects/p1/global/firewallPolicies/np",
    associations: [{ attachmentTarget: vpc }],
    rules,
  };
  const unshown = { ...compute, networks: [], networkFirewallPolicies: [policy] };
  const { exposures } = reach(normalise(gcpScenario({ config: { ...config, compute: unshown } })));
  expect(exposures.find(({ portRange }) => portRange.from === 8080)).toMatchObject({
    certainty: "maybe",
    assumptions: [expect.stringContaining("assumed to come before its network policies")],
  });
});
