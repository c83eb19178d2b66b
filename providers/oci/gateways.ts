import type { AuthGate, IpFamily } from "../../src/model/exposure.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, flag, items, pagesOf, text, texts, type Node } from "../reader.ts";
import { elements } from "./pages.ts";

/** Where a route of a deployment leads. */
export type RouteBackend =
  | { readonly kind: "http"; readonly host: string; readonly port: number; readonly tls: boolean }
  | { readonly kind: "function"; readonly id: string };

export interface GatewayRoute {
  readonly id: string;
  readonly path: string;
  readonly authGate: AuthGate;
  readonly backends: readonly RouteBackend[];
  /** Why nothing gets through, when its deployment is not in service. */
  readonly outOfService?: string;
  readonly node: Node;
}

export interface Gateway {
  readonly id: string;
  readonly name: string;
  readonly internal: boolean;
  readonly outOfService?: string;
  readonly subnet: string;
  readonly groups: readonly string[];
  readonly host?: string;
  readonly families: readonly IpFamily[];
  readonly routes: readonly GatewayRoute[];
  readonly node: Node;
}

const gone: ReadonlySet<string> = new Set(["DELETED", "DELETING", "FAILED"]);

/** https://docs.oracle.com/en-us/iaas/api/#/en/api-gateway/20190501/Gateway/ */
export function gateways(snapshot: Snapshot): Gateway[] {
  const deployments = pagesOf(snapshot, "apigateway:GetDeployment");
  return elements(snapshot, "apigateway:ListGateways").flatMap((node): Gateway[] => {
    const id = text(node, "id");
    if (id === undefined) return [];
    const [host, state, mode] = ["hostname", "lifecycleState", "ipMode"].map((key) =>
      text(node, key),
    );
    return [
      {
        id,
        name: text(node, "displayName") ?? id,
        internal: text(node, "endpointType") !== "PUBLIC",
        ...(state !== undefined && gone.has(state) && { outOfService: state }),
        subnet: text(node, "subnetId") ?? "",
        groups: texts(node, "networkSecurityGroupIds"),
        ...(host !== undefined && { host }),
        families: familiesOf(mode ?? "IPV4"),
        routes: deployments
          .filter((deployment) => text(deployment, "gatewayId") === id)
          .flatMap(routesOf),
        node,
      },
    ];
  });
}

function familiesOf(mode: string): IpFamily[] {
  if (mode === "IPV4") return ["ipv4"];
  return mode === "IPV6" ? ["ipv6"] : ["ipv4", "ipv6"];
}

/** https://docs.oracle.com/en-us/iaas/api/#/en/api-gateway/20190501/datatypes/ApiSpecification */
function routesOf(deployment: Node): GatewayRoute[] {
  const specification = at(deployment, "specification");
  if (!specification) return [];
  const policies = at(specification, "requestPolicies");
  const prefix = text(deployment, "pathPrefix") ?? "";
  const state = text(deployment, "lifecycleState") ?? "ACTIVE";
  return items(specification, "routes").map((route) => {
    const own = text(route, "path") ?? "/";
    const path = `${prefix}${own}`.replaceAll(/\/{2,}/g, "/");
    const backend = at(route, "backend");
    const told = {
      id: `${text(deployment, "id") ?? ""}${own}`,
      path: path.replace(/\{[^}]*\}.*$/, ""),
      authGate: gateOf(policies, route),
      backends: backend ? backendsOf(backend) : [],
      node: route,
    };
    return gone.has(state) ? Object.assign(told, { outOfService: state }) : told;
  });
}

function gateOf(policies: Node | undefined, route: Node): AuthGate {
  const single = policies && at(policies, "authentication");
  const dynamic = policies && at(policies, "dynamicAuthentication");
  const several = dynamic ? items(dynamic, "authenticationServers") : [];
  const methods = [
    ...(single ? [single] : []),
    ...several.flatMap((server) => at(server, "authenticationServerDetail") ?? []),
  ];
  const mutual = policies && at(policies, "mutualTls");
  const certificate = mutual && flag(mutual, "isVerifiedCertificateRequired") === true;
  const weakest = methods.some((method) => admitsAnyone(method, route)) ? undefined : methods[0];
  if (weakest) return methodGate(weakest);
  return certificate ? "mtls" : "none";
}

/** A policy that allows anonymous access only makes routes possible that ask for it. */
function admitsAnyone(method: Node, route: Node): boolean {
  const policies = at(route, "requestPolicies");
  const authorization = policies && at(policies, "authorization");
  return (
    flag(method, "isAnonymousAccessAllowed") === true &&
    authorization !== undefined &&
    text(authorization, "type") === "ANONYMOUS"
  );
}

/** A function that judges tokens stands for a token check; a login page for OpenID Connect. */
function methodGate(method: Node): AuthGate {
  const failure = at(method, "validationFailurePolicy");
  return failure && text(failure, "type") === "OAUTH2" ? "oidc" : "jwt";
}

function backendsOf(node: Node): RouteBackend[] {
  const type = text(node, "type");
  if (type === "DYNAMIC_ROUTING_BACKEND")
    return items(node, "routingBackends").flatMap((each) => {
      const inner = at(each, "backend");
      return inner ? backendsOf(inner) : [];
    });
  const id = text(node, "functionId");
  if (type === "ORACLE_FUNCTIONS_BACKEND")
    return id === undefined ? [] : [{ kind: "function", id }];
  const address = text(node, "url") ?? "";
  if (type !== "HTTP_BACKEND" || !URL.canParse(address)) return [];
  const url = new URL(address);
  const tls = url.protocol === "https:";
  const port = url.port === "" ? (tls ? 443 : 80) : Number(url.port);
  return [{ kind: "http", host: url.hostname.replace(/^\[|\]$/g, ""), port, tls }];
}
