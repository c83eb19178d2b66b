import type { Provider } from "./provider.ts";

export const toolAccesses = ["read", "write", "destructive", "exec"] as const;
export type ToolAccess = (typeof toolAccesses)[number];

export const toolCategories = [
  "cloud-control",
  "cloud-data",
  "kubernetes",
  "identity",
  "secrets",
  "database",
  "filesystem",
  "code-exec",
  "browser",
  "web",
  "messaging",
  "source-control",
  "ci-cd",
  "iac",
  "project-mgmt",
  "workflow-automation",
  "saas-control",
  "knowledge",
  "docs",
  "monitoring",
  "ai",
  "demo",
  "meta",
  "other",
] as const;
export type ToolCategory = (typeof toolCategories)[number];

/** What a cloud-managing tool can do to the cloud. */
export const manageVerbs = ["list", "create", "modify", "delete"] as const;
export type ManageVerb = (typeof manageVerbs)[number];

/** A tool as a server lists it, bounded and cleaned at the border. Nothing in it is trusted. */
export interface ListedTool {
  /** At most 256 characters, control and bidi characters escaped. */
  readonly name: string;
  readonly title?: string;
  /** Cleaned and clipped; the raw text lives on only as part of `schemaSha256`. */
  readonly description: string;
  /** Names of the input properties at the top level, at most 100. */
  readonly parameters: readonly ToolParameter[];
  readonly annotations: {
    readonly readOnlyHint?: boolean;
    readonly destructiveHint?: boolean;
    readonly idempotentHint?: boolean;
    readonly openWorldHint?: boolean;
  };
  /** SHA-256 (hex) of the canonical JSON of the tool as received. */
  readonly schemaSha256: string;
}

export interface ToolParameter {
  readonly name: string;
  readonly type: string;
  /** Enum values, at most 50, cleaned. */
  readonly values: readonly string[];
}

/** Why a verdict about a tool holds: the words that told, and where they stand. */
export interface ToolEvidence {
  readonly verdict: string;
  readonly field: "name" | "title" | "description" | "parameter" | "annotation" | "product";
  readonly text: string;
  readonly because: string;
}

/** The verdict of evidence for hidden text, or text written to an agent instead of a person. */
export const suspiciousText = "suspicious-text";

/** A classified tool. */
export interface Tool {
  readonly name: string;
  readonly access: ToolAccess;
  readonly categories: readonly ToolCategory[];
  readonly manages?: { readonly cloud: Provider; readonly verbs: readonly ManageVerb[] };
  /** One tool that routes to many operations: its name says little about what it can do. */
  readonly router: boolean;
  /** Its answers hold secrets: environment, keys, secret values. */
  readonly discloses: boolean;
  /** What it lets a caller do on the host: run code, fetch any URL, read any file, write any file. */
  readonly host: readonly HostAbility[];
  /** An annotation says less than what the tool does. */
  readonly annotationConflict: boolean;
  readonly evidence: readonly ToolEvidence[];
  readonly schemaSha256: string;
}

export const hostAbilities = ["runs-code", "fetches-urls", "reads-files", "writes-files"] as const;
export type HostAbility = (typeof hostAbilities)[number];
