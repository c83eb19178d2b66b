import type { JsonObject } from "../../src/model/json.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { page } from "./calls-away.ts";

const tenancy = "ocid1.tenancy.oc1..local";
const region = "us-ashburn-1";
const places = ["web", "ops", "read"];
const compartment = (name: string): string => `ocid1.compartment.oc1..${name}`;
const inPlace = (place: string): JsonObject => ({ compartmentId: compartment(place) });
const everywhere = [tenancy, ...places.map(compartment)];

const instance = (name: string, place: string): JsonObject => ({
  id: `ocid1.instance.oc1.iad.${name}`,
  ...inPlace(place),
  displayName: name,
  lifecycleState: "RUNNING",
  definedTags: {},
});
const statements = [
  "Allow dynamic-group ops-dg to manage all-resources in tenancy",
  "Allow dynamic-group web-fn-dg to manage instance-agent-command-family in tenancy",
  "Allow dynamic-group web-dg to manage functions-family in tenancy",
  "Allow dynamic-group read-dg to inspect instances in tenancy",
];
const group = (name: string, matchingRule: string): JsonObject => ({
  id: `ocid1.dynamicgroup.oc1..${name}`,
  name: `${name}-dg`,
  matchingRule,
  lifecycleState: "ACTIVE",
});
const per = (call: string, answer: (place: string) => JsonObject, at = "global") =>
  everywhere.map((id) => page(call, answer(id), at, { compartmentId: id }));

export const ociHolders: Snapshot = {
  provider: "oci",
  scope: { provider: "oci", id: tenancy, regions: [region] },
  gaps: [],
  pages: [
    page("identity:GetTenancy", { id: tenancy, name: "local" }),
    page("identity:ListCompartments", {
      items: places.map((name) => ({
        id: compartment(name),
        name,
        compartmentId: tenancy,
        lifecycleState: "ACTIVE",
      })),
    }),
    page("identity:ListRegionSubscriptions", { items: [{ regionKey: "IAD", status: "READY" }] }),
    ...per("identity:ListPolicies", (id) => ({
      items:
        id === tenancy
          ? [{ id: "ocid1.policy.oc1..all", name: "all", compartmentId: tenancy, statements }]
          : [],
    })),
    page("identity:ListDynamicGroups", {
      items: [
        group("web", `ALL {instance.compartment.id = '${compartment("web")}'}`),
        group(
          "web-fn",
          `ALL {resource.type = 'fnfunc', resource.compartment.id = '${compartment("web")}'}`,
        ),
        group(
          "ops",
          `ANY {instance.compartment.id = '${compartment("ops")}', ALL {resource.type = 'fnfunc', resource.compartment.id = '${compartment("ops")}'}}`,
        ),
        group("read", `ALL {instance.compartment.id = '${compartment("read")}'}`),
      ],
    }),
    ...per("identity:ListDomains", () => ({ items: [] })),
    page("identity:ListGroups", { items: [{ name: "Administrators" }] }),
    page("identity:ListNetworkSources", { items: [] }),
    page(
      "core:ListInstances",
      { items: [instance("caller", "web"), instance("strong", "ops"), instance("reader", "read")] },
      region,
    ),
    page(
      "functions:ListFunctions",
      {
        items: [
          { id: "ocid1.fnfunc.oc1.iad.caller", ...inPlace("web"), displayName: "caller" },
          { id: "ocid1.fnfunc.oc1.iad.strong", ...inPlace("ops"), displayName: "strong" },
        ],
      },
      region,
    ),
  ],
};
