import type { EstateIndex } from "../../../src/model/estate.ts";
import type { Json } from "../../../src/model/json.ts";
import { isObject } from "../../reader.ts";
import { canonical, type Places } from "./resources.ts";

export interface Binding {
  /** `<policy id>#<0-based index>`. */
  readonly ref: string;
  readonly resource: string;
  readonly role: string;
  readonly members: readonly string[];
  readonly condition: string | undefined;
}

export interface DenyRule {
  readonly ref: string;
  readonly attachedTo: string;
  readonly principals: readonly string[];
  readonly exceptPrincipals: readonly string[];
  readonly permissions: readonly string[];
  readonly exceptPermissions: readonly string[];
  readonly condition: string | undefined;
}

export interface Boundary {
  readonly ref: string;
  /** Resources in the form in which rules name them. */
  readonly resources: readonly string[];
  /** Permission patterns that the version can block; `null` = the version's own, where there is one. */
  readonly blocks: readonly string[] | null;
  /** Enforcement version; `undefined` = not known. */
  readonly version: string | undefined;
  /** The binding holds only under a condition. */
  readonly conditional: boolean;
}

/** Every document of the estate that decides a permission in Google Cloud, parsed. */
export interface GcpWorld {
  readonly places: Places;
  /** Per resource the bindings of its allow policy; a missing entry was not read. */
  readonly bindings: ReadonlyMap<string, readonly Binding[]>;
  /** Per member entry of one service account, in lower case, the bindings that name it. */
  readonly named: ReadonlyMap<string, readonly Binding[]>;
  /** Bindings with a member that is a set of principals or a pod. */
  readonly shared: readonly Binding[];
  readonly roles: ReadonlyMap<string, ReadonlySet<string>>;
  /** Per group its members; a missing entry was not read. */
  readonly groups: ReadonlyMap<string, readonly string[]>;
  /** Per attachment point its deny rules; a missing entry was not read. */
  readonly denies: ReadonlyMap<string, readonly DenyRule[]>;
  /** Per principal set its boundaries; a missing entry was not read. */
  readonly boundaries: ReadonlyMap<string, readonly Boundary[]>;
  readonly scopes: ReadonlyMap<string, readonly string[]>;
  /** Projects of whose single resources every allow policy was read. */
  readonly searched: ReadonlySet<string>;
}

const known = new WeakMap<EstateIndex["policies"], GcpWorld>();

/** Computed once for the documents of an estate, which its views share. */
export function worldOf(estate: EstateIndex): GcpWorld {
  const cached = known.get(estate.policies);
  if (cached) return cached;
  const world = read(estate);
  known.set(estate.policies, world);
  return world;
}

function read(estate: EstateIndex): GcpWorld {
  const bindings = new Map<string, readonly Binding[]>();
  const denies = new Map<string, readonly DenyRule[]>();
  const boundaries = new Map<string, readonly Boundary[]>();
  const scopes = new Map<string, readonly string[]>();
  const roles = new Map<string, ReadonlySet<string>>();
  const groups = new Map<string, readonly string[]>();
  const numbers = new Map<string, string>();
  const above = new Map<string, readonly string[]>();
  const searched = new Set<string>();
  const takers: Readonly<Record<string, (of: string, body: Json, id: string) => void>> = {
    allow: (of, body, id) => bindings.set(of, bindingsOf(body, of, id)),
    deny: (of, body, id) => denies.set(of, denyRulesOf(body, of, id)),
    boundary: (of, body, id) => boundaries.set(of, boundariesOf(body, id)),
    scopes: (of, body) => scopes.set(of, texts(field(body, "scopes"))),
    ancestry: (of, body) => {
      above.set(of, texts(field(body, "above")));
      const number = field(body, "number");
      if (typeof number === "string") numbers.set(number, of.replace(/^projects\//, ""));
    },
    resources: (of) => searched.add(of),
    group: (of, body) => groups.set(of.toLowerCase(), texts(field(body, "members"))),
    role: (of, body) => roles.set(of, new Set(texts(field(body, "includedPermissions")))),
  };
  for (const { id, body } of estate.policies.values()) {
    const cut = id.lastIndexOf("#");
    const kind = id.slice(cut + 1);
    if (cut > 0 && Object.hasOwn(takers, kind)) takers[kind]?.(id.slice(0, cut), body, id);
  }
  const chains = Array.from(above.values());
  for (const chain of chains) {
    for (const [index, place] of chain.entries()) {
      if (!above.has(place)) above.set(place, chain.slice(index + 1));
    }
  }
  const accountProjects = new Map(
    [...estate.identities.values()]
      .filter(({ provider }) => provider === "gcp")
      .map(({ id, scope }) => [id, scope]),
  );
  const places = { numbers, above, accountProjects };
  const one = inOneForm(bindings, places);
  return {
    places,
    bindings: one,
    ...byMember([...one.values()].flat()),
    roles,
    groups,
    denies: new Map([...denies].map(([place, rules]) => [canonical(place, places), rules])),
    boundaries,
    scopes,
    searched,
  };
}

/** Numbers of projects become ids, so that two spellings of one resource meet. */
function inOneForm(
  bindings: ReadonlyMap<string, readonly Binding[]>,
  places: Places,
): ReadonlyMap<string, readonly Binding[]> {
  const out = new Map<string, readonly Binding[]>();
  for (const [name, own] of bindings) {
    const resource = canonical(name, places);
    const moved = own.map(({ ref, role, members, condition }) => ({
      ref,
      resource,
      role,
      members,
      condition,
    }));
    out.set(resource, [...(out.get(resource) ?? []), ...moved]);
  }
  return out;
}

/** Members that are one user, domain or account are looked up; only sets have to be asked. */
function byMember(all: readonly Binding[]): Pick<GcpWorld, "named" | "shared"> {
  const named = new Map<string, Binding[]>();
  const shared = new Set<Binding>();
  for (const binding of all) {
    for (const member of binding.members) {
      if (/^(?:user|domain|deleted):/.test(member)) continue;
      if (/^serviceAccount:[^[]+$/.test(member)) {
        const key = member.toLowerCase();
        named.set(key, [...(named.get(key) ?? []), binding]);
      } else shared.add(binding);
    }
  }
  return { named, shared: [...shared] };
}

function bindingsOf(body: Json, resource: string, id: string): Binding[] {
  return list(field(body, "bindings")).map((each, index) => ({
    ref: `${id}#${index}`,
    resource,
    role: text(field(each, "role")) ?? "",
    members: texts(field(each, "members")),
    condition: conditionOf(field(each, "condition")),
  }));
}

/** An empty condition is none; one that is not understood still is one. */
function conditionOf(condition: Json | undefined): string | undefined {
  if (condition === undefined || condition === null) return undefined;
  const expression = text(field(condition, "expression"));
  return expression === undefined ? "unreadable" : expression.trim() || undefined;
}

function denyRulesOf(body: Json, attachedTo: string, id: string): DenyRule[] {
  return list(field(body, "policies")).flatMap((policy, index) =>
    list(field(policy, "rules")).flatMap((each) => {
      const rule = field(each, "denyRule");
      if (rule === undefined) return [];
      return [
        {
          ref: `${id}#${index}`,
          attachedTo,
          principals: texts(field(rule, "deniedPrincipals")),
          exceptPrincipals: texts(field(rule, "exceptionPrincipals")),
          permissions: texts(field(rule, "deniedPermissions")),
          exceptPermissions: texts(field(rule, "exceptionPermissions")),
          condition: conditionOf(field(rule, "denialCondition")),
        },
      ];
    }),
  );
}

function boundariesOf(body: Json, id: string): Boundary[] {
  return list(field(body, "policies")).map((policy, index) => {
    const details = field(policy, "details");
    const rules = list(field(details, "rules"));
    const blocks = field(policy, "blocks");
    return {
      ref: `${id}#${index}`,
      resources: rules
        .filter((rule) => field(rule, "effect") === "ALLOW")
        .flatMap((rule) => texts(field(rule, "resources"))),
      blocks: blocks === undefined || blocks === null ? null : texts(blocks),
      version: text(field(policy, "version")),
      conditional: field(policy, "conditional") === true,
    };
  });
}

function field(value: Json | undefined, key: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

function list(value: Json | undefined): readonly Json[] {
  return isList(value) ? value : [];
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

function text(value: Json | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function texts(value: Json | undefined): string[] {
  return list(value).flatMap((item) => text(item) ?? []);
}
