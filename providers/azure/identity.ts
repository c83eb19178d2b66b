import type { Identity, PolicyAttachment, PolicyDocument } from "../../src/model/identity.ts";
import type { Holder, PathFacts } from "../../src/model/paths.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { isObject, sourceOf, type Node } from "../reader.ts";
import { authorizationOf, type Authorization } from "./authorization.ts";
import { clusterFacts, clusterHolders, clusters, isCluster } from "./clusters.ts";
import {
  assignedPrincipals,
  isAssignedIdentity,
  principalsIn,
  type Principal,
} from "./identity-principals.ts";
import { directoryOf, type Directory } from "./directory.ts";
import { assignedIdentityCall, holderCalls } from "./operations-identity.ts";
import { idOf, keyOf, nameIn, resourcesOf } from "./pages.ts";
import { through } from "./policy/held.ts";
import { vaultFacts } from "./vaults.ts";
import { tagsIn } from "./workloads.ts";

/** Managed identities of the subscription, by the object id of their principals, and what bears on each. */
export function readIdentities(snapshot: Snapshot): {
  readonly identities: readonly Identity[];
  readonly policies: readonly PolicyDocument[];
  readonly paths: PathFacts;
} {
  const found = principalsOf(snapshot);
  const read = authorizationOf(snapshot);
  const facts = [vaultFacts(snapshot), clusterFacts(snapshot)];
  const directory = directoryOf(snapshot, [...found.keys()]);
  const about = { snapshot, read, directory };
  const identities = [...found.values()].map((one) => identityOf(one, about));
  return {
    identities,
    policies: [
      ...read.documents,
      ...directory.documents,
      ...facts.flatMap(({ documents }) => documents),
    ],
    paths: {
      holders: holdersOf(snapshot),
      memberships: new Map(identities.flatMap(({ id }) => membershipsOf(id, about))),
      groups: read.groups,
      resourcePolicies: new Map(
        facts.flatMap(({ resourcePolicies }) => Array.from(resourcePolicies)),
      ),
    },
  };
}

interface About {
  readonly snapshot: Snapshot;
  readonly read: Authorization;
  readonly directory: Directory;
}

function identityOf({ principal, named, node }: Found, about: About): Identity {
  return {
    id: principal,
    provider: "azure",
    scope: about.snapshot.scope.id,
    kind: "managed-identity",
    name: nameIn(named),
    tags: { ...(idOf(node) === named && tagsIn(node)), "azure:resourceId": named },
    policies: [
      ...attachmentsOf(principal, about.read),
      ...about.directory.attachmentsOf(principal),
    ],
    source: sourceOf(node),
  };
}

/** What the directory lists, with what the list of assignments resolved of itself; without either the groups are open. */
function membershipsOf(
  principal: string,
  { read, directory }: About,
): [string, readonly string[] | null][] {
  const listed = directory.groupsOf(principal);
  const resolved = read.throughGroups(principal);
  if (listed === undefined) return resolved ? [] : [[principal, null]];
  const shown = resolved
    ? read.assignmentsOf(principal).flatMap(({ via }) => via.split(through)[1] ?? [])
    : [];
  return [[principal, [...new Set([...listed, ...shown])]]];
}

interface Found {
  readonly principal: string;
  readonly named: string;
  readonly node: Node;
}

/** Each principal once, from the resource that says most of it: its own before one that it is assigned to. */
function principalsOf(snapshot: Snapshot): ReadonlyMap<string, Found> {
  const found = new Map<string, Found>();
  const add = (one: Found): void => {
    if (!found.has(one.principal)) found.set(one.principal, one);
  };
  for (const node of carriersOf(snapshot)) {
    for (const principal of principalsAt(node, snapshot)) add({ ...principal, node });
  }
  for (const cluster of clusters(snapshot)) add(cluster);
  return found;
}

function carriersOf(snapshot: Snapshot): readonly Node[] {
  return [assignedIdentityCall, ...holderCalls].flatMap((call) => resourcesOf(snapshot, call));
}

function principalsAt({ value }: Node, snapshot: Snapshot): readonly Principal[] {
  return isObject(value) ? principalsIn(value, assignedPrincipals(snapshot)) : [];
}

/** What runs as each identity, each pair once; a user-assigned identity holds itself, since it can be put on other things. */
function holdersOf(snapshot: Snapshot): readonly Holder[] {
  const holders = carriersOf(snapshot).flatMap((node) =>
    principalsAt(node, snapshot).flatMap(({ principal, named }) => {
      const own = holderOf(idOf(node), principal);
      // The identity of a cluster itself is that of its control plane.
      const carried = isCluster(own.id) ? [] : [own];
      const known = keyOf(named) === keyOf(own.id) || !isAssignedIdentity(named);
      return known ? carried : carried.concat(holderOf(named, principal));
    }),
  );
  const distinct = new Map(
    [...holders, ...clusterHolders(snapshot)]
      .toReversed()
      .map((holder) => [`${keyOf(holder.id)} ${holder.identity}`, holder]),
  );
  return [...distinct.values()].toReversed();
}

function holderOf(id: string, identity: string): Holder {
  return { id, kind: kindOf(id), identity };
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
