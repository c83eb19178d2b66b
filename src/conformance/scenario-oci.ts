import type { Json, JsonObject } from "../model/json.ts";
import type { Gap, Snapshot } from "../model/snapshot.ts";
import { byCompartment, defaultCompartment, ociZone } from "./oci-answer.ts";
import { ociCoreAnswers } from "./scenario-oci-core.ts";
import { ociIdentityAnswers, ociIdentityCalls } from "./scenario-oci-identity.ts";
import { listOf, objectOf, textOf } from "./read-json.ts";
import { scenarioPage, type ScenarioAnswer } from "./scenario-page.ts";

export const ociTenancy = "ocid1.tenancy.oc1..local";

/** Region codes as they stand in OCIDs. https://docs.oracle.com/en-us/iaas/Content/General/Concepts/regions.htm */
const regionCodes: Readonly<Record<string, string>> = {
  iad: "us-ashburn-1",
  phx: "us-phoenix-1",
  fra: "eu-frankfurt-1",
  lhr: "uk-london-1",
  ams: "eu-amsterdam-1",
  nrt: "ap-tokyo-1",
};

export function ociRegionOf(config: JsonObject): string {
  const code = /"ocid1\.[a-z0-9]+\.oc\d+\.([a-z]{3})\./.exec(JSON.stringify(config))?.[1];
  return regionCodes[code ?? ""] ?? "us-ashburn-1";
}

/** The pages that a collection of the scenario's world would have recorded. */
export function ociScenario(scenario: JsonObject): Snapshot {
  const config = objectOf(scenario["config"]);
  const region = ociRegionOf(config);
  const gaps = toldGaps(scenario, region);
  const pages = ociAnswers(config)
    .filter(({ call, params }) => !gaps.some((gap) => hides(gap, call, params)))
    .map((each) => scenarioPage(each, scopeCalls.has(each.call) ? "global" : region));
  const scope = { provider: "oci", id: ociTenancy, regions: [region] } as const;
  return { provider: "oci", scope, pages, gaps };
}

const scopeCalls: ReadonlySet<string> = new Set([
  "identity:GetTenancy",
  "identity:ListRegionSubscriptions",
  "identity:ListCompartments",
  ...ociIdentityCalls,
  "dns:ListZones",
  "dns:GetZoneRecords",
  "dns:ListSteeringPolicyAttachments",
  "dns:GetSteeringPolicy",
]);

/** Every answer of the world that a scenario describes. */
export function ociAnswers(config: JsonObject): ScenarioAnswer[] {
  const own = [
    ...ociCoreAnswers(objectOf(config["core"])),
    ...services.flatMap((service) => serviceAnswers(service, objectOf(config[service.name]))),
  ];
  const policies = objectOf(config["zpr"])["zprPolicies"];
  const zpr = { call: "zpr:ListZprPolicies", params: {}, body: { items: listOf(policies) } };
  return [...tenancyAnswers(config), ...own, zpr];
}

function tenancyAnswers(config: JsonObject): ScenarioAnswer[] {
  const named = JSON.stringify(config).match(/ocid1\.compartment\.oc1\.\.[a-z0-9]+/g) ?? [];
  const compartments = [...new Set([defaultCompartment, ...named])].map((id) => ({
    id,
    compartmentId: ociTenancy,
    name: id.split(".").at(-1) ?? id,
    lifecycleState: "ACTIVE",
  }));
  const regionName = ociRegionOf(config);
  const identity = objectOf(config["identity"]);
  const given = listOf(identity["compartments"]).map(objectOf);
  const listed = [
    ...given,
    ...compartments.filter(({ id }) => given.every((each) => each["id"] !== id)),
  ];
  const ids = listed.flatMap(({ id }) => textOf(id) ?? []);
  return [
    ...ociIdentityAnswers(identity, ids, ociTenancy),
    answer("GetTenancy", { id: ociTenancy, name: "local", homeRegionKey: "IAD" }),
    answer("ListRegionSubscriptions", [
      { regionKey: "IAD", regionName, status: "READY", isHomeRegion: true },
    ]),
    answer("ListCompartments", listed),
    answer("ListAvailabilityDomains", [{ name: ociZone, compartmentId: ociTenancy }]),
  ];
}

function answer(name: string, body: Json): ScenarioAnswer {
  return { call: `identity:${name}`, params: {}, body };
}

interface ScenarioService {
  readonly name: string;
  readonly prefix: string;
  /** Collections listed by compartment, and how the service shows a list. */
  readonly lists: Readonly<Record<string, string>>;
  readonly wrapped: boolean;
  /** One answer a key, and the parameter that names it. */
  readonly gets: Readonly<Record<string, readonly [call: string, param: string]>>;
  /** Two keys deep. */
  readonly nested: Readonly<Record<string, readonly [call: string, outer: string, inner: string]>>;
}

const services: readonly ScenarioService[] = [
  {
    name: "loadBalancer",
    prefix: "loadbalancer",
    lists: { loadBalancers: "ListLoadBalancers" },
    wrapped: false,
    gets: {},
    nested: { backendSetHealth: ["GetBackendSetHealth", "loadBalancerId", "backendSetName"] },
  },
  {
    name: "networkLoadBalancer",
    prefix: "networkloadbalancer",
    lists: { networkLoadBalancers: "ListNetworkLoadBalancers" },
    wrapped: true,
    gets: {},
    nested: {
      backendSetHealth: ["GetBackendSetHealth", "networkLoadBalancerId", "backendSetName"],
    },
  },
  {
    name: "containerInstances",
    prefix: "containerinstances",
    lists: { containerInstances: "ListContainerInstances" },
    wrapped: true,
    gets: {
      getContainerInstance: ["GetContainerInstance", "containerInstanceId"],
      getContainer: ["GetContainer", "containerId"],
    },
    nested: {},
  },
  {
    name: "apiGateway",
    prefix: "apigateway",
    lists: { gateways: "ListGateways", deployments: "ListDeployments" },
    wrapped: true,
    gets: {
      getGateway: ["GetGateway", "gatewayId"],
      getDeployment: ["GetDeployment", "deploymentId"],
    },
    nested: {},
  },
  {
    name: "waf",
    prefix: "waf",
    lists: { webAppFirewalls: "ListWebAppFirewalls" },
    wrapped: true,
    gets: {
      getWebAppFirewallPolicy: ["GetWebAppFirewallPolicy", "webAppFirewallPolicyId"],
      getNetworkAddressList: ["GetNetworkAddressList", "networkAddressListId"],
    },
    nested: {},
  },
  {
    name: "dns",
    prefix: "dns",
    lists: { zones: "ListZones", steeringPolicyAttachments: "ListSteeringPolicyAttachments" },
    wrapped: false,
    gets: {
      getZoneRecords: ["GetZoneRecords", "zoneNameOrId"],
      getSteeringPolicy: ["GetSteeringPolicy", "steeringPolicyId"],
    },
    nested: {},
  },
  {
    name: "networkFirewall",
    prefix: "networkfirewall",
    lists: { networkFirewalls: "ListNetworkFirewalls" },
    wrapped: true,
    gets: {
      securityRules: ["ListSecurityRules", "networkFirewallPolicyId"],
      serviceLists: ["ListServiceLists", "networkFirewallPolicyId"],
      services: ["ListServices", "networkFirewallPolicyId"],
      addressLists: ["ListAddressLists", "networkFirewallPolicyId"],
    },
    nested: {
      getSecurityRule: ["GetSecurityRule", "networkFirewallPolicyId", "securityRuleName"],
      getServiceList: ["GetServiceList", "networkFirewallPolicyId", "serviceListName"],
      getService: ["GetService", "networkFirewallPolicyId", "serviceName"],
      getAddressList: ["GetAddressList", "networkFirewallPolicyId", "addressListName"],
    },
  },
];

function serviceAnswers(service: ScenarioService, config: JsonObject): ScenarioAnswer[] {
  const { prefix, lists, wrapped, gets, nested } = service;
  const wrap = (items: readonly Json[]): Json => (wrapped ? { items } : items);
  return [
    ...Object.entries(lists).flatMap(([collection, call]) =>
      byCompartment(listOf(config[collection])).map(([compartmentId, items]) => ({
        call: `${prefix}:${call}`,
        params: { compartmentId },
        body: wrap(items),
      })),
    ),
    ...Object.entries(gets).flatMap(([map, [call, param]]) =>
      Object.entries(objectOf(config[map])).map(([id, body]) => ({
        call: `${prefix}:${call}`,
        params: { [param]: id },
        body: Array.isArray(body) ? wrap(body) : (body ?? null),
      })),
    ),
    ...Object.entries(nested).flatMap(([map, [call, outer, inner]]) =>
      Object.entries(objectOf(config[map])).flatMap(([id, own]) =>
        Object.entries(objectOf(own)).map(([name, body]) => ({
          call: `${prefix}:${call}`,
          params: { [outer]: id, [inner]: name },
          body: body ?? null,
        })),
      ),
    ),
  ];
}

const reasons = ["denied", "throttled", "unavailable", "timeout", "unsupported"] as const;

/** `"core:ListSubnets"`, or `{ call, params?, reason? }`, beside the configuration or in it. */
function toldGaps(scenario: JsonObject, region: string): Gap[] {
  const told = [...listOf(scenario["gaps"]), ...listOf(objectOf(scenario["config"])["gaps"])];
  return told.flatMap((entry): Gap[] => {
    const own = objectOf(entry);
    const call = textOf(entry) ?? textOf(own["call"]);
    if (call === undefined) return [];
    const reason = reasons.find((word) => word === own["reason"]) ?? "denied";
    const params = objectOf(own["params"]);
    const about = Object.keys(params).length > 0 ? { params } : {};
    return [{ call, scope: ociTenancy, region, ...about, reason, detail: reason, affects: [] }];
  });
}

function hides(gap: Gap, call: string, params: JsonObject): boolean {
  return (
    gap.call === call &&
    Object.entries(gap.params ?? {}).every(([key, value]) => params[key] === value)
  );
}
