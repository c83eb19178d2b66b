import type { Json, JsonObject } from "../model/json.ts";
import type { Gap, Snapshot } from "../model/snapshot.ts";
import { listOf, objectOf, textOf } from "./read-json.ts";
import { scenarioPage, type ScenarioAnswer } from "./scenario-page.ts";

interface Answer extends ScenarioAnswer {
  readonly region: string;
}

/** Collections whose lists hold every zone or region, each part under the collection's name. */
const aggregated: ReadonlySet<string> = new Set([
  "instances",
  "subnetworks",
  "addresses",
  "forwardingRules",
  "targetHttpProxies",
  "targetHttpsProxies",
  "targetTcpProxies",
  "urlMaps",
  "backendServices",
  "targetPools",
  "targetInstances",
  "instanceGroups",
  "networkEndpointGroups",
  "securityPolicies",
]);

/** Global and regional network policies come in one list. */
const policies: ReadonlySet<string> = new Set([
  "networkFirewallPolicies",
  "regionNetworkFirewallPolicies",
]);

/** Calls that are made per resource, with the parameters that the levels of the map name. */
const keyed: Readonly<Record<string, readonly string[]>> = {
  "compute:instanceGroups.listInstances": ["group"],
  "compute:networkEndpointGroups.listNetworkEndpoints": ["group"],
  "compute:backendServices.getHealth": ["backendService", "group"],
  "compute:targetPools.getHealth": ["targetPool", "instance"],
  "compute:networks.getEffectiveFirewalls": ["network"],
  "compute:regionNetworkFirewallPolicies.getEffectiveFirewalls": ["region", "network"],
  "resourceManager:tagBindings.list": ["parent"],
  "run:services.getIamPolicy": ["resource"],
};

/** The pages that a collection of the scenario's world would have recorded. */
export function gcpScenario(scenario: JsonObject): Snapshot {
  const config = objectOf(scenario["config"]);
  const project = projectOf(config);
  const answers = [
    ...Object.entries(config).flatMap(([service, collections]) =>
      service === "gaps" ? [] : answersOf(service, objectOf(collections)),
    ),
    ...ancestryAnswer(objectOf(config["resourceManager"]), project),
  ];
  const regions = new Set(answers.map(({ region }) => region).filter((name) => name !== "global"));
  const told = [...listOf(scenario["gaps"]), ...listOf(config["gaps"])].flatMap((entry) =>
    toldGap(entry, project),
  );
  const failed = answers.flatMap((answer) => errorGap(answer, project));
  const gaps = [...told, ...failed];
  const pages = answers
    .filter((answer) => errorOf(answer.body) === undefined && !hidden(told, answer))
    .map((answer) => scenarioPage(answer, answer.region));
  const scope = { provider: "gcp", id: project, regions: [...regions].toSorted() } as const;
  return { provider: "gcp", scope, pages, gaps };
}

const common = { region: "global", params: {} };

function answersOf(service: string, collections: JsonObject): Answer[] {
  const lists = Object.entries(collections).flatMap(([name, value]): Answer[] => {
    const json = value ?? null;
    const params = keyed[`${service}:${name}`];
    if (params) return perResource(callOf(service, name), params, json, {});
    if (service === "resourceManager") return hierarchy(name, json);
    if (service === "run") return runLists(name, json);
    if (name === "serverTlsPolicies") return tlsPolicies(name, json);
    if (name === "policyBasedRoutes") return [policyRoutes(json)];
    if (name === "projects.get")
      return [Object.assign({ call: "compute.projects.get", body: json }, common)];
    return service === "compute" && !policies.has(name) ? [listAnswer(name, json)] : [];
  });
  return service === "compute" ? [...lists, ...policyAnswers(collections)] : lists;
}

function callOf(service: string, name: string): string {
  if (service === "resourceManager") return `cloudresourcemanager.${name}`;
  return service === "run" ? `run.projects.locations.${name}` : `${service}.${name}`;
}

function perResource(
  call: string,
  [param, ...rest]: readonly string[],
  value: Json,
  params: JsonObject,
): Answer[] {
  // Health may be told for all members of a pool at once.
  const told = "healthStatus" in objectOf(value);
  if (param === undefined || told || errorOf(value) !== undefined) {
    const location = /\/locations\/([^/]+)/.exec(textOf(params["resource"]) ?? "")?.[1];
    return [{ call, region: location ?? "global", params, body: value }];
  }
  return Object.entries(objectOf(value)).flatMap(([key, member]) =>
    perResource(call, rest, member ?? null, { ...params, [param]: pathOf(key) }),
  );
}

function listAnswer(collection: string, value: Json): Answer {
  const call = `compute.${collection}.${aggregated.has(collection) ? "aggregatedList" : "list"}`;
  const place = Object.assign({ call }, common);
  if (errorOf(value) !== undefined) return { ...place, body: value };
  const items = aggregated.has(collection) ? byPlace(collection, listOf(value)) : listOf(value);
  return { ...place, body: { items } };
}

function policyAnswers(collections: JsonObject): Answer[] {
  const lists = [...policies].flatMap((name) => {
    const list = collections[name];
    return list === undefined ? [] : [list];
  });
  if (lists.length === 0) return [];
  const call = "compute.networkFirewallPolicies.aggregatedList";
  const failed = lists.find((list) => errorOf(list) !== undefined);
  const items = byPlace("firewallPolicies", lists.flatMap(listOf));
  return [{ call, region: "global", params: {}, body: failed ?? { items } }];
}

function byPlace(key: string, list: readonly Json[]): JsonObject {
  const places = new Map<string, Json[]>();
  for (const item of list) {
    const own = places.get(placeOf(item)) ?? [];
    own.push(item);
    places.set(placeOf(item), own);
  }
  return Object.fromEntries([...places].map(([place, own]) => [place, { [key]: own }]));
}

function placeOf(item: Json): string {
  const { selfLink, zone, region } = objectOf(item);
  const links = [selfLink, zone, region].map((link) => textOf(link) ?? "").join(" ");
  const found = /\b(zones|regions)\/([a-z0-9-]+)/.exec(links);
  return found ? `${found[1]}/${found[2]}` : "global";
}

/** The project, and who may do what at each level above it. */
function hierarchy(name: string, value: Json): Answer[] {
  if (name === "projects")
    return listOf(value)
      .slice(0, 1)
      .map((body) => Object.assign({ call: "cloudresourcemanager.projects.get", body }, common));
  if (name !== "getIamPolicy") return [];
  return Object.entries(objectOf(value)).map(([resource, body]) => ({
    call: `cloudresourcemanager.${resource.split("/")[0]}.getIamPolicy`,
    region: "global",
    params: resource.startsWith("projects/") ? {} : { resource },
    body: body ?? null,
  }));
}

/** The project first, then what is above it, as getAncestry tells. */
function ancestryAnswer(collections: JsonObject, project: string): Answer[] {
  const parents = new Map(
    ["projects", "folders"].flatMap((kind) =>
      listOf(collections[kind]).map((item): [string, string] => [
        textOf(objectOf(item)["name"]) ?? "",
        textOf(objectOf(item)["parent"]) ?? "",
      ]),
    ),
  );
  const projects = listOf(collections["projects"]);
  const own = projects.find((each) => objectOf(each)["projectId"] === project) ?? projects[0];
  if (own === undefined) return [];
  const ancestor: Json[] = [{ resourceId: { type: "project", id: project } }];
  let next = textOf(objectOf(own)["parent"]) ?? "";
  while (next !== "" && ancestor.length < 20) {
    const [kind, id] = next.split("/");
    ancestor.push({ resourceId: { type: kind?.replace(/s$/, "") ?? "", id: id ?? "" } });
    next = parents.get(next) ?? "";
  }
  const call = "cloudresourcemanager.projects.getAncestry";
  return [{ call, region: "global", params: {}, body: { ancestor } }];
}

function policyRoutes(value: Json): Answer {
  const call = "networkconnectivity.projects.locations.policyBasedRoutes.list";
  const failed = errorOf(value) !== undefined;
  return { call, ...common, body: failed ? value : { policyBasedRoutes: value } };
}

function tlsPolicies(collection: string, value: Json): Answer[] {
  return listOf(value).map((body) => ({
    call: `networksecurity.${collection}.get`,
    region: "global",
    params: { name: pathOf(textOf(objectOf(body)["name"]) ?? "") },
    body,
  }));
}

function runLists(name: string, value: Json): Answer[] {
  const mappings = name.toLowerCase() === "domainmappings";
  const call = `run.projects.locations.${mappings ? "domainmappings" : name}.list`;
  if (errorOf(value) !== undefined) return [{ call, region: "global", params: {}, body: value }];
  const regions = new Map<string, Json[]>();
  for (const item of listOf(value)) {
    const region = locationOf(item);
    regions.set(region, [...(regions.get(region) ?? []), item]);
  }
  const key = mappings ? "items" : name;
  return [...regions].map(([region, own]) => ({ call, region, params: {}, body: { [key]: own } }));
}

/** Services name it in their path, domain mappings in a label. */
function locationOf(item: Json): string {
  const { name, metadata } = objectOf(item);
  const label = objectOf(objectOf(metadata)["labels"])["cloud.googleapis.com/location"];
  return /\/locations\/([^/]+)/.exec(textOf(name) ?? "")?.[1] ?? textOf(label) ?? "global";
}

function projectOf(config: JsonObject): string {
  const projects = listOf(objectOf(config["resourceManager"])["projects"]);
  const ids = projects.flatMap((project) => textOf(objectOf(project)["projectId"]) ?? []);
  const { instances, forwardingRules } = objectOf(config["compute"]);
  const own = JSON.stringify([instances, forwardingRules, config["run"]]);
  const serving = [own, JSON.stringify(config)].flatMap((text) =>
    [...text.matchAll(/"(?:name|selfLink)":"[^"]*projects\/([a-z][a-z0-9-]*)\//g)].map(
      ([, id = ""]) => id,
    ),
  );
  return serving.find((id) => ids.length === 0 || ids.includes(id)) ?? ids[0] ?? serving[0] ?? "p1";
}

function pathOf(link: string): string {
  return link.startsWith("//")
    ? link
    : link.replace(/^https:\/\/[^/]+\//, "").replace(/^compute\/[a-z0-9]+\//, "");
}

function errorOf(body: Json): string | undefined {
  return textOf(objectOf(body)["$error"]);
}

/** What does not exist is an answer; anything else that fails is a gap. */
function errorGap({ call, region, params, body }: Answer, scope: string): Gap[] {
  const error = errorOf(body);
  if (error === undefined || /not.?found|404/i.test(error)) return [];
  const reason = /rateLimit|quota|RESOURCE_EXHAUSTED|429/i.test(error) ? "throttled" : "denied";
  const about = Object.keys(params).length > 0 ? { params } : {};
  return [{ call, scope, region, ...about, reason, detail: error, affects: [] }];
}

const reasons = ["denied", "throttled", "unavailable", "timeout", "unsupported"] as const;

/** `"compute.firewalls.list"`, or `{ call, params?, reason?, detail?, region? }`. */
function toldGap(entry: Json, scope: string): Gap[] {
  const own = objectOf(entry);
  const call = textOf(entry) ?? textOf(own["call"]);
  if (call === undefined) return [];
  const reason = reasons.find((word) => word === own["reason"]) ?? "denied";
  const params = objectOf(own["params"]);
  const about = Object.keys(params).length > 0 ? { params } : {};
  const region = textOf(own["region"]) ?? "global";
  const detail = textOf(own["detail"]) ?? reason;
  return [{ call, scope, region, ...about, reason, detail, affects: [] }];
}

function hidden(gaps: readonly Gap[], { call, params }: Answer): boolean {
  return gaps.some(
    (each) =>
      each.call === call &&
      Object.entries(each.params ?? {}).every(([key, value]) => params[key] === value),
  );
}
