import type { JsonObject } from "../../src/model/json.ts";

/**
 * What each predefined role holds as far as the demo needs it: the basic roles have thousands of permissions.
 * https://cloud.google.com/iam/docs/roles-permissions
 */
const permissions = {
  "roles/owner": [
    "compute.instances.create",
    "compute.instances.delete",
    "compute.instances.list",
    "compute.instances.setMetadata",
    "iam.serviceAccountKeys.create",
    "iam.serviceAccounts.actAs",
    "iam.serviceAccounts.setIamPolicy",
    "resourcemanager.projects.get",
    "resourcemanager.projects.getIamPolicy",
    "resourcemanager.projects.setIamPolicy",
    "storage.buckets.create",
    "storage.buckets.delete",
    "storage.buckets.list",
  ],
  "roles/editor": [
    "cloudbuild.builds.create",
    "cloudfunctions.functions.create",
    "compute.instances.create",
    "compute.instances.delete",
    "compute.instances.list",
    "compute.instances.setMetadata",
    "iam.serviceAccounts.actAs",
    "iam.serviceAccounts.get",
    "iam.serviceAccounts.list",
    "resourcemanager.projects.get",
    "run.services.create",
    "storage.buckets.create",
    "storage.buckets.delete",
    "storage.buckets.list",
  ],
  "roles/compute.viewer": [
    "compute.disks.list",
    "compute.instances.get",
    "compute.instances.list",
    "compute.networks.list",
    "resourcemanager.projects.get",
  ],
  "roles/storage.objectAdmin": [
    "resourcemanager.projects.get",
    "resourcemanager.projects.list",
    "storage.objects.create",
    "storage.objects.delete",
    "storage.objects.get",
    "storage.objects.list",
    "storage.objects.update",
  ],
  "roles/resourcemanager.projectIamAdmin": [
    "iam.policybindings.get",
    "iam.policybindings.list",
    "resourcemanager.projects.createPolicyBinding",
    "resourcemanager.projects.deletePolicyBinding",
    "resourcemanager.projects.get",
    "resourcemanager.projects.getIamPolicy",
    "resourcemanager.projects.searchPolicyBindings",
    "resourcemanager.projects.setIamPolicy",
    "resourcemanager.projects.updatePolicyBinding",
  ],
  "roles/logging.logWriter": ["logging.logEntries.create", "logging.logEntries.route"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type GcpRoleName = keyof typeof permissions;

export function roles(): JsonObject[] {
  return Object.entries(permissions).map(([name, includedPermissions]) => ({
    name,
    title: name.slice("roles/".length),
    stage: "GA",
    includedPermissions,
  }));
}
