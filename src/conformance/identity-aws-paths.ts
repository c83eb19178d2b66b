import { breadths, powers } from "../model/identity.ts";
import type { Json, JsonObject } from "../model/json.ts";
import type { EstatePaths, KnownTags, Standing } from "../model/paths.ts";
import { listOf, numberOf, objectOf, textOf, textsOf } from "./read-json.ts";

/** What a case says of the ways between identities. */
export function awsPaths(
  entry: JsonObject,
  world: JsonObject,
  self: JsonObject,
  resourceDenies: readonly string[],
): EstatePaths {
  const admins = objectOf(world["admins"]);
  const roles = [admins["roles"], world["lowRoles"], world["roles"]].flatMap(listOf).map(objectOf);
  const users = [admins["users"], world["lowUsers"], world["users"]].flatMap(listOf).map(objectOf);
  const existing = [world["existing"], world["lowExisting"]].flatMap((kinds) =>
    Object.entries(objectOf(kinds)).flatMap(([kind, list]) =>
      listOf(list).map((raw) => ({ kind, about: objectOf(raw) })),
    ),
  );
  const secrets = listOf(world["secrets"]).map(objectOf);
  const policies = listOf(world["policies"]).map(objectOf);
  const host = textOf(self["instance"]);
  const token = objectOf(self["webIdentity"]);
  const issuer = textOf(token["issuer"]);
  return {
    scope: textOf(world["auditedScope"]) ?? textOf(world["account"]) ?? "",
    holders: existing.map(({ kind, about }) => ({
      kind,
      id: arnOf(about),
      identity: textOf(about["role"]) ?? "",
    })),
    credentials: secrets.flatMap((secret) => {
      const of = textOf(secret["credentialOf"]);
      return of === undefined ? [] : [{ id: arnOf(secret), of }];
    }),
    resourcePolicies: new Map(
      listOf(entry["resourcePolicies"]).map((raw) => {
        const arn = arnOf(objectOf(raw));
        return [arn, `resource ${arn}`];
      }),
    ),
    resourceDenies,
    standings: new Map(
      [...roles, ...users].flatMap((about) => {
        const standing = standingOf(about);
        return standing ? [[arnOf(about), standing] as const] : [];
      }),
    ),
    logins: new Map(
      users.map((about) => [
        arnOf(about),
        { keys: numberOf(about["accessKeys"]) ?? 0, password: about["loginProfile"] === true },
      ]),
    ),
    groups: groupsOf(admins, self),
    memberships: new Map<string, readonly string[] | null>([
      [arnOf(self), self["groups"] === null ? null : textsOf(self["groups"])],
      ...users.map((about) => [arnOf(about), textsOf(about["groups"])] as const),
    ]),
    tags: new Map(
      [
        ...roles,
        ...users,
        ...existing.map(({ about }) => about),
        ...secrets,
        ...policies,
        self,
      ].map(
        (about) =>
          [arnOf(about), tagsOf(about["tags"] ?? (about["tags"] === null ? null : {}))] as const,
      ),
    ),
    attachedTo: new Map([
      ...policies.map((about) => [arnOf(about), holdersOf(about, self)] as const),
      ...extraAttachments(policies, self),
    ]),
    otherVersions: new Map(
      policies.flatMap((about) =>
        about["inactiveVersionGrants"] === undefined
          ? []
          : [[arnOf(about), [`${arnOf(about)}#other`]]],
      ),
    ),
    attachable: [...Object.keys(objectOf(world["managedPolicies"])), ...policies.map(arnOf)],
    unreadTrust: new Set(roles.flatMap((about) => (about["trust"] === null ? [arnOf(about)] : []))),
    request: requestOf(world, self),
    ...(issuer !== undefined && { webIdentity: { issuer, claims: claimsOf(token) } }),
    ...(host !== undefined && entry["principal"] !== "user" && { host }),
  };
}

function arnOf(about: JsonObject): string {
  return textOf(about["arn"]) ?? "";
}

function standingOf(about: JsonObject): Standing | undefined {
  const power = powers.find((one) => one === about["power"]);
  const breadth = breadths.find((one) => one === about["breadth"]);
  return power && { power, breadth: breadth ?? "account" };
}

function groupsOf(admins: JsonObject, self: JsonObject): EstatePaths["groups"] {
  const strong = listOf(admins["groups"]).map((raw) => ({
    id: textOf(raw) ?? arnOf(objectOf(raw)),
    standing: { power: "admin", breadth: "account" } as const,
  }));
  return [...strong, ...textsOf(self["groups"]).map((id) => ({ id }))];
}

function holdersOf(policy: JsonObject, self: JsonObject): readonly string[] {
  const own = textsOf(self["policies"]).includes(arnOf(policy)) ? [arnOf(self)] : [];
  return [...textsOf(policy["attachedTo"]), ...own];
}

function extraAttachments(
  policies: readonly JsonObject[],
  self: JsonObject,
): (readonly [string, readonly string[]])[] {
  const listed = new Set(policies.map(arnOf));
  return textsOf(self["policies"]).flatMap((arn) =>
    listed.has(arn) ? [] : [[arn, [arnOf(self)]] as const],
  );
}

function tagsOf(tags: Json): KnownTags {
  if (tags === null) return null;
  return Object.fromEntries(
    Object.entries(objectOf(tags)).flatMap(([key, value]) =>
      typeof value === "string" ? [[key, value]] : [],
    ),
  );
}

function claimsOf(token: JsonObject): Record<string, string> {
  return Object.fromEntries(
    Object.entries(token).flatMap(([claim, value]) =>
      claim !== "issuer" && typeof value === "string" ? [[claim, value]] : [],
    ),
  );
}

function requestOf(world: JsonObject, self: JsonObject): Record<string, string | null> {
  const address = textOf(self["egressIp"]);
  const organization = textOf(world["org"]);
  const endpoint = self["vpcEndpoint"];
  const mcp = self["viaAwsMcp"];
  return {
    // A case's calls carry the key only where a service makes them.
    "aws:ViaAWSService": null,
    ...(address !== undefined && { "aws:SourceIp": address }),
    ...(organization !== undefined && {
      "aws:PrincipalOrgID": organization,
      "aws:ResourceOrgID": organization,
    }),
    ...(endpoint === null || endpoint === undefined
      ? { "aws:SourceVpc": null, "aws:SourceVpce": null, "aws:VpcSourceIp": null }
      : endpointKeys(endpoint)),
    ...(mcp === true && { "aws:ViaAWSMCPService": "true" }),
  };
}

/** An id, or an object that holds it and its network's under whatever names. */
function endpointKeys(endpoint: Json | undefined): Record<string, string> {
  const ids = typeof endpoint === "string" ? [endpoint] : Object.values(objectOf(endpoint));
  const first = (prefix: string): string | undefined =>
    ids.map(textOf).find((id) => id?.startsWith(prefix) === true);
  const vpc = first("vpc-");
  const id = first("vpce-");
  return {
    ...(vpc !== undefined && { "aws:SourceVpc": vpc }),
    ...(id !== undefined && { "aws:SourceVpce": id }),
  };
}
