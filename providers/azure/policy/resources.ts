import type { EstateIndex } from "../../../src/model/estate.ts";
import { bodyOf, type ResourceBody } from "./bodies.ts";
import { normal } from "./scopes.ts";

/** What is known of a resource beside who may use it; `undefined` = nothing was read of it. */
export function resourceOf(id: string, { policies, paths }: EstateIndex): ResourceBody | undefined {
  const document = paths?.resourcePolicies.get(normal(id));
  const body = document === undefined ? undefined : bodyOf(policies.get(document)?.body);
  return body?.kind === "resource" ? body : undefined;
}

/**
 * A vault with access policies does not look at data roles, neither for itself nor for what lies in it.
 * https://learn.microsoft.com/azure/key-vault/general/rbac-access-policy
 */
export function ignoresDataRoles(id: string, estate: EstateIndex): boolean {
  const vault = /^.*\/providers\/microsoft\.keyvault\/vaults\/[^/]+/.exec(normal(id))?.[0];
  return vault !== undefined && resourceOf(vault, estate)?.rbac === false;
}

/** The ARM type of a resource, in lower case: namespace and every type name. */
export function typeOf(id: string): string {
  const [, rest = ""] = /^.*\/providers\/(.+)$/.exec(normal(id)) ?? [];
  const [namespace, ...names] = rest.split("/");
  return [namespace, ...names.filter((_, index) => index % 2 === 0)].join("/");
}
