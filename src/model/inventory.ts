import type { WorkloadRef } from "./exposure.ts";
import type { Source } from "./finding.ts";
import type { Identity, IdentityLink, PolicyDocument } from "./identity.ts";
import type { IdentityUse, KeyRing, LogSwitch } from "./logging.ts";
import type { NetworkInventory } from "./network.ts";
import type { PathFacts } from "./paths.ts";
import type { Provider } from "./provider.ts";
import type { Gap } from "./snapshot.ts";

/** Something that runs code. */
export interface Workload extends WorkloadRef {
  readonly provider: Provider;
  readonly scope: string;
  readonly region: string;
  /** `starting` and `unknown` count as running for reachability, with the assumption named. */
  readonly state: "running" | "stopped" | "unknown";
  readonly identities: readonly IdentityLink[];
  /** Text that may hint at MCP or hold credentials: user data, commands, images. Already redacted. */
  readonly texts: readonly WorkloadText[];
  /** How its metadata service hands out credentials; absent where that was not read or does not vary. */
  readonly metadataService?: MetadataService;
  /** Prefixes of the subnets that it stands in; absent where that was not read. */
  readonly subnets?: readonly string[];
  readonly source: Source;
}

/** The address on the link that gives a workload its identity's credentials. */
export interface MetadataService {
  readonly state: "on" | "off";
  /** Whether a plain GET gets an answer too: IMDSv1 on AWS, `/opc/v1` on OCI. */
  readonly legacy: "answered" | "refused";
  /** Network hops an answer survives, 1-64; with more than 1 it reaches containers behind a bridge. */
  readonly hopLimit?: number;
  readonly source: Source;
}

export interface WorkloadText {
  readonly kind: "user-data" | "command" | "image" | "environment" | "tag" | "metadata";
  readonly text: string;
  readonly source: Source;
}

/** The neutral model of one scope, derived from its snapshot by a pure function. */
export interface Inventory extends NetworkInventory {
  readonly provider: Provider;
  readonly scope: string;
  readonly scopeName?: string;
  readonly workloads: readonly Workload[];
  readonly identities: readonly Identity[];
  readonly policies: readonly PolicyDocument[];
  /** Ways between identities beside their policies; absent where the provider reads none. */
  readonly paths?: PathFacts;
  /** Which logs are kept; absent = not read. */
  readonly logging?: readonly LogSwitch[];
  /** When identities were last used; absent = not read. */
  readonly uses?: readonly IdentityUse[];
  /** Long-lived keys; absent = not read. */
  readonly keyRings?: readonly KeyRing[];
  readonly gaps: readonly Gap[];
}
