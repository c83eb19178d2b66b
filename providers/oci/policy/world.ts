/** What an OCI evaluation knows of a tenancy: the policies, and what their statements name. */
export interface OciWorld {
  /** Milliseconds since 1970; NaN = not known. */
  readonly now: number;
  /** OCID of the root compartment. */
  readonly tenancy: string;
  /** Of the tenancy, and so of its root compartment. */
  readonly tenancyName?: string;
  readonly compartments: ReadonlyMap<string, { readonly name: string; readonly parent: string }>;
  readonly dynamicGroups: readonly DynamicGroup[];
  readonly instances: readonly OciInstance[];
  /** Names of groups of the Default domain. */
  readonly groups: readonly string[];
  /** Address ranges by name in lower case; null where they, or all sources, could not be read. */
  readonly networkSources: ReadonlyMap<string, readonly string[] | null> | null;
  /** Three-letter region keys; null = not read. */
  readonly subscribedRegions: readonly string[] | null;
  /** Whether deny statements act; null = not known. */
  readonly denyEnabled: boolean | null;
  readonly policies: readonly PolicyText[];
}

/** A tenancy, and the workload whose capability is asked for. */
export interface CaseWorld extends OciWorld {
  readonly principal: OciPrincipal;
}

export interface PolicyText {
  /** `<policy id>#<index>`. */
  readonly ref?: string;
  /** OCID of the compartment or tenancy that holds the policy. */
  readonly attachedTo: string;
  readonly statement: string;
}

export interface OciPrincipal {
  /** `instance`, `fnfunc` ...: the value of `request.principal.type`. */
  readonly type: string;
  readonly id: string;
  /** Null = not read. */
  readonly compartment: string | null;
  /** Values by `namespace.key` in lower case; null = not read. */
  readonly tags: ReadonlyMap<string, string> | null;
  /** Where its calls come from; undefined = not known. */
  readonly egressIp?: string;
}

export interface DynamicGroup {
  readonly name: string;
  readonly domain: string;
  /** Null = not read. */
  readonly rule: string | null;
  readonly ocid?: string;
}

export interface OciInstance {
  readonly id: string;
  readonly compartment: string;
  /** Whether its agent runs commands. */
  readonly runCommand: boolean;
  readonly strength: Strength;
}

/** Weakest first. */
export const powerWords = [
  "none",
  "reads",
  "manages",
  "reads-sensitive",
  "broad",
  "escalates",
  "admin",
] as const;
export const breadthWords = ["resource", "group", "account", "organization"] as const;

/** What an identity can do, and over how much. */
export interface Strength {
  readonly power: (typeof powerWords)[number];
  readonly breadth: (typeof breadthWords)[number];
}

/** Whose rights are asked for. */
export type Actor =
  | {
      readonly kind: "workload";
      readonly principal: OciPrincipal;
      /** A dynamic group that holds it whatever the rule says: the rule has been rewritten. */
      readonly joined?: DynamicGroup;
    }
  | { readonly kind: "user"; readonly groups: readonly string[] };

/** How to take what is not known: `certain` counts only what surely holds, `possible` all that may. */
export type Reading = "certain" | "possible";

export function isStronger(a: Strength, b: Strength): boolean {
  const power = powerWords.indexOf(a.power) - powerWords.indexOf(b.power);
  return power === 0
    ? breadthWords.indexOf(a.breadth) > breadthWords.indexOf(b.breadth)
    : power > 0;
}
