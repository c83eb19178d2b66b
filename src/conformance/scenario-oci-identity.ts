import type { Json, JsonObject } from "../model/json.ts";
import type { ScenarioAnswer } from "./scenario-page.ts";
import { listOf, objectOf, textOf } from "./read-json.ts";

/** Lists of the whole tenancy, by the collection of the case that holds them. */
const wide: Readonly<Record<string, string>> = {
  dynamicGroups: "ListDynamicGroups",
  groups: "ListGroups",
  networkSources: "ListNetworkSources",
};

/** Lists of one compartment each. */
const narrow: Readonly<Record<string, string>> = {
  policies: "ListPolicies",
  domains: "ListDomains",
};

const domainCall = "identitydomains:ListDynamicResourceGroups";

/** Lists that are asked for once, in the home region. */
export const ociIdentityCalls: readonly string[] = [
  ...[...Object.values(wide), ...Object.values(narrow)].map((name) => `identity:${name}`),
  domainCall,
];

/** Dynamic groups of the domains that have an address, as each domain tells them. */
function domainAnswers(config: JsonObject): ScenarioAnswer[] {
  const groups = objectOf(config["domainGroups"]);
  return listOf(config["domains"]).flatMap((each): ScenarioAnswer[] => {
    const domain = textOf(objectOf(each)["url"]);
    if (domain === undefined || objectOf(each)["type"] === "DEFAULT") return [];
    const resources = listOf(groups[domain]);
    const body = { Resources: [...resources], totalResults: resources.length };
    return [{ call: domainCall, params: { domain }, body }];
  });
}

function membershipAnswers(config: JsonObject): ScenarioAnswer[] {
  const memberships = listOf(config["memberships"]);
  const users = memberships.flatMap((each) => textOf(objectOf(each)["userId"]) ?? []);
  return [...new Set(users)].map((userId) => ({
    call: "identity:ListUserGroupMemberships",
    params: { userId },
    body: memberships.filter((each) => objectOf(each)["userId"] === userId),
  }));
}

/** Applications by compartment, and functions by application. */
function functionAnswers(config: JsonObject, inPlace: (id: string) => (item: Json) => boolean) {
  const applications = listOf(config["applications"]);
  const places = new Set(
    applications.flatMap((each) => textOf(objectOf(each)["compartmentId"]) ?? []),
  );
  const ids = applications.flatMap((each) => textOf(objectOf(each)["id"]) ?? []);
  const functions = listOf(config["functions"]);
  return [
    ...[...places].map((compartmentId): ScenarioAnswer => ({
      call: "functions:ListApplications",
      params: { compartmentId },
      body: applications.filter(inPlace(compartmentId)),
    })),
    ...ids.map((applicationId): ScenarioAnswer => ({
      call: "functions:ListFunctions",
      params: { applicationId },
      body: functions.filter((each) => objectOf(each)["applicationId"] === applicationId),
    })),
  ];
}

/** Who may do what, as `identity` of a case's configuration says it; lists that it leaves out are empty. */
export function ociIdentityAnswers(
  config: JsonObject,
  compartments: readonly string[],
  tenancy: string,
): ScenarioAnswer[] {
  return [
    ...Object.entries(wide).map(([collection, name]) =>
      answer(name, {}, listOf(config[collection])),
    ),
    ...domainAnswers(config),
    ...functionAnswers(config, isIn),
    ...membershipAnswers(config),
    ...Object.entries(narrow).flatMap(([collection, name]) =>
      [tenancy, ...compartments].map((compartmentId) =>
        answer(name, { compartmentId }, listOf(config[collection]).filter(isIn(compartmentId))),
      ),
    ),
  ];

  function isIn(compartmentId: string): (item: Json) => boolean {
    return (item) => (textOf(objectOf(item)["compartmentId"]) ?? tenancy) === compartmentId;
  }
}

function answer(name: string, params: JsonObject, body: Json): ScenarioAnswer {
  return { call: `identity:${name}`, params, body };
}
