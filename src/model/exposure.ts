import type { Certainty, Source } from "./finding.ts";
import type { Origin, Provider } from "./provider.ts";

export const reachVerdicts = ["reachable", "blocked", "unknown"] as const;
export type ReachVerdict = (typeof reachVerdicts)[number];

export const ipFamilies = ["ipv4", "ipv6"] as const;
export type IpFamily = (typeof ipFamilies)[number];

export type TransportProtocol = "tcp" | "udp";

/** Both ends included, 0-65535. */
export interface PortRange {
  readonly from: number;
  readonly to: number;
}

/** Authentication in front of the workload, demanded by a balancer, edge or platform; never the application's own. */
export const authGates = [
  "none",
  "oidc",
  "jwt",
  "mtls",
  "iam",
  "iap",
  "easyauth",
  "signed-url",
] as const;
export type AuthGate = (typeof authGates)[number];

/** A hop that can block; the neutral codes of every provider's reasons. */
export const gateCodes = [
  "NO_PUBLIC_ADDRESS",
  "NO_INTERNET_GATEWAY",
  "NO_INTERNET_ROUTE",
  "MORE_SPECIFIC_ROUTE",
  "ROUTE_BLACKHOLE",
  "GATEWAY_DISABLED",
  "EGRESS_ONLY_GATEWAY",
  "SUBNET_ACL_INBOUND",
  "SUBNET_ACL_OUTBOUND",
  "SG_NO_MATCH",
  "FW_IMPLICIT_DENY",
  "FW_DENY_RULE",
  "HIERARCHICAL_DENY",
  "ADMIN_RULE_DENY",
  "RULE_NOT_TARGETED",
  "RULE_DISABLED",
  "SECURE_BY_DEFAULT",
  "PUBLIC_ACCESS_BLOCK",
  "MIDDLEBOX_DENY",
  "ASYMMETRIC_RETURN",
  "LB_INTERNAL_SCHEME",
  "LB_OTHER_REGION",
  "FRONTEND_PRIVATE",
  "FRONTEND_DISABLED",
  "LB_NO_LISTENER",
  "LB_SG_NO_MATCH",
  "LB_NO_TARGET",
  "LB_TARGET_UNHEALTHY",
  "LB_TARGET_FW",
  "LB_POLICY_DENY",
  "STATELESS_RETURN",
  "ZPR_NO_POLICY",
  "SUBNET_PROHIBITS_INTERNET",
  "INGRESS_SETTING_INTERNAL",
  "SERVICE_PUBLIC_ACCESS_DISABLED",
  "RESOURCE_POLICY_NOT_PUBLIC",
  "INSTANCE_NOT_RUNNING",
  "NAT_NO_SESSION",
] as const;
export type GateCode = (typeof gateCodes)[number];

export const workloadKinds = ["instance", "task", "app", "function"] as const;
export type WorkloadKind = (typeof workloadKinds)[number];

/** The part of a workload that exposures, servers and findings repeat. */
export interface WorkloadRef {
  readonly id: string;
  readonly name: string;
  readonly kind: WorkloadKind;
  readonly tags: Readonly<Record<string, string>>;
}

/** One stop of a path, with the rule that let the packet pass. */
export interface Hop {
  readonly kind: "source" | "edge" | "balancer" | "listener" | "gate" | "port" | "workload";
  readonly id: string;
  /** The rule, route or attribute that decided: `sg-0a1#sgr-0b2`, `acl-1#100`. */
  readonly rule?: string;
  readonly because: string;
  readonly source: Source;
}

/** One (workload, protocol, port range, sources, via) that a path exists for. */
export interface Exposure {
  /** Stable over runs. */
  readonly id: string;
  readonly provider: Origin;
  readonly scope: string;
  readonly region: string;
  readonly workload: WorkloadRef;
  readonly protocol: TransportProtocol;
  /** Port on the workload itself. */
  readonly portRange: PortRange;
  /** `internet`, or the admitted client prefixes: canonical CIDRs, IPv4 before IPv6. */
  readonly sources: "internet" | readonly string[];
  readonly families: readonly IpFamily[];
  /** `direct`, or the names of balancers and edges joined with ` > `. */
  readonly via: string;
  /** What the client dials. */
  readonly entry: {
    readonly address?: string;
    readonly port: PortRange;
    /** Names that reach the same front door: balancer DNS name, listener host conditions, certificate names. */
    readonly hosts: readonly string[];
    /** Path prefixes that the front door forwards; empty = all. */
    readonly paths: readonly string[];
    /** What the front door speaks to the client; `unknown` when it passes bytes through. */
    readonly tls: "http" | "https" | "unknown";
  };
  /** What the last hop speaks to the workload. */
  readonly backendTls: "http" | "https" | "unknown";
  readonly authGate: AuthGate;
  readonly certainty: Certainty;
  readonly assumptions: readonly string[];
  readonly verdict: "reachable" | "unknown";
  readonly hops: readonly Hop[];
  /** Set when the path exists but the workload does not answer now: stopped, unhealthy, no target. */
  readonly latent?: GateCode;
  /** Client ports that work, when not all of 1024-65535 do. */
  readonly sourcePorts?: PortRange;
}

/** One gate that stops a flow. */
export interface GateBlock {
  readonly code: GateCode;
  /** The object that decided; absent when an implied deny did. */
  readonly rule?: string;
  readonly because: string;
  readonly source: Source;
}

/** A workload port that something listens on or a front door points to, and what keeps the internet out. */
export interface Blocked {
  readonly provider: Provider;
  readonly scope: string;
  readonly workload: WorkloadRef;
  readonly protocol: TransportProtocol;
  readonly port: PortRange;
  readonly family: IpFamily;
  readonly firstGate: GateCode;
  /** In packet order, the first one first. */
  readonly gates: readonly GateBlock[];
  readonly via: string;
  readonly entryPort?: number;
}
