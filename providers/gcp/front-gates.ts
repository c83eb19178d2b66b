import type { Gate } from "../../src/model/network.ts";
import { sourceOf, text, type Node } from "../reader.ts";
import { armorGate } from "./armor.ts";
import { closed, type Landscape } from "./backends.ts";
import type { FrontEnd } from "./front-ends.ts";
import { nameOf, pathOf } from "./links.ts";

/** Security policies of what a front end serves. */
export function armorOf(service: Node, land: Landscape): Gate[] {
  return (["edgeSecurityPolicy", "securityPolicy"] as const).flatMap((key): Gate[] => {
    const link = text(service, key);
    if (link === undefined || link === "") return [];
    const policy = land.armor.get(pathOf(link));
    if (policy) return [armorGate(policy, land.network)];
    const because = `compute.securityPolicies.aggregatedList was not read: the rules of ${nameOf(link)} are unknown`;
    return [
      {
        kind: "unread",
        limit: true,
        code: "LB_POLICY_DENY",
        id: nameOf(link),
        source: sourceOf(service),
        because,
      },
    ];
  });
}

/** An internal front end has no address on the internet. */
export function schemeGates({ external, name, node }: FrontEnd): Gate[] {
  const scheme = text(node, "loadBalancingScheme") ?? "";
  return external
    ? []
    : [closed("LB_INTERNAL_SCHEME", name, `the scheme of ${name} is ${scheme}`, node)];
}

export function addressIn({ address }: FrontEnd): { readonly address?: string } {
  return address === undefined ? {} : { address };
}
