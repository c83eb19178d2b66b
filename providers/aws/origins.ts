import type { Approach, Leg } from "../../src/model/network.ts";
import type { Workload } from "../../src/model/inventory.ts";
import { appRunnerIngress, type AppRunnerService } from "./app-runner.ts";
import { nobody } from "./balancer-legs.ts";
import type { Landscape } from "./balancer-targets.ts";
import type { Balancer } from "./balancers.ts";
import { stateGate } from "./compute.ts";
import { internetLink, senderGates, type Sender } from "./door-links.ts";
import { finished, toBalancer, toWorkload, type Door } from "./front-doors.ts";
import type { FunctionUrl } from "./function-urls.ts";
import type { Interface } from "./interfaces.ts";
import { internetGates } from "./network.ts";

/** What the account's own names on the internet lead to. */
export interface OriginLand extends Landscape {
  readonly urls: readonly FunctionUrl[];
  readonly services: readonly AppRunnerService[];
  /** Ways on from an API's own host name. */
  readonly apis: (host: string, door: Door) => Approach[];
}

/** An origin that a front door dials over the internet. */
export interface Origin {
  readonly host: string;
  readonly port: number;
  readonly tls: Approach["backendTls"];
  readonly sender: Sender;
  /** The ways on through a function URL, which asks who calls. */
  readonly onto: (url: FunctionUrl, door: Door) => Approach[];
}

/** Ways on to whatever of the inventory has this name or address; foreign hosts lead nowhere. */
export function originApproaches(door: Door, origin: Origin, land: OriginLand): Approach[] {
  const host = origin.host
    .toLowerCase()
    .replace(/^dualstack\./, "")
    .replace(/\.$/, "");
  const balancer = byName(host, land);
  if (balancer)
    return toBalancer(door, balancer, origin.port, internetLink(land.network, origin.sender), land);
  const url = land.urls.find((each) => each.host?.toLowerCase() === host);
  if (url) return origin.onto(url, door);
  const service = land.services.find((each) => each.host?.toLowerCase() === host);
  if (service)
    return [toWorkload(door, service.workload, service.port, appRunnerIngress(service), "http")];
  return [...land.apis(host, door), ...onAddress(door, origin, host, land)];
}

function byName(host: string, { balancers }: Landscape): Balancer | undefined {
  return [...balancers.values()].find(({ dns }) => dns?.toLowerCase() === host);
}

/** Public host names of instances spell their address. */
const instanceName = /^ec2-(\d+)-(\d+)-(\d+)-(\d+)\./;

function onAddress(door: Door, origin: Origin, host: string, land: OriginLand): Approach[] {
  const spelled = instanceName.exec(host)?.slice(1).join(".") ?? host;
  return land.interfaces.all.flatMap((each): Approach[] => {
    const address = each.addresses.find((own) => own.public === spelled);
    const workload = each.instance === undefined ? undefined : land.workloads.get(each.instance);
    if (!address || !workload) return [];
    return [
      finished(
        door,
        workload,
        [
          {
            family: address.family,
            from: origin.sender,
            to: { addresses: [], groups: [] },
            port: origin.port,
            own: senderGates(origin.sender, "SG_NO_MATCH", each.node),
            chain: interfaceChain(each, land),
            stop: stopAt(each, workload),
          },
          ...asleep(workload),
        ],
        origin.tls,
      ),
    ];
  });
}

function interfaceChain(each: Interface, { network }: Landscape): string {
  return network.chain(`internet|${each.subnet}|${each.groups.join(",")}`, () =>
    internetGates(network, each.subnet, { ids: each.groups, code: "SG_NO_MATCH", node: each.node }),
  );
}

export function stopAt(each: Interface, { id, source }: Workload): Leg["stop"] {
  return { kind: "workload", id, because: `${each.id} delivers to ${id}`, source };
}

/** The leg of a workload that does not run. */
export function asleep(workload: Workload): Leg[] {
  const own = stateGate(workload);
  if (own.length === 0) return [];
  const stop = {
    kind: "workload",
    id: workload.id,
    because: "its state",
    source: workload.source,
  } as const;
  return [{ family: "ipv4", from: nobody, to: nobody, own, stop }];
}
