import type { PortRange, TransportProtocol } from "../../src/model/exposure.ts";
import { text, type Node } from "../reader.ts";
import type { IpConfiguration } from "./interfaces.ts";
import { idOf, props, refOf } from "./pages.ts";

export interface Frontend {
  readonly id: string;
  /** Id of the public address resource; absent = internal. */
  readonly publicAddress?: string;
  readonly privateAddress?: string;
  readonly subnet?: string;
  readonly node: Node;
}

export interface Backend {
  readonly configuration: IpConfiguration;
  /** Switched off by an administrator: new connections go elsewhere. */
  readonly down: boolean;
}

/** A rule of a balancer that leads from a frontend port to interfaces. */
export interface Way {
  readonly name: string;
  readonly frontend: Frontend;
  readonly protocols: readonly TransportProtocol[];
  readonly entry: PortRange;
  /** Port on the backend; absent = the one that was dialled. */
  readonly port?: number;
  readonly floating: boolean;
  readonly backends: readonly Backend[];
  readonly assumption?: string;
  readonly node: Node;
}

export function toFrontend(node: Node): Frontend {
  const own = props(node);
  const publicAddress = refOf(own, "publicIPAddress") ?? refOf(own, "publicIPPrefix");
  const [privateAddress, subnet] = [text(own, "privateIPAddress"), refOf(own, "subnet")];
  return {
    id: idOf(node),
    ...(publicAddress !== undefined && { publicAddress }),
    ...(privateAddress !== undefined && { privateAddress }),
    ...(subnet !== undefined && { subnet }),
    node,
  };
}

const protocols: Readonly<Record<string, readonly TransportProtocol[]>> = {
  tcp: ["tcp"],
  udp: ["udp"],
  all: ["tcp", "udp"],
};

export function protocolsOf(rule: Node): readonly TransportProtocol[] {
  return protocols[(text(props(rule), "protocol") ?? "").toLowerCase()] ?? [];
}
