import type { Blocked } from "../../src/model/exposure.ts";
import { sourceOf, text } from "../reader.ts";
import type { Interfaces } from "./interfaces.ts";

/** The description that EC2 gives the interface of a NAT gateway. */
const described = /^Interface for NAT Gateway (nat-\S+)$/;

/**
 * A NAT gateway has a public address but answers only to sessions that were opened from inside.
 * https://docs.aws.amazon.com/vpc/latest/userguide/vpc-nat-gateway.html
 */
export function natGateways({ all }: Interfaces, scope: string): Blocked[] {
  return all.flatMap(({ node, description }) => {
    const id = described.exec(description)?.[1];
    if (id === undefined || text(node, "InterfaceType") === "interface") return [];
    const gate = {
      code: "NAT_NO_SESSION",
      rule: id,
      because: `${id} forwards only what belongs to a session opened from inside`,
      source: sourceOf(node),
    } as const;
    return (["tcp", "udp"] as const).map((protocol) => ({
      provider: "aws",
      scope,
      workload: { id, name: id, kind: "app", tags: {} },
      protocol,
      port: { from: 0, to: 65_535 },
      family: "ipv4",
      firstGate: gate.code,
      gates: [gate],
      via: "direct",
    }));
  });
}
