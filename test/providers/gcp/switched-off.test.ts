import { expect, test } from "vitest";
import { calls } from "../../../providers/gcp/calls.ts";
import type { GcpClients } from "../../../providers/gcp/connect.ts";
import { readAnswer } from "../../../providers/gcp/wire-answer.ts";
import type { JsonObject } from "../../../src/model/json.ts";

const functions = "cloudfunctions.projects.locations.functions.list";
const routes = "networkconnectivity.projects.locations.policyBasedRoutes.list";

const refused = (details: readonly JsonObject[]): JsonObject => ({
  error: { code: 403, status: "PERMISSION_DENIED", errors: [{ reason: "forbidden" }], details },
});
const offIn = (consumer?: string): JsonObject =>
  refused([
    { reason: "OTHER", metadata: { consumer: "projects/p1" } },
    {
      "@type": "type.googleapis.com/google.rpc.ErrorInfo",
      reason: "SERVICE_DISABLED",
      ...(consumer !== undefined && { metadata: { consumer } }),
    },
  ]);
const numbers: Readonly<Record<string, string>> = { "/v3/projects/p1": "1", "/v3/projects/h": "2" };

/** What a call gives where every API answers so, and the numbers of projects are told or not. */
async function asked(
  operation: string,
  body: JsonObject,
  { told = true, params = {} }: { told?: boolean; params?: JsonObject } = {},
): Promise<unknown> {
  const headers = new Headers();
  const clients: GcpClients = {
    project: "p1",
    send: async ({ path }) => {
      const number = numbers[path];
      if (number === undefined) return readAnswer({ status: 403, headers, data: body });
      const data = told ? { name: `projects/${number}` } : refused([]);
      return readAnswer({ status: told ? 200 : 403, headers, data });
    },
    homeProject: async () => undefined,
  };
  const call = calls.find((each) => each.operation === operation);
  const { signal } = new AbortController();
  return call?.fetch(clients, { region: "global", params, token: undefined, signal });
}

test.each([
  ["by its number", functions, "projects/1", {}],
  ["by its name", functions, "projects/p1", { told: false }],
  ["that shares its network", routes, "projects/2", { params: { project: "h" } }],
])("an API that is off in the project %s has nothing to list", async (_, call, consumer, more) => {
  expect(await asked(call, offIn(consumer), more)).toMatchObject({ body: {} });
});

test.each([
  ["off in the project of the credential", functions, offIn("projects/9"), {}],
  [
    "off in the own project and not in the network's",
    routes,
    offIn("projects/1"),
    { params: { project: "h" } },
  ],
  ["off in one whose number was not read", functions, offIn("projects/1"), { told: false }],
  ["off, and not where", functions, offIn(), {}],
  ["refused for another reason", functions, refused([]), {}],
  ["off where nothing else would tell", "cloudasset.searchAllIamPolicies", offIn("projects/1"), {}],
])("an API that is %s stays an error", async (_, call, body, more) => {
  await expect(asked(call, body, more)).rejects.toThrow();
});
