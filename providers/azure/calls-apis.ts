import type { JsonObject } from "../../src/model/json.ts";
import { isObject } from "../reader.ts";
import type { CallRow } from "./calls-row.ts";
import {
  apiBackendCall,
  apiCall,
  apiGlobalPolicyCall,
  apiPolicyCall,
  apiServiceCall,
} from "./operations.ts";
import { perResource } from "./recorded-ids.ts";

/** Older versions leave MCP servers out of the list of APIs. */
const version = "2025-03-01-preview";

/** API Management has no SDK among those that are installed: its lists are asked by path. */
function below(param: string, children: string): CallRow["ask"] {
  return async (clients, { params, token, signal }) => {
    const parent = params[param];
    const path = `${typeof parent === "string" ? parent : ""}/${children}`;
    return clients.get({ path, query: { "api-version": version }, token, signal });
  };
}

function isMcp({ properties }: JsonObject): boolean {
  const type = isObject(properties) ? properties["type"] : undefined;
  return typeof type === "string" && type.toLowerCase() === "mcp";
}

const perService = perResource(apiServiceCall, "service");

/** https://learn.microsoft.com/rest/api/apimanagement/ */
export const apiCalls: readonly CallRow[] = [
  {
    operation: apiServiceCall,
    affects: ["workloads", "identity-links", "edges"],
    async ask(clients, { token, signal }) {
      const path = `/subscriptions/${clients.subscription}/providers/Microsoft.ApiManagement/service`;
      return clients.get({ path, query: { "api-version": version }, token, signal });
    },
  },
  {
    operation: apiCall,
    affects: ["workloads", "edges"],
    params: perService,
    ask: below("service", "apis"),
  },
  {
    operation: apiBackendCall,
    affects: ["edges"],
    params: perService,
    ask: below("service", "backends"),
  },
  {
    operation: apiGlobalPolicyCall,
    affects: ["edges"],
    params: perService,
    ask: below("service", "policies"),
  },
  {
    operation: apiPolicyCall,
    affects: ["edges"],
    params: perResource(apiCall, "api", isMcp),
    ask: below("api", "policies"),
  },
];
