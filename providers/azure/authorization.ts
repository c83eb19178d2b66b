import type { PolicyAttachment, PolicyDocument } from "../../src/model/identity.ts";
import type { Json } from "../../src/model/json.ts";
import type { Group } from "../../src/model/paths.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { flag, items, pagesOf, sourceOf, text, texts, type Node } from "../reader.ts";
import { assignmentCall, definitionCall, denialCall, eligibleCall } from "./operations-identity.ts";
import { gapIn, idOf, nameIn, props, resourcesOf } from "./pages.ts";
import { through } from "./policy/held.ts";

/** What the lists of Microsoft.Authorization say of one subscription. */
export interface Authorization {
  readonly documents: readonly PolicyDocument[];
  readonly denials: readonly string[];
  /** Documents that stand for what could not be read; no list holds them. */
  readonly unread: readonly Pick<PolicyAttachment, "policy" | "layer">[];
  readonly groups: readonly Group[];
  assignmentsOf(principal: string): readonly PolicyAttachment[];
  /** The list of what a principal has through its groups was read. */
  throughGroups(principal: string): boolean;
}

interface Assigned {
  readonly id: string;
  readonly principal: string;
  readonly group: boolean;
  readonly node: Node;
  readonly eligible: boolean;
  /** The principal whose own list showed it. */
  readonly asked: string | undefined;
}

export function authorizationOf(snapshot: Snapshot): Authorization {
  const active = resourcesOf(snapshot, assignmentCall).map((node) => assigned(node, false));
  const eligible = resourcesOf(snapshot, eligibleCall).map((node) => assigned(node, true));
  const all = [...active, ...eligible];
  const denied = resourcesOf(snapshot, denialCall);
  const grouped = new Map<string, string[]>();
  for (const { principal, group, id } of active) {
    if (group) grouped.set(principal, [...new Set([...(grouped.get(principal) ?? []), id])]);
  }
  const throughGroups = (principal: string): boolean =>
    isRead(snapshot, assignmentCall, principal) || grouped.size === 0;
  return {
    documents: [
      ...new Map(all.map((each) => [each.id, assignmentDocument(each)])).values(),
      ...resourcesOf(snapshot, definitionCall).map(definitionDocument),
      ...denied.map(denialDocument),
      ...hierarchyDocument(snapshot, [...all.map(({ node }) => node), ...denied]),
    ],
    denials: denied.map(idOf),
    unread: [
      ...lost(snapshot, assignmentCall, "grant"),
      ...lost(snapshot, denialCall, "organization"),
    ],
    groups: [...grouped].map(([id, policies]) => ({ id, policies })),
    assignmentsOf: (principal) => attach(principal, all, throughGroups(principal)),
    throughGroups,
  };
}

function attach(
  principal: string,
  all: readonly Assigned[],
  resolved: boolean,
): PolicyAttachment[] {
  const found = all.flatMap((each): (readonly [string, PolicyAttachment])[] => {
    const own = each.principal === principal;
    const member = resolved ? each.asked === principal : each.group;
    if (!own && !member) return [];
    const via = own ? principal : `${principal}${through}${each.principal}`;
    return [[each.id, { policy: each.id, layer: "grant", via }]];
  });
  return [...new Map(found).values()];
}

function assigned(node: Node, eligible: boolean): Assigned {
  const about = props(node);
  const { assignedTo } = node.page.params;
  return {
    id: idOf(node),
    principal: (text(about, "principalId") ?? "").toLowerCase(),
    group: text(about, "principalType") === "Group",
    node,
    eligible,
    asked: typeof assignedTo === "string" ? assignedTo.toLowerCase() : undefined,
  };
}

function assignmentDocument({ id, principal, node, eligible }: Assigned): PolicyDocument {
  const about = props(node);
  const body = {
    kind: "assignment",
    principalId: principal,
    principalType: text(about, "principalType") ?? "",
    scope: text(about, "scope") ?? "",
    roleDefinitionId: text(about, "roleDefinitionId") ?? "",
    condition: text(about, "condition") ?? null,
    conditionVersion: text(about, "conditionVersion") ?? null,
    eligible,
  };
  return { id, name: nameIn(id), body, source: sourceOf(node) };
}

function definitionDocument(node: Node): PolicyDocument {
  const about = props(node);
  const body = {
    kind: "definition",
    custom: text(about, "type") === "CustomRole",
    permissions: listIn(about, "permissions"),
    assignableScopes: texts(about, "assignableScopes"),
  };
  const id = `definition:${nameIn(idOf(node)).toLowerCase()}`;
  return { id, name: text(about, "roleName") ?? id, body, source: sourceOf(node) };
}

/** "Everyone" is a principal of its own. https://learn.microsoft.com/azure/role-based-access-control/deny-assignments */
const everyone = "00000000-0000-0000-0000-000000000000";

function denialDocument(node: Node): PolicyDocument {
  const about = props(node);
  const listed = [...items(about, "principals"), ...items(about, "excludePrincipals")];
  const ids = (key: string): string[] =>
    items(about, key).flatMap((each) => text(each, "id") ?? []);
  const body = {
    kind: "deny",
    scope: text(about, "scope") ?? "",
    permissions: listIn(about, "permissions"),
    principals: ids("principals").map((id) => (id === everyone ? "everyone" : id)),
    excludePrincipals: ids("excludePrincipals"),
    groups: listed.flatMap((each) => {
      const id = text(each, "id");
      const single = /^(?:user|serviceprincipal|systemdefined)$/i.test(text(each, "type") ?? "");
      return id === undefined || single ? [] : [id];
    }),
    doNotApplyToChildScopes: flag(about, "doNotApplyToChildScopes") ?? false,
    condition: text(about, "condition") ?? null,
    conditionVersion: text(about, "conditionVersion") ?? null,
  };
  const id = idOf(node);
  return { id, name: text(about, "denyAssignmentName") ?? id, body, source: sourceOf(node) };
}

/** Whatever the subscription's own lists name outside of it applies to it. */
function hierarchyDocument(snapshot: Snapshot, nodes: readonly Node[]): PolicyDocument[] {
  const [first] = nodes;
  const above = nodes
    .map((node) => text(props(node), "scope") ?? "")
    .filter((scope) => /^\/providers\/microsoft\.management\/managementgroups\//i.test(scope));
  if (!first || above.length === 0) return [];
  const id = `hierarchy:${snapshot.scope.id}`;
  const body = { parents: { [`/subscriptions/${snapshot.scope.id}`]: [...new Set(above)] } };
  return [{ id, name: id, body, source: sourceOf(first) }];
}

function listIn(node: Node, key: string): readonly Json[] {
  return items(node, key).map(({ value }) => value);
}

/** The list of the whole subscription, or that of one principal, was read to its end. */
function isRead(snapshot: Snapshot, call: string, principal?: string): boolean {
  const wanted = principal === undefined ? {} : { assignedTo: principal };
  const pages = pagesOf(snapshot, call, wanted);
  // A gap that names no list is of those that nobody could name, not of one that came to its end.
  if (pages.some(({ page }) => page.last === true)) return true;
  return pages.length > 0 && !gapIn(snapshot, call, { assignedTo: principal ?? null });
}

function lost(
  snapshot: Snapshot,
  call: string,
  layer: "grant" | "organization",
): Authorization["unread"] {
  return isRead(snapshot, call) ? [] : [{ policy: `unread ${call}`, layer }];
}
