import { describe, expect, test } from "vitest";
import { gcpPolicy } from "../../../providers/gcp/policy/index.ts";
import { judge } from "../../../src/permissions/power.ts";
import { hasCatalogue, landOf } from "./estate.ts";

const words: readonly (readonly [string, string, string])[] = [
  ["roles/owner", "admin", "account"],
  ["roles/resourcemanager.projectIamAdmin", "admin", "account"],
  ["roles/iam.securityAdmin", "admin", "account"],
  ["roles/editor", "broad", "account"],
  ["roles/viewer", "reads", "account"],
  ["roles/browser", "reads", "account"],
  ["roles/iam.securityReviewer", "reads", "account"],
  ["roles/secretmanager.secretAccessor", "reads-sensitive", "account"],
  ["roles/storage.admin", "broad", "account"],
  ["roles/storage.objectViewer", "reads-sensitive", "account"],
  ["roles/storage.objectAdmin", "broad", "account"],
  ["roles/compute.admin", "broad", "account"],
  ["roles/compute.viewer", "reads", "account"],
  ["roles/container.admin", "broad", "account"],
  ["roles/run.admin", "broad", "account"],
  ["roles/run.developer", "manages", "account"],
  ["roles/cloudfunctions.developer", "manages", "account"],
  ["roles/iam.serviceAccountTokenCreator", "manages", "account"],
  ["roles/iam.serviceAccountUser", "manages", "account"],
  ["roles/iam.serviceAccountAdmin", "manages", "account"],
  ["roles/logging.viewer", "reads", "account"],
  ["roles/monitoring.viewer", "reads", "account"],
  ["roles/logging.logWriter", "none", "resource"],
  ["roles/monitoring.metricWriter", "reads", "account"],
  ["roles/bigquery.dataViewer", "reads-sensitive", "account"],
  ["roles/cloudsql.admin", "broad", "account"],
  ["roles/cloudsql.client", "reads-sensitive", "account"],
  ["roles/pubsub.publisher", "none", "resource"],
  ["roles/pubsub.subscriber", "reads-sensitive", "account"],
  ["roles/cloudkms.cryptoKeyDecrypter", "reads-sensitive", "account"],
  ["roles/cloudkms.admin", "broad", "account"],
  ["roles/secretmanager.viewer", "reads", "account"],
  ["roles/secretmanager.admin", "broad", "account"],
];

describe.skipIf(!hasCatalogue)(
  `words of predefined roles on a project${hasCatalogue ? "" : " (SKIPPED: no catalogue)"}`,
  () => {
    test.each(words)("%s is %s at %s breadth", (role, power, breadth) => {
      const { identity, estate } = landOf({ bindings: [{ role }] });
      const report = judge(identity, [], gcpPolicy, estate);
      expect([report.power, report.breadth, report.verdict]).toEqual([power, breadth, "yes"]);
    });
  },
);
