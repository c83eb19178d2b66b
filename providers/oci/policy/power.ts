import { isFull, type OciGrant } from "./grants.ts";
import { isFamily, serviceOf } from "./verbs.ts";
import { isStronger, type OciWorld, type Strength } from "./world.ts";

/** Types whose deletion alone makes an identity broad: storage, databases, keys and logs. */
const precious =
  /^(?:buckets|objects|file-systems|volumes|(?:boot-)?volume-backups|db-|databases|autonomous-|nosql-|mysql-|keys|vaults|log-|logs)/;

/** Permissions that show secret values, key material, object contents or rows. */
const sensitive: ReadonlySet<string> = new Set([
  "SECRET_BUNDLE_READ",
  "OBJECT_READ",
  "KEY_EXPORT",
  "DATABASE_CONTENT_READ",
  "NOSQL_ROWS_READ",
]);

const broadServices = 3;

/** What grants amount to by themselves, without a step to another identity. */
export function strengthOf(grants: readonly OciGrant[], world: OciWorld): Strength {
  const own = grants.filter(({ spot, rights }) => !spot.foreign && rights.length > 0);
  const services = new Set(
    own
      .filter(({ spot }) => spot.id === world.tenancy)
      .flatMap(({ rights }) => rights.filter(changes).map(({ type }) => serviceOf(type))),
  );
  const none: Strength = { power: "none", breadth: "resource" };
  const many: Strength =
    services.size >= broadServices ? { power: "broad", breadth: "account" } : none;
  return own
    .map((grant) => strengthOfGrant(grant, world))
    .reduce((best, next) => (isStronger(next, best) ? next : best), many);
}

function strengthOfGrant(grant: OciGrant, world: OciWorld): Strength {
  const everywhere = grant.spot.id === world.tenancy;
  const breadth = everywhere ? "account" : "group";
  if (isFull(grant)) return { power: everywhere ? "admin" : "broad", breadth };
  if (everywhere && isSweeping(grant)) return { power: "broad", breadth };
  if (
    grant.rights.some(({ permission }) => permission !== undefined && sensitive.has(permission))
  ) {
    return { power: "reads-sensitive", breadth };
  }
  return { power: grant.rights.some(changes) ? "manages" : "reads", breadth };
}

function isSweeping({ action, whole, rights }: OciGrant): boolean {
  const family = action.kind === "verb" && action.verb === "manage" && isFamily(action.resource);
  return (
    (whole && family) ||
    rights.some(
      ({ permission, type }) => permission?.endsWith("_DELETE") === true && precious.test(type),
    )
  );
}

function changes({ verb }: OciGrant["rights"][number]): boolean {
  return verb === "use" || verb === "manage";
}
