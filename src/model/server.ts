import type { IpFamily, PortRange, WorkloadRef } from "./exposure.ts";
import type { Severity } from "./finding.ts";
import type { IdentityLink, Power } from "./identity.ts";
import type { Origin, Provider } from "./provider.ts";
import type { ListedTool, Tool } from "./tool.ts";

export const confidences = [
  "confirmed",
  "auth-required",
  "likely",
  "related",
  "none",
  "unreachable",
  "unknown",
] as const;
export type Confidence = (typeof confidences)[number];

/** `modern`: 2026-07-28 and later, no sessions. `legacy`: `initialize`. */
export type Era = "modern" | "legacy";
export type McpTransport = "streamable-http" | "http+sse";

export const authenticationVerdicts = [
  "open",
  "static-secret",
  "host-check",
  "oauth",
  "front-door",
  "mtls",
  "unknown",
] as const;
export type AuthenticationVerdict = (typeof authenticationVerdicts)[number];

/** Something that can be probed: every address in it comes from the inventory or from the command line. */
export interface Target {
  /** Stable key of the target: results are kept per (address, port, host, path hint). */
  readonly id: string;
  readonly address: string;
  readonly port: number;
  readonly family: IpFamily;
  /** Names to send as SNI and Host; empty = the address itself. */
  readonly hosts: readonly string[];
  /** Path prefixes the front door forwards, most telling first. */
  readonly paths: readonly string[];
  readonly tls: "http" | "https" | "unknown";
  /** Platform that starts on demand: one further attempt with a longer deadline. */
  readonly scalesToZero: boolean;
  /** A balancer or gateway that speaks HTTP itself answers here: without a host name its 404 says nothing. */
  readonly frontDoor?: true;
  /** Where the connection really goes (`--connect-to`); evidence still names `address`. */
  readonly connect?: { readonly address: string; readonly port: number };
}

export interface Certificate {
  readonly sha256: string;
  readonly names: readonly string[];
  /** RFC 3339; empty when the certificate holds no date that can be read. */
  readonly notAfter: string;
  readonly selfSigned: boolean;
}

export interface TlsFacts {
  readonly mode: "none" | "tls" | "mtls";
  /** `TLSv1.3`; absent without TLS. */
  readonly version?: string;
  readonly certificate?: Certificate;
}

/** One request of a probe and what came back, both hashed after placeholders replaced what changes between runs. */
export interface WireExchange {
  readonly url: string;
  /** HTTP method and, for a POST, the MCP method: `POST tools/list`. */
  readonly method: string;
  readonly status?: number;
  readonly requestSha256: string;
  readonly responseSha256: string;
  /** Bytes received on the wire. */
  readonly bytes: number;
  readonly ms: number;
  /** What it showed, or how it ended: `timeout`, `reset`, `cap`. */
  readonly outcome: string;
}

export interface AuthenticationFact {
  readonly verdict: AuthenticationVerdict;
  /** `Bearer`, `X-API-Key`, ... as the server names it. */
  readonly scheme?: string;
  readonly evidence: readonly string[];
  /** OAuth metadata is published, whether or not it is enforced. */
  readonly advertisesOauth: boolean;
}

/** What a probe found at one target. */
export interface Fingerprint {
  readonly target: string;
  /** URL with the inventory's address and port. */
  readonly url: string;
  readonly confidence: Confidence;
  readonly because: string;
  readonly era?: Era;
  readonly transport?: McpTransport;
  readonly protocolVersions: readonly string[];
  /** Self-reported and therefore only a claim. */
  readonly serverInfo?: { readonly name: string; readonly version: string };
  readonly instructionsSha256?: string;
  readonly capabilities: readonly string[];
  readonly tls: TlsFacts;
  readonly authentication: AuthenticationFact;
  /** Words of its answers by which a product is told: error texts, titles. */
  readonly banners?: readonly string[];
  /** Absent when not listable. */
  readonly tools?: readonly ListedTool[];
  readonly resources?: number;
  readonly prompts?: number;
  /** A list was cut at a cap. */
  readonly truncated: boolean;
  readonly exchanges: readonly WireExchange[];
  /** Suspicious behaviour seen on the wire: off-origin endpoint, server requests, loops. */
  readonly warnings: readonly string[];
}

/** A recognised product; `claimed` = only the self-reported name matches. */
export interface Product {
  readonly id: string;
  readonly name: string;
  readonly basis: "signals" | "claimed";
  /** `developer-tool`: made for a developer's own machine, never for a network. */
  readonly kind?: "server" | "gateway" | "framework" | "developer-tool";
  readonly manages?: Provider;
  readonly because: string;
}

export interface ServerEndpoint {
  readonly url: string;
  readonly confidence: Confidence;
  readonly era?: Era;
  readonly transport?: McpTransport;
  readonly protocolVersions: readonly string[];
  readonly serverInfo?: { readonly name: string; readonly version: string };
  readonly product?: Product;
  readonly tls: TlsFacts & { readonly endsAt: "workload" | "balancer" };
  readonly authentication: AuthenticationFact;
  readonly tools: readonly Tool[];
  /** False when the listing was refused or failed: `tools` says nothing then. */
  readonly toolsListed: boolean;
  readonly resources: number;
  readonly prompts: number;
  readonly requests: readonly WireExchange[];
  readonly warnings: readonly string[];
  /** Exposures that lead here. */
  readonly exposures: readonly string[];
}

export interface MatrixCell {
  readonly now: Severity | "none" | "unknown";
  /** The same once every client brings a delegated token. */
  readonly withOAuth: Severity | "none" | "unknown";
  readonly because: readonly string[];
}

export const matrixRows = [
  "credentialExposure",
  "privilegeEscalation",
  "networkSurface",
  "audit",
] as const;
export type MatrixRow = (typeof matrixRows)[number];

/** Consequence of reaching a server: a word of the power scale. */
export type Consequence = Power | "unknown";

/** An MCP server found, joined with how it is reached and what it may do. */
export interface Server {
  /** Stable over runs. */
  readonly id: string;
  readonly provider: Origin;
  readonly scope: string;
  readonly region: string;
  readonly workload: WorkloadRef;
  readonly ports: readonly PortRange[];
  readonly endpoints: readonly ServerEndpoint[];
  readonly identities: readonly IdentityLink[];
  readonly consequence: Consequence;
  /** Strongest and weakest consequence that unread parts leave possible. */
  readonly worst: Power;
  readonly best: Power;
  readonly severity: Severity;
  readonly matrix: Readonly<Record<MatrixRow, MatrixCell>>;
  readonly findings: readonly string[];
}
