import { distinct, textIn, under, type CallRow } from "./calls-row.ts";

/** https://cloud.google.com/run/docs/reference/rest/v2/projects.locations.services; its list takes no `-` for the location. */
export const runCalls: readonly CallRow[] = [
  {
    operation: "run.projects.locations.services.list",
    service: "run",
    where: "region",
    permissions: ["run.services.list"],
    affects: ["workloads", "identity-links"],
    request: ({ project, region }) => ({
      path: `/v2/projects/${project}/locations/${region}/services`,
      query: { pageSize: 100 },
    }),
  },
  {
    operation: "run.projects.locations.domainmappings.list",
    service: "run",
    where: "region",
    permissions: ["run.domainmappings.list"],
    affects: ["balancers"],
    skip: (recorded) =>
      under(recorded.bodies("run.projects.locations.services.list"), "services").length === 0
        ? "the region has no service"
        : undefined,
    request: ({ project, region }) => ({
      path: `/v1/projects/${project}/locations/${region}/domainmappings`,
    }),
  },
  {
    operation: "run.projects.locations.services.getIamPolicy",
    service: "run",
    where: "region",
    permissions: ["run.services.getIamPolicy"],
    affects: ["edges"],
    params: (recorded) =>
      distinct(
        under(recorded.bodies("run.projects.locations.services.list"), "services").map(
          (service) => ({ resource: textIn(service, "name") }),
        ),
      ),
    request: ({ params: { resource = "" } }) => ({
      path: `/v2/${resource}:getIamPolicy`,
      query: { "options.requestedPolicyVersion": 3 },
    }),
  },
];
