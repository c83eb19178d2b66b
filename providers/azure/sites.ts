import type { Workload, WorkloadText } from "../../src/model/inventory.ts";
import type { Gate } from "../../src/model/network.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, flag, items, pagesOf, sourceOf, text, texts, type Node } from "../reader.ts";
import { restrictionGates } from "./access-restrictions.ts";
import type { InsideDoor } from "./landscape.ts";
import type { PlatformApps } from "./container-apps.ts";
import { signInBy, signsIn, type SignIn } from "./container-apps.ts";
import { closed } from "./legs.ts";
import type { AzureNetwork } from "./network.ts";
import { hostingCall, siteCall, siteConfigCall, slotCall, slotConfigCall } from "./operations.ts";
import { byId, gapIn, idOf, keyOf, nameIn, nameOf, props, refOf, resourcesOf } from "./pages.ts";
import { families } from "./prefixes.ts";
import { privateEndpoints } from "./private-endpoints.ts";
import { toolPath, toolTriggers } from "./tool-triggers.ts";
import { platformApproaches, type PlatformDoor, type PlatformPort } from "./web-approaches.ts";
import { workloadOf } from "./workloads.ts";

/** The ports of the front end: what a site itself listens on, its configuration does not tell. */
const secure: PlatformPort = { entry: { from: 443, to: 443 }, port: 443, tls: "https" };
const plain: PlatformPort = { entry: { from: 80, to: 80 }, port: 80, tls: "http" };

/** Web sites and functions. https://learn.microsoft.com/azure/app-service/networking-features */
export function sites(snapshot: Snapshot, network: AzureNetwork): PlatformApps {
  const hosting = byId(resourcesOf(snapshot, hostingCall));
  const settings = settingsOf(snapshot);
  const endpoints = privateEndpoints(snapshot);
  const tools = toolTriggers(snapshot);
  const listed = [siteCall, slotCall].flatMap((call) => resourcesOf(snapshot, call));
  const found = listed.map((node) => {
    const workload = toWorkload(snapshot, node, tools.get(keyOf(idOf(node))) ?? []);
    const web = settings.get(`${keyOf(idOf(node))}|web`) ?? ownSettings(node);
    const restricted = web
      ? restrictionGates(network, node, props(web))
      : unreadGates(snapshot, node);
    const place = placeGates(node, web, hosting);
    const signIn = authOf(snapshot, node, settings);
    const door: PlatformDoor = {
      workload,
      name: "app-service",
      families,
      hosts: hostsOf(node),
      gates: [...place, ...restricted],
      ...signIn,
      node,
    };
    return {
      workload,
      door,
      node,
      web,
      place,
      restricted,
      ports: portsOf(node, tools.has(keyOf(idOf(node)))),
    };
  });
  return {
    workloads: found.map(({ workload }) => workload),
    approaches: found.flatMap(({ door, ports }) => platformApproaches(door, ports)),
    targets: found.map(({ workload, door, node, web, place, restricted }) => ({
      workload,
      hosts: door.hosts,
      id: workload.id,
      port: 443,
      authGate: door.authGate,
      gates: door.gates,
      gatesFor: (profile) => [
        ...place,
        ...(web ? restrictionGates(network, node, props(web), { profile }) : restricted),
      ],
      privateGates: [],
      inside: [...endpoints(node), ...homeDoors(node, hosting, restricted)],
      assumptions: door.assumptions,
    })),
  };
}

/** An app with tools answers to MCP at a place that nothing else would look at. */
function portsOf(node: Node, servesTools: boolean): PlatformPort[] {
  const ports = flag(props(node), "httpsOnly") === false ? [secure, plain] : [secure];
  return servesTools ? ports.map((port) => Object.assign({}, port, { paths: [toolPath] })) : ports;
}

function toWorkload(snapshot: Snapshot, node: Node, tools: readonly WorkloadText[]): Workload {
  const own = props(node);
  const running = text(own, "state") !== "Stopped" && flag(own, "enabled") !== false;
  return workloadOf(snapshot, node, {
    kind: (text(node, "kind") ?? "").includes("functionapp") ? "function" : "app",
    state: running ? "running" : "stopped",
    how: "platform",
    texts: [...imageOf(node), ...tools],
  });
}

function imageOf(node: Node): Workload["texts"] {
  const config = at(props(node), "siteConfig");
  const image = config && (text(config, "linuxFxVersion") ?? text(config, "windowsFxVersion"));
  return config && image ? [{ kind: "image", text: image, source: sourceOf(config) }] : [];
}

function hostsOf(node: Node): string[] {
  const own = props(node);
  const first = text(own, "defaultHostName");
  return [
    ...new Set([
      ...(first === undefined ? [] : [first]),
      ...["hostNames", "enabledHostNames"].flatMap((key) => texts(own, key)),
    ]),
  ].filter((name) => !name.includes(".scm."));
}

function configPages(snapshot: Snapshot): ReturnType<typeof pagesOf> {
  return [siteConfigCall, slotConfigCall].flatMap((call) => pagesOf(snapshot, call));
}

function configCallOf(node: Node): string {
  return /\/slots\/[^/]+$/i.test(idOf(node)) ? slotConfigCall : siteConfigCall;
}

/** The list of sites mostly leaves these out; where it has them, they are the site's own. */
function ownSettings(node: Node): Node | undefined {
  const config = at(props(node), "siteConfig");
  return config && items(config, "ipSecurityRestrictions").length > 0 ? config : undefined;
}

function settingsOf(snapshot: Snapshot): Map<string, Node> {
  return new Map(
    configPages(snapshot).flatMap((page): [string, Node][] => {
      const { site, config } = page.page.params;
      if (typeof site !== "string" || typeof config !== "string" || page.value === null) return [];
      return [[`${keyOf(site)}|${config.toLowerCase()}`, page]];
    }),
  );
}

/** Whether the site has a public front end at all. */
function placeGates(node: Node, web: Node | undefined, hosting: ReadonlyMap<string, Node>): Gate[] {
  return [...homeGates(node, hosting), ...accessGates(node, web)];
}

/** An environment of its own may stand inside a network. */
function homeGates(node: Node, hosting: ReadonlyMap<string, Node>): Gate[] {
  const home = refOf(props(node), "hostingEnvironmentProfile");
  if (home === undefined) return [];
  const environment = hosting.get(keyOf(home));
  if (!environment) return [unreadHome(home, node)];
  if (!isInternal(environment)) return [];
  const because = `${nameOf(environment)} answers inside its network only`;
  return [closed("FRONTEND_PRIVATE", nameOf(environment), because, environment)];
}

function isInternal(environment: Node): boolean {
  const mode = text(props(environment), "internalLoadBalancingMode");
  return mode !== undefined && mode !== "None";
}

/** Where an internal environment answers, restrictions count as outside. */
function homeDoors(
  node: Node,
  hosting: ReadonlyMap<string, Node>,
  gates: readonly Gate[],
): InsideDoor[] {
  const environment = hosting.get(keyOf(refOf(props(node), "hostingEnvironmentProfile") ?? ""));
  const subnet = environment && refOf(props(environment), "virtualNetwork");
  if (!environment || subnet === undefined || !isInternal(environment)) return [];
  const assumption = `names of ${nameOf(environment)} lead to its private address there`;
  return [{ subnet, addresses: [], gates, assumption }];
}

/** An approved private endpoint closes the public front end, unless that is opened by name. */
function accessGates(node: Node, web: Node | undefined): Gate[] {
  const own = props(node);
  const said = text(own, "publicNetworkAccess") ?? (web && text(props(web), "publicNetworkAccess"));
  const linked = items(own, "privateEndpointConnections").some(isApproved);
  if (said !== "Disabled" && ((said ?? "") !== "" || !linked)) return [];
  const name = nameOf(node);
  const because = `${name} takes nothing from public networks`;
  return [closed("SERVICE_PUBLIC_ACCESS_DISABLED", name, because, node)];
}

function unreadHome(home: string, node: Node): Gate {
  const because = `${hostingCall} does not show ${nameIn(home)}: whether it is internal is unknown`;
  const code = "FRONTEND_PRIVATE";
  return { kind: "unread", limit: false, code, id: nameIn(home), source: sourceOf(node), because };
}

function isApproved(connection: Node): boolean {
  const state = at(props(connection), "privateLinkServiceConnectionState");
  return ((state && text(state, "status")) ?? "Approved") === "Approved";
}

function unreadGates(snapshot: Snapshot, node: Node): Gate[] {
  const call = configCallOf(node);
  if (!gapIn(snapshot, call, { site: idOf(node), config: "web" })) return [];
  const because = `${call} was not read: the access restrictions of ${nameOf(node)} are taken to be none`;
  const code = "FW_IMPLICIT_DENY";
  return [{ kind: "unread", limit: true, code, id: nameOf(node), source: sourceOf(node), because }];
}

function authOf(snapshot: Snapshot, node: Node, settings: ReadonlyMap<string, Node>): SignIn {
  const found = settings.get(`${keyOf(idOf(node))}|authsettingsv2`);
  const call = configCallOf(node);
  const gap = gapIn(snapshot, call, { site: idOf(node), config: "authsettingsV2" });
  if (!found && gap)
    return {
      authGate: "none",
      openPaths: [],
      assumptions: [`${call} was not read: ${nameOf(node)} is taken to sign nobody in`],
    };
  return signInBy(found && signsIn(found) ? found : undefined);
}
