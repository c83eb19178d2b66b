import type { Source } from "./finding.ts";
import type { Family } from "./identity.ts";

export const logKinds = [
  "front-door",
  "flow",
  "control-plane",
  "data-access",
  "detection",
] as const;
export type LogKind = (typeof logKinds)[number];

/** Whether one log is kept. A log that no switch speaks about was not read. */
export interface LogSwitch {
  readonly kind: LogKind;
  /** The scope's id, the name of a balancer or edge as hops name it, or for `flow` the id of the workload. */
  readonly about: string;
  /** Absent = the whole scope. */
  readonly region?: string;
  /** `unknown`: something that would tell was not read, or it covers only a part. */
  readonly state: "on" | "off" | "unknown";
  /** One sentence; for `unknown` it names the unread call. */
  readonly because: string;
  readonly source: Source;
}

/** When the rights of an identity, or a key, were last used. */
export interface IdentityUse {
  readonly identity: string;
  /** RFC 3339. */
  readonly since: string;
  /** RFC 3339; absent = never since `since`, the start of what the provider remembers of it. */
  readonly lastUsed?: string;
  /** The same per family of rights; absent when the provider tells of the identity as a whole only. */
  readonly families?: readonly { readonly family: Family; readonly lastUsed?: string }[];
  readonly source: Source;
}

/** A long-lived key of an identity. */
export interface StaticKey {
  /** As configurations name it: an AWS access key id, the fingerprint of an OCI API key, the key id of a service account. */
  readonly id: string;
  readonly active: boolean;
  /** RFC 3339. */
  readonly createdAt: string;
  readonly lastUsedAt?: string;
  readonly source: Source;
}

/** The long-lived keys of an identity, read; without a ring of its own they were not. */
export interface KeyRing {
  readonly identity: string;
  readonly keys: readonly StaticKey[];
}
