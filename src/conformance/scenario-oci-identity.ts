import type { Json, JsonObject } from "../model/json.ts";
import type { OciAnswer } from "./oci-answer.ts";
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

export const ociIdentityCalls: readonly string[] = [
  ...Object.values(wide),
  ...Object.values(narrow),
].map((name) => `identity:${name}`);

/** Who may do what, as `identity` of a case's configuration says it; lists that it leaves out are empty. */
export function ociIdentityAnswers(
  config: JsonObject,
  compartments: readonly string[],
  tenancy: string,
): OciAnswer[] {
  return [
    ...Object.entries(wide).map(([collection, name]) =>
      answer(name, {}, listOf(config[collection])),
    ),
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

function answer(name: string, params: JsonObject, body: Json): OciAnswer {
  return { call: `identity:${name}`, params, body };
}
