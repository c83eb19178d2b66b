import { describe, expect, test } from "vitest";
import { fileURLToPath } from "node:url";
import { modulesOf } from "../../../bench/harness/child.ts";
import { connect } from "../../../providers/gcp/connect.ts";
import type { GcpRequest } from "../../../providers/gcp/request.ts";
import { sdkQuestion } from "../../../providers/gcp/sdk-methods.ts";
import { contextFor } from "./context.ts";
import { createServer } from "node:http";

const group = "projects/p/zones/z/instanceGroups/g";
const asked: readonly (readonly [string, Omit<GcpRequest, "signal">])[] = [
  [
    "aggregated lists",
    {
      service: "compute",
      path: "/compute/v1/projects/p/aggregated/instances",
      query: { maxResults: 500, returnPartialSuccess: true, pageToken: "a b/c" },
    },
  ],
  ["lists of the project", { service: "compute", path: "/compute/v1/projects/p/global/routes" }],
  ["projects", { service: "compute", path: "/compute/v1/projects/p" }],
  [
    "organisation policies",
    {
      service: "compute",
      path: "/compute/v1/locations/global/firewallPolicies",
      query: { parentId: "folders/1", maxResults: 500 },
    },
  ],
  [
    "regional views",
    {
      service: "compute",
      path: "/compute/v1/projects/p/regions/r/firewallPolicies/getEffectiveFirewalls",
      query: { network: "https://www.googleapis.com/compute/v1/projects/p/global/networks/n" },
    },
  ],
  [
    "members of a group",
    {
      service: "compute",
      method: "POST",
      path: `/compute/v1/${group}/listInstances`,
      query: { maxResults: 500, returnPartialSuccess: true },
      body: { instanceState: "ALL" },
    },
  ],
  [
    "endpoints of a zone",
    {
      service: "compute",
      method: "POST",
      path: "/compute/v1/projects/p/zones/z/networkEndpointGroups/g/listNetworkEndpoints",
      query: { maxResults: 500, returnPartialSuccess: true },
      body: { healthStatus: "SKIP" },
    },
  ],
  [
    "health of a region's service",
    {
      service: "compute",
      method: "POST",
      path: "/compute/v1/projects/p/regions/r/backendServices/b/getHealth",
      body: { group: `https://www.googleapis.com/compute/v1/${group}` },
    },
  ],
  [
    "health of a pool's instance",
    {
      service: "compute",
      method: "POST",
      path: "/compute/v1/projects/p/regions/r/targetPools/t/getHealth",
      body: { instance: "https://www.googleapis.com/compute/v1/projects/p/zones/z/instances/i" },
    },
  ],
  [
    "services",
    { service: "run", path: "/v2/projects/p/locations/r/services", query: { pageSize: 100 } },
  ],
  [
    "who may invoke",
    {
      service: "run",
      path: "/v2/projects/p/locations/r/services/s:getIamPolicy",
      query: { "options.requestedPolicyVersion": 3 },
    },
  ],
  [
    "tags",
    {
      service: "resourceManager",
      path: "/v3/tagBindings",
      query: { parent: "//compute.googleapis.com/projects/1/zones/z/instances/2", pageSize: 300 },
    },
  ],
  [
    "allow policies",
    {
      service: "resourceManager",
      method: "POST",
      path: "/v3/folders/2:getIamPolicy",
      body: { options: { requestedPolicyVersion: 3 } },
    },
  ],
  ["projects above", { service: "resourceManager", path: "/v3/projects/p" }],
];

interface Seen {
  readonly method: string;
  readonly path: string;
  readonly query: Record<string, string>;
  readonly body: unknown;
}

/** What a server sees of a request. */
async function seenOf(request: Omit<GcpRequest, "signal">): Promise<Seen[]> {
  const seen: Seen[] = [];
  const server = createServer((message, response) => {
    let body = "";
    message.on("data", (chunk) => (body += String(chunk)));
    message.on("end", () => {
      const url = new URL(message.url ?? "", "http://server");
      seen.push({
        method: message.method ?? "",
        path: url.pathname,
        query: Object.fromEntries(url.searchParams),
        body: body === "" ? undefined : JSON.parse(body),
      });
      response.end('{"items":[],"unknownToTheSdk":1}');
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const context = contextFor({ endpoint: `http://127.0.0.1:${port}` });
  const { signal } = new AbortController();
  const { body } = await connect(context, "p").send({ ...request, signal });
  expect(body).toEqual({ items: [], unknownToTheSdk: 1 });
  server.closeAllConnections();
  server.close();
  return seen;
}

describe("the SDK's client sends what the REST API asks for, and the answer is kept as it came", () => {
  test.each(asked)("%s", async (_, request) => {
    expect(sdkQuestion(request)).toBeDefined();
    const { method = "GET", path, query = {}, body } = request;
    const texts = Object.entries(query).map(([name, value]) => [name, String(value)]);
    expect(await seenOf(request)).toEqual([
      { method, path, query: Object.fromEntries(texts), body },
    ]);
  });
});

test("a request that neither a client nor the table of exceptions knows is a defect", async () => {
  const request: Omit<GcpRequest, "signal"> = { service: "compute", path: "/compute/v1/unknown" };
  await expect(seenOf(request)).rejects.toThrow("no client asks for");
});

test("replaying, explaining and the help load nothing of Google", () => {
  const tsx = fileURLToPath(import.meta.resolve("tsx"));
  const run = fileURLToPath(new URL("fixtures/normalise.ts", import.meta.url));
  for (const args of [["bin/postern.ts", "--help"], [run]]) {
    const modules = modulesOf(["--import", tsx, ...args]);
    expect(modules.length).toBeGreaterThan(0);
    expect(modules.filter((url) => /@google-cloud|google-auth|google-gax/.test(url))).toEqual([]);
  }
}, 60_000);
