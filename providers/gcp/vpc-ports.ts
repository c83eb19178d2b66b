import { items, texts, type Node } from "../reader.ts";
import { portsOf } from "./firewall-rules.ts";

/** Single ports that rules allow by name: what somebody meant to serve. */
export function vpcPorts(firewalls: readonly Node[]): number[] {
  const ranges = firewalls
    .flatMap((rule) => items(rule, "allowed"))
    .flatMap((layer4) => texts(layer4, "ports"))
    .flatMap((range) => portsOf(range) ?? []);
  return ranges.flatMap(({ from, to }) => (from === to ? [from] : []));
}
