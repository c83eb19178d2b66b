import type { Identity, PolicyAttachment, PolicyDocument } from "../../src/model/identity.ts";
import type { Holder, PathFacts } from "../../src/model/paths.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { isObject, sourceOf, type Node } from "../reader.ts";
import { authorizationOf, type Authorization } from "./authorization.ts";
import { isAssignedIdentity, principalsIn } from "./identity-principals.ts";
import { assignedIdentityCall, holderCalls } from "./operations-identity.ts";
import { idOf, nameIn, resourcesOf } from "./pages.ts";
import { tagsIn } from "./workloads.ts";

/** Managed identities of the subscription, by the object id of their principals, and what bears on each. */
export function readIdentities(snapshot: Snapshot): {
  readonly identities: readonly Identity[];
  readonly policies: readonly PolicyDocument[];
  readonly paths: PathFacts;
} {
  const found = principalsOf(snapshot);
  const read = authorizationOf(snapshot);
  const identities = [...found.values()].map(({ principal, named, node }): Identity => ({
    id: principal,
    provider: "azure",
    scope: snapshot.scope.id,
    kind: "managed-identity",
    name: nameIn(named),
    tags: { ...(idOf(node) === named && tagsIn(node)), "azure:resourceId": named },
    policies: attachmentsOf(principal, read),
    source: sourceOf(node),
  }));
  return {
    identities,
    policies: read.documents,
    paths: {
      holders: holdersOf(snapshot),
      memberships: new Map(
        identities.flatMap(({ id }): [string, null][] =>
          read.throughGroups(id) ? [] : [[id, null]],
        ),
      ),
      groups: read.groups,
    },
  };
}

interface Found {
  readonly principal: string;
  readonly named: string;
  readonly node: Node;
}

/** Each principal once, from the resource that says most of it: its own before one that it is assigned to. */
function principalsOf(snapshot: Snapshot): ReadonlyMap<string, Found> {
  const found = new Map<string, Found>();
  for (const node of [assignedIdentityCall, ...holderCalls].flatMap((call) =>
    resourcesOf(snapshot, call),
  )) {
    for (const { principal, named } of isObject(node.value) ? principalsIn(node.value) : []) {
      if (!found.has(principal)) found.set(principal, { principal, named, node });
    }
  }
  return found;
}

/** What runs as each identity; a user-assigned identity holds itself, since it can be put on other things. */
function holdersOf(snapshot: Snapshot): readonly Holder[] {
  return [assignedIdentityCall, ...holderCalls]
    .flatMap((call) => resourcesOf(snapshot, call))
    .flatMap((node) =>
      (isObject(node.value) ? principalsIn(node.value) : []).flatMap(({ principal, named }) => {
        const own = { id: idOf(node), kind: kindOf(idOf(node)), identity: principal };
        const known = named === own.id || !isAssignedIdentity(named);
        return known ? [own] : [own, { id: named, kind: kindOf(named), identity: principal }];
      }),
    );
}

function kindOf(id: string): string {
  return id.split("/").at(-2) ?? "";
}

function attachmentsOf(principal: string, read: Authorization): readonly PolicyAttachment[] {
  return [
    ...read.assignmentsOf(principal),
    ...read.denials.map((policy) => ({ policy, layer: "organization", via: principal }) as const),
    ...read.unread.map(({ policy, layer }) => ({ policy, layer, via: principal })),
  ];
}
