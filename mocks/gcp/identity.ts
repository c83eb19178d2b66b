import type { Json, JsonObject } from "../../src/model/json.ts";
import type { GcpRequest } from "./faults.ts";
import type { Route } from "./routes.ts";
import { answered, listOf, objectOf, type Answer, type GcpWorld } from "./answer.ts";

type Params = GcpRequest["params"];

const get = (path: RegExp, operation: string, ...names: readonly string[]): Route => ({
  method: "GET",
  path,
  request: (found) => ({
    operation,
    params: Object.fromEntries(names.map((name, i) => [name, found[i] ?? ""])),
  }),
});

const place = "((?:projects|folders|organizations)/[^/]+)";

/** https://cloud.google.com/iam/docs/reference/rest: versions 1 (accounts, roles), 2 (deny policies) and 3 (boundaries). */
export const identityRoutes: readonly Route[] = [
  get(/^\/v1\/projects\/[^/]+\/serviceAccounts$/, "iam.projects.serviceAccounts.list"),
  get(/^\/v1\/projects\/[^/]+:searchAllIamPolicies$/, "cloudasset.searchAllIamPolicies"),
  get(
    /^\/v2\/projects\/[^/]+\/locations\/-\/functions$/,
    "cloudfunctions.projects.locations.functions.list",
  ),
  get(
    /^\/v2\/(projects\/[^/]+\/locations\/[^/]+\/functions\/[^/:]+):getIamPolicy$/,
    "cloudfunctions.projects.locations.functions.getIamPolicy",
    "resource",
  ),
  get(
    /^\/v1\/projects\/[^/]+\/locations\/-\/clusters$/,
    "container.projects.locations.clusters.list",
  ),
  {
    method: "POST",
    path: /^\/v1\/(projects\/[^/]+\/serviceAccounts\/[^/:]+):getIamPolicy$/,
    request: ([resource = ""]) => ({
      operation: "iam.projects.serviceAccounts.getIamPolicy",
      params: { resource },
    }),
  },
  get(/^\/v1\/(projects\/[^/]+)\/roles$/, "iam.projects.roles.list", "parent"),
  get(/^\/v1\/(organizations\/[^/]+)\/roles$/, "iam.organizations.roles.list", "parent"),
  get(/^\/v1\/((?:(?:projects|organizations)\/[^/]+\/)?roles\/[^/]+)$/, "iam.roles.get", "name"),
  get(
    new RegExp(`^/v2/policies/cloudresourcemanager\\.googleapis\\.com/${place}/denypolicies$`),
    "iam.policies.listPolicies",
    "place",
  ),
  get(/^\/v2\/(policies\/.+\/denypolicies\/[^/]+)$/, "iam.policies.get", "name"),
  get(
    new RegExp(`^/v3/${place}/locations/global/policyBindings:searchTargetPolicyBindings$`),
    "iam.policyBindings.searchTargetPolicyBindings",
    "place",
  ),
  get(
    /^\/v3\/(organizations\/[^/]+)\/locations\/global\/principalAccessBoundaryPolicies$/,
    "iam.organizations.locations.principalAccessBoundaryPolicies.list",
    "parent",
  ),
];

/** What the world's `iam` holds: lists of whole objects, and the policies of accounts by name. */
export const identityAnswers: Readonly<
  Record<string, (world: GcpWorld, params: Params) => Answer>
> = {
  "cloudasset.searchAllIamPolicies": (world) =>
    listing("results", within(world, "resourcePolicies")),
  "cloudfunctions.projects.locations.functions.list": (world) =>
    listing("functions", within(world, "functions")),
  "cloudfunctions.projects.locations.functions.getIamPolicy": ({ config }, { resource = "" }) =>
    answered(objectOf(objectOf(config["iam"])["functions.getIamPolicy"])[resource]),
  "container.projects.locations.clusters.list": (world) =>
    listing("clusters", within(world, "clusters")),
  "iam.projects.serviceAccounts.list": (world) =>
    listing("accounts", within(world, "serviceAccounts")),
  "iam.projects.serviceAccounts.getIamPolicy": ({ config }, { resource = "" }) =>
    answered(objectOf(objectOf(config["iam"])["serviceAccounts.getIamPolicy"])[resource]),
  "iam.projects.roles.list": rolesBelow,
  "iam.organizations.roles.list": rolesBelow,
  "iam.roles.get": (world, { name = "" }) => named(within(world, "roles"), name),
  // The list leaves the rules out, as Google's does.
  "iam.policies.listPolicies": (world, { place: at = "" }) =>
    listing(
      "policies",
      within(world, "denyPolicies")
        .filter((each) => nameOf(each).includes(`googleapis.com/${at}/`))
        .map((each) => Object.fromEntries(Object.entries(each).filter(([key]) => key !== "rules"))),
    ),
  "iam.policies.get": (world, { name = "" }) => named(within(world, "denyPolicies"), name),
  "iam.policyBindings.searchTargetPolicyBindings": (world, { place: at = "" }) =>
    listing(
      "policyBindings",
      within(world, "policyBindings").filter((each) =>
        JSON.stringify(each["target"] ?? null).includes(`/${at}"`),
      ),
    ),
  "iam.organizations.locations.principalAccessBoundaryPolicies.list": (world) =>
    listing("principalAccessBoundaryPolicies", within(world, "principalAccessBoundaryPolicies")),
};

function rolesBelow(world: GcpWorld, { parent = "" }: Params): Answer {
  const own = within(world, "roles").filter((each) => nameOf(each).startsWith(`${parent}/`));
  return listing("roles", own);
}

function listing(key: string, items: readonly Json[]): Answer {
  return { kind: "body", body: items.length === 0 ? {} : { [key]: items } };
}

/** A world that says nothing of identities answers with nothing, like one that has none. */
function named(items: readonly JsonObject[], name: string): Answer {
  const found = items.find((each) => nameOf(each) === name);
  if (found) return { kind: "body", body: found };
  return items.length === 0 ? { kind: "body", body: {} } : { kind: "error", name: "notFound" };
}

function within({ config }: GcpWorld, collection: string): JsonObject[] {
  return listOf(objectOf(config["iam"])[collection]).map(objectOf);
}

function nameOf(item: JsonObject): string {
  const { name } = item;
  return typeof name === "string" ? decodeURIComponent(name) : "";
}
