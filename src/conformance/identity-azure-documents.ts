import type { PolicyAttachment, PolicyDocument } from "../model/identity.ts";
import type { Json, JsonObject } from "../model/json.ts";
import type { Group } from "../model/paths.ts";
import { listOf, objectOf, textOf, textsOf } from "./read-json.ts";
import type { ReadRole } from "./roles-file.ts";

const source = { kind: "rule", id: "labelled case" } as const;
/** Conditions write ids with or without their dashes. */
const roleId = /\b([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})\b/gi;
/** Roles that an assigner may give itself. */
const leading = [
  "Owner",
  "Contributor",
  "User Access Administrator",
  "Role Based Access Control Administrator",
];

export interface AzureDocuments {
  readonly policies: ReadonlyMap<string, PolicyDocument>;
  keep(id: string, body: Json): string;
  /** What bears on a principal, itself and through its groups; `null` = any group may be one of its. */
  attachments(principal: string, groups: readonly string[] | null): readonly PolicyAttachment[];
  /** The assignment that the world states of an identity. */
  standing(principal: string, about: JsonObject): readonly PolicyAttachment[];
  directory(
    principal: string,
    appRoles: Json | undefined,
    roles: Json | undefined,
  ): readonly PolicyAttachment[];
  /** Groups that hold assignments in force. */
  groups(): readonly Group[];
}

interface Assignment {
  readonly id: string;
  readonly principal: string;
  readonly eligible: boolean;
}

export function azureDocuments(
  entry: JsonObject,
  world: JsonObject,
  readRole: ReadRole,
): AzureDocuments {
  const policies = new Map<string, PolicyDocument>();
  const keep = (id: string, body: Json): string => {
    policies.set(id, { id, name: id, body, source });
    return id;
  };
  keep("hierarchy:world", { parents: objectOf(world["hierarchy"]) });
  const assignments = listOf(entry["assignments"]).map((raw, index) =>
    keepAssignment(objectOf(raw), `assignment ${index}`, keep, readRole),
  );
  const denials = listOf(entry["denyAssignments"]).map((raw, index) =>
    keep(`deny assignment ${index}`, denialOf(objectOf(raw))),
  );
  keepNamedRoles([...policies.values()], keep, readRole);
  return {
    policies,
    keep,
    attachments: (principal, groups) => [
      ...assignments.flatMap((assignment) => attach(assignment, principal, groups)),
      ...denials.map((policy) => ({ policy, layer: "organization", via: principal }) as const),
    ],
    standing: (principal, about) => {
      if (textOf(about["role"]) === undefined) return [];
      const body = { ...about, principalId: principal };
      const { id } = keepAssignment(body, `assignment of ${principal}`, keep, readRole);
      return [{ policy: id, layer: "grant", via: principal }];
    },
    directory: (principal, appRoles = [], roles = []) => {
      if (listLength(appRoles) === 0 && listLength(roles) === 0) return [];
      const policy = keep(`directory ${principal}`, { kind: "directory", appRoles, roles });
      return [{ policy, layer: "grant", via: principal }];
    },
    groups: () => groupsOf(assignments),
  };
}

function listLength(value: Json): number {
  return value === null ? 1 : listOf(value).length;
}

function attach(
  { id, principal }: Assignment,
  own: string,
  groups: readonly string[] | null,
): PolicyAttachment[] {
  if (principal === own) return [{ policy: id, layer: "grant", via: own }];
  const member = groups === null ? isGroup(principal) : groups.includes(principal);
  return member ? [{ policy: id, layer: "grant", via: `${own} through group ${principal}` }] : [];
}

function isGroup(principal: string): boolean {
  return principal.startsWith("grp-");
}

function groupsOf(assignments: readonly Assignment[]): readonly Group[] {
  const held = assignments.filter(({ principal, eligible }) => isGroup(principal) && !eligible);
  return [...new Set(held.map(({ principal }) => principal))].map((group) => ({
    id: group,
    policies: held.flatMap(({ id, principal }) => (principal === group ? [id] : [])),
  }));
}

type Keep = AzureDocuments["keep"];

function keepAssignment(raw: JsonObject, id: string, keep: Keep, readRole: ReadRole): Assignment {
  const name = textOf(raw["role"]);
  const definition = name === undefined ? `${id} role` : name.toLowerCase();
  const named = name === undefined ? undefined : readRole("azure", name);
  if (name === undefined) keepDefinition(definition, [raw["role"] ?? {}], true, keep);
  else if (named !== undefined) keepDefinition(definition, blocksOf(named), false, keep);
  const eligible = raw["state"] === "eligible";
  const principal = textOf(raw["principalId"]) ?? "";
  keep(id, {
    kind: "assignment",
    principalId: principal,
    scope: raw["scope"] ?? "",
    roleDefinitionId: definition,
    condition: raw["condition"] ?? null,
    conditionVersion: raw["conditionVersion"] ?? null,
    eligible,
  });
  return { id, principal, eligible };
}

function keepDefinition(id: string, permissions: readonly Json[], custom: boolean, keep: Keep) {
  keep(`definition:${id.toLowerCase()}`, { kind: "definition", custom, permissions });
}

function blocksOf(role: Json): readonly Json[] {
  return listOf(objectOf(role)["permissions"]);
}

/** The roles that conditions name by id, also those of such roles, and those that lead on; an id that is no role leads nowhere. */
function keepNamedRoles(documents: readonly PolicyDocument[], keep: Keep, readRole: ReadRole) {
  const complete = readRole("azure", "Owner") !== undefined;
  // A set shows what is added while it is gone through.
  const open = new Set(documents.flatMap(({ body }) => idsIn(body)));
  for (const id of open) {
    const role = readRole("azure", id);
    if (role === undefined && !complete) continue;
    const blocks = blocksOf(role ?? null);
    keepDefinition(id, blocks, false, keep);
    for (const named of idsIn(blocks)) open.add(named);
  }
  for (const name of leading) {
    const role = readRole("azure", name);
    const id = textOf(objectOf(role)["id"]);
    if (role !== undefined && id !== undefined) keepDefinition(id, blocksOf(role), false, keep);
  }
}

function idsIn(body: Json): readonly string[] {
  return [...JSON.stringify(body).matchAll(roleId)].map(([, ...parts]) =>
    parts.join("-").toLowerCase(),
  );
}

function denialOf(raw: JsonObject): JsonObject {
  const permission = Object.fromEntries(
    ["actions", "notActions", "dataActions", "notDataActions"].map((key) => [key, raw[key] ?? []]),
  );
  const named = [...textsOf(raw["principals"]), ...textsOf(raw["excludePrincipals"])];
  return { ...raw, kind: "deny", permissions: [permission], groups: named.filter(isGroup) };
}
