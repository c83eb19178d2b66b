import type { TransportProtocol } from "../model/exposure.ts";
import type { Inventory, Workload } from "../model/inventory.ts";
import type { Json, JsonObject } from "../model/json.ts";
import { parseAddress } from "../net/address.ts";
import { reach } from "../reach/reach.ts";
import { listOf, objectOf, textOf } from "./read-json.ts";

/** What a flow says and what the engine says, where they differ. */
export interface FlowDifference {
  readonly expected: string;
  readonly actual: string;
}

interface Flow {
  readonly from: Workload;
  /** Address that the packet comes from. */
  readonly address: string;
  readonly to: Workload;
  readonly port: number;
  readonly protocol: TransportProtocol;
  readonly accepted: boolean;
  readonly words: string;
}

/**
 * Judges the single flows that a third party's test asserts, `{ from, to, disposition }`, where both ends are workloads
 * of the scenario, the packet has a port and its source address is told. Without one nothing decides what rules about
 * addresses say of it: tests that leave it out send from no address at all. The rest is left to the exposures.
 */
export function wrongFlows(scenario: JsonObject, inventory: Inventory): FlowDifference[] {
  return flowsOf(scenario, inventory).flatMap((flow) => {
    const open = isOpen(flow, inventory);
    if (open === flow.accepted) return [];
    const say = (passes: boolean): string => `${flow.words} ${passes ? "accepted" : "denied"}`;
    return [{ expected: say(flow.accepted), actual: say(open) }];
  });
}

function flowsOf(scenario: JsonObject, { workloads }: Inventory): Flow[] {
  const listed = listOf(scenario["flows"]).map(objectOf);
  const named = new Map(
    workloads.flatMap((each) =>
      [each.id, each.name].map((name): [string, Workload] => [name.toLowerCase(), each]),
    ),
  );
  return listed.flatMap((flow): Flow[] => {
    const [sender, receiver] = [endOf(flow["from"]), endOf(flow["to"])];
    const [from, to] = [named.get(sender.name), named.get(receiver.name)];
    const { address } = sender;
    const disposition = textOf(flow["disposition"]) ?? "";
    const { port, protocol } = receiver;
    if (!from || !to || address === undefined || port === undefined || !protocol) return [];
    const words = `flow from ${from.name} to ${to.name} ${protocol}/${port}`;
    const accepted = /^accepted/i.test(disposition);
    return [{ from, address, to, port, protocol, accepted, words }];
  });
}

interface End {
  /** In small letters: the two ends of a flow and the workloads spell names each in their own way. */
  readonly name: string;
  readonly address?: string;
  readonly port?: number;
  readonly protocol?: TransportProtocol;
}

/** `vm-a`, `vm-a 10.0.0.4`, `vm-b 10.0.1.5:22/tcp` or `vm-b:22/tcp`; what has no port (icmp) has no protocol either. */
function endOf(value: Json | undefined): End {
  const words = (textOf(value) ?? "").trim();
  const [, before = words, port, kind] = /^(.*?):(\d{1,5})\/(tcp|udp)$/i.exec(words) ?? [];
  const [name = "", ...rest] = before.split(/\s+/);
  const address = rest.find((word) => parseAddress(word) !== undefined);
  const protocol = kind?.toLowerCase() === "udp" ? "udp" : "tcp";
  return {
    name: name.toLowerCase(),
    ...(address !== undefined && { address }),
    ...(port !== undefined && { port: Number(port), protocol }),
  };
}

function isOpen({ address, to, port, protocol }: Flow, inventory: Inventory): boolean {
  const host = `${address}/${address.includes(":") ? 128 : 32}`;
  return reach(inventory, undefined, { from: [host] }).exposures.some(
    ({ workload, via, verdict, latent, protocol: found, portRange }) =>
      workload.id === to.id &&
      via === "direct" &&
      verdict === "reachable" &&
      latent === undefined &&
      found === protocol &&
      portRange.from <= port &&
      port <= portRange.to,
  );
}
