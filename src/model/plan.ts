import type { RemediationStep, Severity } from "./finding.ts";
import type { Origin } from "./provider.ts";

/** What a chain can be cut at, the one that disturbs others least first. */
export const cutKinds = ["rule", "authentication", "identity", "listener", "address"] as const;
export type CutKind = (typeof cutKinds)[number];

/** One change that takes a link out of a chain. */
export interface Cut {
  /** Stable over runs. */
  readonly id: string;
  readonly kind: CutKind;
  readonly provider: Origin;
  readonly scope: string;
  readonly region: string;
  /** The rule, listener, address, identity or server that is changed. */
  readonly target: string;
  /** What is changed, in a sentence. */
  readonly change: string;
  readonly about: CutFacts;
}

export interface CutFacts {
  /** Workload that it is proposed for. A rule may guard others too. */
  readonly workload: string;
  readonly workloadName: string;
  /** The object that holds a rule. */
  readonly holder?: string;
  readonly protocol?: "tcp" | "udp";
  readonly port?: number;
}

/** A change of the plan, as the report shows it. */
export interface PlannedChange extends Omit<Cut, "about"> {
  readonly steps: readonly RemediationStep[];
  /** Critical findings that need it, and others that it ends besides. */
  readonly ends: readonly string[];
}

/** What is left of a server if this alone is changed. */
export interface CutOutcome {
  readonly cut: string;
  readonly kind: CutKind;
  readonly target: string;
  readonly change: string;
  /** `gone`: nothing that was found leads to it any more. */
  readonly leaves: Severity | "gone";
}

export interface ServerOptions {
  readonly server: string;
  readonly now: Severity;
  readonly cuts: readonly CutOutcome[];
}

/** A proposal, never applied: what would remove every critical finding. */
export interface Plan {
  readonly changes: readonly PlannedChange[];
  /** No smaller set does it. */
  readonly exact: boolean;
  /** No set with fewer changes does it. */
  readonly atLeast: number;
  /** Critical findings that no cut known here removes. */
  readonly left: readonly string[];
  readonly servers: readonly ServerOptions[];
  readonly assumptions: readonly string[];
}
