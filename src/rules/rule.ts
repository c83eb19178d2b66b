import type { TagKeys } from "./owner.ts";
import type { Exposure, WorkloadRef } from "../model/exposure.ts";
import type {
  Certainty,
  EvidenceStep,
  Remediation,
  Severity,
  Source,
  Subject,
} from "../model/finding.ts";
import type { IdentityLink, IdentityReport } from "../model/identity.ts";
import type { Workload } from "../model/inventory.ts";
import type { IdentityUse, KeyRing, LogSwitch } from "../model/logging.ts";
import type { Origin } from "../model/provider.ts";
import type { Vantage } from "../model/report.ts";
import type { Fingerprint, MatrixRow, Server } from "../model/server.ts";
import type { Gap } from "../model/snapshot.ts";
import type { ControlTheme } from "./controls.ts";

/** What a rule says about one subject. A rule that does not concern the subject passes. */
export type Verdict =
  | { readonly verdict: "pass" }
  | {
      readonly verdict: "unknown";
      /** Names the unread call. */
      readonly because: string;
      readonly worst: Severity | "pass";
      readonly best: Severity | "pass";
    }
  | {
      readonly verdict: "fail";
      readonly severity: Severity;
      readonly certainty: Certainty;
      /** Empty when certain. */
      readonly assumptions: readonly string[];
      readonly title: string;
      readonly evidence: readonly EvidenceStep[];
    };

export const pass: Verdict = { verdict: "pass" };

/** What every rule may know about the run. */
export interface Surroundings {
  readonly vantage: Vantage;
  /** RFC 3339; the start of the run. */
  readonly now: string;
  /** Days after which a static key counts as never rotated, and a right as unused. */
  readonly keyDays: number;
  /** Where owners and cost centres are looked for first. */
  readonly tagKeys: TagKeys;
}

/** An identity of a workload; the report is absent when the identity was not read. */
export interface Held {
  readonly link: IdentityLink;
  readonly report?: IdentityReport;
}

/** A workload and all that leads to it and hangs on it. */
export interface WorkloadContext extends Surroundings {
  readonly provider: Origin;
  readonly scope: string;
  readonly workload: WorkloadRef;
  /** The most exposed one first. */
  readonly exposures: readonly Exposure[];
  readonly held: readonly Held[];
  /** What keeps open which identities the workload holds. */
  readonly unreadLinks: Gap | undefined;
  /** The workload as the control plane describes it; absent when that was not read. */
  readonly described: Workload | undefined;
  /** What could not be read of its scope and region. */
  readonly gaps: readonly Gap[];
  /** The MCP server that it runs, if one was found. */
  readonly serverOn: Server | undefined;
  /** Which logs its scope keeps, in its own region. */
  readonly logging: readonly LogSwitch[];
}

export interface ServerContext extends WorkloadContext {
  readonly server: Server;
  readonly baseline: Baseline | undefined;
  readonly lateral: Lateral | undefined;
}

/** What the server was in the run that this one is compared with. */
export interface Baseline {
  /** Absent when that run did not hold it. */
  readonly server: Server | undefined;
  readonly changes: readonly ToolChange[];
}

/** A tool that is not what it was. */
export interface ToolChange {
  readonly url: string;
  readonly tool: string;
  readonly change: "added" | "removed" | "schema" | "access";
  readonly because: string;
}

/** What stands around a server inside its networks. */
export interface Lateral {
  /** Ways from private addresses to the server. */
  readonly inbound: readonly Exposure[];
  /** Ways from the server's own addresses to ports of other workloads. */
  readonly outbound: readonly Exposure[];
  /** Things of the estate that its configuration names together with a credential. */
  readonly named: readonly NamedHost[];
}

export interface NamedHost {
  /** As the configuration names it. */
  readonly host: string;
  readonly workload: string;
  readonly source: Source;
}

/** A passive sign of MCP on a workload. */
export interface Hint {
  readonly because: string;
  readonly source: Source;
}

/** A workload whose hints are over the threshold and that no probe has shown to be a server. */
export interface SuspectContext extends WorkloadContext {
  readonly hints: readonly Hint[];
  /** What the probes of its exposures found; empty when none was made. */
  readonly fingerprints: readonly Fingerprint[];
}

export interface IdentityContext extends Surroundings {
  readonly identity: IdentityReport;
  /** Servers and suspected workloads that hold it, the worst first. */
  readonly holders: readonly {
    readonly context: ServerContext | WorkloadContext;
    readonly link: IdentityLink;
  }[];
  /** Every workload of the estate that holds it, exposed or not, by name; candidates too. */
  readonly bearers: readonly Bearer[];
  /** What could not be read of the scopes of its holders, in every region. */
  readonly scopeGaps: readonly Gap[];
  /** When it was last used; absent when no provider was asked or could tell. */
  readonly use: IdentityUse | undefined;
  /** Its long-lived keys; absent when they were not read. */
  readonly ring: KeyRing | undefined;
}

export interface Bearer {
  readonly id: string;
  readonly name: string;
  readonly link: IdentityLink;
}

export interface RuleFacts {
  readonly id: string;
  readonly title: string;
  /** What goes wrong when it fails, in words for someone who does not know the subject. */
  readonly risk: string;
  readonly references: readonly string[];
  /** Rows of the study's matrix that it bears on. */
  readonly rows: readonly MatrixRow[];
  /** Delegated tokens cure it: always, never, or where no tool reaches the workload's own credentials. */
  readonly curedByDelegation: "yes" | "no" | "without-host-tools";
  readonly controls: readonly ControlTheme[];
}

interface RuleAbout<Kind extends Subject["kind"] | "suspect", Context> extends RuleFacts {
  readonly about: Kind;
  readonly check: (context: Context) => Verdict;
  readonly remedy: (context: Context) => Remediation;
}

export type ServerRule = RuleAbout<"server", ServerContext>;
export type IdentityRule = RuleAbout<"identity", IdentityContext>;
export type SuspectRule = RuleAbout<"suspect", SuspectContext>;
export type WorkloadRule = RuleAbout<"workload", WorkloadContext>;
export type Rule = ServerRule | IdentityRule | SuspectRule | WorkloadRule;
