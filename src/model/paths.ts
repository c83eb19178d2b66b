import type { Breadth, Decision, Identity, Power } from "./identity.ts";

/** Tags of a resource; `null` = they could not be read. */
export type KnownTags = Readonly<Record<string, string>> | null;

/** Something that runs as an identity. */
export interface Holder {
  readonly id: string;
  /** What it is, in the words of the provider's rules: `lambda`, `ec2`, `ssmManaged`. */
  readonly kind: string;
  readonly identity: string;
}

/** How strong an identity is. */
export interface Standing {
  readonly power: Power;
  readonly breadth: Breadth;
}

/** What leads from one identity to another beside their policies. */
export interface EstatePaths {
  /** The account that is audited. */
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
  readonly groups: readonly { readonly id: string; readonly standing?: Standing }[];
  /** Per identity the groups it is in; `null` = not read, a missing entry = none. */
  readonly memberships: ReadonlyMap<string, readonly string[] | null>;
  readonly tags: ReadonlyMap<string, KnownTags>;
  /** Per policy the identities that it is attached to. */
  readonly attachedTo: ReadonlyMap<string, readonly string[]>;
  /** Per policy a document with what its other versions grant. */
  readonly otherVersions: ReadonlyMap<string, string>;
  /** Policies that exist and may be attached. */
  readonly attachable: readonly string[];
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
