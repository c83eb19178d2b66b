import type { PolicyAttachment, PolicyDocument } from "../../src/model/identity.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, flag, items, listed, pagesOf, sourceOf, text, texts, type Node } from "../reader.ts";
import {
  appRoleCall,
  directoryRoleCall,
  graphRoleCall,
  memberCall,
} from "./operations-identity.ts";
import { gapIn } from "./pages.ts";

/** What Microsoft Graph says of the identities of one subscription. */
export interface Directory {
  /** One for each identity that it was asked about. */
  readonly documents: readonly PolicyDocument[];
  attachmentsOf(principal: string): readonly PolicyAttachment[];
  /** The groups of an identity, nested ones too; `undefined` = not read. */
  groupsOf(principal: string): readonly string[] | undefined;
}

/** Roles of the directory and of Microsoft Graph; where Graph was never asked, nothing at all. */
export function directoryOf(snapshot: Snapshot, principals: readonly string[]): Directory {
  const lists = [graphRoleCall, appRoleCall, directoryRoleCall];
  const asked = lists.some(
    (call) => pagesOf(snapshot, call).length > 0 || gapIn(snapshot, call) !== undefined,
  );
  const groups = groupsBy(snapshot);
  const facts: Facts = {
    unread: lists.filter(
      (call) => pagesOf(snapshot, call).length === 0 || cutShort(snapshot, call),
    ),
    appRoles: appRolesBy(snapshot),
    roles: rolesBy(snapshot),
  };
  const documents = asked
    ? principals.map((id) => documentOf(id, groups.get(id), facts, snapshot))
    : [];
  return {
    documents,
    attachmentsOf: (principal) =>
      asked ? [{ policy: nameOf(principal), layer: "grant", via: principal }] : [],
    groupsOf: (principal) => groups.get(principal),
  };
}

interface Facts {
  readonly unread: readonly string[];
  readonly appRoles: ReadonlyMap<string, readonly string[]>;
  readonly roles: ReadonlyMap<string, readonly string[]>;
}

/** A list whose end was not read. */
function cutShort(snapshot: Snapshot, call: string): boolean {
  return gapIn(snapshot, call) !== undefined;
}

function nameOf(principal: string): string {
  return `directory ${principal}`;
}

function documentOf(
  principal: string,
  groups: readonly string[] | undefined,
  { unread, appRoles, roles }: Facts,
  snapshot: Snapshot,
): PolicyDocument {
  const id = nameOf(principal);
  const holders = [principal, ...(groups ?? [])];
  const body = {
    kind: "directory",
    appRoles: appRoles.get(principal) ?? [],
    roles: [...new Set(holders.flatMap((holder) => roles.get(holder) ?? []))],
    unread: [...unread, ...(groups === undefined ? [memberCall] : [])],
    // Nothing lists the applications of the directory, nor who owns them.
    applications: null,
  };
  const [first] = [directoryRoleCall, appRoleCall].flatMap((call) => pagesOf(snapshot, call));
  const source = first ? sourceOf(first) : ({ kind: "rule", id: directoryRoleCall } as const);
  return { id, name: id, body, source };
}

/** Application roles of Graph by whom they were given to, in Graph's own words for them. */
function appRolesBy(snapshot: Snapshot): ReadonlyMap<string, readonly string[]> {
  const words = new Map(
    pagesOf(snapshot, graphRoleCall)
      .flatMap((node) => items(node, "appRoles"))
      .flatMap((role): [string, string][] => {
        const [id, value] = [text(role, "id"), text(role, "value")];
        return id === undefined || value === undefined ? [] : [[id.toLowerCase(), value]];
      }),
  );
  return gathered(
    listed(snapshot, appRoleCall, "value").map((node) => {
      const id = text(node, "appRoleId")?.toLowerCase() ?? "";
      return [text(node, "principalId"), [words.get(id) ?? id]];
    }),
  );
}

/** Roles that hold in the whole directory; those of a unit or of one application leave the rest alone. */
function rolesBy(snapshot: Snapshot): ReadonlyMap<string, readonly string[]> {
  return gathered(
    listed(snapshot, directoryRoleCall, "value").map((node) => {
      const whole = (text(node, "directoryScopeId") ?? "/") === "/";
      return [text(node, "principalId"), whole ? wordsOf(node) : []];
    }),
  );
}

/** The name of a role that Microsoft defines, and what one of the tenant's own allows. */
function wordsOf(assignment: Node): readonly string[] {
  const role = at(assignment, "roleDefinition");
  if (!role) return [text(assignment, "roleDefinitionId") ?? ""];
  if (flag(role, "isBuiltIn") !== false) return [text(role, "displayName") ?? ""];
  return items(role, "rolePermissions").flatMap((each) => texts(each, "allowedResourceActions"));
}

function groupsBy(snapshot: Snapshot): ReadonlyMap<string, readonly string[]> {
  const read = pagesOf(snapshot, memberCall).filter(
    ({ page }) => !gapIn(snapshot, memberCall, page.params),
  );
  return gathered(
    read.map((node) => {
      const { principal } = node.page.params;
      const ids = items(node, "value").flatMap((group) => text(group, "id")?.toLowerCase() ?? []);
      return [typeof principal === "string" ? principal : undefined, ids];
    }),
  );
}

function gathered(
  pairs: readonly (readonly [string | undefined, readonly string[]])[],
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, readonly string[]>();
  for (const [key, words] of pairs) {
    const id = key?.toLowerCase();
    if (id !== undefined) found.set(id, [...(found.get(id) ?? []), ...words]);
  }
  return found;
}
