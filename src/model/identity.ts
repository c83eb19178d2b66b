import type { Provider } from "./provider.ts";
import type { Source } from "./finding.ts";
import type { Json } from "./json.ts";
import type { IdentityNeeded } from "./needed.ts";

/** Three-valued permission verdict. `maybe` is never turned into either of the others. */
export const permissionVerdicts = ["yes", "maybe", "no"] as const;
export type PermissionVerdict = (typeof permissionVerdicts)[number];

/** What an identity can do, strongest first. `unknown` stands apart from the order. */
export const powers = [
  "admin",
  "escalates",
  "broad",
  "reads-sensitive",
  "manages",
  "reads",
  "none",
] as const;
export type Power = (typeof powers)[number];

export const accesses = ["list", "read", "write", "delete", "permissions", "execute"] as const;
export type Access = (typeof accesses)[number];

export const families = [
  "identity",
  "compute",
  "network",
  "storage",
  "database",
  "secrets",
  "kms",
  "logging",
  "billing",
  "orchestration",
  "containers",
  "serverless",
  "messaging",
  "ai",
  "other",
] as const;
export type Family = (typeof families)[number];

/** One resource; a group of them (prefix, resource group, compartment); account, subscription, project, tenancy; more than one of these. */
export const breadths = ["resource", "group", "account", "organization"] as const;
export type Breadth = (typeof breadths)[number];

/** A policy document as the provider holds it. Its provider's `policy/` parses the body; nothing else looks inside. */
export interface PolicyDocument {
  /** ARN, or `<identity id>#inline/<name>` for an inline policy. */
  readonly id: string;
  readonly name: string;
  readonly body: Json;
  readonly source: Source;
}

/**
 * What a document does for an identity it bears on: `grant` gives, `boundary`, `session` and `organization`
 * can only limit, `trust` says who may become the identity.
 */
export const policyLayers = ["grant", "boundary", "session", "organization", "trust"] as const;
export type PolicyLayer = (typeof policyLayers)[number];

export interface PolicyAttachment {
  readonly policy: string;
  readonly layer: PolicyLayer;
  /** Through what it applies: the identity itself, a group, an organisational unit. */
  readonly via: string;
}

/** A principal whose credentials a workload can get. */
export interface Identity {
  /** ARN, object id, service account e-mail, dynamic group OCID. */
  readonly id: string;
  readonly provider: Provider;
  readonly scope: string;
  readonly kind:
    | "role"
    | "user"
    | "managed-identity"
    | "service-account"
    | "instance-principal"
    | "resource-principal";
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly policies: readonly PolicyAttachment[];
  readonly source: Source;
}

/** One neutral permission record. Wildcards stay symbolic: `s3:* on *` is one grant, not 190. */
export interface Grant {
  readonly plane: "control" | "data";
  readonly access: Access;
  readonly family: Family;
  readonly breadth: Breadth;
  readonly condition: "none" | "caller-satisfiable" | "workload-bound" | "unknown";
  readonly verdict: PermissionVerdict;
  /** Action pattern and resource pattern in the provider's own syntax. */
  readonly action: string;
  readonly resource: string;
  /** Ids of the policies and bindings through which it holds. */
  readonly via: readonly string[];
  /** The statements that decided, each `<policy id>#<sid or 0-based index>`. */
  readonly raw: readonly string[];
  /** Distinct actions of the provider's catalogue that the pattern stands for in this access level and family. */
  readonly actions: number;
  /** The whole family at this access level is covered by a wildcard. */
  readonly wholeFamily: boolean;
}

/** The answer to "may this identity do this action on this resource", with what decided it. */
export interface Decision {
  readonly verdict: PermissionVerdict;
  /** Statements that decided, each `<policy id>#<sid or index>`. */
  readonly statements: readonly string[];
  readonly because: string;
  /** Unread limits and undecidable conditions behind a `maybe`. */
  readonly assumptions: readonly string[];
}

/** A way from one identity to a stronger one; facts as data, one per published path. */
export interface EscalationRule {
  readonly id: string;
  readonly title: string;
  /** Action sets that must all be held. */
  readonly actions: readonly string[];
  readonly source: string;
}

/** How an identity hangs on a workload. */
export const identityHows = ["platform", "metadata", "static-key", "pod"] as const;
export type IdentityHow = (typeof identityHows)[number];

export interface IdentityLink {
  readonly id: string;
  readonly how: IdentityHow;
  readonly verdict: PermissionVerdict;
  /** Why the workload holds it: the instance profile, the task definition, the association. */
  readonly because: string;
  readonly source: Source;
}

/** A limit that bears on the identity, read or not. */
export interface LimitState {
  /** `directory`: rights that a service of its own keeps, which only ever add to the others. */
  readonly layer: PolicyLayer | "deny" | "scopes" | "directory";
  readonly id: string;
  /** `unsupported` = Postern never asks for it: named as an assumption, and no verdict hangs on it. */
  readonly state: "read" | "unread" | "unsupported";
  readonly detail: string;
}

/** The judged identity, as the report shows it. */
export interface IdentityReport {
  readonly id: string;
  /** What people call it, where its id does not tell. */
  readonly name?: string;
  readonly provider: Provider;
  readonly kind: Identity["kind"];
  readonly workloads: readonly string[];
  readonly power: Power | "unknown";
  /** Every power word that holds, strongest first. */
  readonly powers: readonly Power[];
  readonly verdict: PermissionVerdict;
  /** Breadth at which `power` holds. */
  readonly breadth: Breadth;
  readonly grants: readonly Grant[];
  readonly escalations: readonly string[];
  readonly limits: readonly LimitState[];
  /** Unread limits and conditions that `verdict: maybe` or `power: unknown` rests on. */
  readonly assumptions: readonly string[];
  /** Strongest and weakest power that the unread parts leave possible; equal when all was read. */
  readonly worst: Power;
  readonly best: Power;
  /** The statements behind `power`, for the evidence chain: at most five, most telling first. */
  readonly because: readonly PowerEvidence[];
  /** Absent when no server with listed tools holds it. */
  readonly needed?: IdentityNeeded;
}

/** One statement that gives the power, with where it was read. */
export interface PowerEvidence {
  readonly power: Power;
  /** `iam:PutRolePolicy on *`. */
  readonly permission: string;
  readonly statement: string;
  readonly because: string;
  readonly source: Source;
  /** Resource pattern. */
  readonly resource: string;
}
