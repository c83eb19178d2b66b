import type { Workload } from "../../src/model/inventory.ts";
import type { Approach, Gate } from "../../src/model/network.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { allPorts } from "../../src/net/flow-set.ts";
import { at, flag, items, number, sourceOf, text, texts, type Node } from "../reader.ts";
import { listGate, type InsideDoor, type WebTarget } from "./landscape.ts";
import { closed } from "./legs.ts";
import type { AzureNetwork } from "./network.ts";
import { containerAppAuthCall, containerAppCall, environmentCall } from "./operations.ts";
import { byId, gapIn, idOf, keyOf, nameIn, nameOf, pagesBy, props, resourcesOf } from "./pages.ts";
import { cidrsOf } from "./prefixes.ts";
import { privateEndpoints } from "./private-endpoints.ts";
import { platformApproaches, type PlatformDoor, type PlatformPort } from "./web-approaches.ts";
import { containerTexts, workloadOf } from "./workloads.ts";

const doorName = "containerapps-ingress";

export interface PlatformApps {
  readonly workloads: readonly Workload[];
  readonly approaches: readonly Approach[];
  readonly targets: readonly WebTarget[];
}

/** https://learn.microsoft.com/azure/container-apps/ingress-overview */
export function containerApps(snapshot: Snapshot, network: AzureNetwork): PlatformApps {
  const environments = byId(resourcesOf(snapshot, environmentCall));
  const endpoints = privateEndpoints(snapshot);
  const auth = pagesBy(snapshot, containerAppAuthCall, "app");
  const apps = resourcesOf(snapshot, containerAppCall).map((node) => {
    const workload = toWorkload(snapshot, node);
    const signIn = authOf(snapshot, node, auth.get(keyOf(idOf(node))) ?? []);
    const ingress = ingressOf(node);
    const limits = ingress ? addressGates(network, node, ingress) : [];
    const place = environmentGates(snapshot, node, environments);
    const home = environments.get(keyOf(environmentOf(node)));
    const name = ingress && text(ingress, "fqdn");
    const door: PlatformDoor = {
      workload,
      name: doorName,
      families: ["ipv4"],
      hosts: [...(name === undefined ? [] : [name]), ...domainsOf(ingress)],
      gates: [...place, ...limits],
      ...signIn,
      assumptions: [...signIn.assumptions, ...guardAssumptions(home, network)],
      node,
    };
    const ports = ingress ? portsOf(ingress, node) : [withoutIngress(node)];
    return { workload, door, ports, limits, home };
  });
  return {
    workloads: apps.map(({ workload }) => workload),
    approaches: apps.flatMap(({ door, ports }) => platformApproaches(door, ports)),
    targets: apps.map(({ workload, door, ports, limits, home }) => ({
      workload,
      hosts: door.hosts,
      id: workload.id,
      port: ports[0]?.port ?? 443,
      authGate: door.authGate,
      gates: [...door.gates, ...(ports[0]?.gates ?? [])],
      gatesFor: () => [...door.gates, ...(ports[0]?.gates ?? [])],
      privateGates: [...limits, ...(ports[0]?.gates ?? [])],
      inside: [...insideOf(home), ...(home ? endpoints(home) : [])].map((each) =>
        Object.assign({}, each, { gates: [...each.gates, ...limits, ...(ports[0]?.gates ?? [])] }),
      ),
      assumptions: door.assumptions,
    })),
  };
}

function toWorkload(snapshot: Snapshot, node: Node): Workload {
  const template = at(props(node), "template");
  const stopped = text(props(node), "runningStatus") === "Stopped";
  return workloadOf(snapshot, node, {
    kind: "task",
    state: stopped ? "stopped" : "running",
    how: "platform",
    texts: template ? items(template, "containers").flatMap(containerTexts) : [],
  });
}

function ingressOf(node: Node): Node | undefined {
  const configuration = at(props(node), "configuration");
  return configuration && at(configuration, "ingress");
}

function domainsOf(ingress: Node | undefined): string[] {
  return ingress ? items(ingress, "customDomains").flatMap((each) => text(each, "name") ?? []) : [];
}

function environmentOf(node: Node): string {
  const own = props(node);
  return text(own, "managedEnvironmentId") ?? text(own, "environmentId") ?? "";
}

/** An internal environment answers on one private address, for every app that is open to its network. */
function insideOf(home: Node | undefined): InsideDoor[] {
  const own = home && props(home);
  const vnet = own && at(own, "vnetConfiguration");
  const subnet = vnet && text(vnet, "infrastructureSubnetId");
  if (!home || !own || !vnet || flag(vnet, "internal") !== true || subnet === undefined) return [];
  const address = text(own, "staticIp");
  const addresses = address === undefined ? [] : [address];
  const assumption = `names of ${nameOf(home)} lead to its private address there`;
  return [{ subnet, addresses, gates: [], assumption }];
}

/**
 * Public requests to an environment with workload profiles pass by its subnet. Of those without, one page says the same
 * and another lists clients among what the subnet's group must allow.
 * https://learn.microsoft.com/azure/container-apps/firewall-integration
 */
function guardAssumptions(home: Node | undefined, { subnets }: AzureNetwork): string[] {
  const own = home && props(home);
  const vnet = own && at(own, "vnetConfiguration");
  if (!home || !own || !vnet || flag(vnet, "internal") === true) return [];
  const subnet = subnets.get(keyOf(text(vnet, "infrastructureSubnetId") ?? ""));
  if (subnet?.rules === undefined || items(own, "workloadProfiles").length > 0) return [];
  return [`${nameIn(subnet.rules)} is taken not to hold back what comes to ${nameOf(home)}`];
}

/** The environment's own front door: a private address, or closed to the internet. */
function environmentGates(
  snapshot: Snapshot,
  node: Node,
  environments: ReadonlyMap<string, Node>,
): Gate[] {
  const id = environmentOf(node);
  const environment = environments.get(keyOf(id));
  if (!environment) {
    const code = "FRONTEND_PRIVATE";
    const why = gapIn(snapshot, environmentCall) ? "was not read" : "does not show it";
    const because = `${environmentCall} ${why}: whether the environment of ${nameOf(node)} is internal is unknown`;
    return [{ kind: "unread", limit: false, code, id, source: sourceOf(node), because }];
  }
  const facts = props(environment);
  const name = nameOf(environment);
  const vnet = at(facts, "vnetConfiguration");
  return [
    ...(vnet && flag(vnet, "internal") === true
      ? [
          closed(
            "FRONTEND_PRIVATE",
            name,
            `${name} is internal: its address is private`,
            environment,
          ),
        ]
      : []),
    ...(text(facts, "publicNetworkAccess") === "Disabled"
      ? [
          closed(
            "SERVICE_PUBLIC_ACCESS_DISABLED",
            name,
            `${name} takes nothing from public networks`,
            environment,
          ),
        ]
      : []),
  ];
}

/** Rules are all of one action: all allow = only these, all deny = all but these. https://learn.microsoft.com/azure/container-apps/ip-restrictions */
function addressGates(network: AzureNetwork, node: Node, ingress: Node): Gate[] {
  const rules = items(ingress, "ipSecurityRestrictions");
  if (rules.length === 0) return [];
  const allows = rules.some((rule) => text(rule, "action") === "Allow");
  const facts = {
    id: nameOf(node),
    code: "FW_IMPLICIT_DENY",
    denied: "FW_DENY_RULE",
    otherwise: allows ? "deny" : "allow",
    node: ingress,
  } as const;
  return [
    listGate(
      network,
      facts,
      rules.map((rule) => ({
        id: `${nameOf(node)}#${nameOf(rule)}`,
        action: text(rule, "action") === "Allow" ? "allow" : "deny",
        peers: (cidrsOf(text(rule, "ipAddressRange") ?? "") ?? []).map((cidr) => ({
          kind: "prefix",
          cidr,
        })),
        source: sourceOf(rule),
      })),
    ),
  ];
}

function externalGate(ingress: Node, node: Node): Gate[] {
  if (flag(ingress, "external") === true) return [];
  const because = `the ingress of ${nameOf(node)} is for its environment only`;
  return [closed("INGRESS_SETTING_INTERNAL", nameOf(node), because, node)];
}

function portsOf(ingress: Node, node: Node): PlatformPort[] {
  const tcp = text(ingress, "transport")?.toLowerCase() === "tcp";
  const [target, exposed] = [positive(ingress, "targetPort"), positive(ingress, "exposedPort")];
  const gates = externalGate(ingress, node);
  const port = target ?? (tcp ? exposed : 443);
  const dialled = tcp ? (exposed ?? port) : 443;
  const main: PlatformPort[] =
    port === undefined || dialled === undefined
      ? []
      : [{ entry: { from: dialled, to: dialled }, port, tls: tcp ? "unknown" : "https", gates }];
  const plain: PlatformPort[] =
    tcp || flag(ingress, "allowInsecure") !== true || port === undefined
      ? []
      : [{ entry: { from: 80, to: 80 }, port, tls: "http", gates }];
  return [...main, ...plain, ...furtherPorts(ingress, node)];
}

/** 0 stands for a port that is not set. */
function positive(node: Node, key: string): number | undefined {
  const port = number(node, key);
  return port === 0 ? undefined : port;
}

/** These are passed on as bytes: no sign-in stands before them. */
function furtherPorts(ingress: Node, node: Node): PlatformPort[] {
  return items(ingress, "additionalPortMappings").flatMap((each): PlatformPort[] => {
    const port = number(each, "targetPort");
    const from = number(each, "exposedPort") ?? port;
    if (port === undefined || from === undefined) return [];
    const gates = externalGate(each, node);
    return [{ entry: { from, to: from }, port, tls: "unknown", gates, authGate: "none" }];
  });
}

function withoutIngress(node: Node): PlatformPort {
  const because = `${nameOf(node)} has no ingress`;
  return {
    entry: allPorts,
    tls: "unknown",
    gates: [closed("LB_NO_LISTENER", nameOf(node), because, node)],
  };
}

/** https://learn.microsoft.com/azure/container-apps/authentication */
function authOf(snapshot: Snapshot, node: Node, pages: readonly Node[]): SignIn {
  const id = idOf(node);
  if (gapIn(snapshot, containerAppAuthCall, { app: id }))
    return {
      authGate: "none",
      openPaths: [],
      assumptions: [
        `${containerAppAuthCall} was not read: ${nameOf(node)} is taken to sign nobody in`,
      ],
    };
  const settings = pages.flatMap((page) => items(page, "value"));
  return signInBy(settings.find(signsIn));
}

export type SignIn = Pick<PlatformDoor, "authGate" | "openPaths" | "assumptions">;

/** By the settings that turn somebody away, if there are any. */
export function signInBy(settings: Node | undefined): SignIn {
  const validation = settings && at(props(settings), "globalValidation");
  return {
    authGate: settings ? "easyauth" : "none",
    openPaths: validation ? texts(validation, "excludedPaths") : [],
    assumptions: [],
  };
}

/** Whether the platform turns away who is not signed in. Paths that are let off leave the way open. */
export function signsIn(settings: Node): boolean {
  const own = props(settings);
  const [platform, validation] = [at(own, "platform"), at(own, "globalValidation")];
  if (!platform || flag(platform, "enabled") !== true || !validation) return false;
  const action = text(validation, "unauthenticatedClientAction");
  const required = flag(validation, "requireAuthentication");
  const open = texts(validation, "excludedPaths").some((path) => path === "/" || path === "/*");
  if (open || required === false || action === "AllowAnonymous") return false;
  return action !== undefined || required === true;
}
