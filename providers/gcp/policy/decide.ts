import type { EstateIndex } from "../../../src/model/estate.ts";
import type { Decision, Identity, PermissionVerdict } from "../../../src/model/identity.ts";
import { every, some } from "../../../src/permissions/contract.ts";
import { holds, type ConditionRequest } from "./conditions.ts";
import { layersOf, type Layers, type OwnBinding } from "./layers.ts";
import { limitsOn } from "./limits.ts";
import { canonical, chainOf } from "./resources.ts";

/** Fact that names the role a setIamPolicy call grants. */
export const changedRole = "iam.googleapis.com/modifiedGrantsByRole";

/**
 * Scopes permit, no deny, eligible by the boundaries, and a binding on the resource or above it. `*` is the audited
 * project, or any that is known, and everything above it.
 */
export function decide(
  identity: Identity,
  action: string,
  resource: string,
  estate: EstateIndex,
  facts: Readonly<Record<string, string | null>> = {},
): Decision {
  const layers = layersOf(identity, estate);
  const changes = facts[changedRole] ?? undefined;
  const places =
    resource === "*"
      ? placesFor(action, identity, estate)
      : [canonical(resource, layers.world.places)];
  const decisions = places.map((place) =>
    decideOn({ permission: action, resource: place, changes }, layers, estate),
  );
  const verdict = some(decisions.map((each) => each.verdict));
  return (
    decisions.find((each) => each.verdict === verdict) ?? {
      verdict: "no",
      statements: [],
      because: `nothing that was audited takes ${action}`,
      assumptions: [],
    }
  );
}

/** Projects whose rights count: the audited one, else every project that was read. */
export function auditedProjects(identity: Identity, estate: EstateIndex): readonly string[] {
  const { paths, scopePaths } = estate;
  if (paths && !scopePaths && paths.scope !== "") return [`projects/${paths.scope}`];
  const { places } = layersOf(identity, estate).world;
  const read = [...places.above.keys()].filter((place) => place.startsWith("projects/"));
  return [...new Set([`projects/${identity.scope}`, ...read])];
}

const levels: Readonly<Record<string, string>> = {
  organizations: "organizations/",
  folders: "folders/",
};

/** The places that a permission of the resource manager is asked on. */
function placesFor(action: string, identity: Identity, estate: EstateIndex): readonly string[] {
  const projects = auditedProjects(identity, estate);
  const [service, kind = ""] = action.split(".");
  const level = service === "resourcemanager" ? levels[kind] : undefined;
  if (level === undefined) return projects;
  const { places } = layersOf(identity, estate).world;
  const chains = projects.flatMap((project) => chainOf(project, places));
  return [...new Set(chains)].filter((place) => place.startsWith(level));
}

function decideOn(request: ConditionRequest, layers: Layers, estate: EstateIndex): Decision {
  const allow = allowedBy(request, layers, estate);
  if (allow.verdict === "no") return allow;
  const limits = limitsOn(request, layers, estate);
  const verdict = every([allow.verdict, ...limits.map((left) => left.verdict)]);
  const closing = limits.find((left) => left.verdict === "no");
  if (closing) {
    const { refs: statements, because } = closing;
    return { verdict: "no", statements, because, assumptions: [] };
  }
  return {
    verdict,
    statements: allow.statements,
    because: allow.because,
    assumptions: [...new Set([...allow.assumptions, ...limits.flatMap(({ open }) => open)])],
  };
}

function allowedBy(request: ConditionRequest, layers: Layers, estate: EstateIndex): Decision {
  const { permission, resource } = request;
  const chain = new Set(chainOf(resource, layers.world.places));
  let perhaps: Decision | undefined;
  for (const binding of layers.bindings) {
    if (!chain.has(binding.resource)) continue;
    const held = holdsPermission(binding, permission, layers);
    if (held === "no") continue;
    const condition = holds(binding.condition, request, estate);
    const verdict = every([held, binding.member, condition.verdict]);
    if (verdict === "no") continue;
    const decision: Decision = {
      verdict,
      // A role that was not read decides nothing: the answer is unknown, not an administrator in doubt.
      statements: held === "maybe" ? [] : [binding.ref],
      because: `${binding.role} on ${binding.resource} holds ${permission}`,
      assumptions: [
        ...(held === "maybe" ? [`the permissions of ${binding.role} were not read`] : []),
        ...(binding.member === "maybe"
          ? [`members of a group in ${binding.ref} were not read`]
          : []),
        ...condition.open.map((each) => `condition of ${binding.ref}: ${each}`),
      ],
    };
    if (verdict === "yes") return decision;
    perhaps ??= decision;
  }
  return perhaps ?? notGranted(permission, [...chain], layers);
}

export function holdsPermission(
  { role, everything }: OwnBinding,
  permission: string,
  { world }: Layers,
): PermissionVerdict {
  if (everything) return "yes";
  const permissions = world.roles.get(role);
  return permissions ? (permissions.has(permission) ? "yes" : "no") : "maybe";
}

/** Resources whose own allow policies are always asked for. */
const listed = /^(?:organizations|folders|projects)\/[^/]+(?:\/serviceAccounts\/[^/]+)?$/;

/** Nothing that was read allows it; a policy that was not read may. */
function notGranted(
  permission: string,
  chain: readonly string[],
  { world, states }: Layers,
): Decision {
  const unread = [
    ...chain
      .filter((place) => listed.test(place) && !world.bindings.has(place))
      .map((place) => `the allow policies of ${place} were not read`),
    ...states
      .filter(
        ({ layer, id, state }) =>
          layer === "grant" && state === "unread" && id.endsWith("#ancestry"),
      )
      .map(({ detail }) => detail),
  ];
  return {
    verdict: unread.length > 0 ? "maybe" : "no",
    statements: [],
    because: `no binding gives ${permission} on ${chain[0] ?? "it"}`,
    assumptions: [...new Set(unread)],
  };
}
