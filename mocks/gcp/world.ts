import type { Json, JsonObject } from "../../src/model/json.ts";
import type { GcpRequest } from "./faults.ts";
import { answered, listOf, objectOf, type Answer, type GcpWorld } from "./answer.ts";
import { identityAnswers } from "./identity.ts";

type Params = GcpRequest["params"];

/** What is not simply a collection of compute. */
const special: Readonly<Record<string, (world: GcpWorld, params: Params) => Answer>> = {
  "compute.regions.list": ({ config }) => ({
    kind: "list",
    rows: regionsIn(config).map((name) => ({ name })),
  }),
  "compute.networkFirewallPolicies.aggregatedList": ({ config }) =>
    aggregate("firewallPolicies", [
      ...listOf(objectOf(config["compute"])["networkFirewallPolicies"]),
      ...listOf(objectOf(config["compute"])["regionNetworkFirewallPolicies"]),
    ]),
  "compute.firewallPolicies.list": ({ config }, { parentId }) => ({
    kind: "list",
    rows: listOf(objectOf(config["compute"])["firewallPolicies"]).filter(
      (each) => objectOf(each)["parent"] === parentId,
    ),
  }),
  "cloudresourcemanager.projects.get": ({ project, config }) => ({
    kind: "body",
    body: listOf(managerOf(config)["projects"])[0] ?? { projectId: project },
  }),
  "cloudresourcemanager.projects.getAncestry": ({ project, config }) => ({
    kind: "body",
    body: { ancestor: ancestors(managerOf(config), project) },
  }),
  "cloudresourcemanager.tagBindings.list": ({ config }, { parent = "" }) =>
    answered(objectOf(managerOf(config)["tagBindings.list"])[parent]),
  "cloudresourcemanager.projects.getIamPolicy": allowPolicy,
  "cloudresourcemanager.folders.getIamPolicy": allowPolicy,
  "cloudresourcemanager.organizations.getIamPolicy": allowPolicy,
  "run.projects.locations.services.list": ({ config }, { region = "" }) => ({
    kind: "body",
    body: { services: servicesIn(objectOf(config["run"]), region) },
  }),
  "run.projects.locations.services.getIamPolicy": ({ config }, { resource = "" }) =>
    answered(objectOf(objectOf(config["run"])["services.getIamPolicy"])[resource]),
  "compute.projects.get": ({ config }) => answered(objectOf(config["compute"])["projects.get"]),
  "compute.targetPools.getHealth": ({ config }, { targetPool = "", instance = "" }) =>
    perResource(objectOf(objectOf(config["compute"])["targetPools.getHealth"]), [
      targetPool,
      instance,
    ]),
  "run.projects.locations.domainmappings.list": ({ config }, { region = "" }) => ({
    kind: "body",
    body: {
      items: listOf(objectOf(config["run"])["domainmappings"]).filter((each) =>
        JSON.stringify(each).includes(`"cloud.googleapis.com/location":"${region}"`),
      ),
    },
  }),
  "networksecurity.serverTlsPolicies.get": ({ config }, { name }) =>
    answered(
      listOf(objectOf(config["networkSecurity"])["serverTlsPolicies"]).find(
        (each) => objectOf(each)["name"] === name,
      ),
    ),
  "networksecurity.addressGroups.get": ({ config }, { name }) => {
    const groups = listOf(objectOf(config["networkSecurity"])["addressGroups"]);
    const found = groups.find((each) => objectOf(each)["name"] === name);
    return found === undefined ? { kind: "error", name: "not-found" } : answered(found);
  },
  "networkconnectivity.projects.locations.policyBasedRoutes.list": ({ config }) => ({
    kind: "body",
    body: {
      policyBasedRoutes: listOf(objectOf(config["networkConnectivity"])["policyBasedRoutes"]),
    },
  }),
  "dns.managedZones.list": ({ config }) => ({
    kind: "body",
    body: { managedZones: listOf(objectOf(config["dns"])["managedZones"]) },
  }),
  "dns.resourceRecordSets.list": ({ config }, { zone = "" }) =>
    answered(objectOf(objectOf(config["dns"])["resourceRecordSets.list"])[zone]),
  ...identityAnswers,
};

export function answerOf(world: GcpWorld, { operation, params }: GcpRequest): Answer {
  const own = special[operation];
  if (own) return own(world, params);
  const compute = objectOf(world.config["compute"]);
  const [, collection = "", method = ""] = operation.split(".");
  if (method === "aggregatedList") return aggregate(collection, compute[collection] ?? []);
  if (method === "list") return list(compute[collection] ?? []);
  return perResource(objectOf(compute[`${collection}.${method}`]), Object.values(params));
}

function managerOf(config: JsonObject): JsonObject {
  return objectOf(config["resourceManager"]);
}

function allowPolicy({ config }: GcpWorld, { resource = "" }: Params): Answer {
  return answered(objectOf(managerOf(config)["getIamPolicy"])[resource]);
}

function perResource(map: JsonObject, keys: readonly string[]): Answer {
  const found = keys.reduce<Json | undefined>((value, key) => {
    const own = objectOf(value);
    const name = Object.keys(own).find((each) => pathOf(each) === pathOf(key));
    return name === undefined ? undefined : own[name];
  }, map);
  return answered(found);
}

function list(value: Json): Answer {
  const name = objectOf(value)["$error"];
  return typeof name === "string" ? { kind: "error", name } : { kind: "list", rows: listOf(value) };
}

function aggregate(key: string, value: Json | readonly Json[]): Answer {
  const name = objectOf(value)["$error"];
  if (typeof name === "string") return { kind: "error", name };
  return {
    kind: "aggregated",
    key,
    rows: listOf(value).map((item) => ({ place: placeOf(item), item })),
  };
}

function placeOf(item: Json): string {
  const { selfLink, zone, region } = objectOf(item);
  const found = /\/(zones|regions)\/([a-z0-9-]+)/.exec(JSON.stringify([selfLink, zone, region]));
  return found ? `${found[1]}/${found[2]}` : "global";
}

/** Every zone and region that the world speaks of, and one that has nothing. */
export function placesIn(config: JsonObject): string[] {
  const links = JSON.stringify(config).matchAll(/\/((?:zones|regions)\/[a-z]+-[a-z0-9-]+)/g);
  return [...new Set([...links].map(([, place]) => place ?? "")), "global", "zones/us-east1-b"];
}

function regionsIn(config: JsonObject): string[] {
  const text = JSON.stringify(config);
  const links = [...text.matchAll(/\/(?:zones|regions|locations)\/([a-z]+-[a-z]+\d+)/g)];
  return [...new Set(["us-central1", ...links.map(([, region]) => region ?? "")])].toSorted();
}

function servicesIn(run: JsonObject, region: string): readonly Json[] {
  return listOf(run["services"]).filter((each) =>
    JSON.stringify(objectOf(each)["name"]).includes(`/locations/${region}/`),
  );
}

function ancestors(manager: JsonObject, project: string): Json[] {
  const out: Json[] = [{ resourceId: { type: "project", id: project } }];
  const nodes = [...listOf(manager["folders"])].map(objectOf);
  let next = objectOf(listOf(manager["projects"])[0])["parent"];
  while (typeof next === "string" && next !== "" && out.length < 20) {
    const [kind = "", id = ""] = next.split("/");
    out.push({ resourceId: { type: kind.replace(/s$/, ""), id } });
    const own: string = next;
    next = nodes.find(({ name }) => name === own)?.["parent"];
  }
  return out;
}

function pathOf(link: string): string {
  return link.replace(/^https:\/\/[^/]+\/(?:compute\/v1\/)?/, "");
}
