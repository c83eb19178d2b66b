import type { Workload } from "../../src/model/inventory.ts";
import type { Gate } from "../../src/model/network.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, flag, isObject, items, sourceOf, text, texts, type Node } from "../reader.ts";
import { policyEffects } from "./api-policies.ts";
import type { PlatformApps } from "./container-apps.ts";
import type { InsideDoor } from "./landscape.ts";
import { closed } from "./legs.ts";
import { guardGate, type AzureNetwork } from "./network.ts";
import { apiCall, apiGlobalPolicyCall, apiPolicyCall, apiServiceCall } from "./operations.ts";
import {
  byId,
  gapIn,
  idOf,
  keyOf,
  nameOf,
  pagesBy,
  parentOf,
  props,
  resourcesOf,
} from "./pages.ts";
import { privateEndpoints } from "./private-endpoints.ts";
import { platformApproaches, type PlatformDoor, type PlatformPort } from "./web-approaches.ts";
import { tagsIn, workloadOf } from "./workloads.ts";

/** An MCP server that a gateway of API Management serves. */
export interface ManagedApi {
  readonly door: PlatformDoor;
  readonly ports: readonly PlatformPort[];
  /** Gates of its policies, which bear on ways inside too. */
  readonly asked: readonly Gate[];
  readonly service: Node;
  readonly node: Node;
}

/**
 * A key that subscribers are given is no gate: whoever asks without one is told so by the server itself.
 * https://learn.microsoft.com/azure/api-management/mcp-server-overview
 */
export function managedApis(snapshot: Snapshot, network: AzureNetwork): ManagedApi[] {
  const services = byId(resourcesOf(snapshot, apiServiceCall));
  const global = policiesBy(snapshot, apiGlobalPolicyCall, "service");
  const own = policiesBy(snapshot, apiPolicyCall, "api");
  return resourcesOf(snapshot, apiCall).flatMap((node): ManagedApi[] => {
    const service = services.get(keyOf(parentOf(idOf(node))));
    if (!service || !isCurrentServer(node)) return [];
    const workload = toWorkload(snapshot, service, node);
    const document = own.get(keyOf(idOf(node)));
    // One that was not read may leave out what the service asks.
    const hidden = document === undefined && gapIn(snapshot, apiPolicyCall, { api: idOf(node) });
    const inherited = hidden ? undefined : global.get(keyOf(idOf(service)));
    const place = { network, name: workload.name, node };
    const asked = policyEffects(document, inherited, place);
    const door: PlatformDoor = {
      workload,
      name: nameOf(service),
      families: ["ipv4"],
      hosts: hostsOf(service),
      gates: [...placeGates(service, network), ...asked.gates],
      authGate: asked.authGate,
      openPaths: [],
      assumptions: [...asked.assumptions, ...unreadPolicies(snapshot, service, node)],
      node,
    };
    return [{ door, ports: portsOf(node), asked: asked.gates, service, node }];
  });
}

export function apiPlatform(snapshot: Snapshot, apis: readonly ManagedApi[]): PlatformApps {
  const endpoints = privateEndpoints(snapshot);
  return {
    workloads: apis.map(({ door }) => door.workload),
    approaches: apis.flatMap(({ door, ports }) => platformApproaches(door, ports)),
    targets: apis.map(({ door, asked, service }) => ({
      workload: door.workload,
      hosts: door.hosts,
      id: idOf(service),
      port: 443,
      authGate: door.authGate,
      gates: door.gates,
      gatesFor: () => door.gates,
      privateGates: asked,
      inside: [...insideOf(service), ...endpoints(service)].map((each) =>
        Object.assign({}, each, { gates: [...each.gates, ...asked] }),
      ),
      assumptions: door.assumptions,
    })),
  };
}

/** Revisions that are not current have a path of their own, which a client must know. */
function isCurrentServer(node: Node): boolean {
  const own = props(node);
  return text(own, "type")?.toLowerCase() === "mcp" && flag(own, "isCurrent") !== false;
}

function toWorkload(snapshot: Snapshot, service: Node, node: Node): Workload {
  const holder = workloadOf(snapshot, service, {
    kind: "function",
    state: "running",
    how: "platform",
    texts: [{ kind: "metadata", text: "apiType=mcp", source: sourceOf(node) }],
  });
  return {
    ...holder,
    id: idOf(node),
    name: nameOf(node),
    tags: tagsIn(service),
    source: sourceOf(node),
  };
}

/** The gateway's own name, and those of the customer. */
function hostsOf(service: Node): string[] {
  const own = props(service);
  const url = text(own, "gatewayUrl");
  const named = items(own, "hostnameConfigurations").flatMap((each) =>
    text(each, "type") === "Proxy" ? (text(each, "hostName") ?? []) : [],
  );
  const first = url === undefined ? [] : [url.replace(/^https?:\/\//i, "").replace(/\/.*$/, "")];
  return [...new Set([...first, ...named])];
}

/** `/<path of the API><path of the endpoint>`; servers made of other APIs do not tell theirs. */
function portsOf(node: Node): PlatformPort[] {
  const own = props(node);
  const base = `/${(text(own, "path") ?? "").replace(/^\/|\/$/g, "")}`.replace(/\/$/, "");
  const told = endpointsOf(own).map((path) => `${base}/${path.replace(/^\//, "")}`);
  const paths = told.length > 0 ? told : [`${base}/mcp`];
  const secure: PlatformPort = { entry: { from: 443, to: 443 }, port: 443, tls: "https", paths };
  const plain: PlatformPort = { entry: { from: 80, to: 80 }, port: 80, tls: "http", paths };
  return texts(own, "protocols").includes("http") ? [secure, plain] : [secure];
}

function endpointsOf(own: Node): string[] {
  const facts = at(own, "mcpProperties");
  const endpoints = facts && at(facts, "endpoints");
  if (!endpoints) return [];
  const listed = facts ? items(facts, "endpoints") : [];
  const { value } = endpoints;
  const keys = isObject(value) ? Object.keys(value) : [];
  return [...listed, ...keys.flatMap((key) => at(endpoints, key) ?? [])].flatMap(
    (each) => text(each, "uriTemplate") ?? [],
  );
}

/** https://learn.microsoft.com/azure/api-management/virtual-network-concepts */
function placeGates(service: Node, network: AzureNetwork): Gate[] {
  const own = props(service);
  const name = nameOf(service);
  const place = text(own, "virtualNetworkType");
  const subnet = subnetOf(service);
  const shut = (code: Gate["code"], because: string): Gate => closed(code, name, because, service);
  return [
    ...(flag(own, "disableGateway") === true
      ? [shut("FRONTEND_DISABLED", `the gateway of ${name} is switched off`)]
      : []),
    ...(place === "Internal"
      ? [shut("FRONTEND_PRIVATE", `${name} answers inside its network only`)]
      : []),
    ...(text(own, "publicNetworkAccess") === "Disabled"
      ? [shut("SERVICE_PUBLIC_ACCESS_DISABLED", `${name} takes nothing from public networks`)]
      : []),
    ...(place === "External" && subnet !== undefined ? [subnetGate(network, subnet, service)] : []),
  ];
}

/** Its balancer is of the kind that is closed until a security group opens it. */
function subnetGate(network: AzureNetwork, subnet: string, node: Node): Gate {
  const address = network.subnets.get(keyOf(subnet))?.prefixes[0] ?? "";
  const end = { subnet, address, groups: [], node };
  return guardGate(network, end, { code: "LB_SG_NO_MATCH", unguarded: "closed" });
}

function subnetOf(service: Node): string | undefined {
  const place = at(props(service), "virtualNetworkConfiguration");
  return place && text(place, "subnetResourceId");
}

function insideOf(service: Node): InsideDoor[] {
  const own = props(service);
  const subnet = subnetOf(service);
  if (text(own, "virtualNetworkType") !== "Internal" || subnet === undefined) return [];
  const assumption = `names of ${nameOf(service)} lead to its private address there`;
  return [{ subnet, addresses: texts(own, "privateIPAddresses"), gates: [], assumption }];
}

function policiesBy(snapshot: Snapshot, call: string, param: string): Map<string, string> {
  return new Map(
    [...pagesBy(snapshot, call, param)].flatMap(([key, pages]) =>
      pages
        .flatMap((page) => items(page, "value"))
        .flatMap((policy): [string, string][] => {
          const document = text(props(policy), "value");
          return document === undefined ? [] : [[key, document]];
        }),
    ),
  );
}

function unreadPolicies(snapshot: Snapshot, service: Node, node: Node): string[] {
  const hidden = [
    ...(gapIn(snapshot, apiGlobalPolicyCall, { service: idOf(service) })
      ? [apiGlobalPolicyCall]
      : []),
    ...(gapIn(snapshot, apiPolicyCall, { api: idOf(node) }) ? [apiPolicyCall] : []),
  ];
  return hidden.map((call) => `${call} was not read: ${nameOf(node)} is taken to ask for nothing`);
}
