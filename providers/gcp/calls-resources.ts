import type { CallRow } from "./calls-row.ts";

export const resourceOperations = {
  policies: "cloudasset.searchAllIamPolicies",
  functions: "cloudfunctions.projects.locations.functions.list",
  clusters: "container.projects.locations.clusters.list",
} as const;

/**
 * Allow policies of single resources in one question, and what runs as an account beside machines and services.
 */
export const resourceCalls: readonly CallRow[] = [
  {
    operation: resourceOperations.policies,
    service: "asset",
    permissions: ["cloudasset.assets.searchAllIamPolicies"],
    affects: ["grants"],
    request: ({ project }) => ({
      path: `/v1/projects/${project}:searchAllIamPolicies`,
      query: { pageSize: 500 },
    }),
  },
  {
    // Both generations: https://cloud.google.com/functions/docs/reference/rest/v2/projects.locations.functions/list
    operation: resourceOperations.functions,
    service: "functions",
    permissions: ["cloudfunctions.functions.list"],
    affects: ["workloads", "identity-links", "grants"],
    offIsEmpty: true,
    request: ({ project }) => ({
      path: `/v2/projects/${project}/locations/-/functions`,
      query: { pageSize: 500 },
    }),
  },
  {
    operation: resourceOperations.clusters,
    service: "container",
    permissions: ["container.clusters.list"],
    affects: ["grants"],
    offIsEmpty: true,
    request: ({ project }) => ({ path: `/v1/projects/${project}/locations/-/clusters` }),
  },
];
