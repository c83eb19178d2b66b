import type { Gate } from "../../src/model/network.ts";
import { text } from "../reader.ts";
import { closed } from "./backends.ts";
import type { FrontEnd } from "./front-ends.ts";

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
