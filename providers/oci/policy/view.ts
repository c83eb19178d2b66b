import type { EstateIndex } from "../../../src/model/estate.ts";
import type { Identity } from "../../../src/model/identity.ts";
import { principalOf, supposed } from "./caller.ts";
import { isSeat, tenancyOf, type Tenancy } from "./documents.ts";
import { sceneOf, type Scene } from "./paths.ts";
import type { Attached } from "./statements.ts";
import { isSubject } from "./subjects.ts";
import type { Actor } from "./world.ts";

/** What the statements of a tenancy make of one identity, taken both ways. */
export interface View {
  /** Equal for identities that nothing tells apart. */
  readonly key: string;
  readonly tenancy: Tenancy;
  readonly actor: Actor;
  readonly certain: Scene;
  readonly possible: Scene;
}

const known = new WeakMap<EstateIndex["policies"], Map<string, View>>();

/** Judged once for all identities that stand in the same place, unless a rule or statement names one by its OCID. */
export function viewOf(identity: Identity, estate: EstateIndex): View {
  const kept = known.get(estate.policies) ?? new Map<string, View>();
  known.set(estate.policies, kept);
  const tenancy = tenancyOf(estate, identity.scope);
  const key = keyOf(identity, tenancy);
  const found = kept.get(key) ?? readView(identity, estate, key);
  kept.set(key, found);
  return found;
}

export function keyOf({ id, scope, policies }: Identity, { words }: Tenancy): string {
  const named = words.includes(id.toLowerCase()) || words.includes("principal.id");
  const facts = policies
    .filter(({ policy }) => isSeat(policy) || policy.startsWith("supposed "))
    .map(({ policy }) => policy);
  return JSON.stringify([scope, named ? id : "", ...facts]);
}

function readView(identity: Identity, estate: EstateIndex, key: string): View {
  const tenancy = tenancyOf(estate, identity.scope);
  const actor = actorOf(identity, estate, tenancy);
  const statements = [...tenancy.statements, ...granted(identity)];
  const [certain, possible] = (["certain", "possible"] as const).map((reading) =>
    sceneOf(statements, actor, tenancy.world, reading, 0),
  );
  if (!certain || !possible) throw new Error("two readings");
  return { key, tenancy, actor, certain, possible };
}

function actorOf(identity: Identity, estate: EstateIndex, { world }: Tenancy): Actor {
  const groups = supposed(identity, "member");
  if (identity.kind === "user") return { kind: "user", groups };
  const [name] = supposed(identity, "join");
  const joined = world.dynamicGroups.find((group) => `${group.domain}/${group.name}` === name);
  const principal = principalOf(identity, estate);
  return { kind: "workload", principal, ...(joined && { joined }) };
}

/** What the identity has written into a policy for itself. */
function granted(identity: Identity): Attached[] {
  return supposed(identity, "grant").map((ocid) => ({
    ref: `supposed grant ${ocid}#0`,
    attachedTo: ocid,
    statement: {
      kind: "allow",
      subject: { kind: "any-user" },
      action: { kind: "verb", verb: "manage", resource: "all-resources" },
      location: ocid.startsWith("ocid1.tenancy.")
        ? { kind: "tenancy" }
        : { kind: "compartment", ocid },
    },
  }));
}

/** Statements that are about the identity only if a group that was not read holds it. */
export function throughUnread({ tenancy, actor, certain }: View): readonly string[] {
  const { world, statements } = tenancy;
  const read = { ...world, dynamicGroups: world.dynamicGroups.filter(({ rule }) => rule !== null) };
  if (read.dynamicGroups.length === world.dynamicGroups.length || actor.kind === "user") return [];
  const defined = statements.map(({ statement }) => statement);
  const sure = new Set(certain.grants.map(({ ref }) => ref));
  return statements.flatMap(({ statement, ref }) => {
    if (statement.kind !== "allow" && statement.kind !== "endorse") return [];
    if (sure.has(ref) || isSubject(statement.subject, actor, world, defined) !== "maybe") return [];
    return isSubject(statement.subject, actor, read, defined) === "maybe" ? [] : [ref];
  });
}
