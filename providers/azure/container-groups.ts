import type { TransportProtocol } from "../../src/model/exposure.ts";
import type { Workload } from "../../src/model/inventory.ts";
import type { Approach, Gate } from "../../src/model/network.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { everyPort, portsOf, rangesOf, subtractPorts } from "../../src/net/port-set.ts";
import { at, items, number, text, type Node } from "../reader.ts";
import type { IpConfiguration } from "./interfaces.ts";
import { client, closed, nobody, stateLegs, workloadStop } from "./legs.ts";
import { containerGroupCall } from "./operations.ts";
import { idOf, nameOf, props, refsOf, resourcesOf } from "./pages.ts";
import { familyOf } from "./prefixes.ts";
import { containerTexts, workloadOf } from "./workloads.ts";

const stoppedStates: ReadonlySet<string> = new Set([
  "Stopped",
  "Succeeded",
  "Failed",
  "Terminated",
]);

/** Container instances: a public address answers on the ports that are listed with it, and no security group guards it. */
export function containerGroups(snapshot: Snapshot): {
  readonly workloads: readonly Workload[];
  readonly approaches: readonly Approach[];
  /** Addresses of groups in networks, which gateways and firewalls dial. */
  readonly configurations: readonly IpConfiguration[];
} {
  const groups = resourcesOf(snapshot, containerGroupCall).map((node) => ({
    node,
    workload: toWorkload(snapshot, node),
  }));
  return {
    workloads: groups.map(({ workload }) => workload),
    approaches: groups.flatMap(({ workload, node }) => waysTo(workload, node)),
    configurations: groups.flatMap(({ node }) => configurationOf(node)),
  };
}

/** A group in a network stands behind what guards its subnet. */
function configurationOf(node: Node): IpConfiguration[] {
  const own = props(node);
  const place = at(own, "ipAddress");
  const [address, id] = [place && text(place, "ip"), idOf(node)];
  const [subnet] = refsOf(own, "subnetIds");
  if (address === undefined || subnet === undefined) return [];
  const none = { groups: [], pools: [], gatewayPools: [] };
  const family = familyOf(address);
  return [{ id, interface: id, machine: id, subnet, address, family, ...none, node }];
}

function toWorkload(snapshot: Snapshot, node: Node): Workload {
  const own = props(node);
  const view = at(own, "instanceView");
  const containers = [...items(own, "containers"), ...items(own, "initContainers")];
  return workloadOf(snapshot, node, {
    kind: "task",
    state: stoppedStates.has((view && text(view, "state")) ?? "") ? "stopped" : "running",
    how: "metadata",
    texts: containers.flatMap((each) => containerTexts(props(each))),
  });
}

interface Port {
  readonly port: number;
  readonly protocol: TransportProtocol;
}

function waysTo(workload: Workload, node: Node): Approach[] {
  const place = at(props(node), "ipAddress");
  const open = place !== undefined && text(place, "type") === "Public";
  const address = place && text(place, "ip");
  const name = place && text(place, "fqdn");
  const ports = (place ? items(place, "ports") : []).flatMap((each): Port[] => {
    const port = number(each, "port");
    const protocol = text(each, "protocol")?.toUpperCase() === "UDP" ? "udp" : "tcp";
    return port === undefined ? [] : [{ port, protocol }];
  });
  const hidden = closed(
    "NO_PUBLIC_ADDRESS",
    workload.name,
    `${workload.name} has no public address`,
    node,
  );
  const way = (
    protocol: TransportProtocol,
    range: { readonly from: number; readonly to: number },
    gates: readonly Gate[],
  ): Approach => {
    const family = familyOf(address ?? "");
    return {
      workload: workload.id,
      protocol: [protocol],
      via: [],
      family,
      entryPorts: range,
      legs: [
        {
          family,
          from: client,
          to: nobody,
          own: [...(open ? [] : [hidden]), ...gates],
          stop: workloadStop(workload, `the address of ${workload.name} delivers to it`),
        },
        ...stateLegs(workload, family),
      ],
      entry: {
        ...(open && address !== undefined && { address }),
        hosts: name === undefined ? [] : [name],
        paths: [],
        tls: "unknown",
      },
      backendTls: "unknown",
      authGate: "none",
      assumptions: [],
      ...(gates.length > 0 && { nearMiss: true }),
    };
  };
  const unlisted = closed(
    "LB_NO_LISTENER",
    nameOf(node),
    `the port is not among those of the address of ${nameOf(node)}`,
    node,
  );
  return (["tcp", "udp"] as const).flatMap((protocol) => {
    const own = ports.filter((each) => each.protocol === protocol);
    const listedPorts = own.map(({ port }) => ({ from: port, to: port }));
    const others = rangesOf(subtractPorts(everyPort, portsOf(listedPorts)));
    return listedPorts
      .map((range) => way(protocol, range, []))
      .concat(others.map((range) => way(protocol, range, [unlisted])));
  });
}
