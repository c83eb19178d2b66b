export const severities = ["info", "low", "medium", "high", "critical"] as const;
export type Severity = (typeof severities)[number];

export const certainties = ["certain", "maybe"] as const;
export type Certainty = (typeof certainties)[number];

/** Where a fact was seen, so that a reader can look at it themselves. */
export type Source =
  | {
      readonly kind: "api";
      readonly call: string;
      readonly requestId?: string;
      readonly region: string;
      readonly page: number;
      /** RFC 6901 pointer into the recorded page. */
      readonly pointer: string;
    }
  | {
      readonly kind: "wire";
      readonly url: string;
      readonly method: string;
      readonly requestSha256: string;
      readonly responseSha256: string;
    }
  /** A documented rule of the provider, of MCP, or of this tool, where no object shows the fact. */
  | { readonly kind: "rule"; readonly id: string };

export const evidenceKinds = [
  "source",
  "edge",
  "balancer",
  "listener",
  "gate",
  "port",
  "workload",
  "server",
  "tool",
  "identity",
  "permission",
  "resource",
] as const;
export type EvidenceKind = (typeof evidenceKinds)[number];

/** One link of the chain internet -> load balancer -> port -> MCP server -> tools -> identity -> permission -> resource. */
export interface EvidenceStep {
  readonly kind: EvidenceKind;
  /** Id in its own system: ARN, rule id, URL, tool name, action. */
  readonly id: string;
  /** Why it counts: one sentence. */
  readonly because: string;
  readonly source: Source;
}

export interface RemediationStep {
  readonly kind: "cli" | "iac" | "design";
  readonly text: string;
}

export interface Remediation {
  readonly summary: string;
  readonly steps: readonly RemediationStep[];
}

/** How well a control of a framework fits what a rule looks at. */
export interface Control {
  readonly framework: string;
  readonly version: string;
  readonly id: string;
  readonly fit: "direct" | "related" | "partial";
}

export interface Subject {
  readonly kind: "server" | "exposure" | "identity" | "workload";
  readonly id: string;
}

/** A rule that fired. */
export interface Finding {
  /** Stable over runs: a hash of what the finding is about, never of time. */
  readonly id: string;
  readonly rule: string;
  readonly severity: Severity;
  readonly verdict: "fail";
  readonly certainty: Certainty;
  /** Each limit that could not be read and is assumed not to bite. Empty when certain. */
  readonly assumptions: readonly string[];
  readonly title: string;
  readonly subject: Subject;
  readonly evidence: readonly EvidenceStep[];
  readonly remediation: Remediation;
  readonly controls: readonly Control[];
  readonly owner?: string;
  readonly mute?: { readonly reason: string; readonly owner: string; readonly until: string };
  /** Run id in which the finding first appeared. */
  readonly firstSeen?: string;
}

/** A rule that could not be decided, and how bad and how good the answer could be. */
export interface Unknown {
  readonly rule: string;
  readonly subject: Subject;
  /** Names the unread call. */
  readonly because: string;
  readonly worst: Severity | "pass";
  readonly best: Severity | "pass";
}
