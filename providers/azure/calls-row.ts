import type { CallFacts } from "../../src/model/adapter.ts";
import type { JsonObject } from "../../src/model/json.ts";
import type { Call, PageRequest, RawPage } from "../call.ts";
import type { AzureClients, AzureRequest } from "./connect.ts";

/** A row of the tables of calls; what is the same for all calls is filled in by `callOf`. */
export interface CallRow extends Pick<CallFacts, "operation" | "affects" | "per"> {
  /** What the answer needs; absent = what the operation is called. */
  readonly permission?: string;
  /** Further permissions that the same answer needs. */
  readonly also?: readonly string[];
  /** Absent = Resource Manager. */
  readonly family?: "graph";
  readonly params?: Call<AzureClients>["params"];
  readonly detail?: Call<AzureClients>["detail"];
  readonly skip?: Call<AzureClients>["skip"];
  readonly ask: (clients: AzureClients, request: PageRequest) => Promise<RawPage>;
}

type Operation = Pick<AzureRequest, "sdk" | "group" | "method"> & Pick<AzureRequest, "options">;

/** A list of the whole subscription. */
export function everywhere(operation: Operation): CallRow["ask"] {
  return async (clients, { token, signal }) =>
    clients.list({ ...operation, args: [], token, signal });
}

/** A list of one resource's children: asked by resource group and name, recorded by the resource's id. */
export function childrenOf(param: string, operation: Operation): CallRow["ask"] {
  return async (clients, { params, token, signal }) =>
    clients.list({ ...operation, args: groupAndName(params, param), token, signal });
}

export function groupAndName(params: JsonObject, param: string): [string, string] {
  const value = params[param];
  const id = typeof value === "string" ? value : "";
  const group = /\/resourceGroups\/([^/]+)/i.exec(id)?.[1] ?? "";
  return [group, id.slice(id.lastIndexOf("/") + 1)];
}
