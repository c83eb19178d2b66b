import type { AdminProbe } from "../../../src/permissions/contract.ts";
import { changedRole } from "./decide.ts";

/** Whoever may set the allow policy of the project or of anything above it can give itself everything. */
export const adminProbes: readonly AdminProbe[] = ["projects", "folders", "organizations"].map(
  (kind) => ({
    id: `gcp-${kind}-set-iam-policy`,
    because: `may set the allow policy of the ${kind.slice(0, -1)}, and so grant itself any role`,
    actions: [`resourcemanager.${kind}.setIamPolicy`],
    resource: "*",
    facts: { [changedRole]: "roles/owner" },
    appliesTo: ["service-account"],
    source: "https://cloud.google.com/iam/docs/granting-changing-revoking-access",
  }),
);
