import type { EstateIndex } from "../../../src/model/estate.ts";
import type { Identity, LimitState } from "../../../src/model/identity.ts";
import { some } from "../../../src/permissions/contract.ts";
import { callerOf, type Caller } from "./caller.ts";
import { covers } from "./members.ts";
import { chainOf } from "./resources.ts";
import { isSupposed, supposedOf, type Supposed } from "./supposed.ts";
import { worldOf, type Binding, type Boundary, type GcpWorld } from "./world.ts";

/** A binding that covers the identity, surely or perhaps. */
export interface OwnBinding extends Binding {
  readonly member: "yes" | "maybe";
  /** Every permission there is, since the identity has rewritten the role. */
  readonly everything: boolean;
}

/** Everything that bears on one identity. */
export interface Layers {
  readonly world: GcpWorld;
  readonly caller: Caller;
  readonly supposed: Supposed;
  readonly bindings: readonly OwnBinding[];
  /** Lists of access scopes, each of which has to permit a call; `null` = not read. */
  readonly scopes: readonly (readonly string[] | null)[];
  readonly boundaries: readonly Boundary[];
  readonly states: readonly LimitState[];
}

const known = new WeakMap<EstateIndex["policies"], WeakMap<Identity, Layers>>();

/** Computed once for an identity and the documents of an estate. */
export function layersOf(identity: Identity, estate: EstateIndex): Layers {
  let perEstate = known.get(estate.policies);
  if (!perEstate) known.set(estate.policies, (perEstate = new WeakMap()));
  const cached = perEstate.get(identity);
  if (cached) return cached;
  const layers = read(identity, estate);
  perEstate.set(identity, layers);
  return layers;
}

function read(identity: Identity, estate: EstateIndex): Layers {
  const world = worldOf(estate);
  const caller = callerOf(identity);
  const supposed = supposedOf(identity);
  const bindings = [...ownBindings(caller, world, supposed), ...grantedBindings(supposed)];
  const sessions = identity.policies.filter(
    (each) => each.layer === "session" && !isSupposed(each),
  );
  const chain = chainOf(caller.project, world.places);
  return {
    world,
    caller,
    supposed,
    bindings,
    scopes: sessions.map(({ via }) => world.scopes.get(via) ?? null),
    boundaries: chain.flatMap((place) => world.boundaries.get(place) ?? []),
    states: [
      ...placeStates(caller.project, chain, world),
      ...roleStates(bindings, world),
      ...(world.searched.has(caller.project) ? [] : [unsearchedPolicies]),
      ...sessions.map(({ policy, via }): LimitState => {
        const scopes = world.scopes.get(via);
        return {
          layer: "scopes",
          id: policy,
          state: scopes ? "read" : "unread",
          detail: scopes
            ? `tokens carry the access scopes ${scopes.join(" ")}`
            : `the access scopes of ${via} were not read`,
        };
      }),
    ],
  };
}

/** Allow policies of accounts, projects and what is above them are read in any case. */
const unsearchedPolicies: LimitState = {
  layer: "grant",
  id: "resources#allow",
  state: "unsupported",
  detail:
    "allow policies of single resources (buckets, secrets, datasets) were not read (Cloud Asset Inventory, unsupported) and may give more",
};

function ownBindings(caller: Caller, world: GcpWorld, supposed: Supposed): OwnBinding[] {
  const candidates = new Set([
    ...caller.emails.flatMap(
      (email) => world.named.get(`serviceaccount:${email}`.toLowerCase()) ?? [],
    ),
    ...world.shared,
  ]);
  return [...candidates].flatMap((binding): OwnBinding[] => {
    const member = some(binding.members.map((each) => covers(each, caller, world)));
    const everything = supposed.filled.has(binding.role);
    return member === "no" ? [] : [{ ...binding, member, everything }];
  });
}

function grantedBindings({ granted }: Supposed): OwnBinding[] {
  return granted.map(({ role, on }) => ({
    ref: `${on}#granted`,
    resource: on,
    role,
    members: [],
    condition: undefined,
    member: "yes",
    everything: false,
  }));
}

/** What has to be read of a project and of everything above it. */
function placeStates(project: string, chain: readonly string[], world: GcpWorld): LimitState[] {
  const states: LimitState[] = [];
  if (!world.places.above.has(project)) {
    const detail = `the ancestors of ${project} were not read, so neither were their policies`;
    states.push({ layer: "grant", id: `${project}#ancestry`, state: "unread", detail });
    states.push({ layer: "deny", id: `${project}#ancestry`, state: "unread", detail });
  }
  for (const place of chain) {
    if (!world.bindings.has(place)) states.push(missing("grant", "allow", place));
    if (!world.denies.has(place)) states.push(missing("deny", "deny", place));
    if (!world.boundaries.has(place)) states.push(missing("boundary", "boundary", place));
    if ((world.denies.get(place)?.length ?? 0) > 0) states.push(readState("deny", "deny", place));
    if ((world.boundaries.get(place)?.length ?? 0) > 0) {
      states.push(readState("boundary", "boundary", place));
    }
  }
  return states;
}

function missing(layer: LimitState["layer"], kind: string, place: string): LimitState {
  return {
    layer,
    id: `${place}#${kind}`,
    state: "unread",
    detail: `the ${kind} policies of ${place} were not read`,
  };
}

function readState(layer: LimitState["layer"], kind: string, place: string): LimitState {
  const detail = `${kind} policies of ${place} limit what is below it`;
  return { layer, id: `${place}#${kind}`, state: "read", detail };
}

function roleStates(bindings: readonly OwnBinding[], world: GcpWorld): LimitState[] {
  const unread = bindings.filter(
    ({ role, everything, member }) => !everything && member === "yes" && !world.roles.has(role),
  );
  return [...new Set(unread.map(({ role }) => role))].map((role) => ({
    layer: "grant",
    id: `${role}#role`,
    state: "unread",
    detail: `the permissions of ${role} were not read`,
  }));
}
