import type {
  AuthGate,
  Blocked,
  GateCode,
  Hop,
  IpFamily,
  PortRange,
  TransportProtocol,
} from "./exposure.ts";
import type { Source } from "./finding.ts";

/**
 * Network half of an inventory: written by `providers/X`, read by `src/reach`.
 *
 * A provider compiles what it read into approaches: ways that may lead a client to a workload port. Gates are named in
 * order on shared chains; rule sets and route tables are interned by content, so that cost grows with distinct ones.
 */
export interface NetworkInventory {
  readonly networks: readonly Network[];
  readonly ruleSets?: ReadonlyMap<string, RuleSet>;
  readonly routeTables?: ReadonlyMap<string, RouteTable>;
  readonly chains?: ReadonlyMap<string, Chain>;
  readonly approaches?: readonly Approach[];
  /** Public addresses of things that run nothing and accept nothing; told only when every port is asked about. */
  readonly closed?: readonly Blocked[];
}

export interface Network {
  readonly id: string;
  readonly source: Source;
}

/** Who a rule speaks about: addresses, members of a group, or a list that could not be resolved. */
export type Peer =
  | { readonly kind: "prefix"; readonly cidr: string }
  | { readonly kind: "group"; readonly id: string }
  | { readonly kind: "unknown"; readonly because: string };

export interface Rule {
  /** As reports name it: `sg-1`, `acl-1#100`. */
  readonly id: string;
  /** `next`: leaves the stage and goes on with the one after it; only stages know it. */
  readonly action: "allow" | "deny" | "next";
  readonly protocol: TransportProtocol | "any";
  readonly ports: PortRange;
  /** Ports of the sender; absent = all. */
  readonly sourcePorts?: PortRange;
  /** Admits the packet and forgets it: the answer needs a rule of its own. */
  readonly stateless?: true;
  readonly peers: readonly Peer[];
  readonly source: Source;
}

/** Rules in the order in which they are matched; the order of a union has no meaning. */
export interface RuleSet {
  readonly id: string;
  readonly rules: readonly Rule[];
  readonly source: Source;
}

/** Where a route leads, as seen from the question "does a reply reach an internet client". */
export type NextHop =
  | "internet"
  /** The network's own destinations: neither for nor against. */
  | "local"
  | "elsewhere"
  | "dropped"
  | "egress-only"
  /** Past the machine that the request came through: it never sees the reply. */
  | "asymmetric";

export interface Route {
  /** Absent when the list of destinations could not be resolved. */
  readonly prefix?: string;
  readonly next: NextHop;
  /** The gateway or machine itself. */
  readonly target?: string;
  /** Lower wins among equal prefixes. */
  readonly rank: number;
  readonly because: string;
  readonly source: Source;
}

export interface RouteTable {
  readonly id: string;
  /** Asked about clients with private addresses: answers reach the network's own ones; those beyond, perhaps. */
  readonly inside?: true;
  readonly routes: readonly Route[];
  readonly source: Source;
}

interface GateFacts {
  readonly code: GateCode;
  /** The object that carries the gate. */
  readonly id: string;
  readonly source: Source;
}

/** Open or closed whatever the packet. */
export interface StateGate extends GateFacts {
  readonly kind: "state";
  readonly open: boolean;
  readonly rule?: string;
  readonly because: string;
  /** Closed now, but a moment may open it: the exposure is shown as latent. */
  readonly latent?: boolean;
  /** Families it speaks about; absent = both. */
  readonly families?: readonly IpFamily[];
}

/** Filters by rules. */
export interface RuleGate extends GateFacts {
  readonly kind: "rules";
  /** `union`: any allow of any set admits. `first`: the first matching rule of the one set decides. Both end in deny. */
  readonly match: "union" | "first";
  readonly ruleSets: readonly string[];
  /** Why further sets of the union could not be read: they may admit anything. */
  readonly unread?: string;
  /** Whose address the rules' peers are compared with: who opens the connection, or who receives it. */
  readonly peer: "from" | "to";
  /** Which port the rules' ports are compared with: the one dialled, or the one the answer goes back to. */
  readonly port: "dialled" | "reply";
}

/** One list of a staged gate. */
export interface Stage {
  /** Of an ordered list the first match decides. With several lists each of them must allow, and any may deny. */
  readonly ruleSets: readonly string[];
  /** What a deny of this stage is called. */
  readonly code: GateCode;
  /** What becomes of a packet that no rule matches: absent = the next stage. */
  readonly otherwise?: "allow" | "deny";
  /** Why the stage could not be read: it may allow or deny anything that comes this far. */
  readonly unread?: string;
}

/**
 * Ordered lists asked in turn, until one allows or denies: GCP's firewall policies, Azure's admin rules before NSGs.
 * The part of the packets that a rule takes never meets the rules after it.
 */
export interface StagedGate extends GateFacts {
  readonly kind: "staged";
  readonly stages: readonly Stage[];
  /** After the last stage; a deny here is told with the gate's own code. */
  readonly otherwise: "allow" | "deny";
  readonly peer: "from" | "to";
  readonly port: "dialled" | "reply";
  readonly families?: readonly IpFamily[];
}

/**
 * The way back of packets that a stateless rule admitted (OCI security lists and NSGs): also when a stateful rule admits
 * the same packet, the answer needs a rule of `replies`, whose ports are the client's and whose source ports are the dialled one.
 */
export interface StatelessGate extends GateFacts {
  readonly kind: "stateless";
  readonly requests: readonly string[];
  readonly replies: readonly string[];
  readonly families?: readonly IpFamily[];
}

/** Lets pass the clients whose address the table routes to the internet. */
export interface RouteGate extends GateFacts {
  readonly kind: "routes";
  readonly table: string;
  readonly families?: readonly IpFamily[];
}

/** Something that was not read. `limit`: it could only have closed the path, so the path is assumed open. */
export interface UnreadGate extends GateFacts {
  readonly kind: "unread";
  readonly limit: boolean;
  readonly because: string;
  readonly families?: readonly IpFamily[];
}

export type Gate = StateGate | RuleGate | StagedGate | StatelessGate | RouteGate | UnreadGate;

/** Gates in packet order: the request's, then the reply's. */
export interface Chain {
  readonly id: string;
  readonly gates: readonly Gate[];
}

/** An end of a leg as the gates see it. */
export interface Party {
  /** `client`: whoever dialled, address kept. */
  readonly addresses: "client" | readonly string[];
  /** Groups the sender is a member of, for rules that name groups. */
  readonly groups: readonly string[];
}

/** The way from one stop to the next. A stop that ends connections starts a leg with its own address. */
export interface Leg {
  readonly family: IpFamily;
  readonly from: Party;
  readonly to: Party;
  /** Port that is dialled on this leg; absent = the one of the leg before. */
  readonly port?: number;
  /** Gates of this leg alone, before the shared ones. */
  readonly own: readonly Gate[];
  readonly chain?: string;
  /** The stop at the end of the leg. */
  readonly stop: Pick<Hop, "kind" | "id" | "because" | "source">;
}

/** One way to a workload port, still to be judged. */
export interface Approach {
  readonly workload: string;
  readonly protocol: readonly TransportProtocol[];
  /** Names of balancers and edges; empty = direct. */
  readonly via: readonly string[];
  /** What the client may dial. */
  readonly entryPorts: PortRange;
  readonly legs: readonly Leg[];
  /** Family of the client. */
  readonly family: IpFamily;
  readonly entry: {
    readonly address?: string;
    /** Stands for the front door when several of its addresses work. */
    readonly name?: string;
    readonly hosts: readonly string[];
    readonly paths: readonly string[];
    readonly tls: "http" | "https" | "unknown";
  };
  readonly backendTls: "http" | "https" | "unknown";
  readonly authGate: AuthGate;
  /** Clients that the front door's own rules leave, when not all: canonical CIDRs of `family`. */
  readonly clients?: readonly string[];
  /** Holds only under these conditions; any entry makes the exposure `maybe`. */
  readonly assumptions: readonly string[];
  /** Known closed: shown among what is blocked, never as an exposure by itself. */
  readonly nearMiss?: boolean;
}
