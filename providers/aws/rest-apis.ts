import type { AuthGate, IpFamily } from "../../src/model/exposure.ts";
import type { Gate } from "../../src/model/network.ts";
import type { JsonObject } from "../../src/model/json.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { at, flag, isObject, listed, text, texts, type Node } from "../reader.ts";
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
import { insideOnly } from "./front-doors.ts";
import { disabledGates, domainNames, familiesOf } from "./domain-names.ts";
import { authorizerAssumption, plainPath, textMap } from "./http-apis.ts";
import { gapIn, pagesBy } from "./pages.ts";
import { policyEffect, unreadPolicy, type PolicyEffect } from "./policy-gate.ts";
import { admitted, fits, forSigned, parsePolicy } from "./public-policy.ts";

/** REST APIs. https://docs.aws.amazon.com/apigateway/latest/api/API_RestApi.html */
export function restApis(snapshot: Snapshot): ApiFront[] {
  const resources = pagesBy(snapshot, "apigateway:GetResources", "restApiId");
  const stages = pagesBy(snapshot, "apigateway:GetStages", "restApiId");
  const domains = allDomains(snapshot);
  return listed(snapshot, "apigateway:GetRestApis", "items").flatMap((node): ApiFront[] => {
    const id = text(node, "id");
    if (id === undefined) return [];
    const own = itemsIn(stages.get(id), "item");
    const staged = gapIn(snapshot, "apigateway:GetStages", { restApiId: id }, node.page.region);
    const api: RestApi = {
      id,
      name: text(node, "name") ?? id,
      node,
      stages: own.map((stage) => text(stage, "stageName") ?? ""),
      stagesUnread: staged !== undefined,
      variables: own.map((stage) => textMap(at(stage, "variables"))),
      screened: own.length > 0 && own.every((stage) => (text(stage, "webAclArn") ?? "") !== ""),
    };
    const words = text(node, "policy");
    const policy = parsePolicy(words);
    const unread = gapIn(snapshot, "apigateway:GetResources", { restApiId: id }, node.page.region);
    const idle: Gate[] = idleGates(id, node, {
      none: stages.has(id) && own.length === 0,
      ...(staged && { unread: "apigateway:GetStages" }),
    });
    return [
      {
        id,
        name: api.name,
        names: namesOf(snapshot, api, idle, domains(id)),
        routes: [
          ...itemsIn(resources.get(id), "items").flatMap((each) => routesOf(each, api, policy)),
          ...(unread ? [unreadOne(api, snapshot)] : []),
        ],
        node,
      },
    ];
  });
}

interface RestApi {
  readonly id: string;
  readonly name: string;
  readonly node: Node;
  readonly stages: readonly string[];
  readonly stagesUnread: boolean;
  readonly variables: readonly Readonly<Record<string, string>>[];
  /** A web ACL is asked before each of its stages. */
  readonly screened: boolean;
}

/** Without the methods any function of the region may be behind the API, but none is known to be. */
function unreadOne({ name, node }: RestApi, snapshot: Snapshot): ApiRoute {
  const targets = listed(snapshot, "lambda:ListFunctions", "Functions").flatMap(
    (each): ApiTarget[] => functionTarget(text(each, "FunctionArn") ?? ""),
  );
  const gates = [unreadRoute("apigateway:GetResources", name, node)];
  return { authGate: "none", gates, assumptions: [], targets, policy: openPolicy };
}

function namesOf(
  snapshot: Snapshot,
  { id, node }: RestApi,
  idle: readonly Gate[],
  own: readonly ApiName[],
): ApiName[] {
  const config = at(node, "endpointConfiguration");
  const inside = config !== undefined && texts(config, "types").includes("PRIVATE");
  const closed = inside ? insideOnly(id, `${id} is a private API`, node) : [];
  const domains = own.map((each) => ({ ...each, gates: [...closed, ...each.gates, ...idle] }));
  const off = flag(node, "disableExecuteApiEndpoint") === true;
  if (off && domains.length > 0) return domains;
  const disabled = off ? disabledGates(snapshot, id, node) : idle;
  const host = `${id}.execute-api.${node.page.region}.amazonaws.com`;
  const families = familiesOf(config && text(config, "ipAddressType"));
  return [{ host, families, mtls: false, gates: [...closed, ...disabled], node }, ...domains];
}

/** The newer API lists the older one's domain names too; where it was not asked, the older one tells. */
function allDomains(snapshot: Snapshot): (api: string) => ApiName[] {
  const newer = domainNames(snapshot);
  const mappings = pagesBy(snapshot, "apigateway:GetBasePathMappings", "domainName");
  const older = listed(snapshot, "apigateway:GetDomainNames", "items").flatMap((node) => {
    const host = text(node, "domainName");
    if (host === undefined) return [];
    const config = at(node, "endpointConfiguration");
    const mtls = at(node, "mutualTlsAuthentication");
    const name: ApiName = {
      host,
      families: familiesOf(config && text(config, "ipAddressType")),
      mtls: mtls !== undefined && text(mtls, "truststoreUri") !== undefined,
      gates:
        config && texts(config, "types").includes("PRIVATE")
          ? insideOnly(host, `${host} is a private domain name`, node)
          : [],
      node,
    };
    // What rules leave to the mappings only the newer API tells.
    if (text(node, "routingMode")?.startsWith("ROUTING_RULE")) return [];
    const here = mappings.get(host)?.filter(({ page }) => page.region === node.page.region);
    return itemsIn(here, "items").map((each) => ({ api: text(each, "restApiId"), name }));
  });
  return (api) => {
    const known = newer(api);
    const rest = older.filter((each) => each.api === api).map(({ name }) => name);
    return [
      ...known,
      ...new Set(rest.filter(({ host }) => !known.some((each) => each.host === host))),
    ];
  };
}

/** API keys count usage and keep nobody out: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html */
const gates: Readonly<Record<string, AuthGate>> = {
  NONE: "none",
  AWS_IAM: "iam",
  CUSTOM: "jwt",
  COGNITO_USER_POOLS: "jwt",
};

function routesOf(resource: Node, api: RestApi, policy: JsonObject | undefined): ApiRoute[] {
  const path = text(resource, "path") ?? "/";
  const methods = at(resource, "resourceMethods");
  if (!methods || !isObject(methods.value)) return [];
  return Object.keys(methods.value).flatMap((verb): ApiRoute[] => {
    const method = at(methods, verb);
    const integration = method && at(method, "methodIntegration");
    if (!method || !integration) return [];
    const type = text(method, "authorizationType") ?? "NONE";
    const plain = plainPath(path);
    return [
      {
        ...(plain !== undefined && { path: plain }),
        authGate: gates[type] ?? "none",
        gates: [],
        assumptions: [
          ...authorizerAssumption(type, `${verb} ${path}`),
          ...(api.screened
            ? [`the web ACL of ${api.id} is not evaluated: it is taken to let requests pass`]
            : []),
        ],
        targets: targetsOf(integration, api),
        policy: (family) => effectOf(policy, api, verb, path, type, family),
      },
    ];
  });
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html */
function effectOf(
  policy: JsonObject | undefined,
  api: RestApi,
  verb: string,
  path: string,
  type: string,
  family: IpFamily,
): PolicyEffect {
  // What is there and cannot be understood is as good as unread.
  if (!policy)
    return (text(api.node, "policy") ?? "") === ""
      ? { gates: [] }
      : unreadPolicy("apigateway:GetRestApis", api.id, api.node);
  const answer = admitted(type === "AWS_IAM" ? forSigned(policy) : policy, {
    action: "execute-api:Invoke",
    principal: "*",
    keys: { "aws:securetransport": "true" },
    covers: (pattern, effect) => covers(pattern, effect, api, verb, path),
  });
  return policyEffect([answer], family, api.id, api.node);
}

/** An allow counts when it admits any request on the route, a deny only when it stops all of them. */
function covers(
  pattern: string,
  effect: "Allow" | "Deny",
  { id, stages, stagesUnread }: RestApi,
  verb: string,
  path: string,
): boolean {
  const own = pattern.startsWith("execute-api:/")
    ? pattern.slice("execute-api:/".length)
    : pattern
        .replace(/^arn:[^:]*:execute-api:[^:]*:[^:]*:/, "")
        .replace(/^[^/]*\//, (api) => (fits(api.slice(0, -1), id) ? "" : "//"));
  if (own === "*" || own === `${id}/*`) return true;
  const method = verb === "ANY" ? "POST" : verb;
  const sample = path.replaceAll(/\{[^}]*\}/g, "x");
  const [named = "*"] = own.split("/");
  // A stage that a policy names may be one of those that were not read, but no policy is known to name them all.
  const unnamed = stagesUnread && effect === "Allow" && named !== "" ? named : "stage";
  const known = stages.length > 0 ? stages : [unnamed];
  const met = (stage: string): boolean => fits(own, `${stage}/${method}${sample}`);
  if (effect === "Deny") return known.every(met);
  return known.some(met) || meetsPart(own, known, verb, path);
}

/** Whether the pattern admits some of the paths of a route with variables, or some of its methods. */
function meetsPart(own: string, stages: readonly string[], verb: string, path: string): boolean {
  const [stage = "*", word = "*", ...rest] = own.split("/");
  const route = `/${plainPath(path)?.slice(1) ?? "*"}`;
  return (
    fits(route, `/${rest.join("/").replaceAll("*", "x")}`) &&
    (verb === "ANY" || fits(word, verb)) &&
    stages.some((each) => fits(stage, each))
  );
}

function targetsOf(integration: Node, { variables }: RestApi): ApiTarget[] {
  const type = text(integration, "type") ?? "";
  const linked = text(integration, "connectionType") === "VPC_LINK";
  const balancer = text(integration, "integrationTarget");
  const links = withVariables(text(integration, "connectionId") ?? "", variables);
  return withVariables(text(integration, "uri") ?? "", variables).flatMap((uri): ApiTarget[] => {
    if (type.startsWith("AWS")) return functionTarget(uri);
    if (!type.startsWith("HTTP")) return [];
    if (!linked) return urlTarget(uri);
    if (balancer?.includes(":listener/"))
      return links.map((link) => ({ kind: "listener", arn: balancer, link }));
    return urlTarget(uri).flatMap(({ port }) =>
      links.map((link) =>
        Object.assign(
          { kind: "balancers" as const, link, port },
          balancer !== undefined && { balancer },
        ),
      ),
    );
  });
}
