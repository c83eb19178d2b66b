import type { EstateIndex } from "../../../src/model/estate.ts";
import type { Identity, PolicyDocument } from "../../../src/model/identity.ts";
import { parsePolicy } from "./parse.ts";
import { roleOfSession } from "./sessions.ts";
import { trustOf } from "./trust.ts";

/** Roles by whom their trust names, so that a search asks none that cannot answer. */
interface TrustIndex {
  /** `aws:<arn or account>`, `service:<name>`, `federated:<arn>`. */
  readonly named: ReadonlyMap<string, readonly Identity[]>;
  /** Roles whose trust is open to everybody, or names whom it excludes. */
  readonly others: readonly Identity[];
  /** Roles without a trust that was read. */
  readonly unread: readonly Identity[];
}

const indexes = new WeakMap<EstateIndex["identities"], TrustIndex>();

function indexOf(estate: EstateIndex): TrustIndex {
  const known = indexes.get(estate.identities);
  if (known) return known;
  const named = new Map<string, Identity[]>();
  const others: Identity[] = [];
  const unread: Identity[] = [];
  for (const role of estate.identities.values()) {
    if (role.kind !== "role") continue;
    const document = trustOf(role, estate);
    const principals = document && principalsOf(document);
    if (!document) unread.push(role);
    else if (!principals) others.push(role);
    for (const principal of principals ?? []) {
      const roles = named.get(principal);
      if (roles) roles.push(role);
      else named.set(principal, [role]);
    }
  }
  const index = { named, others, unread };
  indexes.set(estate.identities, index);
  return index;
}

/** `undefined` where a list of names does not tell whom the role trusts. */
function principalsOf(document: PolicyDocument): ReadonlySet<string> | undefined {
  const allows = parsePolicy(document).statements.filter(({ effect }) => effect === "Allow");
  const principals = new Set(
    allows.flatMap(({ principals: listed = [] }) => listed.map((one) => roleOfSession(one) ?? one)),
  );
  const open = allows.some(({ notPrincipals }) => notPrincipals === true);
  return open || [...principals].some((one) => one.includes("*")) ? undefined : principals;
}

/** Roles whose trust may admit one of these principals. */
export function rolesTrusting(principals: readonly string[], estate: EstateIndex): Identity[] {
  const { named, others } = indexOf(estate);
  return [...new Set([...principals.flatMap((one) => named.get(one) ?? []), ...others])];
}

/** Roles that may trust anybody, as far as is known. */
export function rolesUnread(estate: EstateIndex): readonly Identity[] {
  return indexOf(estate).unread;
}

/** Providers of assertions, each with the roles that trust it. */
export function samlTrusts(
  estate: EstateIndex,
): readonly (readonly [provider: string, roles: readonly Identity[]])[] {
  return [...indexOf(estate).named].flatMap(([principal, roles]) =>
    /^federated:arn:[^:]+:iam::\d{12}:saml-provider\//.test(principal)
      ? [[principal.slice("federated:".length), roles] as const]
      : [],
  );
}
