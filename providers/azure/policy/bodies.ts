import type { Json, JsonObject } from "../../../src/model/json.ts";
import { isObject } from "../../reader.ts";
import type { Written } from "./condition.ts";

/** One permission block; several in one definition are united. */
export interface Permission {
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly dataActions: readonly string[];
  readonly notDataActions: readonly string[];
  readonly condition: Written | undefined;
}

export interface AssignmentBody {
  readonly kind: "assignment";
  readonly principalId: string;
  readonly scope: string;
  /** Last segment of the definition's id, in lower case. */
  readonly definition: string;
  readonly condition: Written | undefined;
  /** May be activated by its holder; gives nothing until then. */
  readonly eligible: boolean;
  /** Its principal may be a managed identity, as one may whose type is not told; users and groups are none. */
  readonly servicePrincipal: boolean;
  /** It stands in a vault, and counts where the vault does not look at roles. */
  readonly accessPolicy: boolean;
}

export interface DenialBody {
  readonly kind: "deny";
  readonly scope: string;
  readonly permissions: readonly Permission[];
  /** Object ids in lower case, or `everyone`. */
  readonly principals: readonly string[];
  readonly excluded: readonly string[];
  /** Those of the two lists that are groups; `null` = any may be one. */
  readonly groups: readonly string[] | null;
  /** The scope alone, not what lies in it. */
  readonly here: boolean;
  /** It denies only where this holds. */
  readonly condition: Written | undefined;
}

/** What the identity may do in the directory; `null` = could not be read. */
export interface DirectoryBody {
  readonly kind: "directory";
  readonly appRoles: readonly string[] | null;
  readonly roles: readonly string[] | null;
  /** Lists without which there may be more of both. */
  readonly unread: readonly string[];
  /** What its applications are is known, and who owns them. */
  readonly applications: boolean;
}

/** Facts of a resource that decide whether a hop works; `null` = could not be read. */
export interface ResourceBody {
  readonly kind: "resource";
  /** Key vault: data roles count instead of its access policies. */
  readonly rbac: boolean | null;
  /** Cluster: the credential of its local administrator exists. */
  readonly localAccounts: boolean | null;
  /** Application: object ids of its owners. */
  readonly owners: readonly string[] | null;
  /** Service, by its namespace: things of it run. */
  readonly usable: boolean | null;
}

export type Body = AssignmentBody | DenialBody | DirectoryBody | ResourceBody;

const bodies = new WeakMap<JsonObject, Body | null>();

/** The typed form of a policy document's body; `undefined` for a foreign one. */
export function bodyOf(json: Json | undefined): Body | undefined {
  if (!isObject(json)) return undefined;
  const kept = bodies.get(json);
  if (kept !== undefined) return kept ?? undefined;
  const read = readers[text(json["kind"])]?.(json);
  bodies.set(json, read ?? null);
  return read;
}

/** https://learn.microsoft.com/rest/api/authorization/role-assignments/list-for-scope#principaltype */
const others = /^(?:user|group|foreigngroup|device)$/i;

const readers: Readonly<Record<string, (json: JsonObject) => Body>> = {
  assignment: (json) => ({
    kind: "assignment",
    principalId: text(json["principalId"]).toLowerCase(),
    scope: text(json["scope"]),
    definition: lastSegment(text(json["roleDefinitionId"])),
    condition: writtenOf(json),
    eligible: json["eligible"] === true,
    accessPolicy: json["accessPolicy"] === true,
    servicePrincipal: !others.test(text(json["principalType"])),
  }),
  deny: (json) => ({
    kind: "deny",
    scope: text(json["scope"]),
    permissions: permissionsOf(json),
    principals: lowerTexts(json["principals"]),
    excluded: lowerTexts(json["excludePrincipals"]),
    groups: json["groups"] === undefined ? null : lowerTexts(json["groups"]),
    here: json["doNotApplyToChildScopes"] === true,
    condition: writtenOf(json),
  }),
  directory: (json) => ({
    kind: "directory",
    appRoles: json["appRoles"] === null ? null : texts(json["appRoles"]),
    roles: json["roles"] === null ? null : texts(json["roles"]),
    unread: texts(json["unread"]),
    applications: json["applications"] !== null,
  }),
  resource: (json) => ({
    kind: "resource",
    rbac: known(json["rbac"]),
    localAccounts: known(json["localAccounts"]),
    usable: json["usable"] === undefined || known(json["usable"]),
    owners: json["owners"] === null ? null : lowerTexts(json["owners"]),
  }),
};

/** The blocks of a definition or a deny assignment. */
export function permissionsOf(json: Json | undefined): readonly Permission[] {
  if (!isObject(json)) return [];
  return list(json["permissions"]).flatMap((each) =>
    isObject(each)
      ? [
          {
            actions: texts(each["actions"]),
            notActions: texts(each["notActions"]),
            dataActions: texts(each["dataActions"]),
            notDataActions: texts(each["notDataActions"]),
            condition: writtenOf(each),
          },
        ]
      : [],
  );
}

function writtenOf(json: JsonObject): Written | undefined {
  const condition = text(json["condition"]);
  if (condition.trim() === "") return undefined;
  const version = json["conditionVersion"];
  return { text: condition, version: typeof version === "string" ? version : undefined };
}

/** A control that is absent is off; one that could not be read is unknown. */
function known(value: Json | undefined): boolean | null {
  return value === null ? null : value === true;
}

export function lastSegment(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1).toLowerCase();
}

function lowerTexts(value: Json | undefined): string[] {
  return texts(value).map((each) => each.toLowerCase());
}

function texts(value: Json | undefined): string[] {
  return list(value).flatMap((each) => (typeof each === "string" ? [each] : []));
}

function text(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

function list(value: Json | undefined): readonly Json[] {
  return value !== undefined && isList(value) ? value : [];
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
