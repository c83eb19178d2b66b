import type { Json, JsonObject } from "../../src/model/json.ts";
import type { Recorded } from "../call.ts";
import { everywhere, type CallRow } from "./calls-row.ts";
import * as names from "./operations-identity.ts";
import { resourceCall } from "./operations.ts";
import { recordedPrincipals } from "./recorded-principals.ts";
import { recordedResources } from "./recorded-ids.ts";

/** Those of the whole subscription, and for each identity those that it has through groups. */
function assignmentParams(recorded: Recorded): readonly JsonObject[] {
  return [{}, ...recordedPrincipals(recorded).map((assignedTo) => ({ assignedTo }))];
}

/** Not asked where the list of everything shows none of the type. */
function unlessNone(type: string, words: string): CallRow["skip"] {
  return (recorded) =>
    recordedResources(recorded, resourceCall).some(
      ({ type: own }) => typeof own === "string" && own.toLowerCase() === type.toLowerCase(),
    )
      ? undefined
      : `the subscription has no ${words}`;
}

/** A list of a provider that no installed client has. */
function ofSubscription(type: string, version: string): CallRow["ask"] {
  return async (clients, { token, signal }) => {
    const path = `/subscriptions/${clients.subscription}/providers/${type}`;
    return clients.get({ path, query: { "api-version": version }, token, signal });
  };
}

const authorization = { sdk: "authorization" } as const;

/**
 * Who holds what, in lists. `assignedTo` resolves groups, nested ones too, without asking the directory.
 * https://learn.microsoft.com/rest/api/authorization/role-assignments/list-for-subscription
 */
export const identityCalls: readonly CallRow[] = [
  {
    operation: names.assignedIdentityCall,
    affects: ["identities", "identity-links"],
    ask: ofSubscription("Microsoft.ManagedIdentity/userAssignedIdentities", "2023-01-31"),
  },
  {
    operation: names.clusterCall,
    affects: ["identities"],
    skip: unlessNone("Microsoft.ContainerService/managedClusters", "clusters"),
    ask: ofSubscription("Microsoft.ContainerService/managedClusters", "2024-09-01"),
  },
  {
    operation: names.vaultCall,
    affects: ["grants"],
    skip: unlessNone("Microsoft.KeyVault/vaults", "key vaults"),
    ask: ofSubscription("Microsoft.KeyVault/vaults", "2023-07-01"),
  },
  {
    operation: names.assignmentCall,
    affects: ["identities", "grants"],
    params: assignmentParams,
    async ask(clients, { params, token, signal }) {
      const asked = filterOf(params["assignedTo"]);
      const operation = {
        ...authorization,
        group: "roleAssignments",
        method: "listForSubscription",
      };
      return clients.list({
        ...operation,
        args: [],
        ...(asked && { options: asked }),
        token,
        signal,
      });
    },
  },
  {
    operation: names.definitionCall,
    affects: ["grants"],
    async ask(clients, { token, signal }) {
      const args = [`/subscriptions/${clients.subscription}`];
      const operation = { ...authorization, group: "roleDefinitions", method: "list" };
      return clients.list({ ...operation, args, token, signal });
    },
  },
  {
    operation: names.denialCall,
    affects: ["limits"],
    ask: everywhere({ ...authorization, group: "denyAssignments", method: "list" }),
  },
  {
    operation: names.eligibleCall,
    affects: ["identities"],
    async ask(clients, { token, signal }) {
      const args = [`/subscriptions/${clients.subscription}`];
      const group = "roleEligibilityScheduleInstances";
      return clients.list({ ...authorization, group, method: "listForScope", args, token, signal });
    },
  },
];

/** Object ids stand in quotes; one that holds a quote is none. */
function filterOf(principal: Json | undefined): JsonObject | undefined {
  return typeof principal === "string" && !principal.includes("'")
    ? { filter: `assignedTo('${principal}')` }
    : undefined;
}
