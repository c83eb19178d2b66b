import type { Json, JsonObject } from "./json.ts";
import type { Provider, Scope } from "./provider.ts";

/** One recorded, redacted answer of a provider's API. A line of `snapshot/<provider>/<scope>/<region>/<call>.jsonl.gz`. */
export interface Page {
  /** API operation as the provider's permission language names it: `ec2:DescribeInstances`. */
  readonly call: string;
  /** Region the call was made in; `global` for calls of the whole scope. */
  readonly region: string;
  /** The parameters that tell this answer from others of the same call; `{}` for a plain list. */
  readonly params: JsonObject;
  /** 0-based number of the page within (call, region, params). */
  readonly page: number;
  /** The provider's id of the request, for its own support and audit logs. */
  readonly requestId?: string;
  /** RFC 3339, UTC. */
  readonly at: string;
  /** SHA-256 (hex) of the answer as received, before redaction. */
  readonly sha256: string;
  readonly body: Json;
  /** The list ended here. A list without such a page was cut short, and a resumed run asks it again. */
  readonly last?: true;
}

export const gapReasons = ["denied", "throttled", "unavailable", "timeout", "unsupported"] as const;
export type GapReason = (typeof gapReasons)[number];

/** What a call tells us. A gap in it makes exactly the verdicts that need it unknown. */
export const knowledge = [
  "regions",
  "workloads",
  "interfaces",
  "addresses",
  "subnets",
  "routes",
  "gateways",
  "rule-sets",
  "prefix-lists",
  "public-access-block",
  "balancers",
  "listeners",
  "targets",
  "target-health",
  "edges",
  "identities",
  "grants",
  "limits",
  "identity-links",
  "user-data",
  "dns",
  "logging",
  "static-keys",
] as const;
export type Knowledge = (typeof knowledge)[number];

/** Something that could not be read. It never turns into `pass`. */
export interface Gap {
  readonly call: string;
  readonly scope: string;
  /** Absent when the whole scope is meant. */
  readonly region?: string;
  readonly params?: JsonObject;
  readonly reason: GapReason;
  /** The provider's own words, cleaned and clipped. */
  readonly detail: string;
  readonly affects: readonly Knowledge[];
}

/** Everything recorded about one scope: the only input of every decision about it. */
export interface Snapshot {
  readonly provider: Provider;
  readonly scope: Scope;
  readonly pages: readonly Page[];
  readonly gaps: readonly Gap[];
}
