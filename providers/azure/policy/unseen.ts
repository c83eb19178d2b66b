import type { EstateIndex } from "../../../src/model/estate.ts";
import type { Decision, Identity } from "../../../src/model/identity.ts";
import { assignedIdentityCall, clusterCall, holderCalls } from "../operations-identity.ts";
import { bodyOf } from "./bodies.ts";
import { known } from "./combine.ts";
import { typeOf } from "./resources.ts";
import { normal } from "./scopes.ts";

/** Lists that show what runs as an identity, or which identities there are. */
const calls: ReadonlySet<string> = new Set([assignedIdentityCall, clusterCall, ...holderCalls]);

interface Unseen {
  readonly principals: readonly Identity[];
  readonly doubt: Decision;
}

const others = new WeakMap<EstateIndex, ReadonlyMap<string, readonly string[]>>();

/**
 * Principals with assignments in the estate that no list showed to be a managed identity, where such a list was not
 * read: each may be the identity of something, or of a person. `undefined` where all lists were read.
 */
export function unseenPrincipals(caller: Identity, estate: EstateIndex): Unseen | undefined {
  const gap = estate.gaps.get(`azure/${caller.scope}`)?.find(({ call }) => calls.has(call));
  if (!gap) return undefined;
  const held = others.get(estate) ?? assignmentsOfOthers(estate);
  others.set(estate, held);
  const doubt = known(
    "maybe",
    `${gap.call} was not read: something that runs as a stronger identity may be among what it lists`,
  );
  const { provider, scope, kind, source } = caller;
  const principals = [...held].map(([id, policies]): Identity => ({
    id,
    provider,
    scope,
    kind,
    name: id,
    tags: {},
    policies: policies.map((policy) => ({ policy, layer: "grant", via: id })),
    source,
  }));
  return { principals, doubt };
}

function assignmentsOfOthers({
  policies,
  identities,
}: EstateIndex): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { id, body } of policies.values()) {
    const read = bodyOf(body);
    if (read?.kind !== "assignment" || !read.servicePrincipal || identities.has(read.principalId))
      continue;
    const own = found.get(read.principalId);
    if (own) own.push(id);
    else found.set(read.principalId, [id]);
  }
  return found;
}

/** Names that a thing of a type could have in each scope, or the scope itself where it is such a thing or holds them. */
export function unseenPlaces(type: string, scopes: readonly string[]): readonly string[] {
  const [namespace = "", ...kinds] = type.split("/");
  const name = kinds.map((kind) => `${kind}/unseen`).join("/");
  return [
    ...new Set(
      scopes.flatMap((scope) => {
        const at = normal(scope);
        const own = typeOf(at);
        if (own !== "" && `${type}/`.startsWith(`${own}/`)) return [at];
        const group = /^\/subscriptions\/[^/]+(\/resourcegroups\/[^/]+)?$/.exec(at);
        if (!group) return [];
        return [`${at}${group[1] ? "" : "/resourcegroups/unseen"}/providers/${namespace}/${name}`];
      }),
    ),
  ];
}
