import type { EstateIndex } from "../model/estate.ts";
import type { Identity, PolicyAttachment, PolicyDocument, PolicyLayer } from "../model/identity.ts";
import type { Json, JsonObject } from "../model/json.ts";
import { awsPaths } from "./identity-aws-paths.ts";
import { mergeWorld } from "./merge-world.ts";
import { listOf, objectOf, textOf } from "./read-json.ts";

const source = { kind: "rule", id: "labelled case" } as const;

/** What a managed policy of a word lets its holder do. */
const actionsByWord: Readonly<Record<string, readonly string[]>> = {
  admin: ["*"],
  broad: ["s3:*", "ec2:*", "dynamodb:*", "lambda:*"],
  "reads-sensitive": ["s3:Get*", "s3:List*", "dynamodb:GetItem", "ec2:Describe*"],
  manages: ["sns:CreateTopic", "sns:DeleteTopic"],
  reads: ["ec2:Describe*", "iam:Get*", "iam:List*", "s3:ListAllMyBuckets"],
};

type Documents = Map<string, PolicyDocument>;

/** One case as an estate: what a collector would have read of the account. */
export function awsEstate(
  entry: JsonObject,
  shared: JsonObject,
  now: string | undefined,
): { readonly start: Identity; readonly estate: EstateIndex } {
  const world = mergeWorld(shared, objectOf(entry["world"]));
  const documents: Documents = new Map();
  const organization = organizationOf(entry, world, documents);
  const user = entry["principal"] === "user";
  const self = objectOf(world[user ? "selfUser" : "selfRole"]);
  const start: Identity = {
    ...identityOf(self, user ? "user" : "role", []),
    policies: [
      ...attach(documents, "grant", listOf(entry["identity"]), "own"),
      ...limit(documents, "boundary", entry["boundary"], textOf(entry["boundaryArn"])),
      ...limit(documents, "session", entry["session"], undefined),
      ...organization,
    ],
  };
  const others = othersOf(world, documents, organization);
  keepPolicies(world, documents);
  for (const raw of listOf(entry["resourcePolicies"])) {
    const { arn, policy } = objectOf(raw);
    keep(documents, `resource ${textOf(arn) ?? ""}`, policy ?? null);
  }
  const denies = controlsOf(entry, world, documents);
  const identities = new Map([...others, start].map((identity) => [identity.id, identity]));
  return {
    start,
    estate: {
      identities,
      policies: documents,
      gaps: new Map(),
      ...(now !== undefined && { startedAt: now }),
      paths: awsPaths(entry, world, self, denies),
    },
  };
}

function othersOf(
  world: JsonObject,
  documents: Documents,
  organization: readonly PolicyAttachment[],
): Identity[] {
  const admins = objectOf(world["admins"]);
  const roles = [admins["roles"], world["lowRoles"], world["roles"]].flatMap(listOf);
  const users = [admins["users"], world["lowUsers"], world["users"]].flatMap(listOf);
  const account = textOf(world["account"]);
  const build = (raw: Json, kind: "role" | "user"): Identity => {
    const about = objectOf(raw);
    const plain = identityOf(about, kind, []);
    const trust = kind === "role" ? trustOf(about["trust"]) : undefined;
    if (trust) keep(documents, `${plain.id}#trust`, trust);
    return {
      ...plain,
      policies: [
        ...attach(documents, "grant", listOf(about["identity"]), plain.id),
        ...limit(documents, "boundary", about["boundary"], textOf(about["boundaryArn"])),
        ...(plain.scope === account
          ? organization
          : [attachment("organization", unlimited(documents), "none")]),
        ...(trust ? [attachment("trust", `${plain.id}#trust`, plain.id)] : []),
      ],
    };
  };
  return [...roles.map((raw) => build(raw, "role")), ...users.map((raw) => build(raw, "user"))];
}

/** A list of service principals and ARNs, or a trust policy. */
function trustOf(trust: Json | undefined): JsonObject | undefined {
  if (trust === null || trust === undefined) return undefined;
  if (!Array.isArray(trust)) return objectOf(trust);
  const names = listOf(trust).flatMap((name) => textOf(name) ?? []);
  const kinds = {
    Service: names.filter((name) => name.endsWith(".amazonaws.com")),
    Federated: names.filter((name) => /:(?:saml|oidc)-provider\//.test(name)),
    AWS: names.filter((name) => !/\.amazonaws\.com$|:(?:saml|oidc)-provider\//.test(name)),
  };
  return {
    Version: "2012-10-17",
    Statement: Object.entries(kinds)
      .filter(([, listed]) => listed.length > 0)
      .map(([kind, listed]) => ({
        Effect: "Allow",
        Principal: { [kind]: listed },
        Action:
          kind === "Federated"
            ? ["sts:AssumeRoleWithWebIdentity", "sts:AssumeRoleWithSAML"]
            : "sts:AssumeRole",
      })),
  };
}

function identityOf(
  about: JsonObject,
  kind: "role" | "user",
  policies: readonly PolicyAttachment[],
): Identity {
  const id = textOf(about["arn"]) ?? "";
  return {
    id,
    provider: "aws",
    scope: id.split(":")[4] ?? "",
    kind,
    name: textOf(about["name"]) ?? id.slice(id.lastIndexOf("/") + 1),
    tags: Object.fromEntries(
      Object.entries(objectOf(about["tags"])).flatMap(([key, value]) =>
        typeof value === "string" ? [[key, value]] : [],
      ),
    ),
    policies,
    source,
  };
}

/** Every level has to admit a call; the management account is not bound. A `null` was not read. */
function organizationOf(
  entry: JsonObject,
  world: JsonObject,
  documents: Documents,
): readonly PolicyAttachment[] {
  const free = world["managementAccount"] === world["account"];
  if (entry["scps"] === null && !free) return [];
  const levels = free ? [] : listOf(entry["scps"]);
  if (levels.length === 0) return [attachment("organization", unlimited(documents), "root")];
  return levels.flatMap((level, depth) =>
    level === null
      ? [attachment("organization", `level ${depth} that was not read`, `level ${depth}`)]
      : attach(documents, "organization", listOf(level), `level ${depth}`),
  );
}

function controlsOf(entry: JsonObject, world: JsonObject, documents: Documents): string[] {
  if (world["managementAccount"] === world["account"]) return [];
  return listOf(entry["rcps"]).flatMap((level, depth) =>
    listOf(level).map((body, index) => keep(documents, `resource control ${depth} ${index}`, body)),
  );
}

function keepPolicies(world: JsonObject, documents: Documents): void {
  for (const [arn, word] of Object.entries(objectOf(world["managedPolicies"]))) {
    const actions = actionsByWord[textOf(word) ?? ""];
    if (actions) keep(documents, arn, allowing(actions));
  }
  for (const raw of listOf(world["policies"])) {
    const { arn, document, inactiveVersionGrants: other } = objectOf(raw);
    const id = textOf(arn) ?? "";
    // What a policy without a document grants is no part of the case.
    if (document !== undefined || !documents.has(id))
      keep(documents, id, document ?? allowing(["sts:GetCallerIdentity"]));
    if (other !== undefined) keep(documents, `${id}#other`, otherVersion(other));
  }
}

function otherVersion(grants: Json): Json {
  if (typeof grants === "string") return allowing([grants]);
  return Array.isArray(grants)
    ? allowing(listOf(grants).flatMap((one) => textOf(one) ?? []))
    : grants;
}

function allowing(actions: readonly string[]): Json {
  return {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: [...actions], Resource: "*" }],
  };
}

function unlimited(documents: Documents): string {
  return keep(documents, "no service control policy", allowing(["*"]));
}

function attach(
  documents: Documents,
  layer: PolicyLayer,
  bodies: readonly Json[],
  via: string,
): PolicyAttachment[] {
  return bodies.map((body, index) =>
    attachment(layer, keep(documents, `${layer} ${via} ${index}`, body), via),
  );
}

function limit(
  documents: Documents,
  layer: PolicyLayer,
  body: Json | undefined,
  arn: string | undefined,
): PolicyAttachment[] {
  if (body === undefined) return arn === undefined ? [] : [attachment(layer, arn, layer)];
  const id = arn ?? `${layer} of the caller`;
  return [attachment(layer, body === null ? id : keep(documents, id, body), layer)];
}

function attachment(layer: PolicyLayer, policy: string, via: string): PolicyAttachment {
  return { layer, policy, via };
}

function keep(documents: Documents, id: string, body: Json): string {
  documents.set(id, { id, name: id, body, source });
  return id;
}
