import type { PermissionVerdict } from "../../../src/model/identity.ts";
import { some } from "../../../src/permissions/contract.ts";
import { scopeRows, type ScopeRow } from "./scope-table.ts";

const prefix = "https://www.googleapis.com/auth/";
const rows = new Map(scopeRows.map((row) => [row.scope, row]));
/** Verbs that ask; tokens are got, and are no reading. */
const reading = /\.(?:get(?!\w*Token$)|list)[A-Za-z]*$/;

/** Whether a token of these scopes, which unite, may be used for a permission. A scope without a row may allow anything. */
export function permitted(scopes: readonly string[], permission: string): PermissionVerdict {
  // actAs is no call of its own: the call that names the account is what needs a scope.
  if (permission === "iam.serviceAccounts.actAs" && scopes.length > 0) return "yes";
  return some(scopes.map((scope) => allowedBy(scope, permission)));
}

function allowedBy(scope: string, permission: string): PermissionVerdict {
  const row = rows.get(scope.startsWith(prefix) ? scope.slice(prefix.length) : scope);
  if (!row) return isIdentityScope(scope) ? "no" : "maybe";
  return inRow(row, permission) ? "yes" : "no";
}

/** Scopes of sign-in that open no API of the cloud. */
function isIdentityScope(scope: string): boolean {
  return ["openid", "email", "profile"].includes(scope);
}

function inRow({ services, allows }: ScopeRow, permission: string): boolean {
  const service = permission.slice(0, permission.indexOf("."));
  if (!services.includes("*") && !services.includes(service)) return false;
  if (allows === "all") return true;
  return allows === "read" ? reading.test(permission) : allows.includes(permission);
}
