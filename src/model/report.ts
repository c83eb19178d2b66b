import type { Blocked, Exposure } from "./exposure.ts";
import type { Control, Finding, Severity, Unknown } from "./finding.ts";
import type { IdentityReport } from "./identity.ts";
import type { JsonObject } from "./json.ts";
import type { Plan } from "./plan.ts";
import type { Origin, Provider } from "./provider.ts";
import type { Server } from "./server.ts";
import type { Gap } from "./snapshot.ts";
import type { ToolCategory } from "./tool.ts";

export interface Vantage {
  readonly kind: "internet" | "inside";
  readonly network?: string;
}

export interface Run {
  readonly id: string;
  /** RFC 3339, UTC; the only "now" of every decision. */
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly vantage: Vantage;
  readonly options: JsonObject;
}

export interface ScopeReport {
  readonly provider: Origin;
  readonly id: string;
  readonly name?: string;
  readonly regions: readonly string[];
  /** API calls made, retries included. */
  readonly calls: number;
  readonly gaps: readonly Gap[];
  /** Services that no call of this version asks about; they are no gaps. */
  readonly notAsked?: readonly NotAsked[];
}

export interface NotAsked {
  readonly service: string;
  /** What its absence leaves open. */
  readonly because: string;
}

export interface ScopeCoverage {
  readonly provider: Origin;
  readonly id: string;
  readonly state: "audited" | "partly" | "not";
  readonly calls: number;
  readonly gaps: number;
}

export interface ProbeSkip {
  readonly target: string;
  readonly because: string;
}

/** The control plane says blocked, the wire answered. */
export interface Mismatch {
  readonly target: string;
  readonly because: string;
}

export interface Coverage {
  readonly complete: boolean;
  readonly byScope: readonly ScopeCoverage[];
  readonly probe: {
    readonly targets: number;
    readonly answered: number;
    readonly skipped: readonly ProbeSkip[];
    readonly mismatches: readonly Mismatch[];
  };
}

export interface Summary {
  readonly servers: number;
  readonly open: number;
  readonly plaintext: number;
  readonly tools: number;
  readonly toolsRead: number;
  readonly managesCloud: number;
  /** `named` only where targets were named: reports of an audit have the four clouds. */
  readonly byProvider: Readonly<Record<Provider, number> & { named?: number }>;
  readonly byCategory: Readonly<Partial<Record<ToolCategory, number>>>;
  readonly bySeverity: Readonly<Record<Severity, number>>;
}

/** A rule that was evaluated, for readers who do not know it. */
export interface RuleReport {
  readonly id: string;
  readonly title: string;
  readonly risk: string;
  readonly references: readonly string[];
  /** Of every provider of the run. */
  readonly controls: readonly Control[];
}

/** What a resource cost in a month, from a billing export in FOCUS format. */
export interface ResourceCost {
  readonly resource: string;
  /** `2026-10`. */
  readonly month: string;
  /** Effective cost as decimal text, as billed. */
  readonly cost: string;
  /** ISO 4217. */
  readonly currency: string;
}

/** The report document; every format is written from it and nothing else. */
export interface Report {
  readonly schemaVersion: "1";
  readonly tool: { readonly name: "postern"; readonly version: string };
  readonly run: Run;
  readonly scopes: readonly ScopeReport[];
  readonly exposures: readonly Exposure[];
  readonly blocked: readonly Blocked[];
  readonly servers: readonly Server[];
  readonly identities: readonly IdentityReport[];
  readonly findings: readonly Finding[];
  readonly unknowns: readonly Unknown[];
  readonly coverage: Coverage;
  readonly summary: Summary;
  readonly rules?: readonly RuleReport[];
  readonly costs?: readonly ResourceCost[];
  /** Only where it was asked for. */
  readonly plan?: Plan;
}
