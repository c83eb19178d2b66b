import type { Json, JsonObject } from "../../src/model/json.ts";
import type { Recorded } from "../call.ts";
import { resourceOperations } from "./calls-resources.ts";
import { distinct, textIn, under, type CallRow } from "./calls-row.ts";

/** Accounts of one project whose own policies are asked for; those beyond stay open. Google allows 100 by default. */
export const maxAccounts = 300;
/** Predefined roles whose permissions are asked for. */
export const maxRoles = 300;

export const operations = {
  ancestry: "cloudresourcemanager.projects.getAncestry",
  projectPolicy: "cloudresourcemanager.projects.getIamPolicy",
  folderPolicy: "cloudresourcemanager.folders.getIamPolicy",
  organizationPolicy: "cloudresourcemanager.organizations.getIamPolicy",
  accounts: "iam.projects.serviceAccounts.list",
  accountPolicy: "iam.projects.serviceAccounts.getIamPolicy",
  projectRoles: "iam.projects.roles.list",
  organizationRoles: "iam.organizations.roles.list",
  role: "iam.roles.get",
  denies: "iam.policies.listPolicies",
  deny: "iam.policies.get",
  boundaryBindings: "iam.policyBindings.searchTargetPolicyBindings",
  boundaries: "iam.organizations.locations.principalAccessBoundaryPolicies.list",
} as const;

const policyOptions: JsonObject = { options: { requestedPolicyVersion: 3 } };

/**
 * Who may do what: allow policies of the project and everything above it, deny policies, boundaries, accounts and the
 * roles in use. https://cloud.google.com/iam/docs/policy-types
 */
export const identityCalls: readonly CallRow[] = [
  {
    operation: operations.ancestry,
    service: "resourceManager",
    permissions: ["resourcemanager.projects.get"],
    affects: ["grants", "limits"],
    request: ({ project }) => ({
      method: "POST",
      path: `/v1/projects/${project}:getAncestry`,
      body: {},
    }),
  },
  policyOf("projectPolicy", "projects"),
  policyOf("folderPolicy", "folders"),
  policyOf("organizationPolicy", "organizations"),
  {
    operation: operations.accounts,
    service: "iam",
    permissions: ["iam.serviceAccounts.list"],
    affects: ["identities"],
    request: ({ project }) => ({
      path: `/v1/projects/${project}/serviceAccounts`,
      query: { pageSize: 100 },
    }),
  },
  {
    operation: operations.accountPolicy,
    service: "iam",
    permissions: ["iam.serviceAccounts.getIamPolicy"],
    affects: ["grants"],
    params: (recorded) =>
      distinct(
        under(recorded.bodies(operations.accounts), "accounts").map((account) => ({
          resource: textIn(account, "name"),
        })),
      ).slice(0, maxAccounts),
    request: ({ params: { resource = "" } }) => ({
      method: "POST",
      path: `/v1/${resource}:getIamPolicy`,
      query: { "options.requestedPolicyVersion": 3 },
    }),
  },
  {
    operation: operations.projectRoles,
    service: "iam",
    permissions: ["iam.roles.list"],
    affects: ["grants"],
    request: ({ project }) => ({
      path: `/v1/projects/${project}/roles`,
      query: { view: "FULL", pageSize: 300, showDeleted: true },
    }),
  },
  {
    operation: operations.organizationRoles,
    service: "iam",
    permissions: ["iam.roles.list"],
    affects: ["grants"],
    params: (recorded) =>
      placesAbove(recorded)
        .filter((place) => place.startsWith("organizations/"))
        .map((parent) => ({ parent })),
    request: ({ params: { parent = "" } }) => ({
      path: `/v1/${parent}/roles`,
      query: { view: "FULL", pageSize: 300, showDeleted: true },
    }),
  },
  {
    operation: operations.role,
    service: "iam",
    permissions: ["iam.roles.get"],
    affects: ["grants"],
    params: (recorded) =>
      rolesIn(recorded)
        .slice(0, maxRoles)
        .map((name) => ({ name })),
    request: ({ params: { name = "" } }) => ({ path: `/v1/${name}` }),
  },
  {
    operation: operations.denies,
    service: "iam",
    permissions: ["iam.denypolicies.list"],
    affects: ["limits"],
    params: (recorded) => allPlaces(recorded).map((place) => ({ place })),
    request: ({ project, params: { place = "" } }) => ({
      path: `/v2/policies/${attachmentPoint(place || `projects/${project}`)}/denypolicies`,
      query: { pageSize: 100 },
    }),
  },
  {
    operation: operations.deny,
    service: "iam",
    permissions: ["iam.denypolicies.get"],
    affects: ["limits"],
    params: (recorded) =>
      distinct(
        under(recorded.bodies(operations.denies), "policies").map((policy) => ({
          name: textIn(policy, "name"),
        })),
      ),
    request: ({ params: { name = "" } }) => ({ path: `/v2/${name}` }),
  },
  {
    operation: operations.boundaryBindings,
    service: "iam",
    permissions: [
      "resourcemanager.projects.searchPolicyBindings",
      "resourcemanager.folders.searchPolicyBindings",
      "resourcemanager.organizations.searchPolicyBindings",
    ],
    affects: ["limits"],
    params: (recorded) =>
      organizationsOf(recorded).length === 0 ? [] : allPlaces(recorded).map((place) => ({ place })),
    request: ({ project, params: { place = "" } }) => {
      const target = place || `projects/${project}`;
      return {
        path: `/v3/${target}/locations/global/policyBindings:searchTargetPolicyBindings`,
        query: { target: `//cloudresourcemanager.googleapis.com/${target}`, pageSize: 100 },
      };
    },
  },
  {
    operation: operations.boundaries,
    service: "iam",
    permissions: ["iam.principalaccessboundarypolicies.list"],
    affects: ["limits"],
    params: (recorded) => organizationsOf(recorded).map((parent) => ({ parent })),
    request: ({ params: { parent = "" } }) => ({
      path: `/v3/${parent}/locations/global/principalAccessBoundaryPolicies`,
      query: { pageSize: 100 },
    }),
  },
];

type PolicyOperation = "projectPolicy" | "folderPolicy" | "organizationPolicy";

function policyOf(operation: PolicyOperation, kind: string): CallRow {
  return {
    operation: operations[operation],
    service: "resourceManager",
    permissions: [`resourcemanager.${kind}.getIamPolicy`],
    affects: ["grants"],
    ...(kind !== "projects" && {
      params: (recorded: Recorded) =>
        placesAbove(recorded)
          .filter((place) => place.startsWith(`${kind}/`))
          .map((resource) => ({ resource })),
    }),
    request: ({ project, params: { resource = `projects/${project}` } }) => ({
      method: "POST",
      path: `/v3/${resource}:getIamPolicy`,
      body: policyOptions,
    }),
  };
}

/** The project itself is told apart by the empty place, since it is known only when the request is made. */
function allPlaces(recorded: Recorded): readonly string[] {
  return ["", ...placesAbove(recorded)];
}

const kinds: Readonly<Record<string, string>> = {
  folder: "folders",
  organization: "organizations",
};

/** Folders and organisation above the project, nearest first. */
function placesAbove(recorded: Recorded): readonly string[] {
  return ancestorsIn(recorded.bodies(operations.ancestry)).filter(
    (place) => !place.startsWith("projects/"),
  );
}

function organizationsOf(recorded: Recorded): readonly string[] {
  return placesAbove(recorded).filter((place) => place.startsWith("organizations/"));
}

/** The answer of getAncestry: the project first, then what is above it. */
export function ancestorsIn(bodies: readonly Json[]): readonly string[] {
  return under(bodies, "ancestor").flatMap((each) => {
    const resource = each["resourceId"];
    if (typeof resource !== "object" || resource === null || Array.isArray(resource)) return [];
    const { type, id } = Object.fromEntries(Object.entries(resource));
    const kind = typeof type === "string" ? (kinds[type] ?? `${type}s`) : "";
    return typeof id === "string" ? [`${kind}/${id}`] : [];
  });
}

/** https://cloud.google.com/iam/docs/reference/rest/v2/policies/listPolicies */
function attachmentPoint(place: string): string {
  return encodeURIComponent(`cloudresourcemanager.googleapis.com/${place}`);
}

/** Predefined roles that bindings give and that their conditions name. */
function rolesIn(recorded: Recorded): readonly string[] {
  const bodies = [
    operations.projectPolicy,
    operations.folderPolicy,
    operations.organizationPolicy,
    operations.accountPolicy,
    resourceOperations.policies,
  ].flatMap((operation) => recorded.bodies(operation));
  const text = bodies.map((body) => JSON.stringify(body)).join("\n");
  // The role of a project or organisation has its owner before it.
  const found = [...text.matchAll(/(?<![\w/])roles\/[A-Za-z0-9_.]+/g)].map(([role]) => role);
  return [...new Set(found)].toSorted();
}
