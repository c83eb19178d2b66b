import type { GateCode, PortRange, TransportProtocol } from "../../src/model/exposure.ts";
import type { Workload } from "../../src/model/inventory.ts";
import type { Approach } from "../../src/model/network.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { allPorts } from "../../src/net/flow-set.ts";
import { at, text, type Node } from "../reader.ts";
import { firewalls } from "./firewalls.ts";
import type { Interfaces } from "./interfaces.ts";
import type { Landscape } from "./landscape.ts";
import { client, nobody, workloadStop } from "./legs.ts";
import * as names from "./operations.ts";
import { gapIn, idOf, keyOf, nameIn, parentOf, props, resourcesOf } from "./pages.ts";

/** Doors that take a public address of their own, by the part of an id that tells them. */
const doors = [
  { call: names.balancerCall, type: "/loadbalancers/", words: "load balancers" },
  { call: names.gatewayCall, type: "/applicationgateways/", words: "application gateways" },
  { call: names.firewallCall, type: "/azurefirewalls/", words: "firewalls" },
] as const;

const edges = [
  {
    words: "Front Door",
    calls: [
      names.doorCall,
      names.doorEndpointCall,
      names.doorRouteCall,
      names.doorGroupCall,
      names.doorOriginCall,
      names.doorRuleCall,
    ],
  },
  {
    words: "API Management",
    calls: [names.apiServiceCall, names.apiCall, names.apiBackendCall],
  },
] as const;

/** Doors of a type that were not listed: those with a public address, and those that a firewall may translate to. */
function hiddenBehind(snapshot: Snapshot, type: string, words: string, land: Landscape): string[] {
  const known = new Set([
    ...land.interfaces.all.map(({ address }) => address),
    ...land.balancers.flatMap(({ frontends }) =>
      frontends.flatMap(({ privateAddress }) => privateAddress ?? []),
    ),
  ]);
  const before = firewalls(snapshot).flatMap(({ name, translations }) =>
    type !== "/azurefirewalls/" &&
    translations.some(({ address }) => address !== undefined && !known.has(address))
      ? [name]
      : [],
  );
  return [...new Set([...doorsOf(snapshot, type, words, land), ...before])];
}

/** What stands for ways that may exist behind lists that were not read. */
export function unreadApproaches(
  snapshot: Snapshot,
  machines: readonly Workload[],
  land: Landscape,
): Approach[] {
  return [
    ...machines.flatMap((each) => withoutInterfaces(snapshot, each, land.interfaces)),
    ...doors.flatMap(({ call, type, words }) =>
      gapIn(snapshot, call)
        ? hiddenBehind(snapshot, type, words, land).flatMap((name) =>
            machines.map((workload) =>
              mayLead(workload, name, `${call} was not read: where ${name} leads is unknown`),
            ),
          )
        : [],
    ),
    ...throughEdges(snapshot, land),
    ...sitesBehindGateways(snapshot, land),
  ];
}

/** A gateway matters where a platform turns away those who dial it themselves. */
function sitesBehindGateways(snapshot: Snapshot, land: Landscape): Approach[] {
  if (!gapIn(snapshot, names.gatewayCall)) return [];
  const because = `${names.gatewayCall} was not read: whether a gateway leads here is unknown`;
  return hiddenBehind(snapshot, "/applicationgateways/", "application gateways", land).flatMap(
    (name) =>
      land.sites
        .filter(({ gates }) => gates.length > 0)
        .map(({ workload, port }) =>
          mayLead(workload, name, because, { entryPorts: allPorts, port }),
        ),
  );
}

/** Interfaces that could not be listed hide every way to their machine. */
function withoutInterfaces(
  snapshot: Snapshot,
  workload: Workload,
  { byMachine }: Interfaces,
): Approach[] {
  if (byMachine.has(keyOf(workload.id))) return [];
  const set = /\/virtualMachineScaleSets\//i.test(workload.id);
  const call = set ? names.scaleSetInterfaceCall : names.interfaceCall;
  const params = set ? { scaleSet: parentOf(workload.id) } : {};
  if (!gapIn(snapshot, call, params)) return [];
  return [mayLead(workload, undefined, `${call} was not read: the interfaces are unknown`)];
}

/**
 * Doors of a type that could not be listed show in the list of public addresses: by the owner that an address names,
 * or, when it names none, by being nobody else's.
 */
function doorsOf(snapshot: Snapshot, type: string, words: string, land: Landscape): string[] {
  const unseen = `the ${words} of ${snapshot.scope.id}`;
  if (gapIn(snapshot, names.addressCall)) return [unseen];
  const taken = new Set(
    [
      ...land.interfaces.all.flatMap(({ publicAddress }) => publicAddress ?? []),
      ...land.balancers.flatMap(({ frontends }) =>
        frontends.flatMap(({ publicAddress }) => publicAddress ?? []),
      ),
    ].map(keyOf),
  );
  const found = resourcesOf(snapshot, names.addressCall).flatMap((address): string[] => {
    const owner = ownerOf(address);
    if (owner === undefined) return taken.has(keyOf(idOf(address))) ? [] : [unseen];
    const named = new RegExp(`^.*${type}[^/]+`, "i").exec(owner)?.[0];
    return named === undefined ? [] : [nameIn(named)];
  });
  return [...new Set(found)].toSorted();
}

/** The id of what an address belongs to. */
function ownerOf(address: Node): string | undefined {
  const own = props(address);
  for (const key of ["ipConfiguration", "natGateway"]) {
    const owner = at(own, key);
    const id = owner && text(owner, "id");
    if (id !== undefined) return id;
  }
  return undefined;
}

/** An edge matters where a platform turns away those who dial it themselves. */
function throughEdges(snapshot: Snapshot, { sites }: Landscape): Approach[] {
  const entryPorts = { from: 443, to: 443 };
  return edges.flatMap(({ words, calls }) => {
    const call = calls.find((each) => gapIn(snapshot, each));
    if (call === undefined) return [];
    const because = `${call} was not read: whether ${words} leads here is unknown`;
    return sites
      .filter(({ gates }) => gates.length > 0)
      .map(({ workload, port }) => mayLead(workload, words, because, { entryPorts, port }));
  });
}

function mayLead(
  workload: Workload,
  door: string | undefined,
  because: string,
  web?: { readonly entryPorts: PortRange; readonly port: number },
): Approach {
  const { entryPorts = allPorts, port } = web ?? {};
  const protocol: readonly TransportProtocol[] = web ? ["tcp"] : ["tcp", "udp"];
  const code: GateCode = door === undefined ? "NO_PUBLIC_ADDRESS" : "LB_NO_LISTENER";
  const id = door ?? workload.name;
  const { source } = workload;
  return {
    workload: workload.id,
    protocol,
    via: door === undefined ? [] : [door],
    family: "ipv4",
    entryPorts,
    legs: [
      {
        family: "ipv4",
        from: client,
        to: nobody,
        ...(port !== undefined && { port }),
        own: [{ kind: "unread", limit: false, code, id, because, source }],
        stop: workloadStop(workload, because),
      },
    ],
    entry: { hosts: [], paths: [], tls: "unknown" },
    backendTls: "unknown",
    authGate: "none",
    assumptions: [],
  };
}
