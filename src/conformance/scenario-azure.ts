import type { Json, JsonObject } from "../model/json.ts";
import type { Gap, Snapshot } from "../model/snapshot.ts";
import { listOf, objectOf, textOf } from "./read-json.ts";
import { scenarioPage, type ScenarioAnswer } from "./scenario-page.ts";

/** How a type of resource is asked for: in one list, or in one answer a parent. */
interface Asked {
  readonly call?: string;
  /** The parameter that names the parent, and how many segments of the id are below it. */
  readonly parent?: { readonly param: string; readonly depth: number };
  /** The answer is the resource itself, not a list of it. */
  readonly single?: boolean;
}

/** Lists by name alone what is found and not followed. */
const resourceCall = "Microsoft.Resources/subscriptions/resources/read";

const recordSet: Asked = {
  call: "Microsoft.Network/dnsZones/recordsets/read",
  parent: { param: "zone", depth: 2 },
};

/** Types whose calls are not simply a list of the subscription; keys in small letters. */
const asked: Readonly<Record<string, Asked>> = {
  "microsoft.network/firewallpolicies/rulecollectiongroups": {
    parent: { param: "policy", depth: 2 },
  },
  "microsoft.compute/virtualmachinescalesets/virtualmachines": {
    parent: { param: "scaleSet", depth: 2 },
  },
  "microsoft.compute/virtualmachinescalesets/virtualmachines/networkinterfaces": {
    parent: { param: "scaleSet", depth: 4 },
  },
  "microsoft.compute/virtualmachinescalesets/publicipaddresses": {
    parent: { param: "scaleSet", depth: 2 },
  },
  "microsoft.compute/virtualmachinescalesets/virtualmachines/networkinterfaces/ipconfigurations/publicipaddresses":
    {
      call: "Microsoft.Compute/virtualMachineScaleSets/publicIPAddresses/read",
      parent: { param: "scaleSet", depth: 8 },
    },
  "microsoft.apimanagement/service/apis": { parent: { param: "service", depth: 2 } },
  "microsoft.apimanagement/service/backends": { parent: { param: "service", depth: 2 } },
  "microsoft.apimanagement/service/policies": { parent: { param: "service", depth: 2 } },
  "microsoft.apimanagement/service/apis/policies": { parent: { param: "api", depth: 2 } },
  "microsoft.network/frontdoors": { call: resourceCall },
  "microsoft.app/containerapps/authconfigs": { parent: { param: "app", depth: 2 } },
  "microsoft.web/sites/config": { parent: { param: "site", depth: 2 }, single: true },
  "microsoft.web/sites/functions": { parent: { param: "site", depth: 2 } },
  "microsoft.web/sites/slots": { parent: { param: "site", depth: 2 } },
  "microsoft.web/sites/slots/config": { parent: { param: "site", depth: 2 }, single: true },
  "microsoft.network/dnszones": { call: "Microsoft.Network/dnsZones/read" },
  "microsoft.network/dnszones/a": recordSet,
  "microsoft.network/dnszones/aaaa": recordSet,
  "microsoft.network/dnszones/cname": recordSet,
  "microsoft.cdn/profiles/customdomains": { parent: { param: "profile", depth: 2 } },
  "microsoft.cdn/profiles/afdendpoints": { parent: { param: "profile", depth: 2 } },
  "microsoft.cdn/profiles/afdendpoints/routes": { parent: { param: "endpoint", depth: 2 } },
  "microsoft.cdn/profiles/origingroups": { parent: { param: "profile", depth: 2 } },
  "microsoft.cdn/profiles/origingroups/origins": { parent: { param: "group", depth: 2 } },
  "microsoft.cdn/profiles/rulesets/rules": { parent: { param: "ruleSet", depth: 2 } },
  "microsoft.cdn/profiles/securitypolicies": { parent: { param: "profile", depth: 2 } },
};

const adminRules = "Microsoft.Network/virtualNetworks/effectiveSecurityAdminRules";
const adminRulesCall =
  "Microsoft.Network/virtualNetworks/listNetworkManagerEffectiveSecurityAdminRules/action";
const serviceTags = "Microsoft.Network/serviceTags";
const serviceTagCall = "Microsoft.Network/locations/serviceTags/read";
const subscription = "s1";

/** The pages that a collection of the scenario's world would have recorded. */
export function azureScenario(scenario: JsonObject): Snapshot {
  const config = objectOf(scenario["config"]);
  const gaps = [...listOf(scenario["gaps"]), ...listOf(config["gaps"])].flatMap(toldGap);
  const pages = answersOf(listOf(config["resources"]).map(objectOf))
    .filter(({ call, params }) => !hidden(gaps, call, params))
    .map((answer) => scenarioPage(answer));
  const scope = { provider: "azure", id: subscription, regions: [] } as const;
  return { provider: "azure", scope, pages, gaps };
}

/** Resources of one call and the same parameters stand on one page. */
function answersOf(resources: readonly JsonObject[]): ScenarioAnswer[] {
  const singles: ScenarioAnswer[] = [];
  const lists = new Map<string, { call: string; params: JsonObject; value: Json[] }>();
  for (const resource of resources) {
    const type = textOf(resource["type"]) ?? "";
    const pseudo = pseudoAnswer(type, resource);
    if (pseudo) {
      singles.push(pseudo);
      continue;
    }
    const how = asked[type.toLowerCase()] ?? {};
    const params = paramsOf(how, resource);
    const call = how.call ?? `${type}/read`;
    if (how.single) singles.push({ call, params, body: resource });
    else {
      const key = `${call}\u0000${JSON.stringify(params)}`.toLowerCase();
      const list = lists.get(key) ?? { call, params, value: [] };
      list.value.push(resource);
      lists.set(key, list);
    }
  }
  const pages = [...lists.values()].map(({ call, params, value }) => ({
    call,
    params,
    body: { value },
  }));
  return [...pages, ...singles];
}

/** Two replies ride among the resources; their members are the reply's own. */
function pseudoAnswer(type: string, resource: JsonObject): ScenarioAnswer | undefined {
  const own = objectOf(resource["properties"]);
  if (type === adminRules) {
    const { virtualNetwork, ...body } = own;
    const id = textOf(objectOf(virtualNetwork)["id"]) ?? parentOf(resource, 1);
    return { call: adminRulesCall, params: { virtualNetwork: id }, body };
  }
  if (type !== serviceTags) return undefined;
  return { call: serviceTagCall, params: { location: "eastus" }, body: own };
}

function paramsOf({ parent, single }: Asked, resource: JsonObject): JsonObject {
  if (!parent) return {};
  const about = { [parent.param]: parentOf(resource, parent.depth) };
  return single ? { config: textOf(resource["name"]) ?? "", ...about } : about;
}

function parentOf(resource: JsonObject, depth: number): string {
  return (textOf(resource["id"]) ?? "").split("/").slice(0, -depth).join("/");
}

const reasons = ["denied", "throttled", "unavailable", "timeout", "unsupported"] as const;

/** `"Microsoft.Network/networkSecurityGroups/read"`, or `{ call, params?, reason?, detail? }`; the verb may be left out. */
function toldGap(entry: Json): Gap[] {
  const own = objectOf(entry);
  const call = textOf(entry) ?? textOf(own["call"]);
  if (call === undefined) return [];
  const said = textOf(own["reason"]);
  const reason = reasons.find((word) => word === said) ?? "denied";
  const params = objectOf(own["params"]);
  return [
    {
      call: /\/(?:read|action)$/.test(call) ? call : `${call}/read`,
      scope: subscription,
      region: "global",
      ...(Object.keys(params).length > 0 && { params }),
      reason,
      detail: textOf(own["detail"]) ?? reason,
      affects: [],
    },
  ];
}

function hidden(gaps: readonly Gap[], call: string, params: JsonObject): boolean {
  return gaps.some(
    (gap) =>
      gap.call === call &&
      Object.entries(gap.params ?? {}).every(([key, value]) => params[key] === value),
  );
}
