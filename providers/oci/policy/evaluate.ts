import { isFull, type OciGrant } from "./grants.ts";
import { pathsOf, sceneOf, widest, type Path, type Scene } from "./paths.ts";
import type { Spot } from "./places.ts";
import { statementsOf, type Attached, type Flaw } from "./statements.ts";
import { verbs, type Verb } from "./tree.ts";
import { rank, type Right } from "./verbs.ts";
import type { CaseWorld, OciWorld, Reading } from "./world.ts";

/** Strongest first. */
export const capabilityClasses = [
  "admin",
  "privesc",
  "compartment-admin",
  "cross-tenancy",
  "manage",
  "write",
  "broad-read",
  "inspect",
  "read",
  "none",
] as const;
export type CapabilityClass = (typeof capabilityClasses)[number];

/** The strongest thing that a workload's statements let it do. */
export interface Capability {
  readonly class: CapabilityClass | "maybe";
  /** `tenancy`, the OCID of a compartment or of another tenancy, or `any-tenancy`; absent for `none`. */
  readonly scope?: string;
  /** Type and verb as written, when one statement with a verb decides alone. */
  readonly resource?: string;
  readonly level?: string;
  /** Only some of the targets in the scope, or only with an admit in the other tenancy. */
  readonly condition?: "subset" | "counterparty";
  readonly method?: string;
  /** For `maybe`: what surely holds, and what may. */
  readonly atLeast?: CapabilityClass;
  readonly atMost?: CapabilityClass;
}

/** Identity changes after the first that a path may take: three hops in all. */
const furtherSteps = 2;

export interface Evaluation {
  readonly capability: Capability;
  readonly flaws: readonly Flaw[];
}

export function evaluate(world: CaseWorld): Evaluation {
  const { all, flaws } = statementsOf(world);
  const low = read(all, world, "certain");
  const high = read(all, world, "possible");
  const [atLeast, atMost] = [low.class, high.class];
  if (atLeast === atMost) return { capability: low, flaws };
  const { scope } = high;
  const known = { class: "maybe", atLeast, atMost } as const;
  return { capability: scope === undefined ? known : { ...known, scope }, flaws };
}

interface Judged {
  readonly class: CapabilityClass;
  readonly grant: OciGrant;
  readonly spot: Spot;
  readonly method?: string;
}

function read(
  statements: readonly Attached[],
  world: CaseWorld,
  reading: Reading,
): Capability & { readonly class: CapabilityClass } {
  const actor = { kind: "workload", principal: world.principal } as const;
  const scene = sceneOf(statements, actor, world, reading, furtherSteps);
  const direct = scene.grants.map((grant): Judged => ({
    grant,
    class: classOf(grant, world),
    spot: grant.spot,
  }));
  const best = direct.reduce<CapabilityClass>((a, b) => stronger(a, b.class), "none");
  if (best === "admin")
    return answer(
      best,
      direct.filter((each) => each.class === best),
      world,
    );
  const alone = scene.grants.flatMap((grant) => escalations(scene, grant));
  if (alone.length > 0) return answer("privesc", alone, world);
  const together = pathsOf(scene, scene.grants);
  if (together.length > 0) return combined(together, world);
  return best === "none"
    ? { class: "none" }
    : answer(
        best,
        direct.filter((each) => each.class === best),
        world,
      );
}

function escalations(scene: Scene, grant: OciGrant): Judged[] {
  return pathsOf(scene, [grant])
    .slice(0, 1)
    .map(({ spot, method }) => ({ class: "privesc", grant, spot, method }));
}

function combined(
  paths: readonly Path[],
  world: OciWorld,
): Capability & { readonly class: CapabilityClass } {
  const spot = widest(
    paths.map((path) => path.spot),
    world,
  );
  const method = paths.find((path) => path.spot === spot)?.method;
  return {
    class: "privesc",
    ...(spot && { scope: scopeOf(spot, world) }),
    ...(method !== undefined && { method }),
  };
}

function answer(
  word: CapabilityClass,
  judged: readonly Judged[],
  world: OciWorld,
): Capability & { readonly class: CapabilityClass } {
  const spot = widest(
    judged.map((each) => each.spot),
    world,
  );
  const [only] = judged;
  const decider = judged.find((each) => each.spot === spot);
  const sole = judged.length === 1 ? only?.grant.action : undefined;
  return {
    class: word,
    ...(spot && { scope: scopeOf(spot, world) }),
    ...(sole?.kind === "verb" && { resource: sole.resource, level: sole.verb }),
    ...(decider?.method !== undefined && { method: decider.method }),
    ...(spot?.foreign === true
      ? { condition: "counterparty" as const }
      : decider?.grant.subset === true && { condition: "subset" as const }),
  };
}

function scopeOf(spot: Spot, world: OciWorld): string {
  return spot.id === world.tenancy ? "tenancy" : spot.id;
}

function classOf(grant: OciGrant, world: OciWorld): CapabilityClass {
  const { spot, rights, written, action } = grant;
  if (rights.length === 0) return "none";
  if (spot.foreign) return "cross-tenancy";
  if (isFull(grant)) return spot.id === world.tenancy ? "admin" : "compartment-admin";
  const top = highest(rights);
  if (rank(top) <= rank("read")) return readingClass(grant);
  const asWritten = action.kind === "verb" && top === highest(written) ? action.verb : top;
  return asWritten === "manage" ? "manage" : "write";
}

function readingClass({ action, whole }: OciGrant): CapabilityClass {
  const broad = action.kind === "verb" && action.resource === "all-resources" && whole;
  if (!broad) return "read";
  return action.verb === "inspect" ? "inspect" : "broad-read";
}

function highest(rights: readonly Right[]): Verb {
  return rights.reduce<Verb>((top, { verb }) => (rank(verb) > rank(top) ? verb : top), verbs[0]);
}

function stronger(a: CapabilityClass, b: CapabilityClass): CapabilityClass {
  return capabilityClasses.indexOf(a) <= capabilityClasses.indexOf(b) ? a : b;
}
