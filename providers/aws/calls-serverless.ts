import type { Json, JsonObject } from "../../src/model/json.ts";
import type { Recorded } from "../call.ts";
import { idsOf, isObject, itemsOf } from "./calls-params.ts";
import type { CallRow } from "./calls-row.ts";

/** https://docs.aws.amazon.com/lambda/latest/api/API_Operations.html */
export const functionCalls: readonly CallRow[] = [
  { action: "ListFunctions", affects: ["workloads", "identity-links"], pageSize: 50, always: true },
  {
    action: "ListFunctionUrlConfigs",
    affects: ["edges"],
    pageSize: 50,
    always: true,
    params: (recorded) => idsOf(recorded, "lambda:ListFunctions", "Functions", "FunctionName"),
  },
  {
    action: "GetPolicy",
    affects: ["edges"],
    always: true,
    absent: ["ResourceNotFoundException"],
    params: (recorded) =>
      itemsOf(recorded, "lambda:ListFunctionUrlConfigs", "FunctionUrlConfigs").flatMap((config) => {
        // arn:aws:lambda:<region>:<account>:function:<name>[:<alias>]
        const parts =
          typeof config["FunctionArn"] === "string" ? config["FunctionArn"].split(":") : [];
        const [name, alias] = [parts[6], parts[7]];
        if (name === undefined) return [];
        return [{ FunctionName: name, ...(alias !== undefined && { Qualifier: alias }) }];
      }),
  },
];

/** https://docs.aws.amazon.com/apprunner/latest/api/API_Operations.html */
export const appRunnerCalls: readonly CallRow[] = [
  { action: "ListServices", affects: ["workloads", "edges"], pageSize: 20, always: true },
  {
    action: "DescribeService",
    affects: ["workloads", "edges", "identity-links"],
    always: true,
    params: (recorded) =>
      idsOf(recorded, "apprunner:ListServices", "ServiceSummaryList", "ServiceArn"),
  },
];

const perRestApi: CallRow["params"] = (recorded) =>
  idsOf(recorded, "apigateway:GetRestApis", "items", "id", "restApiId");

/** https://docs.aws.amazon.com/apigateway/latest/api/API_Operations.html */
export const restApiCalls: readonly CallRow[] = [
  { action: "GetRestApis", affects: ["edges"], pageSize: 500, always: true },
  {
    action: "GetResources",
    affects: ["edges"],
    pageSize: 500,
    always: true,
    params: (recorded) =>
      (perRestApi(recorded) ?? []).map((each) => Object.assign({ embed: ["methods"] }, each)),
  },
  { action: "GetStages", affects: ["edges"], always: true, params: perRestApi },
  {
    action: "GetVpcLinks",
    affects: ["edges"],
    pageSize: 500,
    always: true,
    skip: (recorded) => unlinked(recorded, "apigateway:GetResources", '"VPC_LINK"'),
  },
];

const perHttpApi: CallRow["params"] = (recorded) =>
  idsOf(recorded, "apigatewayv2:GetApis", "Items", "ApiId");

/**
 * Domain names and their mappings of both generations come from here.
 * https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/operations.html
 */
export const httpApiCalls: readonly CallRow[] = [
  { action: "GetApis", affects: ["edges"], pageSize: 500, always: true },
  { action: "GetRoutes", affects: ["edges"], pageSize: 500, always: true, params: perHttpApi },
  {
    action: "GetIntegrations",
    affects: ["edges"],
    pageSize: 500,
    always: true,
    params: perHttpApi,
  },
  { action: "GetStages", affects: ["edges"], pageSize: 500, always: true, params: perHttpApi },
  {
    action: "GetVpcLinks",
    affects: ["edges"],
    pageSize: 500,
    always: true,
    skip: (recorded) =>
      unlinked(recorded, "apigatewayv2:GetIntegrations", '"VPC_LINK"') &&
      unlinked(recorded, "apigateway:GetResources", '"VPC_LINK"'),
  },
  { action: "GetDomainNames", affects: ["edges"], pageSize: 500, always: true, skip: withoutApis },
  {
    action: "GetApiMappings",
    affects: ["edges"],
    pageSize: 500,
    always: true,
    params: (recorded) => idsOf(recorded, "apigatewayv2:GetDomainNames", "Items", "DomainName"),
  },
  {
    action: "ListRoutingRules",
    affects: ["edges"],
    pageSize: 100,
    always: true,
    params: (recorded) =>
      idsOf(recorded, "apigatewayv2:GetDomainNames", "Items", "DomainName", "DomainName", byRules),
  },
];

/** A name that goes by mappings alone has no rules that count. */
function byRules({ RoutingMode }: JsonObject): boolean {
  return typeof RoutingMode === "string" && RoutingMode.startsWith("ROUTING_RULE");
}

function withoutApis(recorded: Recorded): string | undefined {
  const any =
    itemsOf(recorded, "apigatewayv2:GetApis", "Items").length +
    itemsOf(recorded, "apigateway:GetRestApis", "items").length;
  return any > 0 ? undefined : "the region has no API";
}

function unlinked(recorded: Recorded, call: string, word: string): string | undefined {
  const named = recorded
    .bodies(call)
    .some((body: Json) => isObject(body) && JSON.stringify(body).includes(word));
  return named ? undefined : "no API uses a VPC link";
}
