import type { AuthGate } from "../../src/model/exposure.ts";
import type { Gate } from "../../src/model/network.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, flag, isObject, listed, text, type Node } from "../reader.ts";
import {
  idleGates,
  openPolicy,
  unreadRoute,
  type ApiFront,
  type ApiName,
  type ApiRoute,
} from "./api-fronts.ts";
import {
  functionTarget,
  itemsIn,
  urlTarget,
  withVariables,
  type ApiTarget,
} from "./api-targets.ts";
import { disabledGates, domainNames, familiesOf } from "./domain-names.ts";
import { gapIn, pagesBy } from "./pages.ts";

/** HTTP and WebSocket APIs. https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis.html */
export function httpApis(snapshot: Snapshot): ApiFront[] {
  const [routes, integrations, stages] = ["GetRoutes", "GetIntegrations", "GetStages"].map(
    (action) => pagesBy(snapshot, `apigatewayv2:${action}`, "ApiId"),
  );
  const domains = domainNames(snapshot);
  return listed(snapshot, "apigatewayv2:GetApis", "Items").flatMap((node): ApiFront[] => {
    const id = text(node, "ApiId");
    if (id === undefined) return [];
    const name = text(node, "Name") ?? id;
    const unread = gapIn(snapshot, "apigatewayv2:GetRoutes", { ApiId: id }, node.page.region);
    const variables = itemsIn(stages?.get(id), "Items").map((stage) =>
      textMap(at(stage, "StageVariables")),
    );
    const calls = new Map(
      itemsIn(integrations?.get(id), "Items").map((each) => [
        text(each, "IntegrationId") ?? "",
        targetsOf(each, variables),
      ]),
    );
    const own = itemsIn(routes?.get(id), "Items");
    const staged = gapIn(snapshot, "apigatewayv2:GetStages", { ApiId: id }, node.page.region);
    const idle = idleGates(id, node, {
      none: stages?.has(id) === true && variables.length === 0,
      ...(staged && { unread: "apigatewayv2:GetStages" }),
    });
    return [
      {
        id,
        name,
        names: namesOf(snapshot, node, id, idle, domains),
        routes: [
          ...own.flatMap((route) => toRoute(route, calls, own)),
          ...(unread ? [unreadOne(name, node, [...calls.values()].flat())] : []),
        ],
        node,
      },
    ];
  });
}

function unreadOne(name: string, node: Node, targets: readonly ApiTarget[]): ApiRoute {
  const gates = [unreadRoute("apigatewayv2:GetRoutes", name, node)];
  return { authGate: "none", gates, assumptions: [], targets, policy: openPolicy };
}

function namesOf(
  snapshot: Snapshot,
  node: Node,
  id: string,
  idle: readonly Gate[],
  domains: (id: string) => readonly ApiName[],
): ApiName[] {
  const host = (text(node, "ApiEndpoint") ?? "").replace(/^\w+:\/\//, "").replace(/\/.*$/, "");
  const off = flag(node, "DisableExecuteApiEndpoint") === true;
  const own = domains(id).map((each) =>
    Object.assign({}, each, { gates: [...each.gates, ...idle] }),
  );
  if (off && own.length > 0) return own;
  const gates = off ? disabledGates(snapshot, id, node) : idle;
  const families = familiesOf(text(node, "IpAddressType"));
  return [{ host, families, mtls: false, gates, node }, ...own];
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control.html */
const gates: Readonly<Record<string, AuthGate>> = {
  NONE: "none",
  AWS_IAM: "iam",
  JWT: "jwt",
  CUSTOM: "jwt",
};

/** A Lambda authorizer decides by code that nobody reads here. */
export function authorizerAssumption(type: string | undefined, name: string): string[] {
  return type === "CUSTOM" ? [`the Lambda authorizer of ${name} is taken to check a token`] : [];
}

function toRoute(
  route: Node,
  calls: ReadonlyMap<string, readonly ApiTarget[]>,
  all: readonly Node[],
): ApiRoute[] {
  const key = text(route, "RouteKey") ?? "$default";
  if (key === "$connect" || key === "$disconnect") return [];
  const connect = all.find((each) => text(each, "RouteKey") === "$connect");
  const type = text(connect ?? route, "AuthorizationType") ?? "NONE";
  const [, integration = ""] = (text(route, "Target") ?? "").split("/");
  const path = pathOf(key);
  return [
    {
      ...(path !== undefined && { path }),
      authGate: gates[type] ?? "none",
      gates: [],
      assumptions: authorizerAssumption(type, key),
      targets: calls.get(integration) ?? [],
      policy: openPolicy,
    },
  ];
}

/** `ANY /mcp/{proxy+}` as a listener would write it: `/mcp/*`. */
function pathOf(key: string): string | undefined {
  const [, path] = key.split(" ");
  return path === undefined ? undefined : plainPath(path);
}

export function plainPath(path: string): string | undefined {
  const plain = path.replaceAll(/\{[^}]*\}/g, "*");
  return plain === "/*" ? undefined : plain;
}

function targetsOf(
  node: Node,
  variables: readonly Readonly<Record<string, string>>[],
): ApiTarget[] {
  const link = text(node, "ConnectionId") ?? "";
  const linked = text(node, "ConnectionType") === "VPC_LINK";
  const type = text(node, "IntegrationType") ?? "";
  return withVariables(text(node, "IntegrationUri") ?? "", variables).flatMap(
    (uri): ApiTarget[] => {
      if (type.startsWith("AWS")) return functionTarget(uri);
      if (!type.startsWith("HTTP")) return [];
      if (!linked) return urlTarget(uri);
      if (uri.includes(":servicediscovery:")) return [{ kind: "discovered", arn: uri, link }];
      if (uri.includes(":listener/")) return [{ kind: "listener", arn: uri, link }];
      return urlTarget(uri).map(({ port }) => ({ kind: "balancers", link, port }));
    },
  );
}

export function textMap(node: Node | undefined): Record<string, string> {
  if (!node || !isObject(node.value)) return {};
  return Object.fromEntries(
    Object.entries(node.value).flatMap(([key, value]): [string, string][] =>
      typeof value === "string" ? [[key, value]] : [],
    ),
  );
}
