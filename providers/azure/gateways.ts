import type { AuthGate, PortRange } from "../../src/model/exposure.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, items, number, text, texts, type Node } from "../reader.ts";
import { toFrontend, type Frontend } from "./balancer-ways.ts";
import { gatewayCall, wafCall } from "./operations.ts";
import { byId, idOf, keyOf, nameOf, props, refOf, refsOf, resourcesOf } from "./pages.ts";
import { wafAt, type Waf } from "./waf.ts";

/** Where a rule of a gateway sends what it takes. */
export interface GatewayTarget {
  readonly rule: string;
  readonly frontend: Frontend;
  readonly entry: PortRange;
  readonly port: number;
  readonly hosts: readonly string[];
  readonly paths: readonly string[];
  readonly tls: "http" | "https" | "unknown";
  readonly backendTls: "http" | "https" | "unknown";
  readonly authGate: AuthGate;
  readonly pool: Node;
  /** What the gateway says for a host name to the backend, where it does not pass on the client's. */
  readonly hostOverride?: string;
  readonly waf?: Waf;
  readonly node: Node;
}

export interface Gateway {
  readonly name: string;
  readonly subnet: string;
  /** Ids of its public addresses, which it also dials public names from. */
  readonly publicIds: readonly string[];
  readonly stopped: boolean;
  readonly targets: readonly GatewayTarget[];
  readonly pools: readonly Node[];
  readonly node: Node;
}

/** https://learn.microsoft.com/azure/templates/microsoft.network/applicationgateways */
export function gateways(snapshot: Snapshot): Gateway[] {
  const policies = byId(resourcesOf(snapshot, wafCall));
  return resourcesOf(snapshot, gatewayCall).map((node): Gateway => {
    const own = props(node);
    const parts = partsOf(own, policies);
    const place = items(own, "gatewayIPConfigurations").flatMap(
      (each) => refOf(props(each), "subnet") ?? [],
    );
    return {
      name: nameOf(node),
      subnet: place[0] ?? "",
      publicIds: items(own, "frontendIPConfigurations").flatMap(
        (each) => refOf(props(each), "publicIPAddress") ?? [],
      ),
      stopped: text(own, "operationalState") === "Stopped",
      targets: [
        ...items(own, "requestRoutingRules").flatMap((rule) => requestTargets(rule, parts)),
        ...items(own, "routingRules").flatMap((rule) => streamTargets(rule, parts)),
      ],
      pools: items(own, "backendAddressPools"),
      node,
    };
  });
}

interface Parts {
  part(key: string, id: string | undefined): Node | undefined;
  policy(holders: readonly (Node | undefined)[]): Waf | undefined;
}

function partsOf(own: Node, policies: ReadonlyMap<string, Node>): Parts {
  return {
    part: (key, id) =>
      id === undefined
        ? undefined
        : items(own, key).find((each) => keyOf(idOf(each)) === keyOf(id)),
    /** The nearest holder's policy counts: of the path, of the listener, of the gateway. */
    policy(holders) {
      const id = [...holders, own].flatMap(
        (each) => (each && refOf(each, "firewallPolicy")) ?? [],
      )[0];
      return id === undefined ? undefined : wafAt(id, policies, wafCall, own);
    },
  };
}

interface Choice {
  readonly pool: string | undefined;
  readonly settings: string | undefined;
  readonly paths: readonly string[];
  readonly holder?: Node;
}

function requestTargets(rule: Node, parts: Parts): GatewayTarget[] {
  const own = props(rule);
  const listener = parts.part("httpListeners", refOf(own, "httpListener"));
  if (!listener) return [];
  const map = parts.part("urlPathMaps", refOf(own, "urlPathMap"));
  const choices = map ? mapChoices(map) : [choiceOf(own, "", [])];
  return choices.flatMap((choice) =>
    targetsOf(rule, listener, choice, parts, "backendHttpSettingsCollection"),
  );
}

function choiceOf(node: Node, prefix: "" | "default", paths: readonly string[]): Choice {
  const key = (name: string): string =>
    prefix === "" ? name : `default${name[0]?.toUpperCase()}${name.slice(1)}`;
  return {
    pool: refOf(node, key("backendAddressPool")),
    settings: refOf(node, key("backendHttpSettings")) ?? refOf(node, key("backendSettings")),
    paths,
    holder: node,
  };
}

/** A redirect leads to no pool. */
function mapChoices(map: Node): Choice[] {
  const own = props(map);
  return [
    choiceOf(own, "default", []),
    ...items(own, "pathRules").map((rule) =>
      choiceOf(props(rule), "", texts(props(rule), "paths")),
    ),
  ];
}

function streamTargets(rule: Node, parts: Parts): GatewayTarget[] {
  const own = props(rule);
  const listener = parts.part("listeners", refOf(own, "listener"));
  if (!listener) return [];
  return targetsOf(rule, listener, choiceOf(own, "", []), parts, "backendSettingsCollection");
}

function targetsOf(
  rule: Node,
  listener: Node,
  { pool: poolId, settings: settingsId, paths, holder }: Choice,
  parts: Parts,
  collection: string,
): GatewayTarget[] {
  const own = props(listener);
  const frontend = parts.part("frontendIPConfigurations", refOf(own, "frontendIPConfiguration"));
  const port = parts.part("frontendPorts", refOf(own, "frontendPort"));
  const entry = port && number(props(port), "port");
  const pool = parts.part("backendAddressPools", poolId);
  const settings = parts.part(collection, settingsId);
  const dialled = settings && number(props(settings), "port");
  if (!frontend || entry === undefined || !pool || dialled === undefined) return [];
  const waf = parts.policy([holder, own]);
  const [hostOverride] = settings ? namesIn(settings, "hostName") : [];
  return [
    {
      rule: nameOf(rule),
      frontend: toFrontend(frontend),
      entry: { from: entry, to: entry },
      port: dialled,
      hosts: [...texts(own, "hostNames"), ...namesIn(listener, "hostName")],
      paths,
      tls: schemeOf(own),
      backendTls: settings ? schemeOf(props(settings)) : "unknown",
      authGate: authOf(parts.part("sslProfiles", refOf(own, "sslProfile"))),
      pool,
      ...(hostOverride !== undefined && { hostOverride }),
      ...(waf && { waf }),
      node: rule,
    },
  ];
}

/** Names that are not set come as empty texts. */
function namesIn(node: Node, key: string): string[] {
  const name = text(props(node), key);
  return name === undefined || name === "" ? [] : [name];
}

function schemeOf(node: Node): "http" | "https" | "unknown" {
  const protocol = text(node, "protocol")?.toLowerCase();
  if (protocol === "https" || protocol === "tls") return "https";
  return protocol === "http" ? "http" : "unknown";
}

/** https://learn.microsoft.com/azure/application-gateway/mutual-authentication-overview */
function authOf(profile: Node | undefined): AuthGate {
  if (!profile) return "none";
  const own = props(profile);
  const client = at(own, "clientAuthConfiguration");
  const mode = (client && text(client, "verifyClientAuthMode")) ?? "Strict";
  const trusted = refsOf(own, "trustedClientCertificates").length > 0;
  return trusted && mode === "Strict" ? "mtls" : "none";
}
