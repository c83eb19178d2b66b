import type { Gate, RouteTable, RuleSet } from "../../src/model/network.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { flag, pagesOf, text, texts, type Node } from "../reader.ts";
import { membership } from "./interfaces.ts";
import { elements } from "./pages.ts";
import { routeTables } from "./route-tables.ts";
import { ruleSets } from "./rule-sets.ts";
import { attributesOf, zpr, type Attribute, type Zpr } from "./zpr.ts";

export interface Subnet {
  readonly id: string;
  readonly vcn: string;
  readonly cidrs: readonly string[];
  readonly routeTable: string;
  readonly lists: readonly string[];
  readonly private: boolean;
  readonly node: Node;
}

/** What the networks of a tenancy look like, looked up by the ids that VNICs and balancers name. */
export interface OciNetwork {
  readonly snapshot: Snapshot;
  readonly sets: Map<string, RuleSet>;
  readonly tables: Map<string, RouteTable>;
  readonly subnets: ReadonlyMap<string, Subnet>;
  /** Internet gateway by network. */
  readonly gateways: ReadonlyMap<string, Node>;
  /** Private and IPv6 addresses by their own id. */
  readonly privateIps: ReadonlyMap<string, Node>;
  /** VNICs of machines that drop what is not addressed to them. */
  readonly endpoints: ReadonlySet<string>;
  /** Security groups by the VNIC that is in them. */
  readonly groups: ReadonlyMap<string, readonly string[]>;
  readonly attributes: ReadonlyMap<string, readonly Attribute[]>;
  readonly zpr: Zpr;
  /** Interns gates by their place; the same place twice is the same chain. */
  chain(key: string, gates: () => readonly Gate[]): string;
  readonly chains: Map<string, { readonly id: string; readonly gates: readonly Gate[] }>;
}

export function ociNetwork(snapshot: Snapshot): OciNetwork {
  const vcns = elements(snapshot, "core:ListVcns");
  const cidrs = new Map(vcns.flatMap((vcn) => keyed(text(vcn, "id"), vcnCidrs(vcn))));
  const sets = ruleSets(snapshot);
  const chains: OciNetwork["chains"] = new Map();
  return {
    snapshot,
    sets,
    tables: routeTables(snapshot, (vcn) => cidrs.get(vcn) ?? []),
    subnets: new Map(elements(snapshot, "core:ListSubnets").flatMap(toSubnet)),
    gateways: new Map(
      elements(snapshot, "core:ListInternetGateways")
        .filter((node) => isThere(node))
        .flatMap((node) => keyed(text(node, "vcnId"), node)),
    ),
    privateIps: new Map(
      ["core:ListPrivateIps", "core:ListIpv6s"]
        .flatMap((call) => elements(snapshot, call))
        .flatMap((node) => keyed(text(node, "id"), node)),
    ),
    endpoints: endpointsOf(snapshot),
    groups: membership(snapshot),
    attributes: new Map(vcns.flatMap((vcn) => keyed(text(vcn, "id"), attributesOf(vcn)))),
    zpr: zpr(snapshot, sets),
    chains,
    chain: (key, gates) => {
      if (!chains.has(key)) chains.set(key, { id: key, gates: gates() });
      return key;
    },
  };
}

/** One end of the internet's way in: a VNIC of a machine, balancer or gateway. */
export interface End {
  readonly id: string;
  readonly subnet: string;
  readonly groups: readonly string[];
  readonly groupsUnread?: boolean;
  /** Route tables of its own, strongest first; the subnet's comes last. */
  readonly tables: readonly string[];
  /** A table of the address itself, which would come first, was not given. */
  readonly tablesUnread?: boolean;
  /** Its own description, with its route table, was not given. */
  readonly unread?: boolean;
  readonly attributes: readonly Attribute[];
  readonly addresses: readonly string[];
  readonly node: Node;
}

function vcnCidrs(vcn: Node): string[] {
  const plain = ["cidrBlock", "ipv6CidrBlock", "ipv6PublicCidrBlock"].flatMap(
    (key) => text(vcn, key) ?? [],
  );
  const lists = ["cidrBlocks", "ipv6CidrBlocks", "ipv6PrivateCidrBlocks", "byoipv6CidrBlocks"];
  return [...new Set([...plain, ...lists.flatMap((key) => texts(vcn, key))])];
}

/** https://docs.oracle.com/en-us/iaas/api/#/en/iaas/20160918/Subnet/ */
function toSubnet(node: Node): [string, Subnet][] {
  const [id, vcn, table] = ["id", "vcnId", "routeTableId"].map((key) => text(node, key));
  if (id === undefined || vcn === undefined || !isThere(node)) return [];
  const plain = ["cidrBlock", "ipv6CidrBlock"].flatMap((key) => text(node, key) ?? []);
  const lists = ["ipv4CidrBlocks", "ipv6CidrBlocks"].flatMap((key) => texts(node, key));
  return [
    [
      id,
      {
        id,
        vcn,
        cidrs: [...new Set([...plain, ...lists])],
        routeTable: table ?? "",
        lists: texts(node, "securityListIds"),
        private:
          flag(node, "prohibitInternetIngress") ?? flag(node, "prohibitPublicIpOnVnic") ?? false,
        node,
      },
    ],
  ];
}

/** With the source/destination check a VNIC forwards nothing. https://docs.oracle.com/en-us/iaas/Content/Network/Tasks/managingVNICs.htm */
function endpointsOf(snapshot: Snapshot): Set<string> {
  const attached = new Set(
    elements(snapshot, "core:ListVnicAttachments").map((node) => text(node, "vnicId")),
  );
  const checked = pagesOf(snapshot, "core:GetVnic").filter(
    (node) => flag(node, "skipSourceDestCheck") === false,
  );
  return new Set(
    checked.flatMap((node) => text(node, "id") ?? []).filter((id) => attached.has(id)),
  );
}

function isThere(node: Node): boolean {
  return !["TERMINATED", "TERMINATING"].includes(text(node, "lifecycleState") ?? "");
}

function keyed<T>(key: string | undefined, value: T): [string, T][] {
  return key === undefined ? [] : [[key, value]];
}
