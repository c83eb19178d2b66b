import type { CallFacts } from "../../src/model/adapter.ts";
import type { Json, JsonObject } from "../../src/model/json.ts";
import { isObject } from "../reader.ts";
import type { Call, PageRequest, RawPage } from "../call.ts";
import type { GcpClients } from "./connect.ts";
import type { GcpRequest, GcpService } from "./request.ts";
import { emptyWhereOff } from "./switched-off.ts";

/** A row of the tables of calls. */
export interface CallRow extends Pick<CallFacts, "affects" | "permissions"> {
  /** Method id of the API's discovery document. */
  readonly operation: string;
  readonly service: GcpService;
  readonly where?: CallFacts["where"];
  readonly params?: Call<GcpClients>["params"];
  readonly skip?: Call<GcpClients>["skip"];
  /** An API that is switched off in the project has nothing to list: no gap. */
  readonly offIsEmpty?: boolean;
  readonly request: (place: {
    readonly project: string;
    readonly region: string;
    readonly params: Readonly<Record<string, string>>;
  }) => Pick<GcpRequest, "path" | "method" | "query" | "body" | "location">;
}

export function callOf(row: CallRow): Call<GcpClients> {
  const { operation, service, permissions, affects, where = "scope", params, skip } = row;
  return {
    operation,
    permissions,
    where,
    family: service,
    affects,
    ...(params && { params }),
    ...(skip && { skip }),
    fetch: (clients, request) => fetchPage(clients, row, request),
  };
}

async function fetchPage(
  clients: GcpClients,
  { service, request, offIsEmpty = false }: CallRow,
  { region, params, token, signal }: PageRequest,
): Promise<RawPage> {
  const { project = "" } = clients;
  const named = textsOf(params);
  const own = request({ project, region, params: named });
  const query = { ...own.query, ...(token !== undefined && { pageToken: token }) };
  const asked = clients.send({ ...own, service, query, signal });
  const { body, requestId } = await (offIsEmpty
    ? asked.catch(async (error: unknown) =>
        emptyWhereOff(error, named["project"] ?? project, clients, signal),
      )
    : asked);
  const next: unknown = typeof body === "object" && body && Reflect.get(body, "nextPageToken");
  return {
    body,
    ...(requestId !== undefined && { requestId }),
    ...(typeof next === "string" && next !== "" && { next }),
  };
}

function textsOf(params: JsonObject): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params).flatMap(([name, value]): [string, string][] =>
      typeof value === "string" ? [[name, value]] : [],
    ),
  );
}

/** The objects under `key`, at any depth. */
export function under(bodies: readonly Json[], key: string): JsonObject[] {
  return bodies.flatMap((body) => deep(body, key));
}

function deep(value: Json, key: string): JsonObject[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, member]: [string, Json | undefined]) => {
    const own =
      name === key ? arrayOf(member).flatMap((item) => (isObject(item) ? [item] : [])) : [];
    return own.concat(deep(member ?? null, key));
  });
}

function arrayOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}

export function textIn(value: JsonObject, key: string): string {
  const found = value[key];
  return typeof found === "string" ? found : "";
}

export function textsIn(value: JsonObject, key: string): string[] {
  return arrayOf(value[key]).flatMap((item) => (typeof item === "string" ? [item] : []));
}

/** Distinct parameters, in an order of their own. */
export function distinct(params: readonly JsonObject[]): JsonObject[] {
  const byText = new Map(params.map((each) => [JSON.stringify(each), each]));
  return [...byText].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
}
