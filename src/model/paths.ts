import type { Breadth, Decision, Identity, PermissionVerdict, Power } from "./identity.ts";

/** Tags of a resource; `null` = they could not be read. */
export type KnownTags = Readonly<Record<string, string>> | null;

/** Something that runs as an identity. */
export interface Holder {
  readonly id: string;
  /** What it is, in the words of the provider's rules: `lambda`, `ec2`, `ssmManaged`. */
  readonly kind: string;
  readonly identity: string;
  /** How sure it is that it runs as the identity; `yes` when absent. */
  readonly verdict?: PermissionVerdict;
  /** Action without which its identity cannot be reached this way: an agent has to be able to register itself. */
  readonly needs?: string;
}

/** What a member gets: the policies where they were read, the standing where only that is known. */
export interface Group {
  readonly id: string;
  readonly standing?: Standing;
  readonly policies?: readonly string[];
}

/** How strong an identity is. */
export interface Standing {
  readonly power: Power;
  readonly breadth: Breadth;
}

/** What one scope knows of the ways between identities; what it leaves out it has none of. */
export type PathFacts = Partial<Omit<EstatePaths, "scope" | "standings">>;

/** What leads from one identity to another beside their policies. */
export interface EstatePaths {
  /** The account that is audited: the one the search starts in. */
  readonly scope: string;
  readonly holders: readonly Holder[];
  /** Resources whose content is a credential of an identity. */
  readonly credentials: readonly { readonly id: string; readonly of: string }[];
  /** Id of the policy document on a resource. */
  readonly resourcePolicies: ReadonlyMap<string, string>;
  /** Documents that only deny, on resources of this scope. */
  readonly resourceDenies: readonly string[];
  /** Identities whose strength is known without their policies. */
  readonly standings: ReadonlyMap<string, Standing>;
  readonly logins: ReadonlyMap<string, { readonly keys: number; readonly password: boolean }>;
  /** Scopes in which no list tells how many keys a user has, so that a missing entry of `logins` says nothing. */
  readonly unreadLogins?: ReadonlySet<string>;
  readonly groups: readonly Group[];
  /** Per identity the groups it is in; `null` = not read, a missing entry = none. */
  readonly memberships: ReadonlyMap<string, readonly string[] | null>;
  readonly tags: ReadonlyMap<string, KnownTags>;
  /** Per policy the identities that it is attached to. */
  readonly attachedTo: ReadonlyMap<string, readonly string[]>;
  /** Per policy the documents with what its other versions grant. */
  readonly otherVersions: ReadonlyMap<string, readonly string[]>;
  /** Policies that exist and may be attached. */
  readonly attachable: readonly string[];
  /** Per role the instance profiles that hold it; absent where none were listed. */
  readonly profiles?: ReadonlyMap<string, readonly string[]>;
  /** Identities whose trust could not be read. */
  readonly unreadTrust: ReadonlySet<string>;
  /** What every request of the workload carries. */
  readonly request: Readonly<Record<string, string | null>>;
  /** A token that the workload can present. */
  readonly webIdentity?: {
    readonly issuer: string;
    readonly claims: Readonly<Record<string, string>>;
  };
  /** The machine that the workload runs on. */
  readonly host?: string;
}

/** One way to another identity, or to more rights of one's own. */
export interface Hop {
  readonly rule: string;
  readonly title: string;
  /** The identity as it is afterwards. */
  readonly to: Identity;
  readonly decision: Decision;
  /** `to` is not one that exists: its rights were rewritten, so its standing follows from its policies. */
  readonly rewritten: boolean;
}
