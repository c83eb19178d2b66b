import type { Json, JsonObject } from "../../src/model/json.ts";
import type { Recorded } from "../call.ts";
import { isObject } from "../reader.ts";
import type { CallRow } from "./calls-row.ts";
import * as names from "./operations.ts";
import { perResource, recordedResources } from "./recorded-ids.ts";

const version = "2024-02-01";

/** Azure Front Door has no SDK among those that are installed: its lists are asked by path. */
function below(param: string, children: string): CallRow["ask"] {
  return async (clients, { params, token, signal }) => {
    const parent = params[param];
    const path = `${typeof parent === "string" ? parent : ""}/${children}`;
    return clients.get({ path, query: { "api-version": version }, token, signal });
  };
}

function ofSubscription(type: string, apiVersion: string): CallRow["ask"] {
  return async (clients, { token, signal }) => {
    const path = `/subscriptions/${clients.subscription}/providers/${type}`;
    return clients.get({ path, query: { "api-version": apiVersion }, token, signal });
  };
}

const perProfile = perResource(names.doorCall, "profile", ({ sku }) =>
  JSON.stringify(sku ?? null).includes("AzureFrontDoor"),
);

/** Rule sets that no route names bear on nothing. */
function ruleSetsOfRoutes(recorded: Recorded): JsonObject[] {
  const named = recordedResources(recorded, names.doorRouteCall).flatMap(({ properties }) => {
    const sets = isObject(properties) ? properties["ruleSets"] : undefined;
    return (Array.isArray(sets) ? sets : []).flatMap((each: Json) => {
      const id = isObject(each) ? each["id"] : undefined;
      return typeof id === "string" ? [id] : [];
    });
  });
  return [...new Set(named)].map((ruleSet) => ({ ruleSet }));
}

/** https://learn.microsoft.com/rest/api/frontdoor/ */
export const doorCalls: readonly CallRow[] = [
  {
    operation: names.doorCall,
    affects: ["edges"],
    ask: ofSubscription("Microsoft.Cdn/profiles", version),
  },
  {
    operation: names.doorEndpointCall,
    affects: ["edges"],
    params: perProfile,
    ask: below("profile", "afdEndpoints"),
  },
  {
    operation: names.doorRouteCall,
    affects: ["edges"],
    params: perResource(names.doorEndpointCall, "endpoint"),
    ask: below("endpoint", "routes"),
  },
  {
    operation: names.doorGroupCall,
    affects: ["edges"],
    params: perProfile,
    ask: below("profile", "originGroups"),
  },
  {
    operation: names.doorOriginCall,
    affects: ["edges"],
    params: perResource(names.doorGroupCall, "group"),
    ask: below("group", "origins"),
  },
  {
    operation: names.doorDomainCall,
    affects: ["edges"],
    params: perProfile,
    ask: below("profile", "customDomains"),
  },
  {
    operation: names.doorRuleCall,
    affects: ["edges"],
    params: ruleSetsOfRoutes,
    ask: below("ruleSet", "rules"),
  },
  {
    operation: names.doorSecurityCall,
    affects: ["edges"],
    params: perProfile,
    ask: below("profile", "securityPolicies"),
  },
  {
    operation: names.resourceCall,
    affects: ["edges", "identities"],
    async ask(clients, { token, signal }) {
      const path = `/subscriptions/${clients.subscription}/resources`;
      const query = { "api-version": "2021-04-01" };
      return clients.get({ path, query, token, signal });
    },
  },
  {
    operation: names.doorWafCall,
    affects: ["edges"],
    ask: ofSubscription("Microsoft.Network/frontDoorWebApplicationFirewallPolicies", "2024-02-01"),
  },
];
