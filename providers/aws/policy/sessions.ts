import type { Identity } from "../../../src/model/identity.ts";
import type { EstatePaths } from "../../../src/model/paths.ts";

/** How a trust policy can name a caller itself, and how its account. */
export function namesOf({ id, scope }: Identity): {
  readonly own: readonly string[];
  readonly account: readonly string[];
} {
  const partition = /^arn:([^:]+):/.exec(id)?.[1] ?? "aws";
  return {
    own: [`aws:${id}`, sessionsOf(id)],
    account: [`aws:${scope}`, `aws:arn:${partition}:iam::${scope}:root`],
  };
}

/** `aws:sessions <account>/<role name>`: a session ARN leaves out the path of its role. */
function sessionsOf(role: string): string {
  return `aws:sessions ${role.split(":")[4] ?? ""}/${role.slice(role.lastIndexOf("/") + 1)}`;
}

/** @param principal `aws:arn:aws:sts::111122223333:assumed-role/NAME/SESSION` */
export function roleOfSession(principal: string): string | undefined {
  const [, account, name] =
    /^aws:arn:[^:]+:sts::(\d{12}):assumed-role\/([^/]+)\/[^/]+$/.exec(principal) ?? [];
  return name === undefined ? undefined : `aws:sessions ${account}/${name}`;
}

/** Whether the principal is a session of this role. */
export function isSessionOf(principal: string, { id, kind }: Identity): boolean {
  return kind === "role" && roleOfSession(principal) === sessionsOf(id);
}

/**
 * The name of the session that the workload's own machine has; `undefined` where the machine is not known.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function sessionOf(
  { id }: Pick<Identity, "id">,
  paths: Pick<EstatePaths, "host" | "holders"> | undefined,
): string | undefined {
  const { host } = paths ?? {};
  const own = paths?.holders.some((holder) => holder.id === host && holder.identity === id);
  return own === true ? /:instance\/(i-[0-9a-f]+)$/.exec(host ?? "")?.[1] : undefined;
}
