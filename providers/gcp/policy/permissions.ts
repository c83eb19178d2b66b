/** Services whose name in deny and boundary policies is not the prefix of their permissions. */
const serviceNames: Readonly<Record<string, string>> = {
  resourcemanager: "cloudresourcemanager",
};

/**
 * `resourcemanager.projects.get` as deny policies write it.
 * https://cloud.google.com/iam/docs/deny-permissions-support
 */
export function longName(permission: string): string {
  if (permission.includes("/")) return permission;
  const [service = "", ...rest] = permission.split(".");
  return `${serviceNames[service] ?? service}.googleapis.com/${rest.join(".")}`;
}

/** `iam.googleapis.com/serviceAccounts.*`; a star stands for any text. */
export function matchesPermission(pattern: string, permission: string): boolean {
  const name = longName(permission);
  if (!pattern.includes("*")) return longName(pattern) === name;
  return starPattern(pattern).test(name);
}

export function starPattern(pattern: string): RegExp {
  const parts = pattern.split("*").map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`);
}
