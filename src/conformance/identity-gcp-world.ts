import type { EstateIndex } from "../model/estate.ts";
import type { Identity, PolicyAttachment, PolicyDocument } from "../model/identity.ts";
import type { Json, JsonObject } from "../model/json.ts";
import { gcpPaths } from "./identity-gcp-paths.ts";
import { listOf, objectOf, textOf, textsOf } from "./read-json.ts";
import type { ReadRole } from "./roles-file.ts";

const source = { kind: "rule", id: "labelled case" } as const;

type Documents = Map<string, PolicyDocument>;

/** One case as an estate: what a collector would have read. What is missing does not exist, what is null was not read. */
export function gcpEstate(
  entry: JsonObject,
  file: JsonObject,
  readRole: ReadRole,
): { readonly start: Identity; readonly estate: EstateIndex } {
  const world = replacing(objectOf(file["world"]), objectOf(entry["world"]));
  const documents: Documents = new Map();
  const bindings = [...bindingsOf(entry, documents), ...bindingsOfAccounts(world)];
  keepPlaces(entry, world, bindings, documents);
  keepRoles(bindings, documents, readRole);
  keepGroups(entry, world, bindings, documents);
  const start = startOf(entry, world, documents);
  const accounts = listOf(world["serviceAccounts"])
    .flatMap((raw) => textOf(objectOf(raw)["email"]) ?? [])
    .concat(textOf(objectOf(world["cloudBuild"])["defaultServiceAccount"]) ?? [])
    .map((email) => accountOf(email, world, []));
  const now = textOf(file["now"]);
  return {
    start,
    estate: {
      identities: new Map([...accounts, start].map((identity) => [identity.id, identity])),
      policies: documents,
      gaps: new Map(),
      ...(now !== undefined && { startedAt: now }),
      paths: gcpPaths(
        world,
        bindings.map(({ resource }) => resource),
      ),
    },
  };
}

interface CaseBinding {
  readonly resource: string;
  readonly role: string;
  readonly body: JsonObject;
}

/** Contents of custom roles are kept under the role's name, apart where two bindings give it different ones. */
function bindingsOf(entry: JsonObject, documents: Documents): CaseBinding[] {
  return listOf(entry["bindings"]).map((raw, index) => {
    const { resource, role, members, permissions, condition } = objectOf(raw);
    const named = textOf(role) ?? "";
    const name = customRole(named, permissions, index, documents);
    const body = {
      role: name,
      members: members === null ? ["group:members that were not read"] : (members ?? []),
      ...(condition !== undefined && {
        condition: condition === null ? { expression: "unread" } : condition,
      }),
    };
    return { resource: textOf(resource) ?? "", role: name, body };
  });
}

function customRole(
  name: string,
  permissions: Json | undefined,
  index: number,
  documents: Documents,
): string {
  if (permissions === undefined || permissions === null) return name;
  const body = { includedPermissions: permissions };
  const known = documents.get(`${name}#role`);
  const other = known && JSON.stringify(known.body) !== JSON.stringify(body);
  const own = other ? `${name}-${index}` : name;
  keep(documents, `${own}#role`, body);
  return own;
}

/** What the world says of its accounts, as bindings. */
function bindingsOfAccounts(world: JsonObject): CaseBinding[] {
  const project = textOf(world["auditedScope"]) ?? "";
  const build = objectOf(world["cloudBuild"]);
  const accounts = [
    ...listOf(world["serviceAccounts"]).map(objectOf),
    { email: build["defaultServiceAccount"], roles: build["roles"] },
  ];
  return accounts.flatMap(({ email, roles, tokenCreatorOn }) => {
    const members = [`serviceAccount:${textOf(email) ?? ""}`];
    const own = textsOf(roles).map((role) => bindingFor(project, role, members));
    const minted = textsOf(tokenCreatorOn).map((target) =>
      bindingFor(accountName(target, world), "roles/iam.serviceAccountTokenCreator", members),
    );
    return own.concat(minted);
  });
}

function bindingFor(resource: string, role: string, members: readonly string[]): CaseBinding {
  return { resource, role, body: { role, members } };
}

function accountName(email: string, world: JsonObject): string {
  return `projects/${projectOf(email, world)}/serviceAccounts/${email}`;
}

function keepPlaces(
  entry: JsonObject,
  world: JsonObject,
  bindings: readonly CaseBinding[],
  documents: Documents,
): void {
  const chain = textsOf(world["hierarchy"]).toReversed();
  const others = textsOf(world["otherResources"]);
  const number = world["projectNumber"];
  const project = textOf(world["auditedScope"]) ?? "";
  for (const place of [...chain, ...others]) {
    const above = chain.slice(chain.indexOf(place) + 1);
    keep(documents, `${place}#ancestry`, {
      above: chain.includes(place) ? above : [],
      ...(place === project && { number: number ?? null }),
    });
  }
  const resources = new Set([
    ...(entry["bindings"] === null ? [] : [...chain, ...others]),
    ...accountsIn(entry, world).map((email) => accountName(email, world)),
    ...bindings.map(({ resource }) => resource),
  ]);
  for (const resource of resources) {
    const own = bindings.filter((binding) => binding.resource === resource);
    keep(documents, `${resource}#allow`, { bindings: own.map(({ body }) => body) });
  }
  keepDenies(entry, [...chain, ...others], documents);
  keepBoundaries(entry, [...chain, ...others], project, documents);
}

/** Accounts whose own policies are read, since the world says all there is of them. */
function accountsIn(entry: JsonObject, world: JsonObject): readonly string[] {
  return [
    entry["serviceAccount"],
    objectOf(world["cloudBuild"])["defaultServiceAccount"],
    ...listOf(world["serviceAccounts"]).map((raw) => objectOf(raw)["email"]),
  ].flatMap((email) => textOf(email) ?? []);
}

function keepBoundaries(
  entry: JsonObject,
  places: readonly string[],
  project: string,
  documents: Documents,
): void {
  if (entry["principalAccessBoundary"] === null) return;
  const boundaries = listOf(entry["principalAccessBoundary"]).map((raw) => {
    const { blocks, ...details } = objectOf(raw);
    return { details, blocks: blocks === undefined ? [] : blocks };
  });
  for (const place of places) {
    keep(documents, `${place}#boundary`, { policies: place === project ? boundaries : [] });
  }
}

function keepDenies(entry: JsonObject, places: readonly string[], documents: Documents): void {
  if (entry["denyPolicies"] === null) return;
  const denies = listOf(entry["denyPolicies"]).map(objectOf);
  const points = new Set([
    ...places,
    ...denies.flatMap((deny) => textOf(deny["attachedTo"]) ?? []),
  ]);
  for (const place of points) {
    const own = denies.filter((deny) => deny["attachedTo"] === place);
    keep(documents, `${place}#deny`, {
      policies: own.map((deny) => ({
        rules: [
          {
            denyRule:
              deny["denialCondition"] === null
                ? { ...deny, denialCondition: { expression: "unread" } }
                : deny,
          },
        ],
      })),
    });
  }
}

/** Predefined roles that bindings give and that conditions name. */
function keepRoles(
  bindings: readonly CaseBinding[],
  documents: Documents,
  readRole: ReadRole,
): void {
  const named = JSON.stringify(bindings.map(({ body }) => body)).match(/\broles\/[\w.]+/g) ?? [];
  for (const role of new Set([...named, ...bindings.map((binding) => binding.role)])) {
    const permissions = documents.has(`${role}#role`) ? undefined : readRole("gcp", role);
    if (permissions !== undefined) {
      keep(documents, `${role}#role`, { includedPermissions: permissions });
    }
  }
}

/** A group that the world does not name has no members; one whose members are null was not read. */
function keepGroups(
  entry: JsonObject,
  world: JsonObject,
  bindings: readonly CaseBinding[],
  documents: Documents,
): void {
  const groups = objectOf(world["groups"]);
  const texts = JSON.stringify([
    bindings.map(({ body }) => body),
    entry["denyPolicies"] ?? [],
    groups,
  ]);
  const named = [...texts.matchAll(/"(?:group:|principalSet:\/\/goog\/group\/)([^"\s]+)"/g)];
  for (const email of new Set([...Object.keys(groups), ...named.map(([, group = ""]) => group)])) {
    const members = groups[email];
    if (members !== null) keep(documents, `${email}#group`, { members: members ?? [] });
  }
}

function startOf(entry: JsonObject, world: JsonObject, documents: Documents): Identity {
  const { scopes, type, namespace, kubernetesServiceAccount, pool } = objectOf(entry["compute"]);
  const pod =
    type === "gke" && textOf(pool) !== undefined
      ? `${textOf(pool)}[${textOf(namespace) ?? ""}/${textOf(kubernetesServiceAccount) ?? ""}]`
      : undefined;
  const email = textOf(entry["serviceAccount"]) ?? pod ?? "";
  if (Array.isArray(scopes)) keep(documents, `${email}#scopes`, { scopes });
  const policies: PolicyAttachment[] = [];
  if (scopes !== undefined)
    policies.push({ layer: "session", policy: `${email}#scopes`, via: email });
  if (pod !== undefined) policies.push({ layer: "trust", policy: pod, via: "workload identity" });
  return accountOf(email, world, policies);
}

function accountOf(
  email: string,
  world: JsonObject,
  policies: readonly PolicyAttachment[],
): Identity {
  return {
    id: email,
    provider: "gcp",
    scope: projectOf(email, world),
    kind: "service-account",
    name: email.split("@")[0] ?? email,
    tags: {},
    policies,
    source,
  };
}

/** The project in the address; agents and default accounts of the audited project carry its number. */
function projectOf(email: string, world: JsonObject): string {
  const [, own] = /@([a-z0-9-]+)\.iam\.gserviceaccount\.com$/.exec(email) ?? [];
  const named = own?.startsWith("gcp-sa-") ? undefined : own;
  return named ?? (textOf(world["auditedScope"]) ?? "").replace(/^projects\//, "");
}

/** Objects key by key; lists, texts and null replace. */
function replacing(base: JsonObject, over: JsonObject): JsonObject {
  const out: Record<string, Json | undefined> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const both = isObject(base[key]) && isObject(value);
    out[key] = both ? replacing(objectOf(base[key]), objectOf(value)) : value;
  }
  return out;
}

function isObject(value: Json | undefined): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function keep(documents: Documents, id: string, body: Json): void {
  documents.set(id, { id, name: id, body, source });
}
