import type { Json, JsonObject } from "../../src/model/json.ts";
import type { GcpRequest } from "./faults.ts";

/** Collections by service, as the labelled cases give them. */
export interface GcpWorld {
  readonly project: string;
  readonly config: JsonObject;
}

/** The rows of one zone, region or `global`. */
export interface Row {
  readonly place: string;
  readonly item: Json;
}

export type Answer =
  | { readonly kind: "body"; readonly body: Json }
  | { readonly kind: "list"; readonly rows: readonly Json[] }
  | { readonly kind: "aggregated"; readonly key: string; readonly rows: readonly Row[] }
  | { readonly kind: "error"; readonly name: string };

const empty: Answer = { kind: "body", body: {} };

export function answerOf({ project, config }: GcpWorld, request: GcpRequest): Answer {
  const { operation, params } = request;
  const compute = objectOf(config["compute"]);
  const manager = objectOf(config["resourceManager"]);
  const run = objectOf(config["run"]);
  const [, collection = "", method = ""] = operation.split(".");
  switch (operation) {
    case "compute.regions.list":
      return { kind: "list", rows: regionsIn(config).map((name) => ({ name })) };
    case "compute.networkFirewallPolicies.aggregatedList":
      return aggregate("firewallPolicies", [
        ...listOf(compute["networkFirewallPolicies"]),
        ...listOf(compute["regionNetworkFirewallPolicies"]),
      ]);
    case "compute.firewallPolicies.list":
      return {
        kind: "list",
        rows: listOf(compute["firewallPolicies"]).filter(
          (each) => objectOf(each)["parent"] === params["parentId"],
        ),
      };
    case "cloudresourcemanager.projects.get":
      return { kind: "body", body: listOf(manager["projects"])[0] ?? { projectId: project } };
    case "cloudresourcemanager.projects.getAncestry":
      return { kind: "body", body: { ancestor: ancestors(manager, project) } };
    case "cloudresourcemanager.tagBindings.list":
      return answered(objectOf(manager["tagBindings.list"])[params["parent"] ?? ""]);
    case "cloudresourcemanager.projects.getIamPolicy":
    case "cloudresourcemanager.folders.getIamPolicy":
    case "cloudresourcemanager.organizations.getIamPolicy":
      return answered(objectOf(manager["getIamPolicy"])[params["resource"] ?? ""]);
    case "run.projects.locations.services.list":
      return { kind: "body", body: { services: servicesIn(run, params["region"] ?? "") } };
    case "run.projects.locations.services.getIamPolicy":
      return answered(objectOf(run["services.getIamPolicy"])[params["resource"] ?? ""]);
    case "networksecurity.serverTlsPolicies.get":
      return answered(
        listOf(objectOf(config["networkSecurity"])["serverTlsPolicies"]).find(
          (each) => objectOf(each)["name"] === params["name"],
        ),
      );
    case "iam":
      return empty;
    default:
      if (method === "aggregatedList") return aggregate(collection, compute[collection] ?? []);
      if (method === "list") return list(compute[collection] ?? []);
      return perResource(objectOf(compute[`${collection}.${method}`]), Object.values(params));
  }
}

function perResource(map: JsonObject, keys: readonly string[]): Answer {
  const found = keys.reduce<Json | undefined>((value, key) => {
    const own = objectOf(value);
    const name = Object.keys(own).find((each) => pathOf(each) === pathOf(key));
    return name === undefined ? undefined : own[name];
  }, map);
  return answered(found);
}

function answered(value: Json | undefined): Answer {
  const name = objectOf(value)["$error"];
  if (typeof name === "string") return { kind: "error", name };
  return value === undefined ? empty : { kind: "body", body: value };
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
  const found = /\/(zones|regions)\/([a-z0-9-]+)/.exec(
    `${String(selfLink)} ${String(zone)} ${String(region)}`,
  );
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
    String(objectOf(each)["name"]).includes(`/locations/${region}/`),
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

export function objectOf(value: Json | readonly Json[] | undefined): JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isList(value)
    ? value
    : {};
}

function isList(value: unknown): value is readonly Json[] {
  return Array.isArray(value);
}

export function listOf(value: Json | readonly Json[] | undefined): readonly Json[] {
  return isList(value) ? value : [];
}
