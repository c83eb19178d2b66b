import { holderRules } from "../../providers/gcp/policy/escalations-run.ts";
import type { JsonObject } from "../../src/model/json.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { page } from "./calls-away.ts";

const project = "prod";
const place = `projects/${project}`;
const email = (name: string): string => `${name}@${project}.iam.gserviceaccount.com`;
const builder = "123-compute@developer.gserviceaccount.com";
const machine = (name: string): string => `${place}/zones/z-1/instances/${name}`;

interface Caller {
  readonly name: string;
  readonly permissions: readonly string[];
  readonly condition?: string;
}

const byRule = holderRules.flatMap(({ id, actions, oneOf: [first = []] = [] }): Caller[] => {
  const permissions = [...actions, ...first];
  return [
    { name: `by-${id}`, permissions },
    {
      name: `named-${id}`,
      permissions,
      condition: `resource.name.startsWith("${machine("strong")}")`,
    },
  ];
});
const callers: readonly Caller[] = [
  ...byRule,
  { name: "reader", permissions: ["compute.instances.list"] },
  { name: "minter", permissions: ["iam.serviceAccounts.getAccessToken"] },
  { name: "runner", permissions: ["iam.serviceAccounts.actAs", "batch.jobs.create"] },
  { name: "keeper", permissions: ["iam.serviceAccountKeys.create"] },
];
const roleOf = (name: string): string => `${place}/roles/${name.replaceAll("-", "_")}`;
const strong = [email("strong"), builder];
const allow = (bindings: readonly JsonObject[]): JsonObject => ({
  version: 3,
  bindings: [...bindings],
});
const accounts = [...callers.map(({ name }) => email(name)), ...strong];

export const gcpHolders: Snapshot = {
  provider: "gcp",
  scope: { provider: "gcp", id: project, regions: ["r-1"] },
  gaps: [],
  pages: [
    page("cloudresourcemanager.projects.get", { name: "projects/123", projectId: project }),
    page("cloudresourcemanager.projects.getAncestry", {
      ancestor: [{ resourceId: { type: "project", id: project } }],
    }),
    page(
      "cloudresourcemanager.projects.getIamPolicy",
      allow([
        { role: "roles/owner", members: strong.map((one) => `serviceAccount:${one}`) },
        ...callers.map(({ name, condition }) => ({
          role: roleOf(name),
          members: [`serviceAccount:${email(name)}`],
          ...(condition !== undefined && { condition: { expression: condition } }),
        })),
      ]),
    ),
    page("iam.projects.serviceAccounts.list", {
      accounts: accounts.map((one) => ({ name: `${place}/serviceAccounts/${one}`, email: one })),
    }),
    ...accounts.map((one) =>
      page("iam.projects.serviceAccounts.getIamPolicy", allow([]), "global", {
        resource: `${place}/serviceAccounts/${one}`,
      }),
    ),
    page("iam.projects.roles.list", {
      roles: callers.map(({ name, permissions }) => ({
        name: roleOf(name),
        includedPermissions: [...permissions],
      })),
    }),
    page(
      "iam.roles.get",
      {
        name: "roles/owner",
        includedPermissions: ["resourcemanager.projects.setIamPolicy", "compute.instances.list"],
      },
      "global",
      { name: "roles/owner" },
    ),
    page("iam.policies.listPolicies", { policies: [] }, "global", { place: "" }),
    page("compute.projects.get", { commonInstanceMetadata: { items: [] } }),
    page("compute.instances.aggregatedList", {
      items: {
        "zones/z-1": {
          instances: ["strong", "locked"].map((name) => ({
            name,
            selfLink: `https://www.googleapis.com/compute/v1/${machine(name)}`,
            status: "RUNNING",
            serviceAccounts: [
              {
                email: email("strong"),
                scopes: ["https://www.googleapis.com/auth/cloud-platform"],
              },
            ],
            metadata: {
              items: name === "locked" ? [{ key: "enable-oslogin", value: "TRUE" }] : [],
            },
          })),
        },
      },
    }),
    page("run.projects.locations.services.list", {
      services: [
        {
          name: `${place}/locations/r-1/services/strong`,
          template: { serviceAccount: email("strong") },
        },
      ],
    }),
    page("cloudfunctions.projects.locations.functions.list", {
      functions: [
        {
          name: `${place}/locations/r-1/functions/strong`,
          serviceConfig: { serviceAccountEmail: email("strong") },
        },
      ],
    }),
  ],
};

/** The same where only callers run on machines, so that the list of accounts alone shows the strong ones. */
export const gcpAccounts: Snapshot = {
  ...gcpHolders,
  pages: [
    ...gcpHolders.pages.filter(
      ({ call }) => !/^(?:run|cloudfunctions)\.|aggregatedList$/.test(call),
    ),
    page("compute.instances.aggregatedList", {
      items: {
        "zones/z-1": {
          instances: ["minter", "runner", "keeper", "by-gcp-create-build", "reader"].map(
            (name) => ({
              name,
              selfLink: `https://www.googleapis.com/compute/v1/${machine(name)}`,
              status: "RUNNING",
              serviceAccounts: [
                { email: email(name), scopes: ["https://www.googleapis.com/auth/cloud-platform"] },
              ],
            }),
          ),
        },
      },
    }),
  ],
};
