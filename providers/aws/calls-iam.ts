import type { CallRow } from "./calls-row.ts";

/**
 * All users, groups, roles and the policies in use in one list; documents come URL-encoded and are kept so.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
 */
export const identityCalls: readonly CallRow[] = [
  {
    action: "GetAccountAuthorizationDetails",
    affects: ["identities", "grants", "limits"],
    pageSize: 1000,
  },
  { action: "ListInstanceProfiles", affects: ["identity-links"], pageSize: 1000 },
];
