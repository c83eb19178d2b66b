import type { EstateIndex } from "./estate.ts";
import type { Access, Family, Grant, Identity, PermissionVerdict } from "./identity.ts";
import type { ManageVerb, ToolCategory } from "./tool.ts";

/** What one service's tools need, by what they do; patterns in the provider's own syntax. */
export interface ServiceNeeds {
  readonly name: string;
  /** Words of a tool's name that name the service, lower case. */
  readonly words: readonly string[];
  readonly verbs: Readonly<Record<ManageVerb, readonly string[]>>;
}

/** What is known of the tools of one product. */
export interface ProductNeeds {
  readonly source: string;
  /** Tools that pass on whatever their caller asks of the cloud. */
  readonly any?: readonly string[];
  /** Names of the services that the other tools work on; absent = those that a tool's name tells. */
  readonly services?: readonly string[];
  /** What single tools need; these alone are known exactly. */
  readonly tools?: Readonly<Record<string, readonly string[]>>;
}

export interface NeedsTable {
  /** By the id of the signature in src/probe/signatures. */
  readonly products: Readonly<Record<string, ProductNeeds>>;
  readonly services: readonly ServiceNeeds[];
  /** What a tool may need that names no cloud but works on something that a cloud keeps; generous. */
  readonly categories: Readonly<Partial<Record<ToolCategory, readonly string[]>>>;
}

export interface ActionKind extends Pick<Grant, "plane" | "access" | "family"> {}

/** A policy that replaces what an identity holds today. */
export interface ProposedPolicy {
  readonly name: string;
  readonly format: "aws-iam" | "azure-role";
  /** JSON text as the provider takes it. */
  readonly document: string;
}

export interface Proposal {
  /** Empty when there is nothing to allow, or no sound policy could be written; `assumptions` says which. */
  readonly policies: readonly ProposedPolicy[];
  readonly assumptions: readonly string[];
}

export interface ProposalQuestion {
  /** `any`: whatever is granted. */
  readonly needed: readonly string[] | "any";
  /** Leave out everything that changes something. */
  readonly readOnly: boolean;
}

/** What a provider knows of the needs of tools. */
export interface NeedsEvaluator {
  readonly table: NeedsTable;
  /** Actions that the words of a tool's name spell out, service words left out; empty when they spell none. */
  exact?(words: readonly string[], services: readonly ServiceNeeds[]): readonly string[];
  /** What a needed action is. */
  kinds(action: string): readonly ActionKind[];
  /** Whether a grant's written action and a needed one have an action in common. */
  touches(granted: string, needed: string): boolean;
  /** Never wider than what the identity's own policies allow. */
  propose?(identity: Identity, question: ProposalQuestion, estate: EstateIndex): Proposal;
}

/**
 * Where the need of a tool was read: the table of its product, its name and verbs, the category it works in;
 * `any` passes on what its caller asks; `none` needs nothing of this cloud; `hidden` does not show what it works on.
 */
export const needBases = ["product", "name", "category", "any", "none", "hidden"] as const;
export type NeedBasis = (typeof needBases)[number];

export interface ToolNeed {
  readonly tool: string;
  readonly basis: NeedBasis;
  readonly actions: readonly string[];
}

/** What is granted in one family and no tool needs. */
export interface UnneededFamily {
  readonly family: Family;
  /** Nothing of the family is needed. */
  readonly whole: boolean;
  readonly accesses: readonly Access[];
  /** `action on resource`, at most five. */
  readonly grants: readonly string[];
  /** The policies, roles or bindings through which they are held. */
  readonly via: readonly string[];
  /** RFC 3339; `never` = not since the provider remembers; absent = not known. */
  readonly lastUsed?: string;
  readonly because: "tools" | "use";
}

/** What the listed tools need of an identity's cloud, against what it is granted. A proposal: nothing applies it. */
export interface IdentityNeeded {
  readonly status: "proposal";
  /** `yes`: every need comes from a product's table, and all tools and policies were read. */
  readonly verdict: PermissionVerdict;
  /** Tools that need something of the cloud, or may. */
  readonly tools: readonly ToolNeed[];
  readonly actions: readonly string[];
  readonly unneeded: readonly UnneededFamily[];
  /** Needed and not granted: the tools that need it do not work today. */
  readonly missing: readonly string[];
  readonly policies: readonly ProposedPolicy[];
  readonly readOnly: readonly ProposedPolicy[];
  readonly assumptions: readonly string[];
}
