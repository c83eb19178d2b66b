import { expect, test } from "vitest";
import { collectFrom } from "../../../mocks/gcp/collect-scenario.ts";
import { startGcpMock, type Fault } from "../../../mocks/gcp/index.ts";
import { normalise } from "../../../providers/gcp/normalise.ts";
import type { Json, JsonObject } from "../../../src/model/json.ts";
import { reach } from "../../../src/reach/reach.ts";

const name = "projects/p1/locations/us-central1/functions/mcp";
const host = "us-central1-p1.cloudfunctions.net";
const base = {
  name,
  environment: "GEN_1",
  state: "ACTIVE",
  url: `https://${host}/mcp`,
  serviceConfig: {
    ingressSettings: "ALLOW_ALL",
    serviceAccountEmail: "p1@appspot.gserviceaccount.com",
    environmentVariables: { MODE: "mcp" },
  },
};
const everyone: JsonObject = {
  bindings: [{ role: "roles/cloudfunctions.invoker", members: ["allUsers"] }],
};

async function audited(
  functions: readonly Json[],
  policy: Json,
  { compute = {}, faults = [] }: { compute?: JsonObject; faults?: readonly Fault[] } = {},
) {
  const config = { compute, iam: { functions, "functions.getIamPolicy": { [name]: policy } } };
  const mock = await startGcpMock({ project: "p1", config }, { faults });
  try {
    const inventory = normalise(await collectFrom(mock.url, "p1"));
    const calls = mock.calls.map(({ operation }) => operation);
    return { inventory, calls, ...reach(inventory) };
  } finally {
    await mock.close();
  }
}

const told = ({ exposures }: Awaited<ReturnType<typeof audited>>) =>
  exposures.map(({ via, authGate, certainty }) => `${via} ${authGate} ${certainty}`);

test("a function of the first generation is a workload with its account and variables", async () => {
  const { inventory, exposures } = await audited([base], everyone);
  expect(inventory.workloads).toMatchObject([
    {
      id: name,
      kind: "function",
      region: "us-central1",
      state: "running",
      identities: [{ id: "p1@appspot.gserviceaccount.com" }],
      texts: [{ kind: "environment", text: "MODE=mcp" }],
    },
  ]);
  expect(exposures).toMatchObject([
    {
      via: "cloudfunctions.net",
      families: ["ipv4", "ipv6"],
      sources: "internet",
      entry: { address: host, port: { from: 443, to: 443 }, paths: ["/mcp"], tls: "https" },
      authGate: "none",
    },
  ]);
});

test.each<[string, JsonObject, Json, readonly string[]]>([
  ["asks who comes", {}, { bindings: [] }, ["cloudfunctions.net iam certain"]],
  [
    "may be invoked by everyone who develops it",
    {},
    { bindings: [{ role: "roles/cloudfunctions.developer", members: ["allUsers"] }] },
    ["cloudfunctions.net none certain"],
  ],
  [
    "may be invoked by everyone by a role of one's own",
    {},
    { bindings: [{ role: "projects/p1/roles/x", members: ["allUsers"] }] },
    ["cloudfunctions.net none maybe"],
  ],
  [
    "is for the network alone",
    { serviceConfig: { ingressSettings: "ALLOW_INTERNAL_ONLY" } },
    everyone,
    [],
  ],
  [
    "is for balancers",
    { serviceConfig: { ingressSettings: "ALLOW_INTERNAL_AND_GCLB" } },
    everyone,
    [],
  ],
  ["has a setting that is new", { serviceConfig: { ingressSettings: "X" } }, everyone, []],
  ["says nothing of ingress", { serviceConfig: {} }, everyone, ["cloudfunctions.net none certain"]],
  ["is triggered by events", { eventTrigger: { eventType: "x" } }, everyone, []],
  ["is of the second generation", { environment: "GEN_2" }, everyone, []],
])("a function that %s", async (_, more, policy, expected) => {
  expect(told(await audited([{ ...base, ...more }], policy))).toEqual(expected);
});

test("only functions that answer requests are asked for their policy", async () => {
  const event = { ...base, eventTrigger: {} };
  const { calls } = await audited([event, { ...base, environment: "GEN_2" }], everyone);
  expect(calls).toContain("cloudfunctions.projects.locations.functions.list");
  expect(calls).not.toContain("cloudfunctions.projects.locations.functions.getIamPolicy");
});

test("a policy that may not be read leaves open who may invoke", async () => {
  const operation = "cloudfunctions.projects.locations.functions.getIamPolicy";
  const found = await audited([base], everyone, { faults: [{ kind: "deny", operation }] });
  expect(told(found)).toEqual(["cloudfunctions.net none maybe"]);
});

const root = "https://www.googleapis.com/compute/v1/projects/p1";
const balancer = (neg: JsonObject): JsonObject => ({
  networkEndpointGroups: [
    {
      name: "neg",
      selfLink: `${root}/regions/us-central1/networkEndpointGroups/neg`,
      networkEndpointType: "SERVERLESS",
      ...neg,
    },
  ],
  backendServices: [
    {
      name: "bs",
      selfLink: `${root}/global/backendServices/bs`,
      protocol: "HTTPS",
      loadBalancingScheme: "EXTERNAL_MANAGED",
      backends: [{ group: `${root}/regions/us-central1/networkEndpointGroups/neg` }],
    },
  ],
  urlMaps: [
    {
      name: "um",
      selfLink: `${root}/global/urlMaps/um`,
      defaultService: `${root}/global/backendServices/bs`,
    },
  ],
  targetHttpProxies: [
    {
      name: "hp",
      selfLink: `${root}/global/targetHttpProxies/hp`,
      urlMap: `${root}/global/urlMaps/um`,
    },
  ],
  forwardingRules: [
    {
      name: "fr",
      selfLink: `${root}/global/forwardingRules/fr`,
      IPAddress: "203.0.113.80",
      IPProtocol: "TCP",
      portRange: "80-80",
      loadBalancingScheme: "EXTERNAL_MANAGED",
      target: `${root}/global/targetHttpProxies/hp`,
    },
  ],
});

test.each<[string, JsonObject, readonly string[]]>([
  ["a function", { cloudFunction: { function: "mcp" } }, ["fr none certain"]],
  ["another function", { cloudFunction: { function: "other" } }, []],
  ["a service of that name", { cloudRun: { service: "mcp" } }, []],
  ["a mask", { cloudFunction: { urlMask: "example.com/<function>" } }, ["fr none certain"]],
  ["a mask of no name", { cloudFunction: { urlMask: "example.com/x" } }, ["fr none maybe"]],
  ["nothing", {}, []],
  [
    "no platform, by its type",
    { cloudFunction: { function: "mcp" }, networkEndpointType: "INTERNET_FQDN_PORT" },
    [],
  ],
])("a balancer that names %s", async (_, neg, expected) => {
  const inside = { ...base, serviceConfig: { ingressSettings: "ALLOW_INTERNAL_AND_GCLB" } };
  expect(told(await audited([inside], everyone, { compute: balancer(neg) }))).toEqual(expected);
});
