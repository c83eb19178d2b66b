import type { Gate, Peer, Rule } from "../../src/model/network.ts";
import { flag, items, sourceOf, text, type Node } from "../reader.ts";
import { closed } from "./backends.ts";
import type { FrontEnd } from "./front-ends.ts";
import type { Landscape } from "./landscape.ts";
import { pathOf, regionOf } from "./links.ts";
import { linkOf } from "./pages.ts";

/** An internal front end has no address on the internet, and not every client inside can send to it. */
export function schemeGates(front: FrontEnd, land: Landscape): Gate[] {
  const { external, name, node } = front;
  if (external) return [];
  const scheme = text(node, "loadBalancingScheme") ?? "";
  const internal = closed("LB_INTERNAL_SCHEME", name, `the scheme of ${name} is ${scheme}`, node);
  return [
    internal,
    ...(scheme === "INTERNAL_SELF_MANAGED" ? [meshGate(front)] : []),
    ...regionGates(front, land),
  ];
}

/** https://cloud.google.com/service-mesh/docs/service-routing/forwarding-rules */
function meshGate({ name, node }: FrontEnd): Gate {
  const because = `nothing listens at ${name}: proxies beside the clients dial what it leads to themselves`;
  return closed("LB_NO_LISTENER", name, because, node);
}

/**
 * A front end in a region serves clients of the region alone, unless it has global access; a global one serves all.
 * https://cloud.google.com/load-balancing/docs/l7-internal#client_access
 */
function regionGates({ region, network, name, node }: FrontEnd, land: Landscape): Gate[] {
  if (region === undefined || flag(node, "allowGlobalAccess") === true) return [];
  const { sets } = land.network;
  const id = `clients|${network ?? ""}|${region}`;
  const source = sourceOf(node);
  const subnets = land.subnetworks.filter(
    (subnet) => pathOf(text(subnet, "network") ?? "") === network,
  );
  if (!sets.has(id)) sets.set(id, { id, rules: clientRules(region, subnets, node), source });
  return [
    {
      kind: "rules",
      match: "first",
      code: "LB_OTHER_REGION",
      id: name,
      ruleSets: [id],
      peer: "from",
      port: "dialled",
      source,
    },
  ];
}

/** A subnet tells the region of the clients in it. */
function clientRules(region: string, subnets: readonly Node[], front: Node): Rule[] {
  const because = `only clients in ${region} are served: where those are that are in no subnet of it is not known`;
  return [
    ...subnets.map((subnet) => {
      const [name = "", here] = [text(subnet, "name"), regionOf(`/${linkOf(subnet)}`) === region];
      return ruleOf(name, here ? "allow" : "deny", rangesOf(subnet), subnet);
    }),
    ruleOf(region, "allow", [{ kind: "unknown", because }], front),
  ];
}

function ruleOf(id: string, action: Rule["action"], peers: readonly Peer[], node: Node): Rule {
  const ports = { from: 0, to: 65_535 };
  return { id, action, protocol: "any", ports, peers, source: sourceOf(node) };
}

function rangesOf(subnet: Node): Peer[] {
  return [subnet, ...items(subnet, "secondaryIpRanges")].flatMap((each) =>
    ["ipCidrRange", "ipv6CidrRange", "internalIpv6Prefix"].flatMap((key): Peer[] => {
      const cidr = text(each, key);
      return cidr === undefined ? [] : [{ kind: "prefix", cidr }];
    }),
  );
}

export function addressIn({ address }: FrontEnd): { readonly address?: string } {
  return address === undefined ? {} : { address };
}
