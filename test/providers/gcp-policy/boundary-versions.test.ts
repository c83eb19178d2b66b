import { describe, expect, test } from "vitest";
import { blockedIn } from "../../../providers/gcp/policy/boundary-versions.ts";

describe("what an enforcement version of a principal access boundary blocks", () => {
  test.each([
    ["run.services.create", "1", "yes"],
    ["run.services.setIamPolicy", "4", "no"],
    ["iam.serviceAccounts.getAccessToken", "1", "no"],
    ["iam.serviceAccounts.getAccessToken", "2", "no"],
    ["iam.serviceAccounts.getAccessToken", "3", "yes"],
    ["iam.serviceAccounts.getAccessToken", "4", "yes"],
    ["iam.serviceAccounts.listTagBindings", "4", "no"],
    ["resourcemanager.projects.setIamPolicy", "1", "no"],
    ["resourcemanager.projects.setIamPolicy", "2", "yes"],
    ["resourcemanager.projects.createPolicyBinding", "4", "no"],
    ["pubsub.topics.setIamPolicy", "2", "no"],
    ["pubsub.topics.setIamPolicy", "3", "yes"],
    ["pubsub.topics.publish", "1", "yes"],
    ["secretmanager.versions.access", "3", "no"],
    ["secretmanager.versions.access", "4", "yes"],
    ["compute.instances.create", "4", "no"],
    ["compute.firewalls.update", "3", "yes"],
    ["storage.objects.get", "1", "yes"],
    ["storage.objects.create", "1", "no"],
    ["storage.objects.create", "2", "yes"],
    ["cloudkms.locations.get", "4", "no"],
    ["cloudkms.cryptoKeys.create", "3", "no"],
    ["cloudkms.cryptoKeys.create", "4", "yes"],
    ["backupdr.bvbackups.useReadOnlyForCloudSqlInstance", "4", "no"],
  ] as const)("%s by version %s: %s", (permission, version, verdict) => {
    expect(blockedIn(version, permission)).toBe(verdict);
  });

  test.each([
    ["iam.serviceAccounts.getAccessToken", "latest", "yes"],
    ["secretmanager.versions.access", "latest", "maybe"],
    ["compute.instances.create", "latest", "maybe"],
    ["secretmanager.versions.access", "5", "yes"],
    ["compute.instances.create", "5", "maybe"],
    ["compute.instances.create", "", "maybe"],
  ] as const)("%s by the version %j, which may be newer than the table: %s", (...row) => {
    const [permission, version, verdict] = row;
    expect(blockedIn(version, permission)).toBe(verdict);
  });
});
